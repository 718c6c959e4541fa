-- What do we hold about one wider neighbourhood, and where does it stand in its district? Derived: averages of the
-- neighbourhoods inside, weighted by the people counted.
-- in: $code MSOA 2021
-- out: as portrait_lsoa21, with averages instead of ranks in England, and inside, the codes of the neighbourhoods inside
-- grain: one row, or none if the code is unknown
WITH averaged AS (
    SELECT
        msoa_code,
        sum(imd_score * population) / sum(population) AS imd_score,
        sum(income_rate * population) / sum(population) AS income_rate,
        sum(employment_rate * working_age) / sum(working_age) AS employment_rate,
        count(*) FILTER (imd_decile = 1) AS lsoas_in_first_tenth,
        list(lsoa21cd ORDER BY lsoa21cd) AS inside,
        sum(population) AS population,
        sum(working_age) AS working_age
    FROM deprivation JOIN areas_lsoa21 ON areas_lsoa21.code = deprivation.lsoa21cd
    GROUP BY msoa_code
),
placed AS (
    SELECT
        areas_msoa21.*,
        averaged.* EXCLUDE (msoa_code),
        count(*) OVER district AS msoas_in_district,
        rank() OVER (PARTITION BY district_code ORDER BY imd_score DESC) AS imd_place,
        rank() OVER (PARTITION BY district_code ORDER BY income_rate DESC) AS income_place,
        rank() OVER (PARTITION BY district_code ORDER BY employment_rate DESC) AS employment_place,
        sum(income_rate * population) OVER district / sum(population) OVER district AS district_income_rate,
        sum(employment_rate * working_age) OVER district / sum(working_age) OVER district
            AS district_employment_rate
    FROM areas_msoa21
    JOIN averaged ON averaged.msoa_code = areas_msoa21.code
    WINDOW district AS (PARTITION BY district_code)
)
SELECT * FROM placed WHERE code = $code
