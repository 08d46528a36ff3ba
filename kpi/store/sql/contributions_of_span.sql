-- What each month of a span brings to it: its number or, where a month before it is not known, what lies between two cumulatives.
--
-- grain    one row per row of begun
-- from     begun: rows of figure with whose, first: from which month on flows are counted, starts: nothing can be before it,
--          by_cumulative: what lies between two cumulatives goes before the sum of the months, restates, base, see begun_spans.sql,
--          begun_stays.sql
-- columns  those of begun; told: a cumulative is, of what is hidden too; org: whose figure it becomes
--          own_amount, own_word, own_missing, own_idle, own_qualifier, anchored, restarted, course: see running_sums.sql
-- fall     a cumulative that falls says that something before it was corrected: no difference, unless the measure may be negative
with

opened as (
    -- opening: the cumulative before the span, where it lacks nothing.  idle: the month says that there was nothing to count; hiding: what
    -- stands in the way of its number
    select
        begun.*,
        measure.signed,
        cast(power(2, month_of_year(begun.period) - 1) as integer) as bit,
        begun.month is null and begun.month_state in ('未开展', '不适用') as idle,
        case
            when begun.month is not null or idle then null
            when begun.month_state in ('未公开', '在检/在办') then begun.month_state
            when begun.month_state = '未报' and not begun.carried and begun.ytd_state in ('未公开', '在检/在办') then begun.ytd_state
        end as hiding,
        case
            when begun.starts then 0
            when before.missing_months <> 0 then null
            when before.ytd is not null then before.ytd
            when before.running is null and before.word is null and before.idle_months > 0 then 0
        end as opening,
        coalesce(case when not begun.starts then before.qualifier end, '=') as opening_qualifier
    from begun
    inner join measure on begun.measure = measure.code
    left join main.figure as before
        on
            begun.org = before.org
            and begun.measure = before.measure
            and before.period = cast(begun.first - interval '1' month as date)
),

stepped as (
    -- by_step: a month is not known, but what lies between two cumulatives is
    select
        *,
        sum(case when month is null and not idle then bit else 0 end) over so_far as unknown,
        sum(bit) over so_far as covered,
        max(case when not carried and not idle then ytd end) over so_far as told,
        case when (period > first or by_cumulative) and not carried and missing_months = 0 and (signed or ytd >= opening) then ytd - opening end as step,
        (unknown > 0 or by_cumulative) and step is not null as by_step,
        case opening_qualifier when '≥' then '≤' when '≤' then '≥' when '约' then '≈' else opening_qualifier end as opening_turned
    from opened
    window so_far as (partition by whose, measure, first order by period)
)

-- with a step a month brings all that is before it as well, and nothing before it is missed then
select
    * exclude (org, whose),
    whose as org,
    first as course,
    decimals as own_decimals,
    max(case when by_step then period end) over (partition by whose, measure, first order by period) as anchored,
    anchored as restarted,
    case when kind <> 'flow' then null when by_step then step else month end as own_amount,
    case when by_step or month is not null or idle then 0 else bit end as own_missing,
    case when by_step then idle_months & covered when idle then bit else 0 end as own_idle,
    case when by_step then null else hiding end as own_word,
    case
        when by_step and opening_turned = '=' then qualifier
        when by_step and (qualifier = '=' or qualifier = opening_turned) then opening_turned
        when by_step then '≈'
        when month is not null then month_qualifier
    end as own_qualifier
from stepped
