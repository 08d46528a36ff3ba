-- The cells that the figures of an organisation came from, of some measures: what was written, where, by whom, and when.
--
-- from     speaking: of its cells in force those that speak
-- grain    one row per measure of $measures, month and header
-- null     value: there is no number, and state says why
with

asked as (
    select
        measure,
        min(position) as position
    from (
        select
            unnest($measures::varchar[]) as measure,
            unnest(range(len($measures::varchar[]))) as position
    ) as listed
    group by measure
)

select
    fact.measure,
    fact.period,
    fact.header,
    fact.value,
    fact.state,
    fact.decimals,
    fact.qualifier,
    fact.raw,
    submission.file,
    fact.sheet,
    fact.cell,
    submission.office,
    submission.seq,
    submission.submitted_by,
    submission.submitted_at,
    fact.as_of,
    submission.note,
    coalesce(remark.text, '') as remark,
    submission.sha256,
    submission.org,
    submission.accepted_by
from speaking as fact
inner join asked on fact.measure = asked.measure
inner join submission on fact.seq = submission.seq
left join remark on fact.seq = remark.seq and fact.measure = remark.measure
order by
    asked.position,
    fact.period,
    case fact.header when 'month' then 0 when 'ytd' then 1 else 2 end
