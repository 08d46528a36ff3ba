-- Set a property of the database itself.
insert into property
values ($name, $value)
