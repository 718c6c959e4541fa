-- Keep the scenes of sessions.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO scenes
SELECT
    unnest($session::VARCHAR[]) AS session,
    unnest($position::BIGINT[]) AS position,
    unnest($step::VARCHAR[]) AS step,
    unnest($summary::VARCHAR[]) AS summary,
    unnest($sources::VARCHAR[]) AS sources
