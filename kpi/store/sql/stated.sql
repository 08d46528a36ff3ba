-- The figures that an office states for a month, in the submissions that count.
--
-- grain    one row per measure and header of $office and $period; the later in the log should two submissions hold it
-- null     value: there is no number, and state says why
select
    fact.measure,
    fact.header,
    fact.value,
    fact.state,
    fact.decimals,
    fact.qualifier
from fact
inner join current_submission on fact.seq = current_submission.seq
where fact.office = $office and fact.period = $period
order by fact.seq
