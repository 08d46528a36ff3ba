-- The parts of indicators at the asked months, of organisations that report themselves.
--
-- grain    one row per organisation of $leaves, indicator of $indicators and point (a month that is asked about)
-- from     common: where figures lack months, what there is of the months that all parts have, see common.sql; like_day: last year's figures
--          to the same day, see like_day.sql
-- columns  numerator, denominator, failed, total, reported: over the asked span, in the unit of their measures
--          reason     why a part is absent: the weight of its state, the heaviest of several, as the table state has them
--          as_of, as_of_latest  the days to which the earliest and the latest of the parts run, those of @ly left out
--          days_apart  of a rate or difference whose flows run to unlike days, as bits: 1 what is counted runs on after what it is counted of,
--                     2 the other way round; both where neither can be said
--          base_as_of, counted_to  the earliest day of the parts of a year ago (@ly), and of the numerator
--          missing, base_missing  months that the sums lack, as bits (1 the first of its year, 2 the second …): of the year, and of last year's figures (@ly)
--          numerator_qualifier, denominator_qualifier  how the sums are meant: = as they stand, 约, ≥, ≤, ≈ of several kinds
--          base_unlike  whether any of last year's figures (@ly) runs to another day of the year than this year's; the end of February is one day
--          known      of a sum, or of the numerator of a rate, of which a part is not told (未公开, 在检/在办) what is known of it; the rest can
--                     only add to that
--          results_open  whether total is known in part only, or to an earlier day, so that results may be pending unseen
--          whole_denominator  the denominator of all months, where it lacks none
--          exposure, whole_exposure  of a rate per year: denominator × the days counted; and × those days with the months left out
--          month_, before_  the single month of the point, and the month before it
--          prior_     the same span a year earlier, on the office's own 上年同期 where it states one, else to the same day of the year or
--                     the nearest; own_ as this store recorded it, where that is another base
--          prior_missing  months of last year that lack in prior_; prior_qualifier  ≈ where it is not exact
--          year_end   what stood, of a numerator that stands, at the end of last year
--          like_      what is compared with prior_, where that is not the span itself: the months known in both years
--          divided    whether there is a denominator at all
--          leaves, counted, compared  1; whether every part is there; whether it is there a year earlier as well.  All are 0 of a stay
--                     (see stays.sql) outside of the asked months; of what stands, and a rate of it, outside of the point itself
--          prior_leaves  whether it was there a year earlier
--          gapped, prior_gapped  1 where a sum that is there lacks months of the year, or of a year earlier (@ly or compared with); else 0
-- null     a part is null when any of its terms is: what was not reported is never counted as 0; and a sum over a quarter or half-year of
--          which a month is not known.  A term of a sum of which there was
--          nothing to count (未开展, 不适用) brings nothing, unless that is all there is
-- exact    sums of decimals; nothing is divided here
with

bound as (
    -- The heaviest word that says that there was nothing to count, and the heaviest of all, 未报: between them stand those that hide a number.
    select
        max(case when nothing_to_count then weight end) as idle,
        max(weight) as unreported
    from state
),

wanted as (
    -- The months that bear on each point: the one that closes its span, that of the year before, the month before it, the last of the last year.
    select
        unnest($points::date[]) as point,
        unnest($years_back::integer[]) as years_back,
        unnest($months::date[]) as period,
        unnest($in_now::boolean[]) as in_now,
        unnest($in_prior::boolean[]) as in_prior,
        unnest($before::boolean[]) as before,
        unnest($year_end::boolean[]) as year_end,
        unnest($restated::boolean[]) as restated
),

span as (
    select
        unnest($ends::date[]) as point,
        unnest($starts::date[]) as first
),

asked as (
    select
        indicator,
        part,
        measure,
        coefficient,
        years_back,
        terms,
        additive,
        divided,
        joint,
        annualised
    from term
    where list_contains($indicators::varchar[], indicator)
),

