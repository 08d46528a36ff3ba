-- How many submissions are of the demonstration and how many are not, whether they count or not.
--
-- grain  one row
select
    count(*) filter (where demo) as sheets,
    count(*) filter (where not demo) as others
from submission
