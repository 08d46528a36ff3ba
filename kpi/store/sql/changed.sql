-- Which figures to refresh.
--
-- grain  one row per organisation, office and year, with the month of it from which on figures are other ones;
--        kept by the writing connection alone
create temporary table changed (
    org varchar not null,
    office varchar not null,
    since date not null
)
