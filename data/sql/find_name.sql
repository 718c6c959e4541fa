-- Which areas have a name or a code that holds these words?
-- in: $words, what people typed (any case)
-- out: kind (district, msoa21, lsoa21); code; name; detail; rank (0 = the name itself, 1 = begins with, 2 = holds)
-- grain: one row per match, best first, 30 at most
WITH named AS (
    SELECT 'district' AS kind, code, name, 'District' AS detail, name AS matched FROM areas_district
    UNION ALL
    SELECT 'msoa21', code, local_name, name, local_name FROM areas_msoa21
    UNION ALL
    SELECT 'msoa21', code, local_name, name, name FROM areas_msoa21 WHERE name <> local_name
    UNION ALL
    SELECT 'msoa21', code, local_name, name, code FROM areas_msoa21
    UNION ALL
    SELECT 'lsoa21', code, local_name, name, name FROM areas_lsoa21
    UNION ALL
    SELECT 'lsoa21', code, local_name, name, code FROM areas_lsoa21
),
scored AS (
    SELECT *, CASE
        WHEN lower(matched) = lower($words) THEN 0
        WHEN starts_with(lower(matched), lower($words)) THEN 1
        WHEN contains(lower(matched), lower($words)) THEN 2
    END AS rank
    FROM named
)
SELECT kind, code, name, any_value(detail) AS detail, min(rank)::INTEGER AS rank
FROM scored
WHERE rank IS NOT NULL
GROUP BY kind, code, name
ORDER BY rank, array_position(['district', 'msoa21', 'lsoa21'], kind), name, code
LIMIT 30
