-- Indicators at the asked points: their parts now, last year and by single months.
--
-- grain    one row per point (a month that is asked about), indicator of $indicators and basis:
--            now     the asked span, ending with the point
--            prior   the same span a year earlier, on the office's own 上年同期 where it states one
--            month   the single month of the point;  before  the month before it;  year end  December of the year before
-- columns  numerator, denominator, failed, total, reported: the parts, in the unit of their measures
--          own_numerator, own_denominator  the same as this store recorded them, whatever base the office stated since
--          reason     why a part is absent: 1 不适用, 2 未开展, 3 在检/在办, 4 未公开, 5 未报
--          as_of, as_of_latest  the days to which the earliest and the latest of the parts run, those of @ly left out
--          base_as_of  the earliest day of the @ly parts;  counted_to  the earliest day of the numerator
-- null     a part is null when any of its terms is: what was not reported is never counted as 0
-- exact    sums of decimals; nothing is divided here
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
        term.coefficient,
        case when term.flow and not wanted.cumulative then figure.month when not figure.carried then figure.ytd end as recorded,
        stated.prior as stated,
        case when term.flow and not wanted.cumulative then figure.month_state else figure.ytd_state end as state,
        case
            when term.years_back > 0 then null
            when stated.prior is not null then cast(stated.as_of - interval '1' year as date)
            else figure.as_of
        end as as_of,
        case
            when term.years_back = 0 then null
            when stated.prior is not null then cast(stated.as_of - interval '1' year as date)
            else figure.as_of
        end as base_as_of
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
        case when count(coalesce(stated, recorded)) = count(*) then cast(sum(coefficient * coalesce(stated, recorded)) as decimal(22, 6)) end as value,
        case when count(recorded) = count(*) then cast(sum(coefficient * recorded) as decimal(22, 6)) end as own,
        max(
            case
                when coalesce(stated, recorded) is not null then 0
                when state = '不适用' then 1
                when state = '未开展' then 2
                when state = '在检/在办' then 3
                when state = '未公开' then 4
                else 5
            end
        ) as reason,
        min(as_of) as as_of,
        max(as_of) as as_of_latest,
        min(base_as_of) as base_as_of
    from amount
    group by point, indicator, basis, part
)

select
    point,
    indicator,
    basis,
    max(case when part = 'numerator' then value end) as numerator,
    max(case when part = 'denominator' then value end) as denominator,
    max(case when part = 'numerator' then own end) as own_numerator,
    max(case when part = 'denominator' then own end) as own_denominator,
    max(case when part = 'failed' then value end) as failed,
    max(case when part = 'total' then value end) as total,
    max(case when part = 'reported' then value end) as reported,
    max(case when part in ('numerator', 'denominator') then reason end) as reason,
    min(case when part in ('numerator', 'denominator') then as_of end) as as_of,
    max(case when part in ('numerator', 'denominator') then as_of_latest end) as as_of_latest,
    min(case when part in ('numerator', 'denominator') then base_as_of end) as base_as_of,
    min(case when part = 'numerator' then as_of end) as counted_to
from part
group by point, indicator, basis
