-- The months of which all parts of an indicator are known, where figures lack months: what a rate, a difference or a comparison
-- with last year is of.  It never adds up different months of its parts.
--
-- grain    one row per organisation of $leaves, indicator of $indicators and point of $ends of which any month is left out
-- from     like_day: last year's figures to the same day, of what stands
-- columns  numerator, denominator: of the months from the point's first one ($starts) of which every flow in it has a number, or none has
--          anything to count; what stands is taken at the point itself.  A cumulative without a gap holds all months up to it
--          missing, base_missing: the months left out, as bits (1 the first of its year, 2 the second …): of this year, and of the figures of last
--          year (@ly) in it; missing_days: how many days of the months left out lie before the cut-off day of the numerator
--          like_, prior_: of the months known in both years, this year's and last year's;
--          left_out, prior_missing, left_out_days (of last year prior_left_out_days): the
--          months that are not among them, and those of them that last year lacks
-- null     no month in common; a base that is part of the indicator (@ly) is restated, of which single months are not known; of like_ and
--          prior_ also where what stood a year ago is not known, where the office restates a base of which single months are not known,
--          or where last year's figures are part of the indicator itself
with

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
        years_back
    from term
    where list_contains($indicators::varchar[], indicator) and part in ('numerator', 'denominator')
),

affected as (
    -- Indicators and points of which any flow lacks any month up to the point, or hides one, whichever other points are asked about.
    select distinct
        gap.org,
        gap.indicator,
        span.point,
        span.first
    from (
        select distinct
            figure.org,
            asked.indicator,
            figure.period
        from asked
        inner join figure on asked.measure = figure.measure
        where
            figure.kind = 'flow'
            and figure.org in (select unnest($leaves::varchar[]))
            and (figure.missing_months + figure.idle_months <> 0 or figure.word is not null)
    ) as gap
    inner join span on gap.period between cast(span.first - interval '2' year as date) and span.point
),

stated as (
    -- The figure of each term in each month, and the one a year before it.
    select
        affected.org,
        affected.indicator,
        asked.part,
        asked.coefficient,
        asked.years_back,
        affected.point,
        calendar.period,
        figure.kind = 'flow' as adds_up,
        figure.as_of,
        ago.as_of as as_of_ago,
        case when calendar.period = affected.point then figure.prior end as restated,
        asked.years_back = 1 as of_last_year,
        case when of_last_year then ago.month else figure.month end as month,
        cast(power(2, calendar.number - 1) as integer) as bit,
        -- idle: the month says that there was nothing to count
        coalesce(figure.month is null and figure.month_state in ('未开展', '不适用'), false) as idle_now,
        coalesce(ago.month is null and ago.month_state in ('未开展', '不适用'), false) as idle_ago,
        case when of_last_year then idle_ago else idle_now end as idle,
        -- what stands is told only where it was stated in the month itself
        case
            when figure.kind = 'flow' then ago.ytd
            when calendar.period = affected.point and like_day.ytd is not null then like_day.ytd
            when not ago.carried then ago.ytd
        end as ytd_then,
        case when of_last_year then coalesce(restated, ytd_then) else figure.ytd end as ytd,
        case when of_last_year then ago.ytd_state else figure.ytd_state end as ytd_state,
        case when of_last_year then case when restated is null then ago.missing_months else 0 end else figure.missing_months end as missing_months,
        -- of a base that is restated no idle month is known
        case when of_last_year then case when restated is null then ago.idle_months end else figure.idle_months end as idle_months,
        ago.month as month_ago,
        coalesce(restated, ytd_then) as ytd_ago,
        ago.ytd_state as ytd_state_ago,
        case when restated is null then ago.missing_months else 0 end as missing_months_ago,
        case when restated is null then ago.idle_months end as idle_months_ago
    from affected
    inner join asked on affected.indicator = asked.indicator
    inner join calendar on calendar.period between affected.first and affected.point
    inner join figure on affected.org = figure.org and asked.measure = figure.measure and calendar.period = figure.period
    left join figure as ago
        on affected.org = ago.org and asked.measure = ago.measure and calendar.period = cast(ago.period + interval '1' year as date)
    left join like_day on affected.org = like_day.org and asked.measure = like_day.measure and affected.point = like_day.point
),

