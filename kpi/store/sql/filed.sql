-- The cells of an organisation that count, of some measures and months.
--
-- from     speaking: of its cells in force those that speak
-- grain    one row per measure, header and month
-- null     value: there is no number, and state says why
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
from speaking as fact
inner join submission on fact.seq = submission.seq
order by
    fact.measure,
    fact.period,
    case fact.header when 'month' then 0 when 'ytd' then 1 else 2 end
