-- The submissions that count but for their organisation: the catalogue has none such, one that does not report, or none in their month.
--
-- grain    one row per organisation, month and submission
-- columns  figures: how many numbers it states
select
    submission.org,
    submission.period,
    submission.seq,
    count(fact.value) as figures
from current_submission as submission
left join organisation on submission.org = organisation.code
left join fact on submission.seq = fact.seq
where
    organisation.code is null
    or not organisation.reports
    or submission.period < organisation.first
    or submission.period > organisation.last
group by submission.org, submission.period, submission.seq
order by submission.org, submission.period, submission.seq