judged as (
    -- whole: the cumulative lacks no month.
    select
        *,
        month is not null as known,
        month_ago is not null as known_ago,
        coalesce(missing_months = 0 and (ytd is not null or ytd_state in ('未开展', '不适用')), false) as whole,
        coalesce(missing_months_ago = 0 and (ytd_ago is not null or ytd_state_ago in ('未开展', '不适用')), false) as whole_ago
    from stated
),

monthly as (
    -- One row per month: what it brings, and what there is up to it.  A month is known of all that adds up, or of none of it.
    select
        org,
        indicator,
        point,
        period,
        bit,
        bool_and(case when adds_up then known end) or bool_and(case when adds_up then idle end) as known,
        bool_and(case when adds_up then known and known_ago end) or bool_and(case when adds_up then idle and idle_ago end) as known_both,
        bool_and(case when adds_up then whole end)
        and coalesce(min(case when adds_up then idle_months end) = max(case when adds_up then idle_months end), false) as whole,
        bool_and(case when adds_up then whole and whole_ago and coalesce(idle_months = idle_months_ago, true) end)
        and coalesce(min(case when adds_up then idle_months end) = max(case when adds_up then idle_months end), false) as whole_both,
        coalesce(bool_and(case when adds_up and not of_last_year then known end), true) as known_now,
        coalesce(bool_and(case when adds_up and of_last_year then known end), true) as known_base,
        bool_and(case when adds_up then known_ago end) as known_ago,
        sum(case when adds_up and part = 'numerator' then coefficient * month end) as numerator_month,
        sum(case when adds_up and part = 'denominator' then coefficient * month end) as denominator_month,
        sum(case when adds_up and part = 'numerator' then coefficient * ytd end) as numerator_sum,
        sum(case when adds_up and part = 'denominator' then coefficient * ytd end) as denominator_sum,
        sum(case when adds_up and part = 'numerator' then coefficient * month_ago end) as numerator_month_ago,
        sum(case when adds_up and part = 'denominator' then coefficient * month_ago end) as denominator_month_ago,
        sum(case when adds_up and part = 'numerator' then coefficient * ytd_ago end) as numerator_sum_ago,
        sum(case when adds_up and part = 'denominator' then coefficient * ytd_ago end) as denominator_sum_ago,
        sum(case when not adds_up and part = 'numerator' and period = point then coefficient * ytd end) as numerator_stands,
        sum(case when not adds_up and part = 'denominator' and period = point then coefficient * ytd end) as denominator_stands,
        sum(case when not adds_up and part = 'numerator' and period = point then coefficient * ytd_ago end) as numerator_stood,
        sum(case when not adds_up and part = 'denominator' and period = point then coefficient * ytd_ago end) as denominator_stood,
        min(case when part = 'numerator' and period = point then as_of end) as counted_to,
        min(case when part = 'numerator' and period = point then as_of_ago end) as counted_to_ago,
        bool_or(of_last_year) as looks_back,
        bool_or(restated is not null) as restated,
        coalesce(bool_and(case when not adds_up and period = point then ytd_ago is not null end), true) as stood
    from judged
    group by org, indicator, point, period, bit
),

last_whole as (
    -- since: the last month whose cumulatives lack nothing; later months are taken one by one.
    select
        org,
        indicator,
        point,
        max(case when whole then period end) as since,
        max(case when whole_both then period end) as since_both,
        max(counted_to) as day,
        max(counted_to_ago) as day_ago
    from monthly
    group by org, indicator, point
),

anchored as (
    select
        monthly.*,
        last_whole.since,
        last_whole.since_both,
        last_whole.day,
        last_whole.day_ago,
        cast(monthly.period - interval '1' year as date) as period_ago
    from monthly
    inner join last_whole on monthly.org = last_whole.org and monthly.indicator = last_whole.indicator and monthly.point = last_whole.point
),

chosen as (
    select
        *,
        coalesce(period = since, false) as taken_whole,
        coalesce(period > since, true) and known as taken,
        coalesce(period > since, true) and not known as dropped,
        coalesce(period = since_both, false) as taken_whole_both,
        coalesce(period > since_both, true) and known_both as taken_both,
        coalesce(period > since_both, true) and not known_both as dropped_both,
        greatest(0, least(cast(period + interval '1' month - interval '1' day as date), day) - period + 1) as days,
        greatest(0, least(cast(period_ago + interval '1' month - interval '1' day as date), day_ago) - period_ago + 1) as days_ago
    from anchored
),

