-- Follow-ups as they were opened, in log order.
--
-- grain    one row per follow-up
-- columns  those of the table
-- null     $number: any
select *
from follow_up
where $number::bigint is null or seq = $number::bigint
order by seq
