-- For which years is there any figure of each kind, for any of the ten districts?
-- out: year; for each kind of figure, the number of districts that have it
-- grain: one row per year, newest first
SELECT
    enterprise.year::INTEGER AS year,
    count(births) AS births,
    count(deaths) AS deaths,
    count(active) AS active,
    count(births - deaths) AS net_change,
    count(births / active) AS birth_rate,
    count(births) AS births_per_10k,
    count(survival_1y_pct) AS survival_1y_pct,
    count(survival_2y_pct) AS survival_2y_pct,
    count(survival_3y_pct) AS survival_3y_pct,
    count(survival_4y_pct) AS survival_4y_pct,
    count(survival_5y_pct) AS survival_5y_pct
FROM enterprise
JOIN areas_district ON areas_district.code = enterprise.code
GROUP BY enterprise.year
ORDER BY year DESC
