-- How many people live in each neighbourhood, how closely, and what share are of working age?
-- out: code; population (mid-2022); density (people per hectare of the simplified outline, none where that
--      outline is approximate); working_age_share (0 to 1, aged 18 to 66)
-- grain: one row per LSOA 2021
SELECT
    areas_lsoa21.code,
    deprivation.population::DOUBLE AS population,
    CASE WHEN NOT areas_lsoa21.approximate
        THEN deprivation.population / areas_lsoa21.area_ha END::DOUBLE AS density,
    (deprivation.working_age / deprivation.population)::DOUBLE AS working_age_share
FROM areas_lsoa21
LEFT JOIN deprivation ON deprivation.lsoa21cd = areas_lsoa21.code
ORDER BY areas_lsoa21.code
