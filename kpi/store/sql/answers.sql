-- Answers and undoings in log order.
--
-- grain    one row per entry
-- columns  in the order of the dataclass, the place as two
-- null     office: not known; said: undone
select
    answer.kind,
    answer.office,
    answer.layout,
    answer.key,
    answer.seen,
    answer.file,
    answer.sheet,
    answer.cell,
    answer.said,
    answer.answered_by,
    answer.answered_at,
    answer.seq
from answer
order by answer.seq
