-- Take out what was answered in some sessions.
-- in: $session, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM answers WHERE session IN (SELECT unnest($session::VARCHAR[]))
