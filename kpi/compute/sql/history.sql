-- Indicators month by month: the parts of each single month, and the cumulative numerator.
--
-- grain    one row per indicator of $indicators and month of the calendar from $first_month to $last_month, ascending
-- columns  indicator, period
--          numerator, denominator  the parts of the month alone: of a flow the month, of anything else what stands at its end
--          ytd    the numerator since January (of anything but a flow, what stands), without a gap
--          as_of  the earliest day to which its parts run
--          flow, flow_below  whether every term of the numerator, of the denominator, adds up over months
-- null     a part is null when any of its terms is; as_of: nothing said yet
select
    term.indicator,
    calendar.period,
    case
        when
            count(case when term.part = 'numerator' then case when term.flow then figure.month when not figure.carried then figure.ytd end end)
            = count(case when term.part = 'numerator' then 1 end)
            then
                cast(
                    sum(case when term.part = 'numerator' then term.coefficient * case when term.flow then figure.month else figure.ytd end end)
                    as decimal(22, 6)
                )
    end as numerator,
    case
        when
            count(case when term.part = 'denominator' then case when term.flow then figure.month when not figure.carried then figure.ytd end end)
            = count(case when term.part = 'denominator' then 1 end)
            then
                cast(
                    sum(case when term.part = 'denominator' then term.coefficient * case when term.flow then figure.month else figure.ytd end end)
                    as decimal(22, 6)
                )
    end as denominator,
    case
        when
            count(case when term.part = 'numerator' and not figure.carried and figure.missing = 0 then figure.ytd end)
            = count(case when term.part = 'numerator' then 1 end)
            then cast(sum(case when term.part = 'numerator' then term.coefficient * figure.ytd end) as decimal(22, 6))
    end as ytd,
    min(case when term.years_back = 0 then figure.as_of end) as as_of,
    min(case when term.part = 'numerator' and not term.flow then 0 else 1 end) = 1 as flow,
    min(case when term.part = 'denominator' and not term.flow then 0 else 1 end) = 1 as flow_below
from calendar
inner join term on calendar.period between $first_month and $last_month
left join figure
    on
        term.measure = figure.measure
        and make_date(calendar.year - term.years_back, calendar.number, 1) = figure.period
where
    term.part in ('numerator', 'denominator')
    and list_contains($indicators::varchar[], term.indicator)
group by term.indicator, calendar.period
order by term.indicator, calendar.period
