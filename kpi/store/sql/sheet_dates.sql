-- When the sheets of offices came or were taken back: at no other moment can a figure have become another one.
--
-- grain    one row per submission of an organisation of $orgs, office of $offices and month from $first to $last, and per withdrawal of one
-- columns  org, office, period, moment
select
    submission.org,
    submission.office,
    submission.period,
    submission.submitted_at as moment
from submission
where
    submission.org in (select unnest($orgs::varchar[]))
    and submission.office in (select unnest($offices::varchar[]))
    and submission.period between $first::date and $last::date
union all
select
    submission.org,
    submission.office,
    submission.period,
    withdrawal.decided_at as moment
from submission
inner join decision as withdrawal on submission.seq = withdrawal.submission
where
    submission.org in (select unnest($orgs::varchar[]))
    and submission.office in (select unnest($offices::varchar[]))
    and submission.period between $first::date and $last::date
order by moment
