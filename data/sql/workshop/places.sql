-- Which places do the maps of one session draw?
-- in: $session, its id
-- out: told (JSON)
-- grain: one row
SELECT told FROM places WHERE session = $session
