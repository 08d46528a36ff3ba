-- The years that have figures.
--
-- grain  one row per year
select distinct year
from calendar
