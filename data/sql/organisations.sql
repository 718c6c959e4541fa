-- Which organisations does the pack list?
-- out: the columns of organisations; easting, northing (metres, of the postcode); lsoa21cd
-- grain: one row per organisation, which has one place and gives one kind of help at most
SELECT * FROM organisations ORDER BY id
