-- What help counts on a day, and where is it given?
-- in: $today, a day as 2026-11-21
-- out: the columns of services; place (id, null where it is given at no place); often (how often it is there, null if
--      not said); organisation (name); standing (the worse of the
--      service's and the organisation's: active, paused, unknown); verification; phone; email; site (website); place_name, place_hours, easting,
--      northing (metres), lsoa21cd, district of the place; basis
-- grain: one row per service and place; one row with no place for a service given at none
WITH current AS (
    SELECT * FROM organisations
    WHERE coalesce(status, 'unknown') <> 'ended' AND (ended_on IS NULL OR ended_on > $today)
),
offered AS (
    SELECT
        s.* EXCLUDE (version, website), o.name AS organisation, o.phone, o.email,
        coalesce(o.verification, 'unverified') AS verification, coalesce(s.website, o.website) AS site,
        CASE
            WHEN 'paused' IN (s.status, o.status) THEN 'paused'
            WHEN s.status = 'active' AND o.status = 'active' THEN 'active'
            ELSE 'unknown'
        END AS standing
    FROM services AS s JOIN current AS o ON o.id = s.organisation_id
    WHERE coalesce(s.status, 'unknown') <> 'ended'
        AND (s.starts_on IS NULL OR s.starts_on <= $today) AND (s.ends_on IS NULL OR s.ends_on > $today)
),
given AS (
    SELECT s.id, l.id AS place, NULL AS often
    FROM offered AS s JOIN locations AS l ON l.organisation_id = s.organisation_id
    WHERE s.given_at IS NULL AND (s.delivery IS NULL OR NOT list_has_all(['online', 'phone'], s.delivery))
    UNION ALL
    SELECT id, trim(split_part(entry, ' (', 1)), nullif(rtrim(split_part(entry, ' (', 2), ')'), '')
    FROM (SELECT id, unnest(given_at) AS entry FROM offered)
),
placed AS (
    SELECT
        g.id, g.place, g.often, l.name AS place_name, l.opening_hours AS place_hours, l.easting, l.northing, l.lsoa21cd,
        l.district, l.basis
    FROM given AS g JOIN locations AS l ON l.id = g.place
    SEMI JOIN current AS o ON o.id = l.organisation_id
    WHERE l.basis IS DISTINCT FROM 'accountable_body' AND l.easting IS NOT NULL AND l.lsoa21cd IS NOT NULL
)
SELECT s.*, p.* EXCLUDE (id)
FROM offered AS s LEFT JOIN placed AS p ON p.id = s.id
ORDER BY s.id, p.place
