-- The latest submission that was read from an upload.
--
-- grain    one row, or none where nothing was read from it
-- columns  batch: where its batch lies below the data folder
select
    seq,
    batch
from submission
where sha256 = $digest
order by seq desc
limit 1