summed as (
    select
        org,
        indicator,
        point,
        bool_or(taken or taken_whole) as any_month,
        bool_or(taken_both or taken_whole_both) as any_month_both,
        sum(case when taken then numerator_month end) as numerator_months,
        sum(case when taken then denominator_month end) as denominator_months,
        sum(case when taken_whole then numerator_sum end) as numerator_whole,
        sum(case when taken_whole then denominator_sum end) as denominator_whole,
        sum(case when taken_both then numerator_month end) as like_numerator_months,
        sum(case when taken_both then denominator_month end) as like_denominator_months,
        sum(case when taken_whole_both then numerator_sum end) as like_numerator_whole,
        sum(case when taken_whole_both then denominator_sum end) as like_denominator_whole,
        sum(case when taken_both then numerator_month_ago end) as prior_numerator_months,
        sum(case when taken_both then denominator_month_ago end) as prior_denominator_months,
        sum(case when taken_whole_both then numerator_sum_ago end) as prior_numerator_whole,
        sum(case when taken_whole_both then denominator_sum_ago end) as prior_denominator_whole,
        max(numerator_stands) as numerator_stands,
        max(denominator_stands) as denominator_stands,
        max(numerator_stood) as numerator_stood,
        max(denominator_stood) as denominator_stood,
        coalesce(sum(case when dropped and not known_now then bit end), 0) as missing,
        coalesce(sum(case when dropped and not known_base then bit end), 0) as base_missing,
        coalesce(sum(case when dropped_both then bit end), 0) as left_out,
        coalesce(sum(case when dropped_both and not known_ago then bit end), 0) as prior_missing,
        coalesce(sum(case when dropped then days end), 0) as missing_days,
        coalesce(sum(case when dropped_both then days end), 0) as left_out_days,
        coalesce(sum(case when dropped_both then days_ago end), 0) as prior_left_out_days,
        bool_or(looks_back or not stood or (restated and since_both is distinct from point)) as incomparable,
        bool_or(looks_back and restated and since is distinct from point) as baseless
    from chosen
    group by org, indicator, point
)

select
    org,
    indicator,
    point,
    cast(
        case
            when any_month and not baseless and coalesce(numerator_months, numerator_whole, numerator_stands) is not null
                then coalesce(numerator_months, 0) + coalesce(numerator_whole, 0) + coalesce(numerator_stands, 0)
        end as decimal(22, 6)
    ) as numerator,
    cast(
        case
            when any_month and not baseless and coalesce(denominator_months, denominator_whole, denominator_stands) is not null
                then coalesce(denominator_months, 0) + coalesce(denominator_whole, 0) + coalesce(denominator_stands, 0)
        end as decimal(22, 6)
    ) as denominator,
    cast(missing as integer) as missing,
    cast(base_missing as integer) as base_missing,
    cast(missing_days as integer) as missing_days,
    cast(
        case
            when any_month_both and not incomparable and coalesce(like_numerator_months, like_numerator_whole, numerator_stands) is not null
                then coalesce(like_numerator_months, 0) + coalesce(like_numerator_whole, 0) + coalesce(numerator_stands, 0)
        end as decimal(22, 6)
    ) as like_numerator,
    cast(
        case
            when any_month_both and not incomparable and coalesce(like_denominator_months, like_denominator_whole, denominator_stands) is not null
                then coalesce(like_denominator_months, 0) + coalesce(like_denominator_whole, 0) + coalesce(denominator_stands, 0)
        end as decimal(22, 6)
    ) as like_denominator,
    cast(
        case
            when any_month_both and not incomparable and coalesce(prior_numerator_months, prior_numerator_whole, numerator_stood) is not null
                then coalesce(prior_numerator_months, 0) + coalesce(prior_numerator_whole, 0) + coalesce(numerator_stood, 0)
        end as decimal(22, 6)
    ) as prior_numerator,
    cast(
        case
            when any_month_both and not incomparable and coalesce(prior_denominator_months, prior_denominator_whole, denominator_stood) is not null
                then coalesce(prior_denominator_months, 0) + coalesce(prior_denominator_whole, 0) + coalesce(denominator_stood, 0)
        end as decimal(22, 6)
    ) as prior_denominator,
    cast(left_out as integer) as left_out,
    cast(prior_missing as integer) as prior_missing,
    cast(left_out_days as integer) as left_out_days,
    cast(prior_left_out_days as integer) as prior_left_out_days
from summed
where missing + base_missing + left_out > 0
