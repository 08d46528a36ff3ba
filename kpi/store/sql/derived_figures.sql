-- The figures that parts are summed from where a formula holds derivations: those of its measures, and those of the derivations beside them.
--
-- grain    one row per organisation of $leaves, measure or derivation of $indicators and month
-- from     plain: the figures of measures; looking_back, windows, products, sheets: those of derivations, see the statements of these names
select
    org,
    measure,
    period,
    kind,
    ytd,
    ytd_state,
    month,
    month_state,
    carried,
    missing_months,
    idle_months,
    prior,
    prior_qualifier,
    as_of,
    qualifier,
    running,
    word
from plain
union all by name
select * from looking_back
union all by name
select * from windows
union all by name
select * from products
union all by name
select * from sheets
