-- Of rows that come in those whose number a table does not have.
--
-- grain  one row per row of the view incoming whose seq is not in the view kept
select *
from incoming
where seq not in (select seq from kept)
