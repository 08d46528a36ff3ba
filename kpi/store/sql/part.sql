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
--                     recorded it, where that is another base
--          year_end   what stood, of a numerator that stands, at the end of last year
--          like_      null: what is compared with prior_ is the span itself; it differs above those that report, see rollup.sql
--          divided    whether there is a denominator at all
--          leaves, counted, compared  1; whether every part is there; whether it is there a year earlier as well
--          gapped, prior_gapped  1 where a cumulative that is there, or that of a year earlier, lacks months; else 0
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
    inner join (
        select distinct
            measure,
            years_back
        from asked
    ) as needed on figure.measure = needed.measure and wanted.years_back = needed.years_back
    where figure.org in (select unnest($leaves::varchar[]))
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
        max(missing) filter (where in_now and closing) as gaps,
        max(missing) filter (where in_prior and closing) as own_gaps
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
        gaps,
        case when years_back = 1 or restated is null then own_gaps end as prior_gaps
    from measured
),

piece as (
    -- One row per part of an indicator: its terms together, or nothing where one of them is absent.
    select
        valued.org,
        valued.point,
        asked.indicator,
        asked.part,
        bool_or(asked.divided) as divided,
        case when count(valued.amount) = max(asked.terms) then cast(sum(asked.coefficient * valued.amount) as decimal(22, 6)) end as amount,
        case when count(valued.alone) = max(asked.terms) then cast(sum(asked.coefficient * valued.alone) as decimal(22, 6)) end as alone,
        case when count(valued.before) = max(asked.terms) then cast(sum(asked.coefficient * valued.before) as decimal(22, 6)) end as before,
        case when count(valued.prior) = max(asked.terms) then cast(sum(asked.coefficient * valued.prior) as decimal(22, 6)) end as prior,
        case when count(valued.own) = max(asked.terms) then cast(sum(asked.coefficient * valued.own) as decimal(22, 6)) end as own,
        case when count(valued.year_end) = max(asked.terms) then cast(sum(asked.coefficient * valued.year_end) as decimal(22, 6)) end as year_end,
        max(valued.reason) as reason,
        max(valued.prior_reason) as prior_reason,
        max(valued.before_reason) as before_reason,
        min(valued.as_of) as as_of,
        max(valued.as_of) as as_of_latest,
        min(valued.base_as_of) as base_as_of,
        min(valued.prior_as_of) as prior_as_of,
        min(valued.before_as_of) as before_as_of,
        max(valued.gaps) as gaps,
        max(valued.prior_gaps) as prior_gaps
    from valued
    inner join asked on valued.measure = asked.measure and valued.years_back = asked.years_back
    group by valued.org, valued.point, asked.indicator, asked.part
),

joined as (
    select
        above.*,
        below.amount as below_amount,
        below.alone as below_alone,
        below.before as below_before,
        below.prior as below_prior,
        below.own as below_own,
        greatest(above.reason, below.reason) as why,
        greatest(above.prior_reason, below.prior_reason) as why_prior,
        greatest(above.before_reason, below.before_reason) as why_before,
        least(above.as_of, below.as_of) as earliest,
        greatest(above.as_of_latest, below.as_of_latest) as latest,
        least(above.base_as_of, below.base_as_of) as earliest_base,
        least(above.prior_as_of, below.prior_as_of) as earliest_prior,
        $cumulative and greatest(above.gaps, below.gaps) > 0 as lacks_months,
        $cumulative and greatest(above.prior_gaps, below.prior_gaps) > 0 as prior_lacks_months,
        failing.amount as failed,
        totalled.amount as total,
        typed.amount as reported,
        above.amount is not null and (not above.divided or below.amount is not null) as complete,
        above.prior is not null and (not above.divided or below.prior is not null) as complete_prior,
        above.before is not null and (not above.divided or below.before is not null) as complete_before,
        (above.own is distinct from above.prior) or (below.own is distinct from below.prior) as restated
    from piece as above
    left join piece as below
        on above.org = below.org and above.point = below.point and above.indicator = below.indicator and below.part = 'denominator'
    left join piece as failing
        on above.org = failing.org and above.point = failing.point and above.indicator = failing.indicator and failing.part = 'failed'
    left join piece as totalled
        on above.org = totalled.org and above.point = totalled.point and above.indicator = totalled.indicator and totalled.part = 'total'
    left join piece as typed
        on above.org = typed.org and above.point = typed.point and above.indicator = typed.indicator and typed.part = 'reported'
    where above.part = 'numerator'
)

select
    org,
    indicator,
    point as period,
    amount as numerator,
    below_amount as denominator,
    failed,
    total,
    reported,
    cast(coalesce(why, 0) as tinyint) as reason,
    earliest as as_of,
    latest as as_of_latest,
    earliest_base as base_as_of,
    as_of as counted_to,
    gaps,
    alone as month_numerator,
    below_alone as month_denominator,
    before as before_numerator,
    below_before as before_denominator,
    prior as prior_numerator,
    below_prior as prior_denominator,
    case when restated then own end as own_numerator,
    case when restated then below_own end as own_denominator,
    year_end,
    cast(null as decimal(22, 6)) as like_numerator,
    cast(null as decimal(22, 6)) as like_denominator,
    earliest_prior as prior_as_of,
    cast(case when complete_prior then 0 else coalesce(why_prior, 5) end as tinyint) as prior_reason,
    prior_as_of as prior_counted_to,
    cast(case when complete_before then 0 else coalesce(why_before, 5) end as tinyint) as before_reason,
    before_as_of as before_counted_to,
    divided,
    1 as leaves,
    case when complete then 1 else 0 end as counted,
    case when complete and complete_prior then 1 else 0 end as compared,
    case when complete and lacks_months then 1 else 0 end as gapped,
    case when complete and complete_prior and prior_lacks_months then 1 else 0 end as prior_gapped
from joined
