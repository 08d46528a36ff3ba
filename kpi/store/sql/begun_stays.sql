-- The figures of organisations in the months of a year in which they stand below another, where that begins within the year; for
-- spanned.sql, so that a cumulative is counted from the first of those months on.
--
-- grain    one row per stay of $orgs that begins after the first month of $year, measure and month of it, as in figure
-- null     base: what an office restates is of the year so far, of which only some months are of the stay
select
    figure.*,
    stay.code as whose,
    true as by_cumulative,
    false as restates,
    cast(null as decimal(22, 6)) as base,
    stay.first,
    coalesce(stay.first = organisation.first, false) as starts
from main.figure
inner join stay on figure.org = stay.leaf
inner join organisation on stay.leaf = organisation.code
where
    stay.leaf in (select unnest($orgs::varchar[]))
    and reporting_year(stay.first) = $year::integer
    and month_of_year(stay.first) > 1
    and reporting_year(figure.period) = $year::integer
    and figure.period between stay.first and coalesce(stay.last, figure.period)
