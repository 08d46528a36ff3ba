-- The figures that count, of the organisations, offices and months in scope; none of months in which there is no such organisation.
--
-- grain  one row per measure and header of each submission that counts
select fact.*
from fact
inner join counting on fact.seq = counting.seq and fact.period = counting.period
inner join measure on fact.measure = measure.code
inner join changed
    on
        fact.org = changed.org
        and measure.office = changed.office
        and fact.period >= changed.since
        and reporting_year(fact.period) = reporting_year(changed.since)
left join organisation on fact.org = organisation.code
where
    coalesce(fact.period >= organisation.first, true)
    and coalesce(fact.period <= organisation.last, true)
