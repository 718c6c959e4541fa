-- How deprived is each neighbourhood, by each measure of the English Indices of Deprivation 2025?
-- out: code; a score, two shares (0 to 1), eight national tenths and their orders (lowest = most deprived); people counted
-- grain: one row per LSOA 2021
SELECT
    lsoa21cd AS code,
    imd_score::DOUBLE AS imd_score,
    income_rate::DOUBLE AS income_rate,
    employment_rate::DOUBLE AS employment_rate,
    imd_decile::DOUBLE AS imd_decile,
    income_decile::DOUBLE AS income_decile,
    employment_decile::DOUBLE AS employment_decile,
    education_decile::DOUBLE AS education_decile,
    health_decile::DOUBLE AS health_decile,
    crime_decile::DOUBLE AS crime_decile,
    barriers_decile::DOUBLE AS barriers_decile,
    environment_decile::DOUBLE AS environment_decile,
    imd_rank::DOUBLE AS imd_order,
    -income_rate::DOUBLE AS income_order,
    -employment_rate::DOUBLE AS employment_order,
    education_decile::DOUBLE AS education_order,
    health_decile::DOUBLE AS health_order,
    crime_decile::DOUBLE AS crime_order,
    barriers_decile::DOUBLE AS barriers_order,
    environment_decile::DOUBLE AS environment_order,
    population::DOUBLE AS population,
    working_age::DOUBLE AS working_age
FROM deprivation
ORDER BY code