amount as (
    select
        figure.org,
        figure.measure,
        figure.kind,
        wanted.point,
        wanted.years_back,
        wanted.in_now,
        wanted.in_prior,
        wanted.before,
        wanted.year_end,
        -- what was not stated in the month itself is not told; last year's flow (@ly) is, since the months that it lacks or hides are left out
        case
            when figure.kind = 'flow' and wanted.years_back = 1 then coalesce(figure.ytd, figure.running)
            when not figure.carried then figure.ytd
        end as spanned,
        case when figure.kind = 'flow' and wanted.years_back = 1 then hiding.weight end as hidden,
        figure.running is not null or figure.word is not null as told,
        -- of a cumulative that is not told what is known all the same
        case when figure.ytd is null and not figure.carried and figure.qualifier in ('=', '≥') then figure.running end as running,
        figure.missing_months as missing,
        figure.idle_months as idle,
        figure.qualifier,
        spanned_state.weight as why,
        alone_state.weight as why_alone,
        case when figure.kind = 'flow' then figure.month when not figure.carried then figure.ytd end as alone,
        case when wanted.restated then figure.prior end as restated,
        case when wanted.restated then figure.prior_qualifier else '=' end as restated_qualifier,
        case when wanted.period = wanted.point then figure.as_of end as day,
        figure.as_of
    from figure
    inner join wanted on figure.period = wanted.period
    inner join (
        select distinct
            measure,
            years_back
        from asked
    ) as needed on figure.measure = needed.measure and wanted.years_back = needed.years_back
    inner join state as spanned_state on case when figure.carried then '未报' else figure.ytd_state end = spanned_state.word
    inner join state as alone_state on case when figure.kind = 'flow' then figure.month_state else figure.ytd_state end = alone_state.word
    left join state as hiding on figure.word = hiding.word
    where figure.org in (select unnest($leaves::varchar[]))
),

measured as (
    -- One row per measure and point.
    select
        org,
        measure,
        any_value(kind) as kind,
        point,
        years_back,
        max(case when in_now then spanned end) as spanned,
        max(case when in_prior then spanned end) as own,
        max(case when in_now then alone end) as alone,
        max(case when before then alone end) as before,
        max(case when year_end then alone end) as year_end,
        max(restated) as restated,
        max(case when in_now and spanned is null then why end) as reason,
        max(case when in_prior and spanned is null then why end) as own_reason,
        max(case when in_now then hidden end) as hidden,
        max(case when in_now and alone is null then why_alone end) as alone_reason,
        max(case when before and alone is null then why_alone end) as before_reason,
        max(case when in_now then as_of end) as as_of,
        max(case when in_prior then as_of end) as own_as_of,
        max(case when before then as_of end) as before_as_of,
        max(case when restated is not null then as_of end) as restated_as_of,
        max(day) as day,
        max(case when in_now and kind in ('flow', 'window') then idle end) as idle,
        max(case when in_prior and kind in ('flow', 'window') then idle end) as own_idle,
        bool_or(in_now and told) as told,
        max(case when in_now then running end) as running,
        coalesce(max(case when in_now and spanned is not null then qualifier end), '=') as qualifier,
        coalesce(max(case when in_prior and spanned is not null then qualifier end), '=') as own_qualifier,
        max(restated_qualifier) as restated_qualifier,
        max(case when in_now then missing end) as missing,
        max(case when in_prior then missing end) as own_missing
    from amount
    group by org, measure, point, years_back
),

