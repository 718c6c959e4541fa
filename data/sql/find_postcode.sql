-- Where is a postcode, and in which neighbourhood?
-- in: $postcode, as "LS8 4AA"
-- out: postcode; lsoa21cd; basis (how we know the neighbourhood); easting, northing (metres)
-- grain: one row, or none if it is not a live postcode of the region
SELECT postcode, lsoa21cd, basis, easting, northing FROM postcodes WHERE postcode = $postcode
