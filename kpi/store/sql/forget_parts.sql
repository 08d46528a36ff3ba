-- Remove the parts of indicators that are about to be summed anew.
--
-- grain  the indicators $indicators of the organisations $orgs in the months $points
delete from part
where
    period in (select unnest($points::date[]))
    and org in (select unnest($orgs::varchar[]))
    and list_contains($indicators::varchar[], indicator)
