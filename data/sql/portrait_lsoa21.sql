-- What do we hold about one neighbourhood, and where does it stand in its district?
-- in: $code LSOA 2021
-- out: names and codes; population point (metres); every figure of deprivation; people; for the rank of overall
--      deprivation and for two shares: the place in the district (1 = most deprived), how many share it, and the
--      district's own share
-- grain: one row, or none if the code is unknown
WITH placed AS (
    SELECT
        areas_lsoa21.*,
        deprivation.* EXCLUDE (lsoa21cd, lsoa21nm),
        count(*) OVER district AS lsoas_in_district,
        rank() OVER (PARTITION BY district_code ORDER BY imd_rank) AS imd_place,
        count(*) OVER (PARTITION BY district_code, imd_rank) AS imd_sharing,
        rank() OVER (PARTITION BY district_code ORDER BY income_rate DESC) AS income_place,
        count(*) OVER (PARTITION BY district_code, income_rate) AS income_sharing,
        rank() OVER (PARTITION BY district_code ORDER BY employment_rate DESC) AS employment_place,
        count(*) OVER (PARTITION BY district_code, employment_rate) AS employment_sharing,
        sum(income_rate * population) OVER district / sum(population) OVER district AS district_income_rate,
        sum(employment_rate * working_age) OVER district / sum(working_age) OVER district
            AS district_employment_rate
    FROM areas_lsoa21
    JOIN deprivation ON deprivation.lsoa21cd = areas_lsoa21.code
    WINDOW district AS (PARTITION BY district_code)
)
SELECT * FROM placed WHERE code = $code