valued as (
    -- The base that the office restated to this year's scope replaces our record of last year, and that to the same day the one of
    -- the same month.
    select
        measured.org,
        measured.measure,
        measured.point,
        measured.years_back,
        case when measured.years_back = 1 then coalesce(measured.restated, like_day.ytd, measured.spanned) else measured.spanned end as amount,
        case
            when measured.years_back = 0 then coalesce(measured.restated, like_day.ytd, measured.own)
            else measured.own
        end as prior,
        case when measured.years_back = 0 then coalesce(like_day.ytd, measured.own) else measured.own end as own,
        measured.alone,
        measured.before,
        measured.year_end,
        -- that last year says nothing is no word about this year
        case
            when measured.years_back = 0 then measured.reason
            when coalesce(measured.restated, like_day.ytd) is null then nullif(measured.reason, bound.unreported)
        end as reason,
        case when measured.years_back = 0 and coalesce(measured.restated, like_day.ytd) is not null then null else measured.own_reason end as prior_reason,
        measured.alone_reason,
        measured.before_reason,
        case when coalesce(measured.restated, like_day.ytd) is null then measured.hidden end as hidden,
        case when measured.years_back = 0 then measured.before_as_of end as before_as_of,
        case when measured.years_back = 0 then measured.as_of end as as_of,
        case
            when measured.years_back = 1 and measured.restated is not null then cast(measured.restated_as_of - interval '1' year as date)
            when measured.years_back = 1 then coalesce(like_day.as_of, measured.as_of)
        end as base_as_of,
        case
            when measured.years_back = 1 then null
            when measured.restated is not null then cast(measured.restated_as_of - interval '1' year as date)
            else coalesce(like_day.as_of, measured.own_as_of)
        end as prior_as_of,
        case
            when measured.years_back = 0 then measured.qualifier
            when measured.restated is not null then measured.restated_qualifier
            else coalesce(like_day.qualifier, measured.qualifier)
        end as qualifier,
        case
            when measured.years_back = 1 then measured.own_qualifier
            when measured.restated is not null then measured.restated_qualifier
            else coalesce(like_day.qualifier, measured.own_qualifier)
        end as prior_qualifier,
        coalesce(like_day.as_of, measured.as_of) as base_day,
        coalesce(
            measured.years_back = 1
            and measured.restated is null
            and base_day <> cast(measured.day - interval '1' year as date)
            and not (base_day = last_day(base_day) and measured.day = last_day(measured.day) and month(base_day) = month(measured.day)),
            false
        ) as base_unlike,
        case when measured.years_back = 0 then coalesce(measured.missing, 0) else 0 end as missing,
        case
            when measured.years_back = 1 and measured.restated is null and like_day.ytd is null then coalesce(measured.missing, 0)
            else 0
        end as base_missing,
        case
            when measured.years_back = 1 or (measured.restated is null and like_day.ytd is null) then coalesce(measured.own_missing, 0)
            else 0
        end as prior_missing,
        like_day.ytd is not null and measured.kind = 'flow' as moved,
        measured.told,
        measured.running,
        measured.kind = 'flow' as adds_up,
        case when measured.years_back = 0 then measured.as_of end as counted_day,
        -- the months in which there was nothing to count, of a flow: of what is in the value, and of what that is compared with
        case
            when measured.years_back = 0 then measured.idle
            when measured.restated is null then coalesce(like_day.idle_months, measured.idle)
        end as idle,
        case when measured.years_back = 0 and measured.restated is null then coalesce(like_day.idle_months, measured.own_idle) end as prior_idle
    from measured
    cross join bound
    left join like_day on measured.org = like_day.org and measured.measure = like_day.measure and measured.point = like_day.point
),

