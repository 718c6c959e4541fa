-- How many businesses start, stop and last in each district, for one year (or for those that started in it)?
-- in: $year calendar year, which is also the year in which a cohort started
-- out: code; births, deaths, active, net_change (businesses); birth_rate (% of active); births_per_10k (per
--      10,000 people of mid-2022, whatever the year: derived); survival_1y_pct ... survival_5y_pct (% of births)
-- grain: one row per district; values are missing where ONS publishes none for that district and year
WITH people AS (
    SELECT areas_lsoa21.district_code, sum(deprivation.population) AS population
    FROM deprivation JOIN areas_lsoa21 ON areas_lsoa21.code = deprivation.lsoa21cd
    GROUP BY areas_lsoa21.district_code
)
SELECT
    areas_district.code,
    births::DOUBLE AS births,
    deaths::DOUBLE AS deaths,
    active::DOUBLE AS active,
    (births - deaths)::DOUBLE AS net_change,
    (100.0 * births / active)::DOUBLE AS birth_rate,
    (10000.0 * births / people.population)::DOUBLE AS births_per_10k,
    survival_1y_pct::DOUBLE AS survival_1y_pct,
    survival_2y_pct::DOUBLE AS survival_2y_pct,
    survival_3y_pct::DOUBLE AS survival_3y_pct,
    survival_4y_pct::DOUBLE AS survival_4y_pct,
    survival_5y_pct::DOUBLE AS survival_5y_pct
FROM areas_district
LEFT JOIN people ON people.district_code = areas_district.code
LEFT JOIN enterprise ON enterprise.code = areas_district.code AND enterprise.year = $year
ORDER BY areas_district.code
