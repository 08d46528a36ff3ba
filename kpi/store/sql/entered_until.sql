-- What of a table of the log was entered up to a moment and up to a number, in log order.
--
-- from   entered: all rows of the table
-- grain  one row per row of it that was entered by $moment and has no number above $number
select *
from entered
where
    seq in (
        select seq
        from entry
        where made_at <= $moment::timestamp and seq <= $number::bigint
    )
order by seq
