-- The submissions of other organisations that state exactly the same numbers.
--
-- grain    one row per submission that counts, of the same office, template and month as those of $org
-- columns  seq: its number
with

own as (
    select
        unnest($measures::varchar[]) as measure,
        unnest($headers::varchar[]) as header,
        unnest($amounts::decimal(22, 6)[]) as amount
)

select fact.seq
from fact
inner join current_submission as submission on fact.seq = submission.seq
left join own on fact.measure = own.measure and fact.header = own.header and fact.value = own.amount
where
    fact.office = $office
    and fact.period = $period
    and fact.org <> $org
    and submission.template = $template
    and fact.value is not null
group by fact.seq
having count(*) = len($measures::varchar[]) and count(own.measure) = count(*)
order by fact.seq
