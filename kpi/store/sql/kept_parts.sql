-- The parts of indicators that are kept ready: year to date, of one organisation.
--
-- grain    one row per indicator and month from $first to $last, in no order
-- columns  those of part.sql
-- null     $indicators: every indicator of the catalogue
select *
from part
where
    org = $org
    and period between $first and $last
    and ($indicators::varchar[] is null or list_contains($indicators::varchar[], indicator))
