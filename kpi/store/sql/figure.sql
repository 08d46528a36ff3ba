-- Monthly and cumulative figures on the full grid, from the current facts.
--
-- grain    one row per measure of the offices in scope and month of the calendar in the years in scope, reported or not:
--          a measure that skips a month still has its cumulative figure there
-- columns  month 本月数: as stated, else the difference of two known cumulatives whose as_of moved on
--          ytd 本年累计: as stated, else the last stated one of the year plus the months since; of a stock, a standard
--          or a typed rate the last stated figure of the year
--          carried: nothing was said this month, ytd is that of an earlier one
--          missing: months without a number since the last stated cumulative, or since January
--          adjustment 调整数: C(t) - C(t-1) - m(t) where all three are known; where the month is not stated and the
--          cumulative falls, the fall
--          prior 上年同期累计, as the office states it this month
--          as_of, decimals, qualifier, seq: of what ytd rests on; seq is the last submission that spoke
-- null     month, ytd, prior: no number, the state says why; adjustment: nothing to compare; as_of, seq: nothing said yet
-- words    未公开 and 在检/在办 hide a number that exists: a cumulative over such a month is hidden as well, until one is
--          stated again.  未开展 and 不适用 hide none: the cumulative goes on and the month counts as missing
with

spoken_for as (
    -- The submission that speaks for a measure in a month, should two current ones hold it: the later in the log.
    select
        fact.measure,
        fact.period,
        max(fact.seq) as seq
    from fact
    inner join current_submission on fact.seq = current_submission.seq
    inner join measure on fact.measure = measure.code
    inner join scope on measure.office = scope.office and extract(year from fact.period) = scope.year
    group by fact.measure, fact.period
),

reported as (
    select
        fact.measure,
        fact.period,
        fact.seq,
        max(case when fact.header = 'month' then fact.value end) as m,
        max(case when fact.header = 'month' then fact.state end) as m_state,
        max(case when fact.header = 'month' then fact.decimals end) as m_decimals,
        max(case when fact.header = 'month' then fact.qualifier end) as m_qualifier,
        max(case when fact.header = 'ytd' then fact.value end) as c,
        max(case when fact.header = 'ytd' then fact.state end) as c_state,
        max(case when fact.header = 'ytd' then fact.decimals end) as c_decimals,
        max(case when fact.header = 'ytd' then fact.qualifier end) as c_qualifier,
        max(case when fact.header = 'prior' then fact.value end) as prior,
        max(case when fact.header = 'prior' then fact.state end) as prior_state,
        max(case when fact.header <> 'prior' and fact.state <> '未报' then fact.as_of end) as as_of
    from fact
    inner join spoken_for
        on
            fact.measure = spoken_for.measure
            and fact.period = spoken_for.period
            and fact.seq = spoken_for.seq
    group by fact.measure, fact.period, fact.seq
),

grid as (
    select
        measure.office,
        measure.code as measure,
        measure.kind,
        measure.kind = 'flow' as adds_up,
        calendar.period,
        calendar.year,
        calendar.number,
        reported.m,
        coalesce(reported.m_state, '未报') as m_state,
        reported.m_decimals,
        coalesce(reported.m_qualifier, '=') as m_qualifier,
        reported.c,
        coalesce(reported.c_state, '未报') as c_state,
        reported.c_decimals,
        coalesce(reported.c_qualifier, '=') as c_qualifier,
        reported.prior,
        coalesce(reported.prior_state, '未报') as prior_state,
        reported.as_of,
        case when reported.as_of is not null then reported.seq end as seq
    from measure
    inner join scope on measure.office = scope.office
    inner join calendar on scope.year = calendar.year
    left join reported on measure.code = reported.measure and calendar.period = reported.period
),

stated as (
    -- level: the cumulative (or the standing figure) as stated this month; a stock may state it under either header.
    select
        *,
        case when adds_up or c_state <> '未报' then c else m end as level,
        case when adds_up or c_state <> '未报' then c_state else m_state end as level_state,
        case when adds_up or c_state <> '未报' then c_decimals else m_decimals end as level_decimals,
        case when adds_up or c_state <> '未报' then c_qualifier else m_qualifier end as level_qualifier
    from grid
),

