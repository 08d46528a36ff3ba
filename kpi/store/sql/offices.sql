-- The offices that have measures in the catalogue in force.
--
-- grain  one row per office
select distinct office
from measure
