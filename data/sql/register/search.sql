-- Which organisations fit what someone looks for?
-- in: $words (list, each must be in the name, the place, or what is offered; any case); $kinds (list of anchor types
--     and kinds of help); $districts, $stages, $costs, $languages, $standings (lists); $today. An empty list means any.
-- out: id; name; anchor_type; support_types (list); district; postcode; town; standing; verification; confirmed_on;
--      services (number); rank (0 = the name begins with the words)
-- grain: one row per organisation, best first
WITH helps AS (
    SELECT
        organisation_id,
        list_sort(list_distinct(list(support_type) FILTER (WHERE support_type IS NOT NULL))) AS support_types,
        count(*) AS services,
        list_distinct(flatten(list(coalesce(stages, [])))) AS stages,
        list_distinct(flatten(list(coalesce(languages, [])))) AS languages,
        list_distinct(list(coalesce(cost, 'unknown'))) AS costs,
        string_agg(concat_ws(' ', name, description, eligibility, array_to_string(priority_groups, ' ')), ' ') AS said
    FROM services
    GROUP BY organisation_id
),
stands AS (
    SELECT
        organisation_id,
        list_distinct(list(district)) AS districts,
        min_by(district, id) AS district,
        min_by(postcode, id) AS postcode,
        min_by(town, id) AS town,
        string_agg(concat_ws(' ', name, address, town, postcode, replace(postcode, ' ', ''), district), ' ') AS said
    FROM locations
    GROUP BY organisation_id
),
told AS (
    SELECT
        o.id, o.name, o.anchor_type, h.support_types, s.district, s.postcode, s.town,
        CASE WHEN o.ended_on <= $today THEN 'ended' ELSE coalesce(o.status, 'unknown') END AS standing,
        coalesce(o.verification, 'unverified') AS verification, o.confirmed_on,
        coalesce(h.services, 0)::INTEGER AS services,
        h.stages, h.languages, h.costs, s.districts,
        strip_accents(lower(concat_ws(' ', o.id, o.name, o.description, array_to_string(o.identifiers, ' '), h.said, s.said)))
            AS said
    FROM organisations AS o
    LEFT JOIN helps AS h ON h.organisation_id = o.id
    LEFT JOIN stands AS s ON s.organisation_id = o.id
)
SELECT
    id, name, anchor_type, support_types, district, postcode, town, standing, verification, confirmed_on, services,
    CASE WHEN len($words) > 0 AND starts_with(lower(name), lower($words[1])) THEN 0 ELSE 1 END AS rank
FROM told
WHERE list_bool_and(list_transform($words, lambda word : contains(said, strip_accents(lower(word))))) IS NOT FALSE
    AND (len($kinds) = 0 OR list_contains($kinds, anchor_type) OR list_has_any(support_types, $kinds))
    AND (len($districts) = 0 OR list_has_any(districts, $districts))
    AND (len($stages) = 0 OR list_has_any(stages, $stages))
    AND (len($costs) = 0 OR list_has_any(costs, $costs))
    AND (len($languages) = 0 OR list_has_any(languages, $languages))
    AND (len($standings) = 0 OR list_contains($standings, standing))
ORDER BY rank, lower(name), id
