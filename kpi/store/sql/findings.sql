-- The findings that the asked submissions were accepted with.
--
-- grain  one row per finding of $seqs, in the order they were raised
-- null   relation: no 勾稽关系 raised it
select
    finding.seq,
    finding.code,
    finding.severity,
    finding.sheet,
    finding.cell,
    finding.seen,
    finding.remedy,
    finding.relation,
    finding.measures
from finding
inner join (select unnest($seqs::bigint[]) as seq) as asked on finding.seq = asked.seq
order by finding.seq, finding.position
