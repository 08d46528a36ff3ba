-- Figures with flows counted from the first month of some months on, as `begun` has them: what stands where `figure` does, should not the
-- year so far be asked about, so that a quarter, or the months in which an organisation stands below another, follow the same rules as a year.
--
-- grain    one row per row of begun: whose figure it becomes (whose), measure and month
-- from     begun: rows of figure with whose, first: from which month on flows are counted, starts: nothing can be before it,
--          by_cumulative: what lies between two cumulatives goes before the sum of the months, restates, base, see begun_spans.sql,
--          begun_stays.sql
-- columns  those of figure; ytd, ytd_state, carried, missing_months, idle_months, qualifier, running, word are of the span up to the month:
--          the sum of its months, or, where one of them is not known, what lies between two cumulatives that lack nothing
--          and the months since the latter; the missing ones are named; running: null where
--          nothing of it is told; of what is hidden the months that are known.  What stands is as it was
-- null     prior: what a base is restated of is the year so far, so of a span that does not begin with January it is none; of what
--          stands it is, whatever the span
-- words    a month that is 未公开 or 在检/在办 hides the span as it hides the year, until a cumulative is stated again, see figure.sql
-- fall     a cumulative that falls says that something before it was corrected: no difference, unless the measure may be negative
with

opened as (
    -- opening: the cumulative before the span, where it lacks nothing.  idle: the month says that there was nothing to count; hiding: what
    -- stands in the way of its number
    select
        begun.*,
        measure.signed,
        cast(power(2, month(begun.period) - 1) as integer) as bit,
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
),

brought as (
    -- What each month brings to the span: with a step all that is before it as well, and nothing before it is missed then.
    select
        *,
        max(case when by_step then period end) over (partition by whose, measure, first order by period) as since,
        case when by_step then step else month end as own_amount,
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
),

counted as (
    select
        *,
        sum(own_missing) over since_then as lacking,
        sum(own_idle) over since_then as idled,
        max_by(own_word, own_state.weight) over since_then as hidden,
        min(nullif(own_qualifier, '=')) over since_then as least_qualifier,
        max(nullif(own_qualifier, '=')) over since_then as most_qualifier,
        sum(own_amount) over since_then as known,
        case when hidden is null then known end as amount
    from brought
    left join state as own_state on brought.own_word = own_state.word
    window since_then as (partition by whose, measure, first, since order by period)
)

select
    whose as org,
    office,
    measure,
    period,
    kind,
    month,
    month_state,
    case when kind = 'flow' then cast(amount as decimal(22, 6)) else ytd end as ytd,
    case
        when kind <> 'flow' then ytd_state
        when amount = 0 then '零'
        when amount is not null then '数值'
        when hidden is not null then hidden
        when month_state <> '未报' then month_state
        when ytd_state in ('未开展', '不适用') then ytd_state
        else '未报'
    end as ytd_state,
    carried,
    cast(case when kind <> 'flow' then missing_months else lacking end as integer) as missing_months,
    cast(case when kind <> 'flow' then idle_months else idled end as integer) as idle_months,
    adjustment,
    base as prior,
    case when restates then prior_state else '未报' end as prior_state,
    case when restates then prior_qualifier else '=' end as prior_qualifier,
    case when restates then prior_seq end as prior_seq,
    as_of,
    decimals,
    case
        when kind <> 'flow' then qualifier
        when least_qualifier is null then '='
        when least_qualifier = most_qualifier then least_qualifier
        else '≈'
    end as qualifier,
    seq,
    case
        when kind <> 'flow' then running
        when hidden is not null then cast(known as decimal(22, 6))
        else cast(coalesce(amount, told) as decimal(22, 6))
    end as running,
    case when kind <> 'flow' then word else hidden end as word,
    month_qualifier
from counted