piece as (
    -- One row per part of an indicator: its terms together, or nothing where one of them is absent.
    select
        valued.org,
        valued.point,
        asked.indicator,
        asked.part,
        bool_or(asked.divided) as divided,
        bool_or(asked.joint) as joint,
        bool_or(asked.annualised) as annualised,
        bool_or(asked.years_back = 1) as looks_back,
        count(valued.amount) > 0
        and ($cumulative or bool_or(asked.joint) or bit_or(valued.missing) = 0)
        and count(case when valued.amount is not null or (asked.additive and valued.reason <= bound.idle) then 1 end) = max(asked.terms) as there,
        count(valued.prior) > 0
        and ($cumulative or bool_or(asked.joint) or bit_or(valued.prior_missing) = 0)
        and count(case when valued.prior is not null or (asked.additive and valued.prior_reason <= bound.idle) then 1 end) = max(asked.terms) as prior_there,
        count(valued.own) > 0
        and ($cumulative or bool_or(asked.joint) or bit_or(valued.prior_missing) = 0)
        and count(case when valued.own is not null or (asked.additive and valued.prior_reason <= bound.idle) then 1 end) = max(asked.terms) as own_there,
        case when there then cast(sum(asked.coefficient * valued.amount) as decimal(22, 6)) end as amount,
        case
            when
                count(*) = max(asked.terms)
                and bool_and(coalesce(valued.reason, 0) <> bound.unreported and (valued.amount is null or valued.qualifier in ('=', '≥')))
                then cast(sum(asked.coefficient * coalesce(valued.amount, valued.running, 0)) as decimal(22, 6))
        end as known,
        case
            when
                count(case when valued.alone is not null or (asked.additive and not asked.joint and valued.alone_reason <= bound.idle) then 1 end)
                = max(asked.terms)
                then cast(sum(asked.coefficient * valued.alone) as decimal(22, 6))
        end as alone,
        case
            when
                count(case when valued.before is not null or (asked.additive and not asked.joint and valued.before_reason <= bound.idle) then 1 end)
                = max(asked.terms)
                then cast(sum(asked.coefficient * valued.before) as decimal(22, 6))
        end as before,
        case when prior_there then cast(sum(asked.coefficient * valued.prior) as decimal(22, 6)) end as prior,
        case when own_there then cast(sum(asked.coefficient * valued.own) as decimal(22, 6)) end as own,
        case when count(valued.year_end) = max(asked.terms) then cast(sum(asked.coefficient * valued.year_end) as decimal(22, 6)) end as year_end,
        max(case when valued.amount is null then valued.reason end) as reason,
        max(case when valued.prior is null then valued.prior_reason end) as prior_reason,
        max(case when valued.before is null then valued.before_reason end) as before_reason,
        min(valued.as_of) as as_of,
        max(valued.as_of) as as_of_latest,
        min(valued.counted_day) as first_counted,
        max(valued.counted_day) as last_counted,
        min(asked.coefficient) < 0 as takes_off,
        bool_and(valued.adds_up) as adds_up,
        bool_or(valued.adds_up) as any_adds_up,
        min(valued.base_as_of) as base_as_of,
        min(valued.prior_as_of) as prior_as_of,
        min(valued.before_as_of) as before_as_of,
        bool_or(valued.moved) as moved,
        bool_or(valued.moved and asked.years_back = 1) as base_moved,
        bool_or(valued.base_unlike) as base_unlike,
        max(valued.hidden) as hidden,
        bool_and(valued.prior_qualifier = '=') as prior_exact,
        bool_or(valued.told) as told,
        min(valued.idle) as least_idle,
        max(valued.idle) as most_idle,
        min(valued.prior_idle) as least_prior_idle,
        max(valued.prior_idle) as most_prior_idle,
        bit_or(valued.missing) as missing,
        bit_or(valued.base_missing) as base_missing,
        bit_or(valued.prior_missing) as prior_missing,
        bool_or(valued.qualifier = '≈') as mixed,
        bool_or(valued.qualifier = '约') as about,
        bool_or((valued.qualifier = '≥' and asked.coefficient > 0) or (valued.qualifier = '≤' and asked.coefficient < 0)) as at_least,
        bool_or((valued.qualifier = '≤' and asked.coefficient > 0) or (valued.qualifier = '≥' and asked.coefficient < 0)) as at_most,
        case
            when mixed or cast(about as integer) + cast(at_least as integer) + cast(at_most as integer) > 1 then '≈'
            when about then '约'
            when at_least then '≥'
            when at_most then '≤'
            else '='
        end as qualifier
    from valued
    inner join asked on valued.measure = asked.measure and valued.years_back = asked.years_back
    cross join bound
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
        coalesce(below.qualifier, '=') as below_qualifier,
        greatest(above.reason, below.reason) as why,
        greatest(above.prior_reason, below.prior_reason) as why_prior,
        greatest(above.before_reason, below.before_reason) as why_before,
        least(above.as_of, below.as_of) as earliest,
        greatest(above.as_of_latest, below.as_of_latest) as latest,
        case
            when not above.joint then 0
            when coalesce(least(above.first_counted, below.first_counted) = greatest(above.last_counted, below.last_counted), true) then 0
            when above.takes_off or coalesce(below.takes_off, false) or not (above.any_adds_up or below.any_adds_up) then 3
            when not (above.adds_up and below.adds_up) then 0
            when above.first_counted >= below.last_counted then 1
            when above.last_counted <= below.first_counted then 2
            when below.first_counted is not null then 3
            else 0
        end as apart,
        least(above.base_as_of, below.base_as_of) as earliest_base,
        least(above.prior_as_of, below.prior_as_of) as earliest_prior,
        above.moved or coalesce(below.moved, false) as any_moved,
        above.base_moved or coalesce(below.base_moved, false) as any_base_moved,
        above.base_unlike or coalesce(below.base_unlike, false) as unlike_base,
        greatest(above.hidden, below.hidden) as hidden_base,
        above.prior_exact and coalesce(below.prior_exact, true) as exact_prior,
        least(above.least_idle, below.least_idle) <> greatest(above.most_idle, below.most_idle) as idle_differ,
        least(above.least_idle, below.least_idle, above.least_prior_idle, below.least_prior_idle)
        <> greatest(above.most_idle, below.most_idle, above.most_prior_idle, below.most_prior_idle) as prior_idle_differ,
        -- windows (their idle months are below 0) that had nothing to count in unlike months are not of the same months, nor are those of two years
        above.joint and coalesce(idle_differ and least(above.least_idle, below.least_idle) < 0, false) as windows_differ,
        coalesce(
            prior_idle_differ and least(above.least_idle, below.least_idle, above.least_prior_idle, below.least_prior_idle) < 0,
            false
        ) as prior_windows_differ,
        above.adds_up and coalesce(below.adds_up, true) as flows,
        above.looks_back or coalesce(below.looks_back, false) as looks_back_at_all,
        above.missing | coalesce(below.missing, 0) as lacks,
        above.base_missing | coalesce(below.base_missing, 0) as base_lacks,
        above.prior_missing | coalesce(below.prior_missing, 0) as prior_lacks,
        -- what has a result and did not pass, where the office does not say how many failed
        case
            when failing.missing = 0 and failing.qualifier = '=' and failing.amount is not null then failing.amount
            when totalled.part is not null then below.amount - above.amount
        end as failed,
        -- results of more than was taken are no open ones of somebody else
        case
            when totalled.missing = 0 and totalled.qualifier = '=' and totalled.amount is not null
                then greatest(totalled.amount, above.amount + failed)
        end as total,
        totalled.amount as taken,
        -- some of what was taken is told, but not all of it, or to an earlier day: whether results are still to come cannot be seen
        coalesce(totalled.told and (totalled.amount is null or totalled.missing > 0 or totalled.qualifier <> '='), false)
        or coalesce(totalled.amount is not null and totalled.first_counted < greatest(above.last_counted, below.last_counted), false)
        or coalesce(totalled.part is not null and failing.amount is not null and failing.missing = 0 and failing.first_counted < above.last_counted, false)
            as results_open,
        case when below.missing = 0 and below.base_missing = 0 then below.amount end as whole_denominator,
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
),

