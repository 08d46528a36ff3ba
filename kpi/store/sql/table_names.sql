-- The tables of the database, those of the engine and of one connection left out.
--
-- grain  one row per table
select table_name
from duckdb_tables()
where not internal and not temporary
