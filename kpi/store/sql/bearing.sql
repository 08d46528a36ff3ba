-- Which of the tables that part.sql selects from have anything to hold for some indicators of organisations: filling one costs its planning.
--
-- grain    one row
-- columns  lacking: whether any cumulative that bears on the points lacks months, is hidden, or says of some that there was nothing to count,
--          see common.sql; last_year: whether there is any figure of a year before one of the points, see like_day.sql
select
    count(*) filter (where kind = 'flow' and (missing_months + idle_months > 0 or word is not null)) > 0 as lacking,
    count(*) filter (where period <= cast(list_max($ends::date[]) - interval '1' year as date)) > 0 as last_year
from figure
where
    period >= cast(list_min($starts::date[]) - interval '2' year as date)
    and period <= list_max($ends::date[])
    and org in (select unnest($leaves::varchar[]))
    and measure in (
        select term.measure from term
        where list_contains($indicators::varchar[], term.indicator)
    )
