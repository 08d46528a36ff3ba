-- The figures of a year that the database keeps, those of stays left out.
--
-- grain  one row per organisation that reports, measure and month of $year
select *
from figure
where
    year(period) = $year
    and org not in (select code from stay)
