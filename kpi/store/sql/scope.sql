-- Which figures to refresh.
--
-- grain  one row per organisation, office and year; kept by the writing connection alone
create temporary table scope (
    org varchar not null,
    office varchar not null,
    year integer not null
)
