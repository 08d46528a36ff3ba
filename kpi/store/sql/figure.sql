-- Monthly and cumulative figures on the full grid, from the current facts.
--
-- grain    one row per organisation, measure of its offices in scope and month of the calendar in the years in scope,
--          reported or not: a measure that skips a month still has its cumulative figure there
-- columns  month 本月数: as stated, else the difference of two known cumulatives whose as_of moved on
--          ytd 本年累计: as stated, else the last stated one of the year plus the months since; of a stock, a standard
--          or a typed rate the last stated figure of the year
--          carried: nothing was said this month, ytd is that of an earlier one
--          missing: months without a number since the last stated cumulative, or since January
--          adjustment 调整数: C(t) - C(t-1) - m(t) where all three are known; where the month is not stated and the
--          cumulative falls, the fall
--          prior 上年同期累计, as the office states it this month
--          as_of, decimals, qualifier, seq: of all that ytd rests on: the latest day, the finest precision, the common
--          qualifier (else 约), the highest number in the log
-- null     month, ytd, prior: no number, the state says why; adjustment: nothing to compare; as_of, seq: nothing said yet
-- words    未公开 and 在检/在办 hide a number that exists: a cumulative over such a month is hidden as well, until one is
--          stated again.  未开展 and 不适用 hide none: the cumulative goes on and the month counts as missing
with

spoken_for as (
    -- The submission that speaks for a measure under a header in a month, should two current ones hold it, a sheet and a
    -- ledger: the later in the log of those that state something; what one leaves blank does not silence the other.
    select
        fact.org,
        fact.measure,
        fact.period,
        fact.header,
        coalesce(max(case when fact.state <> '未报' then fact.seq end), max(fact.seq)) as seq
    from fact
    inner join current_submission on fact.seq = current_submission.seq
    inner join measure on fact.measure = measure.code
    inner join scope on fact.org = scope.org and measure.office = scope.office and extract(year from fact.period) = scope.year
    group by fact.org, fact.measure, fact.period, fact.header
),

reported as (
    select
        fact.org,
        fact.measure,
        fact.period,
        max(case when fact.header <> 'prior' then fact.seq end) as seq,
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
            fact.org = spoken_for.org
            and fact.measure = spoken_for.measure
            and fact.period = spoken_for.period
            and fact.header = spoken_for.header
            and fact.seq = spoken_for.seq
    group by fact.org, fact.measure, fact.period
),

grid as (
    select
        scope.org,
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
        reported.m_qualifier,
        reported.c,
        coalesce(reported.c_state, '未报') as c_state,
        reported.c_decimals,
        reported.c_qualifier,
        reported.prior,
        coalesce(reported.prior_state, '未报') as prior_state,
        reported.as_of,
        case when reported.as_of is not null then reported.seq end as seq,
        -- by_ytd: the cumulative (or standing figure) is stated as such; a stock may also stand under 本月数
        measure.kind = 'flow' or reported.c_state <> '未报' as by_ytd
    from measure
    inner join scope on measure.office = scope.office
    inner join calendar on scope.year = calendar.year
    left join reported on scope.org = reported.org and measure.code = reported.measure and calendar.period = reported.period
),

stated as (
    -- anchor: from here on earlier months no longer matter.
    select
        *,
        case when by_ytd then c else m end as level,
        case when by_ytd then c_state else m_state end as level_state,
        case when by_ytd then c_decimals else m_decimals end as level_decimals,
        case when by_ytd then c_qualifier else m_qualifier end as level_qualifier,
        case
            when adds_up then c is not null or c_state in ('未公开', '在检/在办')
            else c_state <> '未报' or m_state <> '未报'
        end as anchor
    from grid
),

stretched as (
    select
        *,
        count(case when anchor then 1 end) over (partition by org, measure, year order by period) as stretch
    from stated
),

gathered as (
    -- Over the stretch so far; word: what stands in the way of a number.
    select
        *,
        sum(case when anchor then level when adds_up then m end) over upto as total,
        max(
            case
                when anchor then case when level is null then level_state end
                when adds_up and m_state in ('未公开', '在检/在办') then m_state
            end
        ) over upto as word,
        count(case when not anchor and (m is null or not adds_up) then 1 end) over upto as missing,
        max(case when anchor then level_decimals else m_decimals end) over upto as decimals,
        min(nullif(case when anchor then level_qualifier else m_qualifier end, '=')) over upto as least_qualifier,
        max(nullif(case when anchor then level_qualifier else m_qualifier end, '=')) over upto as greatest_qualifier,
        max(as_of) over upto as latest_as_of,
        max(seq) over upto as latest_seq
    from stretched
    window upto as (partition by org, measure, year, stretch order by period)
),

cumulated as (
    select
        *,
        case
            when word is null and not (adds_up and level is null and level_state <> '未报')
                then cast(total as decimal(22, 6))
        end as ytd,
        case
            when adds_up and level is null and level_state <> '未报' then level_state
            when word is not null then word
            when total is null then m_state
            when total = 0 then '零'
            else '数值'
        end as ytd_state,
        -- said: this month has a say in the cumulative
        anchor or (adds_up and (c_state <> '未报' or m is not null or m_state in ('未公开', '在检/在办'))) as said
    from gathered
),

compared as (
    -- before: the cumulative a month earlier, where it is known without a gap; 0 before January.
    select
        *,
        case when number = 1 then 0 else lag(case when missing = 0 then ytd end) over by_month end as before,
        number = 1 or latest_as_of > lag(latest_as_of) over by_month as moved_on
    from cumulated
    window by_month as (partition by org, measure, year order by period)
),

differed as (
    -- rise: what the cumulatives say about the month when the month itself is silent.
    select
        *,
        case when adds_up and m_state = '未报' and moved_on then c - before end as rise
    from compared
)

select
    org,
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
    ytd,
    ytd_state,
    not said and (total is not null or word is not null) as carried,
    missing,
    case
        when m_state = '未报' and rise < 0 then rise
        when adds_up then c - before - m
    end as adjustment,
    prior,
    prior_state,
    latest_as_of as as_of,
    coalesce(decimals, 0) as decimals,
    case
        when least_qualifier is null then '='
        when least_qualifier = greatest_qualifier then least_qualifier
        else '约'
    end as qualifier,
    latest_seq as seq
from differed
