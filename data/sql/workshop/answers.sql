-- What was answered in one session?
-- in: $session, its id
-- out: the columns of answers; value is null where an answer was taken back
-- grain: one row per answer, in the order in which they first came
SELECT * EXCLUDE (session) FROM answers WHERE session = $session ORDER BY position
