-- Take out the places that some sessions draw.
-- in: $session, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM places WHERE session IN (SELECT unnest($session::VARCHAR[]))
