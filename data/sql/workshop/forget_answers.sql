-- Take out some answers, so that others can take their place.
-- in: $session and $id, lists of equal length
-- grain: one row per pair
DELETE FROM answers
WHERE (session, id) IN (SELECT (unnest($session::VARCHAR[]), unnest($id::VARCHAR[])))
