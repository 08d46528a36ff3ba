-- Last year's own course: the cumulative numerator of indicators in every month of a year.
--
-- grain    one row per indicator of $indicators, year of $years and month of the calendar in it
-- columns  indicator, year, number (1 to 12), value
-- null     value: some term of it was not reported that month
select
    term.indicator,
    calendar.year,
    calendar.number,
    case
        when count(case when not figure.carried and figure.missing = 0 then figure.ytd end) = count(*)
            then cast(sum(term.coefficient * figure.ytd) as decimal(22, 6))
    end as value
from calendar
cross join term
left join figure
    on
        term.measure = figure.measure
        and make_date(calendar.year - term.years_back, calendar.number, 1) = figure.period
where
    term.part = 'numerator'
    and list_contains($indicators::varchar[], term.indicator)
    and list_contains($years::integer[], calendar.year)
group by term.indicator, calendar.year, calendar.number
order by term.indicator, calendar.year, calendar.number
