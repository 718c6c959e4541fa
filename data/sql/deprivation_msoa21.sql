-- How deprived is each wider neighbourhood, from the neighbourhoods inside it? Derived: averages weighted by the people counted.
-- out: code; a score, two shares (0 to 1), eight average tenths and their orders (lowest = most deprived); people counted
-- grain: one row per MSOA 2021
WITH inside AS (
    SELECT areas_lsoa21.msoa_code, deprivation.*
    FROM deprivation JOIN areas_lsoa21 ON areas_lsoa21.code = deprivation.lsoa21cd
)
SELECT
    msoa_code AS code,
    (sum(imd_score * population) / sum(population))::DOUBLE AS imd_score,
    (sum(income_rate * population) / sum(population))::DOUBLE AS income_rate,
    (sum(employment_rate * working_age) / sum(working_age))::DOUBLE AS employment_rate,
    (sum(imd_decile * population) / sum(population))::DOUBLE AS imd_decile,
    (sum(income_decile * population) / sum(population))::DOUBLE AS income_decile,
    (sum(employment_decile * population) / sum(population))::DOUBLE AS employment_decile,
    (sum(education_decile * population) / sum(population))::DOUBLE AS education_decile,
    (sum(health_decile * population) / sum(population))::DOUBLE AS health_decile,
    (sum(crime_decile * population) / sum(population))::DOUBLE AS crime_decile,
    (sum(barriers_decile * population) / sum(population))::DOUBLE AS barriers_decile,
    (sum(environment_decile * population) / sum(population))::DOUBLE AS environment_decile,
    -(sum(imd_score * population) / sum(population))::DOUBLE AS imd_order,
    -(sum(income_rate * population) / sum(population))::DOUBLE AS income_order,
    -(sum(employment_rate * working_age) / sum(working_age))::DOUBLE AS employment_order,
    (sum(education_decile * population) / sum(population))::DOUBLE AS education_order,
    (sum(health_decile * population) / sum(population))::DOUBLE AS health_order,
    (sum(crime_decile * population) / sum(population))::DOUBLE AS crime_order,
    (sum(barriers_decile * population) / sum(population))::DOUBLE AS barriers_order,
    (sum(environment_decile * population) / sum(population))::DOUBLE AS environment_order,
    sum(population)::DOUBLE AS population,
    sum(working_age)::DOUBLE AS working_age
FROM inside
GROUP BY msoa_code
ORDER BY code
