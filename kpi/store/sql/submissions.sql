-- Submissions in log order, superseded and withdrawn ones included unless $current.
--
-- grain    one row per submission
-- columns  those of submission, in the order of the dataclass
-- null     $seq, $period, $office, $template, $org: any
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
    submission.org
from submission
left join current_submission on submission.seq = current_submission.seq
where
    ($seq::bigint is null or submission.seq = $seq::bigint)
    and ($period::date is null or submission.period = $period::date)
    and ($office::varchar is null or submission.office = $office::varchar)
    and ($template::varchar is null or submission.template = $template::varchar)
    and ($org::varchar is null or submission.org = $org::varchar)
    and (not $current::boolean or current_submission.seq is not null)
order by submission.seq
