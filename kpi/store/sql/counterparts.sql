-- The numbers that the other submissions of an office of an organisation state for a month, and their cells.
--
-- grain    one row per measure and header of each submission of $org, $office and $period that counts and is not of $template
select
    fact.measure,
    fact.header,
    fact.value,
    fact.decimals,
    fact.qualifier,
    submission.file,
    fact.sheet,
    fact.cell
from fact
inner join current_submission as submission on fact.seq = submission.seq
where
    fact.org = $org
    and fact.office = $office
    and fact.period = $period
    and submission.template <> $template
    and fact.value is not null
order by fact.seq
