-- The figures of an office of an organisation for a month that count.
--
-- grain  one row per measure and header of each submission of $org, $office and $period that counts
select fact.*
from fact
inner join current_submission on fact.seq = current_submission.seq
where fact.org = $org and fact.office = $office and fact.period = $period
