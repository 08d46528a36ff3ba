-- The cells of one submission as they were read.
--
-- grain    one row per measure and header of submission $seq
-- null     value: there is no number, and state says why
select
    fact.measure,
    fact.header,
    fact.value,
    fact.state,
    fact.decimals,
    fact.qualifier,
    fact.as_of,
    fact.sheet,
    fact.cell,
    fact.raw
from fact
where fact.seq = $seq
