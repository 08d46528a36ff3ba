-- Every month that has figures, ascending.
--
-- grain  one row per month
select period
from calendar
order by period
