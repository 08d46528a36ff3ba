-- The figures of a month that the database keeps, those of stays left out.
--
-- grain  one row per organisation that reports and measure of the month $period
select *
from figure
where
    period = $period::date
    and org not in (select code from stay)
