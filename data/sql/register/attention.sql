-- What in the register should someone look at?
-- in: $today; $year_ago (a day a year before it); $month_on (a day a month after it)
-- out: organisation_id; name; what (the reason's key: unconfirmed, no_eligibility, approximate, no_place, ending, full);
--      detail; since (a day, null if none)
-- grain: one row per organisation, reason and part concerned
WITH current AS (
    SELECT * FROM organisations
    WHERE coalesce(status, 'unknown') <> 'ended' AND (ended_on IS NULL OR ended_on > $today)
),
running AS (
    SELECT s.*, o.name AS organisation
    FROM services AS s JOIN current AS o ON o.id = s.organisation_id
    WHERE coalesce(s.status, 'unknown') <> 'ended' AND (s.ends_on IS NULL OR s.ends_on > $today)
)
SELECT id AS organisation_id, name, 'unconfirmed' AS what, coalesce('Last confirmed ' || confirmed_on, 'Never') AS detail,
    confirmed_on AS since
FROM current
WHERE confirmed_on IS NULL OR confirmed_on < $year_ago
UNION ALL
SELECT organisation_id, organisation, 'no_eligibility', name, NULL FROM running WHERE eligibility IS NULL
UNION ALL
SELECT l.organisation_id, o.name, 'approximate', coalesce(l.postcode, l.address, l.town, 'Placed roughly'), NULL
FROM locations AS l JOIN current AS o ON o.id = l.organisation_id
WHERE l.basis = 'approximate'
UNION ALL
SELECT o.id, o.name, 'no_place', 'No place that can be shown on the map', NULL
FROM current AS o ANTI JOIN (SELECT * FROM locations WHERE easting IS NOT NULL) AS l ON l.organisation_id = o.id
UNION ALL
SELECT organisation_id, organisation, 'ending', name || ' ends on ' || ends_on, ends_on
FROM running
WHERE ends_on <= $month_on
UNION ALL
SELECT organisation_id, organisation, 'full', name || ': no room left', NULL
FROM running
WHERE capacity_free = 0
ORDER BY what, since NULLS FIRST, name, organisation_id
