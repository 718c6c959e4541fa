-- Which records of one table has someone made or changed, the latest first? Some may be gone since.
-- in: $who, a name; $tab, a table; $most, how many at most
-- out: id; step (number of their latest change of it)
-- grain: one row per record
SELECT c.id, max(c.step) AS step
FROM changes AS c JOIN steps AS s ON s.number = c.step
WHERE c.tab = $tab AND s.who = $who AND c.after IS NOT NULL
GROUP BY c.id
ORDER BY step DESC
LIMIT $most
