-- Which figures to refresh.
--
-- grain  one row per organisation and office, with the month from which its figures are other ones; kept by the writing
--        connection alone, for one year at a time
create temporary table changed (
    org varchar not null,
    office varchar not null,
    since date not null
)
