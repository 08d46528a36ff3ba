-- Monthly and cumulative figures on the full grid: from the facts of a year, or of its months that changed and the figures of the month before them.
--
-- grain    one row per organisation and measure of the offices in scope and month of the calendar from that on in which they changed, to the end of
--          its year, reported or not: a measure that skips a month still has its cumulative figure there
-- from     speaking: of the figures in scope those that speak, see speaking.sql; changed: the scope, one row per organisation, office and year
-- columns  month 本月数: as stated, else the difference of two known cumulatives whose as_of moved on; month_state: that there was
--          nothing to count is said of the month as well where 本年累计 alone says it
--          ytd 本年累计: as stated, else the last stated one of the year plus the months since; of a stock, a standard
--          or a typed rate the last stated figure of the year
--          carried: nothing was stated this month, ytd is that of an earlier one
--          missing_months: months without a number since the last stated cumulative, or since January, as bits: 1 January,
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
-- January  a year starts from nothing; so does an organisation in its first month
-- life     outside of the months in which there is the organisation, whatever it reports does not count: all is 不适用 and lacks nothing
with

reported as (
    select
        fact.org,
        fact.measure,
        fact.period,
        max(fact.seq) filter (where fact.header <> 'prior') as seq,
        max(fact.value) filter (where fact.header = 'month') as m,
        max(fact.state) filter (where fact.header = 'month') as m_state,
        max(fact.decimals) filter (where fact.header = 'month') as m_decimals,
        max(fact.qualifier) filter (where fact.header = 'month') as m_qualifier,
        max(fact.value) filter (where fact.header = 'ytd') as c,
        max(fact.state) filter (where fact.header = 'ytd') as c_state,
        max(fact.decimals) filter (where fact.header = 'ytd') as c_decimals,
        max(fact.qualifier) filter (where fact.header = 'ytd') as c_qualifier,
        max(fact.value) filter (where fact.header = 'prior') as prior,
        max(fact.state) filter (where fact.header = 'prior') as prior_state,
        max(fact.qualifier) filter (where fact.header = 'prior') as prior_qualifier,
        max(fact.seq) filter (where fact.header = 'prior' and fact.value is not null) as prior_seq,
        max(fact.as_of) filter (where fact.header <> 'prior' and fact.state <> '未报') as as_of
    from speaking as fact
    group by fact.org, fact.measure, fact.period
),

grid as (
    select
        changed.org,
        measure.office,
        measure.code as measure,
        calendar.period,
        calendar.year,
        measure.kind,
        measure.kind = 'flow' as adds_up,
        measure.signed,
        reported.m,
        coalesce(calendar.period < organisation.first or calendar.period > organisation.last, false) as outside,
        case when outside then '不适用' else coalesce(reported.m_state, '未报') end as m_state,
        reported.m_decimals,
        reported.m_qualifier,
        reported.c,
        coalesce(reported.c_state, '未报') as c_state,
        reported.c_decimals,
        reported.c_qualifier,
        reported.prior,
        coalesce(reported.prior_state, '未报') as prior_state,
        coalesce(reported.prior_qualifier, '=') as prior_qualifier,
        reported.prior_seq,
        reported.as_of,
        case when reported.as_of is not null then reported.seq end as seq,
        -- by_ytd: the cumulative (or standing figure) is stated as such; a stock may also stand under 本月数
        coalesce(measure.kind = 'flow' or reported.c_state <> '未报', false) as by_ytd,
        cast(power(2, calendar.number - 1) as integer) as bit,
        coalesce(calendar.number = 1 or calendar.period = organisation.first, false) as starts
    from changed
    inner join calendar on changed.since <= calendar.period and year(changed.since) = calendar.year
    inner join measure on changed.office = measure.office
    left join organisation on changed.org = organisation.code
    left join reported on changed.org = reported.org and measure.code = reported.measure and calendar.period = reported.period
),

stated as (
    -- anchor: from here on earlier months no longer matter, but where a word hides the cumulative for what is known of it all the same
    select
        *,
        case when by_ytd then c else m end as level,
        case when by_ytd then c_state else m_state end as level_state,
        case
            when adds_up then c is not null or c_state in ('未公开', '在检/在办')
            else c_state <> '未报' or m_state <> '未报'
        end as anchor,
        anchor and (level is not null or not adds_up) as restarts
    from grid
),

