-- When the first and the last entry of the log were made.
--
-- grain  one row
-- null   there is none
select
    min(made_at) as first_made,
    max(made_at) as last_made
from entry
