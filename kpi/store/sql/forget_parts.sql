-- Remove the parts of indicators that are about to be summed anew.
--
-- grain  the organisations $orgs in the months $points
delete from part
where
    period in (select unnest($points::date[]))
    and org in (select unnest($orgs::varchar[]))
