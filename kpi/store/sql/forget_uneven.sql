-- Remove what is about to be found anew.
--
-- grain  the organisations $orgs in the months $points
delete from uneven
where
    period in (select unnest($points::date[]))
    and org in (select unnest($orgs::varchar[]))
