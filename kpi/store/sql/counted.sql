-- How many of those that report at or below organisations are in the value of indicators, year to date.
--
-- grain  one row per organisation of $orgs and indicator of $indicators that has parts in the month $period
select
    org,
    indicator,
    counted
from part
where
    period = $period
    and org in (select unnest($orgs::varchar[]))
    and list_contains($indicators::varchar[], indicator)
