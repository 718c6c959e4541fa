-- Which sessions are kept, and how far is each?
-- out: the columns of sessions; life
-- grain: one row per session, in the order in which they were begun
SELECT sessions.*, coalesce(states.life, 'ready') AS life
FROM sessions LEFT JOIN states ON states.session = sessions.id
ORDER BY sessions.number
