-- What was prepared for one session?
-- in: $session, its id
-- out: step; summary; sources
-- grain: one row per scene, in order
SELECT step, summary, sources FROM scenes WHERE session = $session ORDER BY position
