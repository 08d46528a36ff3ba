-- The cells of an organisation that count, of some measures and months; none of months in which there is no such organisation.
--
-- grain  one row per measure of $measures and header of each submission of $org for the months from $first to $last that counts
select fact.*
from fact
inner join current_submission on fact.seq = current_submission.seq
inner join (select distinct unnest($measures::varchar[]) as measure) as asked on fact.measure = asked.measure
left join organisation on fact.org = organisation.code
where
    fact.org = $org
    and fact.period between $first and $last
    and fact.period >= coalesce(organisation.first, fact.period)
    and fact.period <= coalesce(organisation.last, fact.period)
