-- Indicators at the asked points: their parts now, last year and by single months, and the verdict against the target.
--
-- grain    one row per point (a month that is asked about), indicator of $indicators and basis:
--            now     the asked span, ending with the point
--            prior   the same span a year earlier, on the office's own 上年同期 where it states one
--            own     the same span a year earlier, as this store recorded it
--            month   the single month of the point;  before  the month before it
-- columns  numerator, denominator, failed, total, reported: the parts, in the unit of their measures
--          reason     why a part is absent: 1 不适用, 2 未开展, 3 在检/在办, 4 未公开, 5 未报
--          as_of, as_of_latest  the days to which the earliest and the latest of the parts run
--          elapsed, days  of the year at as_of: the pace
--          verdict    of now against the target: met, behind, missed, undecided; null without target or value
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

amount as (
    -- One row per term and month of a basis.  A flow over months is every month of it, anything else its closing figure;
    -- the base that the office restated to this year's scope replaces our record of last year.
    select
        wanted.point,
        wanted.basis,
        term.indicator,
        term.part,
        cast(term.coefficient as decimal(10, 4)) as coefficient,
        case
            when stated.prior is not null then stated.prior
            when term.flow and not wanted.cumulative then figure.month
            when not figure.carried then figure.ytd
        end as amount,
        case when term.flow and not wanted.cumulative then figure.month_state else figure.ytd_state end as state,
        case
            when term.years_back > 0 then null
            when stated.prior is not null then cast(stated.as_of - interval '1' year as date)
            else figure.as_of
        end as as_of
    from wanted
    inner join term on wanted.years_back = term.years_back
    left join figure on term.measure = figure.measure and wanted.period = figure.period
    left join figure as stated on wanted.comparable and term.measure = stated.measure and wanted.point = stated.period
    where
        list_contains($indicators::varchar[], term.indicator)
        and (wanted.closing or (term.flow and not wanted.cumulative))
),

part as (
    select
        point,
        indicator,
        basis,
        part,
        case when count(amount) = count(*) then cast(sum(coefficient * amount) as decimal(22, 6)) end as value,
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
        min(as_of) as as_of,
        max(as_of) as as_of_latest
    from amount
    group by point, indicator, basis, part
),

parts as (
    select
        point,
        indicator,
        basis,
        max(case when part = 'numerator' then value end) as numerator,
        max(case when part = 'denominator' then value end) as denominator,
        max(case when part = 'failed' then value end) as failed,
        max(case when part = 'total' then value end) as total,
        max(case when part = 'reported' then value end) as reported,
        max(case when part in ('numerator', 'denominator') then reason end) as reason,
        min(case when part in ('numerator', 'denominator') then as_of end) as as_of,
        max(case when part in ('numerator', 'denominator') then as_of_latest end) as as_of_latest
    from part
    group by point, indicator, basis
),

asked_of as (
    -- The target that holds for a row, and the days its pace is counted in.
    select
        parts.*,
        target.kind,
        cast(target.value as decimal(14, 4)) as target,
        cast(target.upper as decimal(14, 4)) as upper,
        cast(target.due as date) as due,
        cast(target.tolerance as decimal(8, 4)) as tolerance,
        target.scale,
        case when target.divided then parts.denominator else cast(1 as decimal(22, 6)) end as divisor,
        cast(extract(doy from parts.as_of) as decimal(3, 0)) as elapsed,
        cast(extract(doy from make_date(extract(year from parts.as_of), 12, 31)) as decimal(3, 0)) as days
    from parts
    left join target
        on
            parts.basis = 'now'
            and parts.indicator = target.indicator
            and extract(year from parts.point) = target.year
            and ($cumulative_span or target.kind not in ('annual', 'progress', 'milestone'))
),

compared as (
    -- lead: how far the value is on the good side of what is asked, times divisor (and days, for paced kinds);
    -- allowed: the tolerance in the same measure.  Both are 38-digit decimals, never rounded.
    select
        *,
        case
            when kind in ('annual', 'progress') then cast(numerator * scale * days - target * divisor * elapsed as decimal(38, 10))
            when kind = 'ceiling' then cast(target * divisor - numerator * scale as decimal(38, 10))
            when kind = 'range' and numerator * scale > upper * divisor then cast(upper * divisor - numerator * scale as decimal(38, 10))
            else cast(numerator * scale - target * divisor as decimal(38, 10))
        end as lead,
        case
            when kind in ('annual', 'progress') then cast(tolerance * target * divisor * days * 0.01 as decimal(38, 10))
            else cast(tolerance * divisor as decimal(38, 10))
        end as allowed
    from asked_of
)

select
    point,
    indicator,
    basis,
    numerator,
    denominator,
    failed,
    total,
    reported,
    reason,
    as_of,
    as_of_latest,
    elapsed,
    days,
    case
        when target is null or numerator is null or divisor is null then null
        when total > numerator + failed and kind in ('floor', 'per_capita')
            then case
                when numerator * scale >= target * total then 'met'
                when (total - failed) * scale < target * total then 'missed'
                else 'undecided'
            end
        when divisor = 0 then null
        when lead >= 0 then 'met'
        when kind = 'milestone' and as_of < due then 'undecided'
        when -lead <= allowed then 'behind'
        else 'missed'
    end as verdict,
    case
        when target <> 0 and divisor <> 0
            then -cast(lead as double) / cast(target * divisor as double) / case when kind in ('annual', 'progress') then days else 1 end
    end as shortfall
from compared
