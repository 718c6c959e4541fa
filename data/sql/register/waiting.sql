-- What have visitors suggested that nobody has yet decided on, oldest first?
-- out: the columns of suggestions
-- grain: one row per suggestion
SELECT * EXCLUDE (version) FROM suggestions WHERE state = 'waiting' ORDER BY made_on, id
