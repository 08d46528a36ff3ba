-- The end of the log that was known: what was entered up to a moment and up to a number.
--
-- grain    one row
-- columns  moment and number of the last such entry, how many they are, and how many the log holds in all
-- null     last_made, last_seq: there is none
select
    max(case when made_at <= $moment::timestamp and seq <= $number::bigint then made_at end) as last_made,
    max(case when made_at <= $moment::timestamp and seq <= $number::bigint then seq end) as last_seq,
    count(case when made_at <= $moment::timestamp and seq <= $number::bigint then 1 end) as known,
    count(*) as entered
from entry
