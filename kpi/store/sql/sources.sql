-- The cells that the figures of an organisation came from, of some measures: what was written, where, by whom, and when.
--
-- grain    one row of $org per measure of $measures, month from $first to $last and header, out of the submission that counts; none
--          of months in which there is no such organisation
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
),

spoken_for as (
    select
        fact.measure,
        fact.period,
        fact.header,
        coalesce(max(case when fact.state <> '未报' then fact.seq end), max(fact.seq)) as seq
    from fact
    inner join current_submission on fact.seq = current_submission.seq
    inner join asked on fact.measure = asked.measure
    left join organisation on fact.org = organisation.code
    where
        fact.org = $org
        and fact.period between $first and $last
        and fact.period >= coalesce(organisation.first, fact.period)
        and fact.period <= coalesce(organisation.last, fact.period)
    group by fact.measure, fact.period, fact.header
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
    submission.org
from spoken_for
inner join fact
    on
        spoken_for.measure = fact.measure
        and spoken_for.period = fact.period
        and spoken_for.header = fact.header
        and spoken_for.seq = fact.seq
inner join asked on fact.measure = asked.measure
inner join submission on fact.seq = submission.seq
left join remark on fact.seq = remark.seq and fact.measure = remark.measure
order by
    asked.position,
    fact.period,
    case fact.header when 'month' then 0 when 'ytd' then 1 else 2 end
