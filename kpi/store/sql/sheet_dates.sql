-- When the sheets of offices came in or changed: what a figure of a month can have been known since.
--
-- grain    one row per organisation of $orgs, office of $offices and month from $first to $last of which a sheet came
-- columns  org, office, period, first_change: its first sheet; last_change: its last sheet, or when the last was taken back
select
    submission.org,
    submission.office,
    submission.period,
    min(submission.submitted_at) as first_change,
    max(greatest(submission.submitted_at, coalesce(withdrawal.decided_at, submission.submitted_at))) as last_change
from submission
left join decision as withdrawal on submission.seq = withdrawal.submission
where
    submission.org in (select unnest($orgs::varchar[]))
    and submission.office in (select unnest($offices::varchar[]))
    and submission.period between $first::date and $last::date
group by submission.org, submission.office, submission.period
order by submission.period, submission.org, submission.office
