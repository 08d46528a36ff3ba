-- The first and the last month that holds a submission that counts.
--
-- grain  one row
-- null   there is none
select
    min(period) as first_month,
    max(period) as last_month
from current_submission
