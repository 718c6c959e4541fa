-- Take out some sessions, so that others can take their place.
-- in: $id, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM sessions WHERE id IN (SELECT unnest($id::VARCHAR[]))
