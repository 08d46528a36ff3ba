-- Who brought something, when and with what note.
--
-- grain    one row per submission of $seqs
select
    seq,
    note,
    submitted_by,
    submitted_at
from submission
where seq in (select unnest($seqs::bigint[]))