contributed as (
    -- own_: what this month itself brings to the cumulative.  idle: it says that there was nothing to count.  What stood before the
    -- first month in scope is one more row, from which all goes on.
    select
        *,
        false as earlier,
        adds_up and m is null and case when m_state = '未报' then c_state else m_state end in ('未开展', '不适用') as idle,
        case when restarts then level when adds_up then m end as own_amount,
        case
            when anchor then case when level is null then level_state end
            when adds_up and m_state in ('未公开', '在检/在办') then m_state
        end as own_word,
        case when anchor or idle or (adds_up and m is not null) then 0 else bit end as own_missing,
        case when idle and not anchor and not outside then bit else 0 end as own_idle,
        coalesce(case when anchor and by_ytd then c_decimals else m_decimals end, 0) as own_decimals,
        coalesce(case when restarts and by_ytd then c_qualifier else m_qualifier end, '=') as own_qualifier
    from stated
    union all by name
    select
        figure.org,
        figure.measure,
        figure.period,
        year(figure.period) as year,
        true as earlier,
        true as anchor,
        true as restarts,
        figure.running as own_amount,
        figure.word as own_word,
        figure.missing_months as own_missing,
        figure.idle_months as own_idle,
        figure.decimals as own_decimals,
        figure.qualifier as own_qualifier,
        figure.as_of,
        figure.seq
    from changed
    inner join figure
        on
            changed.org = figure.org
            and changed.office = figure.office
            and figure.period = cast(changed.since - interval '1' month as date)
            and year(figure.period) = year(changed.since)
),

grouped as (
    select
        contributed.*,
        own_state.weight as own_weight,
        count(*) filter (where contributed.anchor) over so_far as anchored,
        count(*) filter (where contributed.restarts) over so_far as restarted
    from contributed
    left join state as own_state on contributed.own_word = own_state.word
    window so_far as (partition by contributed.org, contributed.measure, contributed.year order by contributed.period)
),

cumulated as (
    select
        *,
        cast(sum(own_amount) over since_restart as decimal(22, 6)) as total,
        max_by(own_word, own_weight) over since_anchor as hidden,
        cast(sum(own_missing) over since_anchor as integer) as missing_months,
        cast(sum(own_idle) over since_anchor as integer) as idle_months,
        max(own_decimals) over since_anchor as finest,
        min(nullif(own_qualifier, '=')) over since_restart as least_qualifier,
        max(nullif(own_qualifier, '=')) over since_restart as most_qualifier,
        case when least_qualifier is null then '=' when least_qualifier = most_qualifier then least_qualifier else '≈' end as common_qualifier,
        max(as_of) over since_anchor as latest_as_of,
        max(seq) over since_anchor as latest_seq,
        -- silent: this month says in words that it has no cumulative
        adds_up and level is null and level_state <> '未报' and total is null as silent,
        -- known: the cumulative, where it is known without a gap; nothing where there was nothing to count yet
        case
            when missing_months <> 0 or hidden is not null then null
            when total is null and idle_months > 0 then 0
            else total
        end as known
    from grouped
    window
        since_anchor as (partition by org, measure, year, anchored order by period),
        since_restart as (partition by org, measure, year, restarted order by period)
),

compared as (
    -- before: the cumulative of the month before, where it is known.  rise: what the cumulatives say about the month when the month itself
    -- is silent.  before_turned: how the cumulative before is meant where it is taken off; about so many taken off can leave anything
    select
        *,
        case when starts then 0 else lag(known) over by_month end as before,
        coalesce(lag(common_qualifier) over by_month, '=') as qualifier_before,
        case qualifier_before when '≥' then '≤' when '≤' then '≥' when '约' then '≈' else qualifier_before end as before_turned,
        case
            when
                adds_up
                and m_state = '未报'
                and (starts or as_of > lag(latest_as_of) over by_month)
                then c - before
        end as rise
    from cumulated
    window by_month as (partition by org, measure, year order by period)
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
    missing_months,
    idle_months,
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
