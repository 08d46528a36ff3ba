-- The numbers of the log that the tables hold.
--
-- grain  one row per entry
select seq
from entry
