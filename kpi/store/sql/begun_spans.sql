-- The figures that a span of $length months is counted from, for spanned.sql.
--
-- grain    one row per organisation of $leaves, measure of $indicators and month around $ends, as in figure
select
    figure.*,
    figure.org as whose,
    false as by_cumulative,
    measure.signed,
    figure.kind <> 'flow' or month(figure.period) <= $length as restates,
    case when restates then figure.prior end as base,
    cast(figure.period - to_months((month(figure.period) - 1) % $length) as date) as first,
    month(first) = 1 as starts,
    cast(power(2, month(figure.period) - 1) as integer) as bit,
    figure.month is null and figure.month_state in ('未开展', '不适用') as idle,
    case
        when figure.month is not null or idle then null
        when figure.month_state in ('未公开', '在检/在办') then figure.month_state
        when figure.month_state = '未报' and not figure.carried and figure.ytd_state in ('未公开', '在检/在办') then figure.ytd_state
    end as hiding
from main.figure
inner join measure on figure.measure = measure.code
where
    figure.org in (select unnest($leaves::varchar[]))
    and figure.measure in (
        select term.measure from term
        where list_contains($indicators::varchar[], term.indicator)
    )
    and figure.period >= cast(list_min($starts::date[]) - interval '2' year as date)
    and figure.period <= list_max($ends::date[])
