-- The organisations of the catalogue in force that report, in its order.
--
-- grain  one row per organisation
select code
from organisation
where reports
order by position
