-- What happened to follow-ups, in log order.
--
-- grain    one row per entry
-- columns  those of the table
-- null     $number: of any follow-up
select *
from follow_up_entry
where $number::bigint is null or follow_up = $number::bigint
order by seq
