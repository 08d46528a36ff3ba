-- The figures of organisations in the months of a year in which they stand below another, where that begins within the year; for
-- spanned.sql, so that a cumulative is counted from the first of those months on.
--
-- grain    one row per stay of $orgs that begins after January of $year, measure and month of it, as in figure
-- null     base: what an office restates is of the year so far, of which only some months are of the stay
select
    figure.*,
    stay.code as whose,
    true as by_cumulative,
    measure.signed,
    false as restates,
    cast(null as decimal(22, 6)) as base,
    stay.first,
    coalesce(stay.first = organisation.first, false) as starts,
    cast(power(2, month(figure.period) - 1) as integer) as bit,
    figure.month is null and figure.month_state in ('未开展', '不适用') as idle,
    case
        when figure.month is not null or idle then null
        when figure.month_state in ('未公开', '在检/在办') then figure.month_state
        when figure.month_state = '未报' and not figure.carried and figure.ytd_state in ('未公开', '在检/在办') then figure.ytd_state
    end as hiding
from main.figure
inner join stay on figure.org = stay.leaf
inner join organisation on stay.leaf = organisation.code
inner join measure on figure.measure = measure.code
where
    stay.leaf in (select unnest($orgs::varchar[]))
    and year(stay.first) = $year::integer
    and month(stay.first) > 1
    and year(figure.period) = $year::integer
    and figure.period between stay.first and coalesce(stay.last, figure.period)
