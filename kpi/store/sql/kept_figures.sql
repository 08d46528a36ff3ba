-- The figures of a year that the database keeps: those of stays, or all others.
--
-- grain  one row per organisation that reports, or of $of_stays per stay, measure and month of $year
select *
from figure
where
    reporting_year(period) = $year
    and (org in (select code from stay)) = $of_stays::boolean
