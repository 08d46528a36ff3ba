-- Indicators at the asked points: their parts now, last year and by single months, and the verdict against the target.
--
-- grain    one row per point (a month that is asked about) and indicator of $indicators
-- columns  <part>_<basis>  numerator, denominator, failed, total and reported, each for
--            now     the asked span, ending with the point
--            prior   the same span a year earlier, on the office's own 上年同期 where it states one
--            own     the same span a year earlier, as this store recorded it
--            month   the single month of the point;  before  the month before it
--          reason_<basis>  why a part is absent: 1 不适用, 2 未开展, 3 在检/在办, 4 未公开, 5 未报
--          verdict    met, behind, missed, undecided; null without target or without value
--          shortfall  how far behind, as a share of the target: it only orders rows
-- null     a part is null when any of its terms is: what was not reported is never counted as 0
-- exact    sums and verdicts are decimals multiplied out; the one division, shortfall, decides nothing
with

wanted as (
    -- The months that make up each basis of each point; closing marks the last of them.
    select
        unnest($points::date[]) as point,
        unnest($bases::varchar[]) as basis,
        unnest($years_back::integer[]) as years_back,
        unnest($months::date[]) as period,
        unnest($closing::boolean[]) as closing,
        unnest($cumulative::boolean[]) as cumulative,
        unnest($comparable::boolean[]) as comparable
),

asked as (
    select unnest($indicators::varchar[]) as indicator
),

asked_term as (
    select term.*
    from term
    inner join asked on term.indicator = asked.indicator
),

needed as (
    select distinct
        measure,
        years_back,
        flow
    from asked_term
),

figure_of_month as (
    -- A flow over months is every month of it; anything else is its closing figure.
    select
        wanted.point,
        wanted.basis,
        wanted.years_back,
        wanted.comparable,
        needed.measure,
        case
            when needed.flow and not wanted.cumulative then figure.month
            when not figure.carried then figure.ytd
        end as amount,
        case when needed.flow and not wanted.cumulative then figure.month_state else figure.ytd_state end as state,
        figure.as_of
    from wanted
    inner join needed on wanted.years_back = needed.years_back
    left join figure on needed.measure = figure.measure and wanted.period = figure.period
    where wanted.closing or (needed.flow and not wanted.cumulative)
),

recorded as (
    select
        point,
        basis,
        years_back,
        comparable,
        measure,
        case when count(amount) = count(*) then sum(amount) end as amount,
        max(
            case
                when amount is not null then 0
                when state = '不适用' then 1
                when state = '未开展' then 2
                when state = '在检/在办' then 3
                when state = '未公开' then 4
                else 5
            end
        ) as reason,
        max(as_of) as as_of
    from figure_of_month
    group by point, basis, years_back, comparable, measure
),

amount as (
    -- The base that the office restated to this year's scope replaces our record of last year.
    select
        recorded.point,
        recorded.basis,
        recorded.years_back,
        recorded.measure,
        coalesce(stated.prior, recorded.amount) as amount,
        case when stated.prior is null then recorded.reason else 0 end as reason,
        case when stated.prior is null then recorded.as_of else cast(stated.as_of - interval '1' year as date) end as as_of
    from recorded
    left join figure as stated
        on
            recorded.comparable
            and recorded.measure = stated.measure
            and recorded.point = stated.period
),

part as (
    select
        asked_term.indicator,
        asked_term.part,
        amount.point,
        amount.basis,
        case
            when count(amount.amount) = count(*)
                then cast(sum(cast(asked_term.coefficient as decimal(10, 4)) * amount.amount) as decimal(22, 6))
        end as value,
        max(amount.reason) as reason,
        min(case when asked_term.years_back = 0 then amount.as_of end) as as_of,
        max(case when asked_term.years_back = 0 then amount.as_of end) as as_of_latest
    from asked_term
    inner join amount on asked_term.measure = amount.measure and asked_term.years_back = amount.years_back
    group by asked_term.indicator, asked_term.part, amount.point, amount.basis
),

