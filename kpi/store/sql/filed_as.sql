-- The submissions that count, as they are filed.
--
-- grain    one row per submission
select
    submission.org,
    submission.office,
    submission.template,
    submission.period,
    submission.seq
from current_submission as submission
order by submission.office, submission.template, submission.seq
