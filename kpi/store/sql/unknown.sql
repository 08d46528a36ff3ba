-- The measures of submissions that count which the catalogue in force does not have.
--
-- grain    one row per such measure
-- columns  seqs: the submissions that state it, ascending
select
    fact.measure,
    list(distinct fact.seq order by fact.seq) as seqs
from fact
inner join counting on fact.seq = counting.seq
left join measure on fact.measure = measure.code
where measure.code is null
group by fact.measure
order by fact.measure
