-- The figures of the stays of a year that the database keeps.
--
-- grain  one row per stay, measure and month of $year
select *
from figure
where
    year(period) = $year
    and org in (select code from stay)
