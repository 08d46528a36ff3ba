-- The parts of indicators at the asked months, of organisations that report themselves.
--
-- grain    one row per organisation of $leaves, indicator of $indicators and point (a month that is asked about)
-- columns  numerator, denominator, failed, total, reported: over the asked span, in the unit of their measures
--          reason     why a part is absent: 1 不适用, 2 未开展, 3 在检/在办, 4 未公开, 5 未报
--          as_of, as_of_latest  the days to which the earliest and the latest of the parts run, those of @ly left out
--          base_as_of, counted_to  the earliest day of the parts of a year ago (@ly), and of the numerator
--          gaps       months of the year without a number in the numerator, since a cumulative was last stated
--          month_, before_  the single month of the point, and the month before it
--          prior_     the same span a year earlier, on the office's own 上年同期 where it states one; own_ as this store
--                     recorded it, whatever base the office stated since
--          year_end   what stood, of a numerator that stands, at the end of last year
--          like_      what the span of this year is to be compared with prior_ by: the same as now, where both are known
--          divided    whether there is a denominator at all
--          leaves, counted, compared  1; whether every part is there; whether it is there a year earlier as well
-- null     a part is null when any of its terms is: what was not reported is never counted as 0
-- exact    sums of decimals; nothing is divided here
with

wanted as (
    -- The months that bear on each point.  closing: the last of its span; the flags may hold together.
    select
        unnest($points::date[]) as point,
        unnest($years_back::integer[]) as years_back,
        unnest($months::date[]) as period,
        unnest($in_now::boolean[]) as in_now,
        unnest($in_prior::boolean[]) as in_prior,
        unnest($closing::boolean[]) as closing,
        unnest($single::boolean[]) as single,
        unnest($before::boolean[]) as before,
        unnest($year_end::boolean[]) as year_end,
        unnest($restated::boolean[]) as restated
),

asked as (
    select
        indicator,
        part,
        measure,
        coefficient,
        years_back,
        terms,
        divided
    from term
    where list_contains($indicators::varchar[], indicator)
),

amount as (
    -- A flow over months is every month of it, anything else its closing figure.
    select
        figure.org,
        figure.measure,
        figure.kind = 'flow' and not $cumulative as summed,
        wanted.point,
        wanted.years_back,
        wanted.in_now and (wanted.closing or summed) as in_now,
        wanted.in_prior and (wanted.closing or summed) as in_prior,
        wanted.closing,
        wanted.single,
        wanted.before,
        wanted.year_end,
        case when summed then figure.month when not figure.carried then figure.ytd end as spanned,
        case case when summed then figure.month_state else figure.ytd_state end
            when '不适用' then 1
            when '未开展' then 2
            when '在检/在办' then 3
            when '未公开' then 4
            else 5
        end as why,
        case case when figure.kind = 'flow' then figure.month_state else figure.ytd_state end
            when '不适用' then 1
            when '未开展' then 2
            when '在检/在办' then 3
            when '未公开' then 4
            else 5
        end as why_alone,
        case when figure.kind = 'flow' then figure.month when not figure.carried then figure.ytd end as alone,
        case when wanted.restated then figure.prior end as restated,
        figure.as_of,
        figure.missing
    from figure
    inner join wanted on figure.period = wanted.period
    where
        figure.org in (select unnest($leaves::varchar[]))
        and figure.measure in (select asked.measure from asked)
),

measured as (
    -- One row per measure and point, the sums of its months.
    select
        org,
        measure,
        point,
        years_back,
        case when count(*) filter (where in_now and spanned is null) = 0 then sum(spanned) filter (where in_now) end as spanned,
        case when count(*) filter (where in_prior and spanned is null) = 0 then sum(spanned) filter (where in_prior) end as own,
        sum(alone) filter (where single) as alone,
        sum(alone) filter (where before) as before,
        sum(alone) filter (where year_end) as year_end,
        sum(restated) as restated,
        max(why) filter (where in_now and spanned is null) as reason,
        max(why) filter (where in_prior and spanned is null) as own_reason,
        max(why_alone) filter (where before and alone is null) as before_reason,
        max(as_of) filter (where in_now and closing) as as_of,
        max(as_of) filter (where in_prior and closing) as own_as_of,
        max(as_of) filter (where before) as before_as_of,
        max(as_of) filter (where restated is not null) as restated_as_of,
        max(missing) filter (where in_now and closing) as gaps
    from amount
    group by org, measure, point, years_back
),

