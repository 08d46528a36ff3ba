-- Remove a property that is about to be set.
delete from property
where name = $name