side_by_side as (
    select
        point,
        indicator,
        max(case when part = 'numerator' and basis = 'now' then value end) as numerator_now,
        max(case when part = 'denominator' and basis = 'now' then value end) as denominator_now,
        max(case when part = 'failed' and basis = 'now' then value end) as failed_now,
        max(case when part = 'total' and basis = 'now' then value end) as total_now,
        max(case when part = 'reported' and basis = 'now' then value end) as reported_now,
        max(case when part = 'numerator' and basis = 'prior' then value end) as numerator_prior,
        max(case when part = 'denominator' and basis = 'prior' then value end) as denominator_prior,
        max(case when part = 'numerator' and basis = 'own' then value end) as numerator_own,
        max(case when part = 'denominator' and basis = 'own' then value end) as denominator_own,
        max(case when part = 'numerator' and basis = 'month' then value end) as numerator_month,
        max(case when part = 'denominator' and basis = 'month' then value end) as denominator_month,
        max(case when part = 'numerator' and basis = 'before' then value end) as numerator_before,
        max(case when part = 'denominator' and basis = 'before' then value end) as denominator_before,
        max(case when part in ('numerator', 'denominator') and basis = 'now' then reason end) as reason_now,
        max(case when part in ('numerator', 'denominator') and basis = 'prior' then reason end) as reason_prior,
        max(case when part in ('numerator', 'denominator') and basis = 'month' then reason end) as reason_month,
        min(case when part in ('numerator', 'denominator') and basis = 'now' then as_of end) as as_of,
        max(case when part in ('numerator', 'denominator') and basis = 'now' then as_of_latest end) as as_of_latest,
        min(case when part in ('numerator', 'denominator') and basis = 'prior' then as_of end) as as_of_prior,
        max(case when part in ('numerator', 'denominator') and basis = 'prior' then as_of_latest end) as as_of_prior_latest
    from part
    group by point, indicator
),

against_target as (
    -- needed: what the numerator must reach for the verdict, everything multiplied by denominator and days.
    select
        side_by_side.*,
        indicator.scale,
        indicator.has_denominator,
        target.kind as target_kind,
        cast(target.value as decimal(14, 4)) as target,
        cast(target.upper as decimal(14, 4)) as target_upper,
        cast(target.due as date) as due,
        cast(target.tolerance as decimal(8, 4)) as tolerance,
        cast(extract(doy from side_by_side.as_of) as decimal(3, 0)) as elapsed,
        cast(extract(doy from make_date(extract(year from side_by_side.as_of), 12, 31)) as decimal(3, 0)) as days,
        cast(case when indicator.has_denominator then side_by_side.denominator_now else 1 end as decimal(22, 6)) as divisor,
        side_by_side.total_now > side_by_side.numerator_now + side_by_side.failed_now as pending
    from side_by_side
    inner join indicator on side_by_side.indicator = indicator.code
    left join target
        on
            side_by_side.indicator = target.indicator
            and extract(year from side_by_side.point) = target.year
            and ($cumulative_span or target.kind not in ('annual', 'progress', 'milestone'))
),

compared as (
    -- lead: how far the value is on the good side of what is asked, times divisor (and days, for paced kinds);
    -- allowed: the tolerance in the same measure; both are 38-digit decimals, never rounded.
    select
        *,
        case
            when target_kind in ('annual', 'progress')
                then cast(numerator_now * scale * days - target * divisor * elapsed as decimal(38, 10))
            when target_kind = 'ceiling' then cast(target * divisor - numerator_now * scale as decimal(38, 10))
            when target_kind = 'range' and numerator_now * scale > target_upper * divisor
                then cast(target_upper * divisor - numerator_now * scale as decimal(38, 10))
            else cast(numerator_now * scale - target * divisor as decimal(38, 10))
        end as lead,
        case
            when target_kind in ('annual', 'progress')
                then cast(tolerance * target * divisor * days * 0.01 as decimal(38, 10))
            else cast(tolerance * divisor as decimal(38, 10))
        end as allowed
    from against_target
)

select
    point,
    indicator,
    numerator_now,
    denominator_now,
    failed_now,
    total_now,
    reported_now,
    numerator_prior,
    denominator_prior,
    numerator_own,
    denominator_own,
    numerator_month,
    denominator_month,
    numerator_before,
    denominator_before,
    reason_now,
    reason_prior,
    as_of,
    as_of_latest,
    as_of_prior,
    as_of_prior_latest,
    target_kind,
    target,
    target_upper,
    tolerance,
    elapsed,
    days,
    case
        when target is null or numerator_now is null or divisor is null then null
        when pending and target_kind in ('floor', 'per_capita')
            then case
                when numerator_now * scale >= target * total_now then 'met'
                when (total_now - failed_now) * scale < target * total_now then 'missed'
                else 'undecided'
            end
        when divisor = 0 then null
        when lead >= 0 then 'met'
        when target_kind = 'milestone' and as_of < due then 'undecided'
        when -lead <= allowed then 'behind'
        else 'missed'
    end as verdict,
    case
        when target <> 0 and divisor <> 0
            then -cast(lead as double) / cast(target * divisor as double)
            / case when target_kind in ('annual', 'progress') then days else 1 end
    end as shortfall
from compared
order by point, indicator
