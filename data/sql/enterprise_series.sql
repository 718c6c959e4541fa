-- How have businesses started, stopped and lasted over the years in one district, its region and England?
-- in: $code of the district
-- out: area (name as published); code; kind; year; births, deaths, active, net_change; birth_rate (% of active);
--      births_per_10k (districts only: the pack holds no population for larger areas); survival_1y_pct ... 5y (%)
-- grain: one row per area and year
WITH people AS (
    SELECT areas_lsoa21.district_code, sum(deprivation.population) AS population
    FROM deprivation JOIN areas_lsoa21 ON areas_lsoa21.code = deprivation.lsoa21cd
    GROUP BY areas_lsoa21.district_code
)
SELECT
    enterprise.* EXCLUDE (edition),
    edition::INTEGER AS edition,
    (births - deaths)::DOUBLE AS net_change,
    (100.0 * births / active)::DOUBLE AS birth_rate,
    (10000.0 * births / people.population)::DOUBLE AS births_per_10k
FROM enterprise
LEFT JOIN people ON people.district_code = enterprise.code
WHERE enterprise.code = $code OR kind IN ('region', 'nation')
ORDER BY kind, area, year
