-- The rows that are in one of two tables more often than in the other.
--
-- from   stored, expected: all rows of the two, the columns alike
-- grain  one row per such row; each table is read once, and planned once
select * exclude (side)
from (
    select
        *,
        1 as side
    from stored
    union all
    select
        *,
        -1 as side
    from expected
) as sided
group by all
having sum(side) <> 0
