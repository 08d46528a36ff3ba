-- What has to be said beside the figures of an organisation in a year: adjustments, months without a number, bases that were restated.
--
-- grain    one row per remark on a measure: kind adjustment (调整数), missing (a month that a cumulative figure lacks) or
--          restated (上年同期 as the office states it, and not as the store recorded it)
-- columns  kind, measure, period
--          until     of missing: the last month whose cumulative figure lacks it; of the others the period itself
--          amount    of an adjustment its amount, of a restated base what the office states;  recorded  what the store has
--          note, submitted_by, submitted_at, seq: of the submission that brought it
-- null     amount, recorded and the submission where the kind has none
with

asked as (
    select
        figure.measure,
        figure.period,
        figure.kind,
        extract(year from figure.period) as year,
        figure.ytd,
        figure.carried,
        figure.missing,
        figure.adjustment,
        figure.prior,
        figure.seq
    from figure
    where
        figure.org = $org
        and figure.period between make_date($year, 1, 1) and make_date($year, 12, 31)
),

stretched as (
    -- A stretch begins where nothing is missing; within it the count grows by one with every month that lacks a number.
    select
        *,
        lag(missing, 1, 0) over (partition by measure, year order by period) as missing_before,
        count(case when missing = 0 then 1 end) over (partition by measure, year order by period) as stretch
    from asked
    where kind = 'flow'
),

gaps as (
    select
        measure,
        period,
        missing > missing_before as lacks,
        max(case when ytd is not null then period end) over (partition by measure, year, stretch) as until
    from stretched
),

base as (
    select
        fact.measure,
        fact.period,
        max(fact.seq) as seq
    from fact
    inner join current_submission on fact.seq = current_submission.seq
    where fact.org = $org and fact.header = 'prior' and fact.value is not null
    group by fact.measure, fact.period
),

remarks as (
    select
        'adjustment' as kind,
        measure,
        period,
        period as until,
        adjustment as amount,
        null as recorded,
        seq
    from asked
    where adjustment <> 0
    union all
    select
        'missing' as kind,
        measure,
        period,
        until,
        null as amount,
        null as recorded,
        null as seq
    from gaps
    where lacks and until >= period
    union all
    select
        'restated' as kind,
        asked.measure,
        asked.period,
        asked.period as until,
        asked.prior as amount,
        figure.ytd as recorded,
        base.seq
    from asked
    inner join figure
        on
            asked.measure = figure.measure
            and figure.org = $org
            and asked.period = cast(figure.period + interval '1' year as date)
            and not figure.carried
    inner join base on asked.measure = base.measure and asked.period = base.period
    where asked.prior <> figure.ytd
)

select
    remarks.kind,
    remarks.measure,
    remarks.period,
    remarks.until,
    remarks.amount,
    remarks.recorded,
    coalesce(submission.note, '') as note,
    submission.submitted_by,
    submission.submitted_at,
    remarks.seq
from remarks
left join submission on remarks.seq = submission.seq
order by remarks.period, remarks.measure, remarks.kind
