-- Which places may be drawn as standing where they are said to be?
-- Ended services are history, and an accountable body's address is not where its help is given: neither is drawn.
-- out: the columns of organisations; easting, northing (metres, of the postcode); lsoa21cd
-- grain: one row per place
SELECT *
FROM organisations
WHERE status <> 'ended' AND geo_basis <> 'accountable_body'
ORDER BY id
