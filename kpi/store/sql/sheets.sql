-- How many sheets offices owe, and how many of those came in, as flows: each month those of the month, added up over the span.
--
-- grain    one row per organisation of $leaves, count of sheets of $indicators and month around $ends
-- columns  those of figure that parts are summed from; as_of: the last day of the month.  A sheet came in where a submission of its template counts
-- null     month: nothing is owed in a month outside of those in which there is the organisation, or before the bureau's figures begin:
--          that is 不适用 and lacks nothing; of a stay a month outside of it is 0.  ytd: nothing was owed so far
with

counted as (
    select distinct
        derivation.code,
        derivation.rule,
        derivation.office,
        derivation.template,
        derivation.since
    from derivation
    inner join term on derivation.code = term.measure
    where derivation.rule in ('received', 'due') and list_contains($indicators::varchar[], term.indicator)
),

leaf as (
    select
        asked.org,
        coalesce(stay.leaf, asked.org) as sender,
        stay.code is not null as stays,
        stay.first,
        stay.last
    from (select unnest($leaves::varchar[]) as org) as asked
    left join stay on asked.org = stay.code
),

owed as (
    select
        leaf.org,
        leaf.sender,
        counted.code,
        counted.rule,
        counted.office,
        counted.template,
        calendar.period,
        leaf.stays and not (coalesce(calendar.period >= leaf.first, true) and coalesce(calendar.period <= leaf.last, true)) as elsewhere,
        coalesce(calendar.period < counted.since or calendar.period < organisation.first or calendar.period > organisation.last, false) as outside
    from leaf
    cross join counted
    inner join calendar
        on
            calendar.period >= cast(list_min($starts::date[]) - interval '2' year as date)
            and calendar.period <= list_max($ends::date[])
    left join organisation on leaf.sender = organisation.code
),

arrived as (
    select distinct
        org,
        office,
        template,
        period
    from counting
),

monthly as (
    select
        owed.org,
        owed.code,
        owed.period,
        cast(owed.period - to_months((month_of_year(owed.period) - 1) % $length) as date) as course,
        count(case when not owed.outside and not owed.elsewhere and (owed.rule = 'due' or arrived.org is not null) then 1 end) as sheets,
        bool_and(owed.outside and not owed.elsewhere) as idle
    from owed
    left join arrived
        on
            owed.sender = arrived.org
            and owed.office = arrived.office
            and owed.template = arrived.template
            and owed.period = arrived.period
    group by owed.org, owed.code, owed.period
)

select
    org,
    code as measure,
    period,
    'flow' as kind,
    cast(sum(case when not idle then sheets end) over so_far as decimal(22, 6)) as ytd,
    case when ytd is null then '不适用' when ytd = 0 then '零' else '数值' end as ytd_state,
    cast(case when not idle then sheets end as decimal(22, 6)) as month,
    case when idle then '不适用' when sheets = 0 then '零' else '数值' end as month_state,
    false as carried,
    0 as missing_months,
    0 as idle_months,
    cast(null as decimal(22, 6)) as prior,
    '=' as prior_qualifier,
    last_day(period) as as_of,
    '=' as qualifier,
    ytd as running,
    cast(null as varchar) as word
from monthly
window so_far as (partition by org, code, course order by period)
