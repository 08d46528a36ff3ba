-- The cells of an organisation that count, of some measures and the months from $first to $last.
--
-- grain    one row per measure of $measures, header and month; of several submissions the last that states something, else the last
-- null     value: there is no number, and state says why
with

speaking as (
    select
        fact.measure,
        fact.period,
        fact.header,
        coalesce(max(case when fact.state <> '未报' then fact.seq end), max(fact.seq)) as seq
    from fact
    inner join current_submission on fact.seq = current_submission.seq
    inner join (select unnest($measures::varchar[]) as measure) as asked on fact.measure = asked.measure
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
    fact.header,
    fact.period,
    fact.value,
    fact.state,
    fact.decimals,
    fact.qualifier,
    fact.as_of,
    submission.file,
    fact.sheet,
    fact.cell,
    fact.seq
from speaking
inner join fact
    on
        speaking.measure = fact.measure
        and speaking.period = fact.period
        and speaking.header = fact.header
        and speaking.seq = fact.seq
inner join submission on fact.seq = submission.seq
order by
    fact.measure,
    fact.period,
    case fact.header when 'month' then 0 when 'ytd' then 1 else 2 end
