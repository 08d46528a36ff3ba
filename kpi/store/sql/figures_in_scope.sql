-- The figures of a month that count, of the organisations and offices in scope; none of months in which there is no such organisation.
--
-- grain  one row per measure and header of each submission for the month $period that counts
select fact.*
from fact
inner join counting on fact.seq = counting.seq
inner join measure on fact.measure = measure.code
inner join changed on fact.org = changed.org and measure.office = changed.office
left join organisation on fact.org = organisation.code
where
    fact.period = $period
    and counting.period = $period
    and changed.since <= $period
    and coalesce($period::date >= organisation.first, true)
    and coalesce($period::date <= organisation.last, true)