valued as (
    -- The base that the office restated to this year's scope replaces our record of last year.
    select
        org,
        measure,
        point,
        years_back,
        case when years_back = 1 then coalesce(restated, spanned) else spanned end as amount,
        case when years_back = 0 then coalesce(restated, own) else own end as prior,
        own,
        alone,
        before,
        year_end,
        case when years_back = 1 and restated is not null then null else reason end as reason,
        case when years_back = 0 and restated is not null then null else own_reason end as prior_reason,
        before_reason,
        case when years_back = 0 then before_as_of end as before_as_of,
        case when years_back = 0 then as_of end as as_of,
        case
            when years_back = 1 and restated is not null then cast(restated_as_of - interval '1' year as date)
            when years_back = 1 then as_of
        end as base_as_of,
        case when years_back = 1 then null when restated is not null then cast(restated_as_of - interval '1' year as date) else own_as_of end as prior_as_of,
        gaps
    from measured
),

summed as (
    select
        valued.org,
        valued.point,
        asked.indicator,
        sum(asked.coefficient * valued.amount) filter (where asked.part = 'numerator') as numerator,
        sum(asked.coefficient * valued.amount) filter (where asked.part = 'denominator') as denominator,
        sum(asked.coefficient * valued.amount) filter (where asked.part = 'failed') as failed,
        sum(asked.coefficient * valued.amount) filter (where asked.part = 'total') as total,
        sum(asked.coefficient * valued.amount) filter (where asked.part = 'reported') as reported,
        sum(asked.coefficient * valued.alone) filter (where asked.part = 'numerator') as month_numerator,
        sum(asked.coefficient * valued.alone) filter (where asked.part = 'denominator') as month_denominator,
        sum(asked.coefficient * valued.before) filter (where asked.part = 'numerator') as before_numerator,
        sum(asked.coefficient * valued.before) filter (where asked.part = 'denominator') as before_denominator,
        sum(asked.coefficient * valued.prior) filter (where asked.part = 'numerator') as prior_numerator,
        sum(asked.coefficient * valued.prior) filter (where asked.part = 'denominator') as prior_denominator,
        sum(asked.coefficient * valued.own) filter (where asked.part = 'numerator') as own_numerator,
        sum(asked.coefficient * valued.own) filter (where asked.part = 'denominator') as own_denominator,
        sum(asked.coefficient * valued.year_end) filter (where asked.part = 'numerator') as year_end,
        count(valued.year_end) filter (where asked.part = 'numerator') as year_end_above,
        -- how many terms have an amount: fewer than there are, and the part is absent
        count(valued.amount) filter (where asked.part = 'numerator') as now_above,
        count(valued.amount) filter (where asked.part = 'denominator') as now_below,
        count(valued.amount) filter (where asked.part = 'failed') as now_failed,
        count(valued.amount) filter (where asked.part = 'total') as now_total,
        count(valued.alone) filter (where asked.part = 'numerator') as month_above,
        count(valued.alone) filter (where asked.part = 'denominator') as month_below,
        count(valued.before) filter (where asked.part = 'numerator') as before_above,
        count(valued.before) filter (where asked.part = 'denominator') as before_below,
        count(valued.prior) filter (where asked.part = 'numerator') as prior_above,
        count(valued.prior) filter (where asked.part = 'denominator') as prior_below,
        count(valued.own) filter (where asked.part = 'numerator') as own_above,
        count(valued.own) filter (where asked.part = 'denominator') as own_below,
        max(asked.terms) filter (where asked.part = 'numerator') as above,
        max(asked.terms) filter (where asked.part = 'denominator') as below,
        max(asked.terms) filter (where asked.part = 'failed') as failing,
        max(asked.terms) filter (where asked.part = 'total') as totalled,
        bool_or(asked.divided) as divided,
        max(valued.reason) filter (where asked.part in ('numerator', 'denominator')) as reason,
        max(valued.prior_reason) filter (where asked.part in ('numerator', 'denominator')) as prior_reason,
        max(valued.before_reason) filter (where asked.part in ('numerator', 'denominator')) as before_reason,
        min(valued.as_of) filter (where asked.part in ('numerator', 'denominator')) as as_of,
        max(valued.as_of) filter (where asked.part in ('numerator', 'denominator')) as as_of_latest,
        min(valued.base_as_of) filter (where asked.part in ('numerator', 'denominator')) as base_as_of,
        min(valued.as_of) filter (where asked.part = 'numerator') as counted_to,
        min(valued.prior_as_of) filter (where asked.part in ('numerator', 'denominator')) as prior_as_of,
        min(valued.prior_as_of) filter (where asked.part = 'numerator') as prior_counted_to,
        min(valued.before_as_of) filter (where asked.part = 'numerator') as before_counted_to,
        max(valued.gaps) filter (where asked.part = 'numerator') as gaps
    from valued
    inner join asked on valued.measure = asked.measure and valued.years_back = asked.years_back
    group by valued.org, valued.point, asked.indicator
),

