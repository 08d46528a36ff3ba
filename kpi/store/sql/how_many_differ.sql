-- How many rows only one of two tables has.
--
-- from   differing: these rows
-- grain  one row
select count(*) as rows_differing
from differing
