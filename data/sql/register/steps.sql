-- What was done to the register, newest first?
-- in: $before, a step's number: only older ones; $most, how many at most
-- out: number; moment (universal time); who; role; what; why; undoes (number, null); count (records changed);
--      undone_by (number of the step that took it back, null)
-- grain: one row per step
SELECT s.number, s.moment, s.who, s.role, s.what, s.why, s.undoes, s.count, u.number AS undone_by
FROM steps AS s LEFT JOIN (SELECT undoes, max(number) AS number FROM steps GROUP BY undoes) AS u ON u.undoes = s.number
WHERE s.number < $before
ORDER BY s.number DESC
LIMIT $most
