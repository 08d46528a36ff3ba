-- The months of which anything was submitted.
--
-- grain  one row per month
select distinct period
from submission
