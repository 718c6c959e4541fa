-- Take out the scenes that some sessions draw.
-- in: $session, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM scenes WHERE session IN (SELECT unnest($session::VARCHAR[]))
