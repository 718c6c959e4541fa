-- How many people live in each wider neighbourhood, how closely, and what share are of working age?
-- Derived: the neighbourhoods inside, added up.
-- out: code; population (mid-2022); density (people per hectare of the simplified outline);
--      working_age_share (0 to 1, aged 18 to 66)
-- grain: one row per MSOA 2021
SELECT
    areas_msoa21.code,
    sum(deprivation.population)::DOUBLE AS population,
    (sum(deprivation.population) / any_value(areas_msoa21.area_ha))::DOUBLE AS density,
    (sum(deprivation.working_age) / sum(deprivation.population))::DOUBLE AS working_age_share
FROM areas_msoa21
JOIN areas_lsoa21 ON areas_lsoa21.msoa_code = areas_msoa21.code
JOIN deprivation ON deprivation.lsoa21cd = areas_lsoa21.code
GROUP BY areas_msoa21.code
ORDER BY areas_msoa21.code
