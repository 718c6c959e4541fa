-- Keep who has joined sessions.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO people
SELECT
    unnest($session::VARCHAR[]) AS session,
    unnest($number::BIGINT[]) AS number,
    unnest($token_hash::VARCHAR[]) AS token_hash
