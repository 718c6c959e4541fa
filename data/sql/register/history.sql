-- What was done to one organisation and its parts, newest first?
-- in: $organisation, its id; $most, how many at most
-- out: number; moment; who; role; what; why; tab, id, before, after (the record as JSON, null where there was or is none)
-- grain: one row per step and record
SELECT s.number, s.moment, s.who, s.role, s.what, s.why, c.tab, c.id, c.before, c.after
FROM changes AS c JOIN steps AS s ON s.number = c.step
WHERE (c.tab = 'organisations' AND c.id = $organisation)
    OR coalesce(c.after, c.before) ->> '$.organisation_id' = $organisation
    OR c.before ->> '$.organisation_id' = $organisation
ORDER BY s.number DESC, c.place
LIMIT $most
