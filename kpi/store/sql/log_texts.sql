-- The copies of the files of the log that the database keeps.
--
-- grain  one row per file
select
    seq,
    text
from log
