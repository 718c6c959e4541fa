-- Take out how some sessions stand.
-- in: $session, a list of sessions’ ids
-- grain: all rows of each session
DELETE FROM states WHERE session IN (SELECT unnest($session::VARCHAR[]))
