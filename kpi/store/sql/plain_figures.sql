-- The figures of the measures of some indicators, year to date, as far as they bear on some months.
--
-- grain  one row per organisation of $leaves, measure of $indicators and month around $ends
select figure.*
from main.figure
where
    figure.org in (select unnest($leaves::varchar[]))
    and figure.measure in (
        select term.measure from term
        where list_contains($indicators::varchar[], term.indicator)
    )
    and figure.period >= cast(list_min($starts::date[]) - interval '2' year as date)
    and figure.period <= list_max($ends::date[])
