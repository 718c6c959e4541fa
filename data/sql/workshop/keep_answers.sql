-- Keep answers.
-- in: a list for each column, all of equal length
-- grain: one row per position of the lists
INSERT INTO answers
SELECT
    unnest($session::VARCHAR[]) AS session,
    unnest($id::VARCHAR[]) AS id,
    unnest($position::BIGINT[]) AS position,
    unnest($scene::VARCHAR[]) AS scene,
    unnest($person::BIGINT[]) AS person,
    unnest($turn::BIGINT[]) AS turn,
    unnest($value::VARCHAR[]) AS value,
    unnest($came::VARCHAR[]) AS came,
    unnest($minute::VARCHAR[]) AS minute,
    unnest($seen::VARCHAR[]) AS seen
