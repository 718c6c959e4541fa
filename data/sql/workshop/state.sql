-- How did one session last stand?
-- in: $session, its id
-- out: told (JSON)
-- grain: one row, none before anything was changed
SELECT told FROM states WHERE session = $session
