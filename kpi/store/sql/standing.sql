-- The submissions that count for some organisations, offices, months and templates.
--
-- grain    one row per quadruple of $orgs, $offices, $periods and $templates (lists of one length) that has a submission
-- columns  those of submission, in the order of the dataclass
select
    current_submission.seq,
    current_submission.office,
    current_submission.period,
    current_submission.template,
    current_submission.file,
    current_submission.sha256,
    current_submission.submitted_by,
    current_submission.submitted_at,
    current_submission.note,
    current_submission.batch,
    current_submission.org,
    current_submission.demo,
    current_submission.accepted_by,
    current_submission.referred_at,
    current_submission.referral
from current_submission
inner join (
    select distinct *
    from (
        select
            unnest($orgs::varchar[]) as org,
            unnest($offices::varchar[]) as office,
            unnest($periods::date[]) as period,
            unnest($templates::varchar[]) as template
    ) as listed
) as asked
    on
        current_submission.org = asked.org
        and current_submission.office = asked.office
        and current_submission.period = asked.period
        and current_submission.template = asked.template
