-- Keep how sessions stand.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO states
SELECT
    unnest($session::VARCHAR[]) AS session,
    unnest($told::VARCHAR[]) AS told,
    unnest($life::VARCHAR[]) AS life
