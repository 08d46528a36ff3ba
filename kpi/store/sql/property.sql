-- A property of the database itself.
--
-- grain  one row for the property $name, none where it was never set
select value
from property
where name = $name
