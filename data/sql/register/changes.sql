-- What did one step change?
-- in: $step, its number
-- out: tab (table); id; before, after (the record as JSON, null where there was or is none)
-- grain: one row per record changed, in the order written
SELECT tab, id, before, after FROM changes WHERE step = $step ORDER BY place
