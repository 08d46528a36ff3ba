-- The parts of indicators that are kept ready: year to date, of one organisation.
--
-- grain    one row per indicator of $indicators (every one when it is null) and month from $first to $last, ascending by month
-- columns  those of part.sql
select *
from part
where
    org = $org
    and period between $first and $last
    and ($indicators::varchar[] is null or list_contains($indicators::varchar[], indicator))
order by period
