-- Who has joined one session?
-- in: $session, its id
-- out: number; token_hash (salted SHA-256 of the token; null for a sheet of paper)
-- grain: one row per person, in the order in which they joined
SELECT number, token_hash FROM people WHERE session = $session ORDER BY number
