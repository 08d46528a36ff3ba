-- The figures that a window is counted from, once for each month that one begins with, for spanned.sql: the months from there to the end of the year.
--
-- grain    one row per organisation of $leaves, measure of which $indicators have a window, month that one begins with, and month from there on
-- columns  whose: the organisation and the first month, as windows.sql asks for them
select
    figure.*,
    concat(figure.org, ' ', opening.period) as whose,
    false as by_cumulative,
    false as restates,
    cast(null as decimal(22, 6)) as base,
    opening.period as first,
    month_of_year(opening.period) = 1 as starts
from main.figure
inner join calendar as opening on reporting_year(figure.period) = reporting_year(opening.period) and figure.period >= opening.period
where
    figure.org in (select unnest($leaves::varchar[]))
    and figure.measure in (
        select derivation.measure from derivation
        inner join term on derivation.code = term.measure
        where derivation.rule = 'window' and list_contains($indicators::varchar[], term.indicator)
    )
    and figure.period >= cast(list_min($starts::date[]) - interval '3' year as date)
    and figure.period <= list_max($ends::date[])
