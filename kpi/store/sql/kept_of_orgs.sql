-- Of a derived table what the database keeps of some organisations and months.
--
-- from   kept: all rows of the table
-- grain  that of the table, of $orgs in the months $points
select *
from kept
where
    period in (select unnest($points::date[]))
    and org in (select unnest($orgs::varchar[]))
