-- Products of measures as figures: of what stands that of the month itself; with a flow among them the sum of those of the months of the span.
--
-- grain    one row per row of running_sum
-- from     running_sum: what there is up to each month, see running_sums.sql, of what the months bring, see contributions_of_products.sql
-- columns  those of figure that parts are summed from
-- null     ytd: hidden, or nothing yet
select
    org,
    measure,
    period,
    case when adds_up then 'flow' else 'stock' end as kind,
    case when not adds_up then own_amount when hidden is null then total end as ytd,
    case
        when not adds_up then own_state
        when hidden is not null then hidden
        when total is null then own_state
        when total = 0 then '零'
        else '数值'
    end as ytd_state,
    own_amount as month,
    own_state as month_state,
    carried,
    case when adds_up then lacking else 0 end as missing_months,
    case when adds_up then idled else 0 end as idle_months,
    cast(null as decimal(22, 6)) as prior,
    '=' as prior_qualifier,
    as_of,
    case when adds_up then common_qualifier else own_qualifier end as qualifier,
    case when adds_up then total else own_amount end as running,
    case when adds_up then hidden else own_word end as word
from running_sum
