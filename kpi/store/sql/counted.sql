-- How many report at or below organisations, and how many of them are in the value of indicators, year to date.
--
-- grain  one row per organisation or stay of $orgs and indicator of $indicators that has parts in the month $period
select
    org,
    indicator,
    leaves,
    counted
from part
where
    period = $period
    and org in (select unnest($orgs::varchar[]))
    and list_contains($indicators::varchar[], indicator)
