-- What stood some months before, or at the end of last year, as a figure of the month that looks back on it.
--
-- grain    one row per organisation of $leaves, derivation of $indicators that looks back and month around $ends
-- columns  those of figure that parts are summed from
-- null     as_of: what stood then has no day of its own among those of its indicator, as last year's figures have none
with

looking as (
    select
        leaf.org,
        derivation.code,
        derivation.measure,
        calendar.period,
        case
            when derivation.rule = 'year_start' then year_closing(reporting_year(calendar.period) - 1)
            else cast(calendar.period - to_months(derivation.length) as date)
        end as stood
    from (select unnest($leaves::varchar[]) as org) as leaf
    cross join (
        select distinct
            derivation.code,
            derivation.measure,
            derivation.length,
            derivation.rule
        from derivation
        inner join term on derivation.code = term.measure
        where derivation.rule in ('year_start', 'ago') and list_contains($indicators::varchar[], term.indicator)
    ) as derivation
    inner join calendar
        on
            calendar.period >= cast(list_min($starts::date[]) - interval '2' year as date)
            and calendar.period <= list_max($ends::date[])
)

select
    looking.org,
    looking.code as measure,
    looking.period,
    'stock' as kind,
    figure.ytd,
    coalesce(figure.ytd_state, '未报') as ytd_state,
    figure.ytd as month,
    coalesce(figure.ytd_state, '未报') as month_state,
    coalesce(figure.carried, false) as carried,
    0 as missing_months,
    0 as idle_months,
    cast(null as decimal(22, 6)) as prior,
    '=' as prior_qualifier,
    cast(null as date) as as_of,
    coalesce(figure.qualifier, '=') as qualifier,
    figure.running,
    figure.word
from looking
left join main.figure on looking.org = figure.org and looking.measure = figure.measure and looking.stood = figure.period
