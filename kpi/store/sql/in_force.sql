-- The submissions for some months that count.
--
-- grain  one row per submission for the months from $first to $last
select
    seq,
    org
from current_submission
where period between $first and $last
