-- Take out who has joined some sessions.
-- in: $session, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM people WHERE session IN (SELECT unnest($session::VARCHAR[]))
