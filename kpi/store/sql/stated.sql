-- What an office of an organisation states for a month.
--
-- from     speaking: of its figures those that speak
-- grain    one row per measure and header
-- null     value: there is no number, and state says why
select
    measure,
    header,
    value,
    state,
    decimals,
    qualifier
from speaking
