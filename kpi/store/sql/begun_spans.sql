-- The figures that a span of $length months is counted from, for spanned.sql.
--
-- grain    one row per organisation of $leaves, measure of $indicators and month around $ends, as in figure
select
    figure.*,
    figure.org as whose,
    false as by_cumulative,
    figure.kind <> 'flow' or month_of_year(figure.period) <= $length as restates,
    case when restates then figure.prior end as base,
    cast(figure.period - to_months((month_of_year(figure.period) - 1) % $length) as date) as first,
    month_of_year(first) = 1 as starts
from main.figure
where
    figure.org in (select unnest($leaves::varchar[]))
    and figure.measure in (
        select term.measure from term
        where list_contains($indicators::varchar[], term.indicator)
    )
    and figure.period >= cast(list_min($starts::date[]) - interval '2' year as date)
    and figure.period <= list_max($ends::date[])
