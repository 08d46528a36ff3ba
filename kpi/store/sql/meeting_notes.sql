-- Meeting notes in log order.
--
-- grain    one row per note
-- columns  those of the table
-- null     $period: of any month
select *
from meeting_note
where $period::date is null or period = $period::date
order by seq
