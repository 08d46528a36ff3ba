-- The rows that are in one of two tables and not in the other.
--
-- from   stored, expected: all rows of the two
-- grain  one row per such row
(
    select * from stored
    except all
    select * from expected
)
union all
(
    select * from expected
    except all
    select * from stored
)
