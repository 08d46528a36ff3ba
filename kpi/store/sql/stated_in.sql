-- The figures that one submission states, whether it counts or not.
--
-- grain    one row per measure and header of submission $seq
-- null     value: there is no number, and state says why
select
    fact.measure,
    fact.header,
    fact.value,
    fact.state,
    fact.decimals,
    fact.qualifier
from fact
where fact.seq = $seq
