-- What each month of a year brings to its cumulative figures, on the full grid: from the facts of a year, or of its months that changed and the
-- figures of the month before them.
--
-- grain    one row per organisation and measure of the offices in scope and month of the calendar from that on in which they changed, to the end of
--          its year, reported or not; and one for the month before the first of them (earlier), from which all goes on
-- from     speaking: of the figures in scope those that speak, see speaking.sql; changed: the scope, one row per organisation, office and year
-- columns  m, c, with state, decimals and qualifier: 本月数 and 本年累计 as they are stated; level: of the two that which stands for the cumulative
--          own_amount, own_word, own_missing, own_idle, own_qualifier, anchored, restarted, course: see running_sums.sql
--          own_decimals: how many digits it is stated with
-- blank    a month of which the sheet says nothing, where that counts as 0, see blanks.sql, is stated as 0
-- opening  a year starts from nothing; so does an organisation in its first month
-- life     outside of the months in which there is the organisation, whatever it reports does not count: all is 不适用 and lacks nothing
with

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
        max(case when fact.header = 'prior' then fact.qualifier end) as prior_qualifier,
        max(case when fact.header = 'prior' and fact.value is not null then fact.seq end) as prior_seq,
        max(case when fact.header <> 'prior' and fact.state <> '未报' then fact.as_of end) as as_of
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
        coalesce(reported.m, blank.amount) as m,
        coalesce(calendar.period < organisation.first or calendar.period > organisation.last, false) as outside,
        case when outside then '不适用' when blank.amount is not null then '零' else coalesce(reported.m_state, '未报') end as m_state,
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
        coalesce(reported.as_of, blank.as_of) as as_of,
        case when reported.as_of is not null then reported.seq else blank.seq end as seq,
        -- by_ytd: the cumulative (or standing figure) is stated as such; a stock may also stand under 本月数
        coalesce(measure.kind = 'flow' or reported.c_state <> '未报', false) as by_ytd,
        cast(power(2, calendar.number - 1) as integer) as bit,
        coalesce(calendar.number = 1 or calendar.period = organisation.first, false) as starts
    from changed
    inner join calendar on changed.since <= calendar.period and reporting_year(changed.since) = calendar.year
    inner join measure on changed.office = measure.office
    left join organisation on changed.org = organisation.code
    left join reported on changed.org = reported.org and measure.code = reported.measure and calendar.period = reported.period
    left join (
        select
            *,
            0 as amount
        from blank
    ) as blank on changed.org = blank.org and measure.code = blank.measure and calendar.period = blank.period
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
    -- idle: the month says that there was nothing to count.  What stood before the first month in scope is one more row.
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
        reporting_year(figure.period) as year,
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
            and reporting_year(figure.period) = reporting_year(changed.since)
)

select
    contributed.*,
    contributed.year as course,
    course.anchored,
    course.restarted
from contributed
inner join (
    select
        later.org,
        later.measure,
        later.year,
        later.period,
        max(case when sooner.anchor then sooner.period end) as anchored,
        max(case when sooner.restarts then sooner.period end) as restarted
    from contributed as later
    inner join contributed as sooner
        on later.org = sooner.org and later.measure = sooner.measure and later.year = sooner.year and later.period >= sooner.period
    group by later.org, later.measure, later.year, later.period
) as course
    on contributed.org = course.org and contributed.measure = course.measure and contributed.period = course.period
