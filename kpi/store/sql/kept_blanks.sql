-- The blanks of some years that the database keeps.
--
-- grain  one row per organisation, measure and month of $years
select *
from blank
where reporting_year(period) in (select unnest($years::integer[]))