anchored as (
    -- anchor: from here on earlier months no longer matter.
    select
        *,
        case
            when adds_up then level is not null or level_state in ('未公开', '在检/在办')
            else level_state <> '未报'
        end as anchor
    from stated
),

stretched as (
    select
        *,
        count(case when anchor then 1 end) over (partition by measure, year order by period) as stretch,
        count(as_of) over (partition by measure, year order by period) as saying
    from anchored
),

gathered as (
    select
        *,
        max(case when anchor then level end) over upto as base,
        max(case when anchor then level_state end) over upto as base_state,
        sum(case when adds_up and not anchor then m end) over upto as added,
        max(case when adds_up and not anchor and m_state in ('未公开', '在检/在办') then m_state end) over upto as hidden,
        count(case when not anchor and (m is null or not adds_up) then 1 end) over upto as missing,
        max(case when anchor then level_decimals else m_decimals end) over upto as sum_decimals,
        min(nullif(case when anchor then level_qualifier else m_qualifier end, '=')) over upto as least_qualifier,
        max(nullif(case when anchor then level_qualifier else m_qualifier end, '=')) over upto as greatest_qualifier,
        max(as_of) over (partition by measure, year, saying) as last_as_of,
        max(seq) over (partition by measure, year, saying) as last_seq
    from stretched
    window upto as (partition by measure, year, stretch order by period)
),

summed as (
    select
        *,
        adds_up and level_state in ('未公开', '在检/在办', '未开展', '不适用') as worded,
        coalesce(case when adds_up and base is null then base_state end, hidden) as veil,
        case when base is not null or added is not null then coalesce(base, 0) + coalesce(added, 0) end as total
    from gathered
),

cumulated as (
    select
        *,
        case when not worded and veil is null then cast(total as decimal(22, 6)) end as ytd,
        case
            when worded then level_state
            when veil is not null then veil
            when total = 0 then '零'
            when total is not null then '数值'
            when not adds_up then coalesce(base_state, '未报')
            else m_state
        end as ytd_state,
        case
            when anchor or worded then false
            when not adds_up then base_state is not null
            when m is not null or m_state in ('未公开', '在检/在办') then false
            else total is not null or veil is not null
        end as carried
    from summed
),

compared as (
    -- before: the cumulative a month earlier, where it is known without a gap; 0 before January.
    select
        *,
        case
            when number = 1 then 0
            when lag(missing) over by_month = 0 then lag(ytd) over by_month
        end as before,
        number = 1 or last_as_of > lag(last_as_of) over by_month as moved_on,
        lag(qualifier_of_sum) over by_month as qualifier_before
    from (
        select
            *,
            case
                when least_qualifier is null then '='
                when least_qualifier = greatest_qualifier then least_qualifier
                else '约'
            end as qualifier_of_sum
        from cumulated
    ) as qualified
    window by_month as (partition by measure, year order by period)
),

differed as (
    -- rise: what the cumulatives say about the month when the month itself is silent.
    select
        *,
        case when adds_up and m_state = '未报' and c is not null and moved_on then c - before end as rise
    from compared
)

select
    office,
    measure,
    period,
    kind,
    case
        when not adds_up then level
        when m_state <> '未报' then m
        when rise >= 0 then rise
    end as month,
    case
        when not adds_up then level_state
        when m_state <> '未报' then m_state
        when rise = 0 then '零'
        when rise > 0 then '数值'
        else '未报'
    end as month_state,
    case
        when not adds_up then level_qualifier
        when m_state <> '未报' then m_qualifier
        when rise >= 0 and number = 1 then c_qualifier
        when rise >= 0 and (c_qualifier <> '=' or qualifier_before <> '=') then '约'
        else '='
    end as month_qualifier,
    ytd,
    ytd_state,
    carried,
    missing,
    case
        when adds_up and m is not null then c - before - m
        when rise < 0 then rise
    end as adjustment,
    prior,
    prior_state,
    last_as_of as as_of,
    coalesce(sum_decimals, 0) as decimals,
    qualifier_of_sum as qualifier,
    last_seq as seq
from differed
