-- The figures that an office of an organisation states for a month, in the submissions that count.
--
-- grain    one row per measure and header of each submission of $org, $office and $period; the one that speaks comes last: the
--          later in the log of those that state something
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
where fact.org = $org and fact.office = $office and fact.period = $period
order by fact.state <> '未报', fact.seq
