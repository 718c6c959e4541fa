-- Where is every postcode, and in which neighbourhood and district?
-- out: postcode; lsoa21cd; easting, northing (metres); district (name)
-- grain: one row per postcode of the region
SELECT p.postcode, p.lsoa21cd, p.easting, p.northing, a.district_name AS district
FROM postcodes AS p JOIN areas_lsoa21 AS a ON a.code = p.lsoa21cd
ORDER BY p.postcode