course as (
    -- Of each organisation and point the days from which on it counts, and whether it belongs to what is asked about, now and a year earlier,
    -- with what adds up over the span and with what stands: who was set up, or came, within the span has counted from then on.
    select
        leaf.org,
        span.point,
        greatest(span.first, stay.first, organisation.first) as counts_from,
        greatest(cast(span.first - interval '1' year as date), stay.first, organisation.first) as prior_counts_from,
        coalesce(stay.first <= span.point, true) as begun,
        coalesce(stay.first <= cast(span.point - interval '1' year as date), true) as prior_begun,
        coalesce(stay.last >= span.first, true) as lasting,
        coalesce(stay.last >= cast(span.first - interval '1' year as date), true) as prior_lasting,
        coalesce(stay.last >= span.point, true) as standing,
        coalesce(stay.last >= cast(span.point - interval '1' year as date), true) as prior_standing
    from (select unnest($leaves::varchar[]) as org) as leaf
    cross join span
    left join stay on leaf.org = stay.code
    left join organisation on leaf.org = organisation.code
),

placed as (
    -- restricted, unlike: the parts, or what they are compared with, are of the months that all of them have
    select
        joined.*,
        joined.prior as prior_amount,
        course.counts_from,
        course.prior_counts_from,
        course.begun and case when joined.flows then course.lasting else course.standing end as in_now,
        course.prior_begun and case when joined.flows then course.prior_lasting else course.prior_standing end as in_prior,
        joined.complete
        and joined.joint
        and (
            joined.lacks + joined.base_lacks > 0
            or coalesce(common.missing, 0) > 0
            or (coalesce(common.base_missing, 0) > 0 and (coalesce(joined.idle_differ, false) or not joined.any_base_moved))
        ) as restricted,
        joined.complete
        and (
            joined.lacks + joined.base_lacks + joined.prior_lacks > 0
            or coalesce(common.missing, 0) > 0
            or (coalesce(common.left_out, 0) > 0 and (coalesce(joined.prior_idle_differ, false) or not joined.any_moved or not joined.complete_prior))
        ) as unlike,
        common.numerator as common_numerator,
        common.denominator as common_denominator,
        common.missing as common_missing,
        common.base_missing as common_base_missing,
        common.missing_days as common_missing_days,
        common.like_numerator as common_like_numerator,
        common.like_denominator as common_like_denominator,
        common.prior_numerator as common_prior_numerator,
        common.prior_denominator as common_prior_denominator,
        common.prior_missing as common_prior_missing,
        common.left_out_days as common_left_out_days,
        common.prior_left_out_days as common_prior_left_out_days
    from joined
    inner join course on joined.org = course.org and joined.point = course.point
    left join common on joined.org = common.org and joined.indicator = common.indicator and joined.point = common.point
),

