-- Keep sessions.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO sessions
SELECT
    unnest($id::VARCHAR[]) AS id,
    unnest($number::BIGINT[]) AS number,
    unnest($code::VARCHAR[]) AS code,
    unnest($key::VARCHAR[]) AS key,
    unnest($salt::VARCHAR[]) AS salt,
    unnest($title::VARCHAR[]) AS title,
    unnest($place::VARCHAR[]) AS place,
    unnest($day::VARCHAR[]) AS day,
    unnest($pack::VARCHAR[]) AS pack,
    unnest($story::VARCHAR[]) AS story,
    unnest($settings::VARCHAR[]) AS settings
