-- Which figures to refresh.
--
-- grain  one row per office and year; kept by the writing connection alone
create temporary table scope (
    office varchar not null,
    year integer not null
)