known as (
    select
        *,
        now_above = above and (not divided or now_below = below) as complete,
        prior_above = above and (not divided or prior_below = below) as complete_prior,
        before_above = above and (not divided or before_below = below) as complete_before
    from summed
)

select
    org,
    indicator,
    point as period,
    cast(case when now_above = above then numerator end as decimal(22, 6)) as numerator,
    cast(case when now_below = below then denominator end as decimal(22, 6)) as denominator,
    cast(case when now_failed = failing then failed end as decimal(22, 6)) as failed,
    cast(case when now_total = totalled then total end as decimal(22, 6)) as total,
    cast(reported as decimal(22, 6)) as reported,
    cast(coalesce(reason, 0) as tinyint) as reason,
    as_of,
    as_of_latest,
    base_as_of,
    counted_to,
    gaps,
    cast(case when month_above = above then month_numerator end as decimal(22, 6)) as month_numerator,
    cast(case when month_below = below then month_denominator end as decimal(22, 6)) as month_denominator,
    cast(case when before_above = above then before_numerator end as decimal(22, 6)) as before_numerator,
    cast(case when before_below = below then before_denominator end as decimal(22, 6)) as before_denominator,
    cast(case when prior_above = above then prior_numerator end as decimal(22, 6)) as prior_numerator,
    cast(case when prior_below = below then prior_denominator end as decimal(22, 6)) as prior_denominator,
    cast(case when own_above = above then own_numerator end as decimal(22, 6)) as own_numerator,
    cast(case when own_below = below then own_denominator end as decimal(22, 6)) as own_denominator,
    cast(case when year_end_above = above then year_end end as decimal(22, 6)) as year_end,
    cast(case when complete and complete_prior then numerator end as decimal(22, 6)) as like_numerator,
    cast(case when complete and complete_prior then denominator end as decimal(22, 6)) as like_denominator,
    prior_as_of,
    cast(case when not complete_prior then coalesce(prior_reason, 5) else 0 end as tinyint) as prior_reason,
    prior_counted_to,
    cast(case when not complete_before then coalesce(before_reason, 5) else 0 end as tinyint) as before_reason,
    before_counted_to,
    divided,
    1 as leaves,
    case when complete then 1 else 0 end as counted,
    case when complete and complete_prior then 1 else 0 end as compared
from known
