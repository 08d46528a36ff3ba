-- The blanks of a year that the database keeps.
--
-- grain  one row per organisation, measure and month of $year
select *
from blank
where reporting_year(period) = $year
