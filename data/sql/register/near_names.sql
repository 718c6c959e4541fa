-- Which organisations have a name most like these words, for someone who may have misspelt it?
-- in: $words
-- out: id; name; likeness (0 to 1)
-- grain: one row per organisation, most alike first, five at most
SELECT id, name, jaro_winkler_similarity(lower(name), lower($words)) AS likeness
FROM organisations
WHERE jaro_winkler_similarity(lower(name), lower($words)) > 0.8
ORDER BY likeness DESC, name
LIMIT 5
