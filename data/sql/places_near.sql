-- Which places that may be drawn are near a point, nearest first?
-- in: $easting, $northing (metres); out: id; distance_m, in a straight line to the postcode's point
-- grain: one row per place
SELECT
    id,
    sqrt((easting - $easting) ** 2 + (northing - $northing) ** 2)::DOUBLE AS distance_m
FROM organisations
WHERE status <> 'ended' AND geo_basis <> 'accountable_body'
ORDER BY distance_m, id
