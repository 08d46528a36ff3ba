-- The numbers of the log whose rows in a table are not exactly those of their files.
--
-- from   differing: the rows that only one of the two has
-- grain  one row per number
select distinct seq
from differing
order by seq
