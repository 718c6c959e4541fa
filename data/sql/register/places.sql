-- Which places may be drawn as standing where they are said to be, and what is there on a day?
-- What has ended is history, and an accountable body's address is not where its help is given: neither is drawn.
-- in: $today, a day as 2026-11-21
-- out: id; organisation_id; name; postcode; easting, northing (metres); lsoa21cd; district; basis; verification;
--      opening_hours; anchor_type, source, as_at, confirmed_on (of its organisation);
--      support_types (list, of what is given there); grants (number); amount (pounds granted);
--      standing (the best of what is there: active, paused, unknown)
-- grain: one row per place
WITH current AS (
    SELECT * FROM organisations
    WHERE coalesce(status, 'unknown') <> 'ended' AND (ended_on IS NULL OR ended_on > $today)
),
offered AS (
    SELECT s.id, s.organisation_id, s.support_type, s.given_at, s.delivery, coalesce(s.status, 'unknown') AS status
    FROM services AS s SEMI JOIN current AS o ON o.id = s.organisation_id
    WHERE coalesce(s.status, 'unknown') <> 'ended'
        AND (s.starts_on IS NULL OR s.starts_on <= $today) AND (s.ends_on IS NULL OR s.ends_on > $today)
),
given AS (
    SELECT s.support_type, s.status, l.id AS place
    FROM offered AS s JOIN locations AS l ON l.organisation_id = s.organisation_id
    WHERE s.given_at IS NULL AND (s.delivery IS NULL OR NOT list_has_all(['online', 'phone'], s.delivery))
    UNION ALL
    SELECT support_type, status, trim(split_part(unnest(given_at), ' (', 1)) FROM offered
),
help AS (
    SELECT
        place,
        list_sort(list_distinct(list(support_type) FILTER (WHERE support_type IS NOT NULL))) AS support_types,
        min(CASE status WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END) AS standing
    FROM given
    GROUP BY place
),
granted AS (
    SELECT organisation_id, count(*) AS grants, sum(amount) FILTER (WHERE currency = 'GBP') AS amount
    FROM grants
    GROUP BY organisation_id
)
SELECT
    l.id, l.organisation_id, l.postcode, l.easting, l.northing, l.lsoa21cd, l.district, l.basis, l.opening_hours,
    CASE WHEN l.name IS NULL OR l.name = o.name THEN o.name ELSE o.name || ', ' || l.name END AS name,
    coalesce(o.verification, 'unverified') AS verification,
    o.anchor_type, o.source, o.as_at, o.confirmed_on,
    h.support_types,
    coalesce(g.grants, 0)::INTEGER AS grants,
    g.amount::DOUBLE AS amount,
    CASE WHEN o.status = 'paused' THEN 'paused' ELSE CASE least(
        h.standing,
        CASE WHEN o.anchor_type IS NOT NULL OR g.grants > 0 THEN
            CASE o.status WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END
        END
    ) WHEN 0 THEN 'active' WHEN 1 THEN 'paused' ELSE 'unknown' END END AS standing
FROM locations AS l
JOIN current AS o ON o.id = l.organisation_id
LEFT JOIN help AS h ON h.place = l.id
LEFT JOIN granted AS g ON g.organisation_id = l.organisation_id
WHERE l.basis IS DISTINCT FROM 'accountable_body'
    AND l.easting IS NOT NULL AND l.northing IS NOT NULL AND l.lsoa21cd IS NOT NULL
    AND (o.anchor_type IS NOT NULL OR len(h.support_types) > 0 OR g.grants > 0)
ORDER BY l.id
