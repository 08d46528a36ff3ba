-- The 备注 of one submission.
--
-- grain  one row per measure of submission $seq that has one
select
    measure,
    text
from remark
where seq = $seq
