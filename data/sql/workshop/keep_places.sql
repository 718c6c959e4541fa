-- Keep the places that sessions draw.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO places
SELECT
    unnest($session::VARCHAR[]) AS session,
    unnest($told::VARCHAR[]) AS told
