-- The tables of the database, those of the engine and of one connection left out, and how long they are.
--
-- grain    one row per table
-- columns  estimated_size: its rows, exact for a table of the engine's own file; rows that were deleted count until the file is closed
select
    table_name,
    estimated_size
from duckdb_tables()
where not internal and not temporary
