-- What each month brings to a product of measures: the product of what they have in that month, of a flow its month, of what stands what stood.
--
-- grain    one row per organisation of $leaves, product of $indicators and month around $ends
-- columns  own_amount, own_word, own_missing, own_idle, own_qualifier, anchored, restarted, course: see running_sums.sql; course: the first month of
--          the span of $length months that the month belongs to
--          adds_up: one of them is a flow, so that months of the product add up; as_of: the day of that, else the earliest
--          own_state: the state of the month alone; carried: nothing is told of this month
-- qualifier  of an approximation and exact figures its own, as far as none is negative; of several, or of figures to unlike days, ≈
with

factor as (
    select
        figure.org,
        derivation.code,
        derivation.factor,
        derivation.factors,
        derivation.adds_up,
        figure.period,
        figure.kind = 'flow' as flows,
        case when figure.kind = 'flow' then figure.month when not figure.carried then figure.ytd end as amount,
        case when figure.kind = 'flow' then figure.month_state when figure.carried then '未报' else figure.ytd_state end as word,
        case when figure.kind = 'flow' then figure.month_qualifier else figure.qualifier end as qualifier,
        figure.as_of,
        coalesce(figure.period < organisation.first or figure.period > organisation.last, false) as outside
    from main.figure
    inner join (
        select distinct
            derivation.code,
            derivation.measure,
            derivation.factor,
            derivation.factors,
            derivation.adds_up
        from derivation
        inner join term on derivation.code = term.measure
        where derivation.rule = 'product' and list_contains($indicators::varchar[], term.indicator)
    ) as derivation on figure.measure = derivation.measure
    left join organisation on figure.org = organisation.code
    where
        figure.org in (select unnest($leaves::varchar[]))
        and figure.period >= cast(list_min($starts::date[]) - interval '2' year as date)
        and figure.period <= list_max($ends::date[])
),

multiplied as (
    select
        factor.org,
        factor.code as measure,
        factor.period,
        bool_or(factor.adds_up) as adds_up,
        bool_or(factor.outside) as outside,
        max(case when factor.factor = 1 then factor.amount end) as first_amount,
        max(case when factor.factor = 2 then factor.amount end) as second_amount,
        max(case when factor.factor = 3 then factor.amount end) as third_amount,
        count(factor.amount) = max(factor.factors) as there,
        max_by(factor.word, state.weight) as heaviest,
        count(case when factor.qualifier <> '=' then 1 end) as approximate,
        max(case when factor.qualifier <> '=' then factor.qualifier end) as own_qualifier,
        min(factor.amount) as least,
        coalesce(min(case when factor.flows then factor.as_of end), min(factor.as_of)) as as_of,
        min(factor.as_of) = max(factor.as_of) as alike
    from factor
    inner join state on factor.word = state.word
    group by factor.org, factor.code, factor.period
)

select
    org,
    measure,
    period,
    adds_up,
    as_of,
    cast(period - to_months((month_of_year(period) - 1) % $length) as date) as course,
    cast(null as date) as anchored,
    cast(null as date) as restarted,
    0 as own_decimals,
    cast(null as bigint) as seq,
    cast(power(2, month_of_year(period) - 1) as integer) as bit,
    case when there then cast(cast(first_amount * second_amount as decimal(22, 6)) * coalesce(third_amount, 1) as decimal(22, 6)) end as own_amount,
    not there and heaviest in ('未开展', '不适用') as idle,
    case when not there and heaviest in ('未公开', '在检/在办') then heaviest end as own_word,
    case when there and own_amount = 0 then '零' when there then '数值' else heaviest end as own_state,
    not there and heaviest = '未报' as carried,
    case when there or idle then 0 else bit end as own_missing,
    case when idle and not outside then bit else 0 end as own_idle,
    case
        when not there or (approximate = 0 and alike) then '='
        when approximate = 1 and least >= 0 and alike then own_qualifier
        else '≈'
    end as own_qualifier
from multiplied
