-- Monthly and cumulative figures on the full grid: from the facts of a year, or of its months that changed and the figures of the month before them.
--
-- grain    one row per organisation and measure of the offices in scope and month of the calendar from that on in which they changed, to the end of
--          its year, reported or not: a measure that skips a month still has its cumulative figure there
-- from     running_sum: what there is up to each month, see running_sums.sql, of what the months of the year bring, see contributions_of_year.sql
-- columns  month 本月数: as stated, else the difference of two known cumulatives whose as_of moved on; month_state: that there was
--          nothing to count is said of the month as well where 本年累计 alone says it
--          ytd 本年累计: as stated, else the last stated one of the year plus the months since; of a stock, a standard
--          or a typed rate the last stated figure of the year
--          carried: nothing was stated this month, ytd is that of an earlier one
--          missing_months: months without a number since the last stated cumulative, or since the year began, as bits: 1 its first month,
--          2 February, 4 March …; idle_months: those that say 未开展 or 不适用, likewise
--          adjustment 调整数: C(t) - C(t-1) - m(t) where all three are known; where the month is not stated and the
--          cumulative falls, the fall, unless the measure may be negative: then that is its month
--          prior 上年同期累计, as the office states it this month; prior_seq the number of the submission that does
--          month_qualifier, prior_qualifier: how those two are meant; of a difference of cumulatives as both allow, else ≈
--          as_of, decimals, qualifier, seq: of all that ytd rests on: the latest day, the finest precision, the common
--          qualifier (else ≈), the highest number in the log
--          running, word: what the months after go on from: the sum so far, and what stands in the way of a number
-- null     month, ytd, prior: no number, the state says why; adjustment: nothing to compare; as_of, seq: nothing said yet
-- words    未公开 and 在检/在办 hide a number that exists: a cumulative over such a month is hidden as well, until one is
--          stated again.  未开展 and 不适用 hide none and lack nothing: there was nothing to count, the cumulative goes on
with

summed as (
    -- silent: this month says in words that it has no cumulative.  known: the cumulative, where it is known without a gap; nothing where there
    -- was nothing to count yet
    select
        *,
        adds_up and level is null and level_state <> '未报' and total is null as silent,
        case
            when lacking <> 0 or hidden is not null then null
            when total is null and idled > 0 then 0
            else total
        end as known
    from running_sum
),

compared as (
    -- before: the cumulative of the month before, where it is known.  rise: what the cumulatives say about the month when the month itself
    -- is silent.  before_turned: how the cumulative before is meant where it is taken off; about so many taken off can leave anything
    select
        summed.*,
        case when summed.starts then 0 else last_month.known end as before,
        coalesce(last_month.common_qualifier, '=') as qualifier_before,
        case qualifier_before when '≥' then '≤' when '≤' then '≥' when '约' then '≈' else qualifier_before end as before_turned,
        case
            when
                summed.adds_up
                and summed.m_state = '未报'
                and (summed.starts or summed.as_of > last_month.latest_as_of)
                then summed.c - before
        end as rise
    from summed
    left join summed as last_month
        on
            summed.org = last_month.org
            and summed.measure = last_month.measure
            and summed.year = last_month.year
            and last_month.period = cast(summed.period - interval '1' month as date)
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
        when rise >= 0 or signed then rise
    end as month,
    case
        when not adds_up then level_state
        when m_state <> '未报' then m_state
        when idle then c_state
        when rise = 0 then '零'
        when rise > 0 or (signed and rise < 0) then '数值'
        else '未报'
    end as month_state,
    case when hidden is null and not silent then total end as ytd,
    case
        when silent then level_state
        when hidden is not null then hidden
        when total is null then m_state
        when total = 0 then '零'
        else '数值'
    end as ytd_state,
    -- a month that states nothing carries on the cumulative before it
    not (anchor or (adds_up and (c_state <> '未报' or m_state <> '未报')))
    and (total is not null or hidden is not null) as carried,
    lacking as missing_months,
    idled as idle_months,
    case
        when m_state = '未报' and rise < 0 and not signed then rise
        when adds_up then c - before - m
    end as adjustment,
    prior,
    prior_state,
    prior_qualifier,
    prior_seq,
    latest_as_of as as_of,
    finest as decimals,
    common_qualifier as qualifier,
    latest_seq as seq,
    total as running,
    hidden as word,
    case
        when not adds_up then own_qualifier
        when m_state <> '未报' then coalesce(m_qualifier, '=')
        when before_turned = '=' then coalesce(c_qualifier, '=')
        when coalesce(c_qualifier, '=') in ('=', before_turned) then before_turned
        else '≈'
    end as month_qualifier
from compared
where not earlier