matched as (
    -- Where figures lack months, the parts of the months that all of them have; a sum is what there is of each of its terms.
    select
        *,
        case when restricted then common_numerator when not windows_differ then amount end as numerator,
        case when restricted then common_denominator else below_amount end as denominator,
        case when restricted then coalesce(common_missing, lacks) else lacks end as missing_now,
        case when restricted then coalesce(common_base_missing, base_lacks) else base_lacks end as missing_base,
        case when unlike then common_like_numerator end as like_numerator,
        case when unlike then common_like_denominator end as like_denominator,
        case
            when unlike then common_prior_numerator
            when prior_windows_differ then null
            when in_prior or prior_amount is null then prior_amount
            else 0
        end as prior_numerator,
        case when unlike then common_prior_denominator else below_prior end as prior_denominator,
        case when unlike then coalesce(common_prior_missing, prior_lacks) else prior_lacks end as missing_prior,
        greatest(0, as_of - counts_from + 1) as days,
        greatest(0, prior_as_of - prior_counts_from + 1) as prior_days,
        case when restricted then coalesce(common_missing_days, 0) else 0 end as missing_days,
        case when unlike then coalesce(common_left_out_days, 0) else 0 end as left_out_days,
        case when unlike then coalesce(common_prior_left_out_days, 0) else 0 end as prior_left_out_days
    from placed
),

decided as (
    select
        *,
        complete and numerator is not null and (not divided or denominator is not null) as counts,
        counts and prior_numerator is not null and (not divided or prior_denominator is not null) as counts_prior,
        in_now or (looks_back_at_all and in_prior) as belongs
    from matched
)

select
    org,
    indicator,
    point as period,
    numerator,
    denominator,
    failed,
    -- where months are left out, passed and failed are of fewer months than what was taken, so that alone counts
    case when restricted and total is not null then taken else total end as total,
    reported,
    cast(
        case
            when complete and not counts then coalesce(hidden_base, bound.unreported)
            else coalesce(why, case when counts then 0 else bound.unreported end)
        end as tinyint
    ) as reason,
    earliest as as_of,
    latest as as_of_latest,
    earliest_base as base_as_of,
    as_of as counted_to,
    cast(missing_now as integer) as missing,
    cast(missing_base as integer) as base_missing,
    qualifier as numerator_qualifier,
    below_qualifier as denominator_qualifier,
    unlike_base as base_unlike,
    cast(apart as tinyint) as days_apart,
    results_open,
    case
        when numerator is null and why > bound.idle and why < bound.unreported and not takes_off and (not joint or (divided and below_amount is not null))
            then known
    end as known,
    whole_denominator,
    case when annualised then cast(denominator * (days - missing_days) as decimal(26, 6)) end as exposure,
    case when annualised then cast(denominator * days as decimal(26, 6)) end as whole_exposure,
    alone as month_numerator,
    below_alone as month_denominator,
    before as before_numerator,
    below_before as before_denominator,
    prior_numerator,
    prior_denominator,
    case when restated then own end as own_numerator,
    case when restated then below_own end as own_denominator,
    year_end,
    like_numerator,
    like_denominator,
    case when annualised then cast(prior_denominator * (prior_days - prior_left_out_days) as decimal(26, 6)) end as prior_exposure,
    case when annualised then cast(like_denominator * (days - left_out_days) as decimal(26, 6)) end as like_exposure,
    earliest_prior as prior_as_of,
    cast(case when complete_prior then 0 else coalesce(why_prior, bound.unreported) end as tinyint) as prior_reason,
    cast(case when counts_prior or complete_prior then missing_prior else 0 end as integer) as prior_missing,
    case when exact_prior then '=' else '≈' end as prior_qualifier,
    cast(case when complete_before then 0 else coalesce(why_before, bound.unreported) end as tinyint) as before_reason,
    before_as_of as before_counted_to,
    divided,
    cast(belongs as integer) as leaves,
    cast(belongs and counts as integer) as counted,
    cast(belongs and counts_prior as integer) as compared,
    cast(belongs and counts and missing_now > 0 as integer) as gapped,
    cast((counts_prior and missing_prior > 0) or (counts and missing_base > 0) or (in_prior and not belongs and not counts_prior) as integer) as prior_gapped,
    cast(in_prior as integer) as prior_leaves
from decided
cross join bound
