-- Submissions in log order, superseded and withdrawn ones included unless $current.
--
-- grain    one row per submission
-- columns  those of submission, in the order of the dataclass
-- null     $seq, $periods, $office, $template, $orgs: any
select
    submission.seq,
    submission.office,
    submission.period,
    submission.template,
    submission.file,
    submission.sha256,
    submission.submitted_by,
    submission.submitted_at,
    submission.note,
    submission.batch,
    submission.org,
    submission.demo,
    submission.accepted_by,
    submission.referred_at,
    submission.referral
from submission
left join current_submission on submission.seq = current_submission.seq
where
    ($seq::bigint is null or submission.seq = $seq::bigint)
    and ($periods::date[] is null or list_contains($periods::date[], submission.period))
    and ($office::varchar is null or submission.office = $office::varchar)
    and ($template::varchar is null or submission.template = $template::varchar)
    and ($orgs::varchar[] is null or list_contains($orgs::varchar[], submission.org))
    and (not $current::boolean or current_submission.seq is not null)
order by submission.seq
