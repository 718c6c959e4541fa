-- Who has joined one session?
-- in: $session, its id
-- out: number; token_hash (salted SHA-256 of the token; for sheets of paper “sheet 12”, if 12 is written on them, null
--      if no number is)
-- grain: one row per person, in the order in which they joined
SELECT number, token_hash FROM people WHERE session = $session ORDER BY number
