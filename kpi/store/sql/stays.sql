-- The figures of organisations as those of a node above them: of the months in which they stand below it, nothing in all others.
--
-- grain    one row per stay of $orgs, measure and month of $year, as in figure
-- from     whole: that which an office restates of last year is of months that all belong to the stay
--          counted: figures of stays that begin within the year, see spanned.sql
-- columns  those of figure; org: the code of the stay.  A cumulative is counted from the first month of the stay in the year to its
--          last and stays so; in months outside nothing was done for the node, and nothing stands there: that is 0 and lacks nothing
-- null     as_of: no day of its own outside of the stay; prior: a base restated is of months in which it did not all belong to the node
with

inside as (
    select
        stay.code as whose,
        case
            when figure.kind = 'flow' then coalesce(stay.first <= make_date($year::integer - 1, 1, 1), true)
            else coalesce(stay.first <= figure.period - interval '1' year, true)
        end as whole,
        figure.*
    from main.figure
    inner join stay on figure.org = stay.leaf
    where
        stay.leaf in (select unnest($orgs::varchar[]))
        and year(figure.period) = $year::integer
        and figure.period <= coalesce(stay.last, figure.period)
        and coalesce(stay.first <= make_date($year::integer, 1, 1), true)
    union all
    select
        counted.org as whose,
        false as whole,
        counted.*
    from counted
),

placed as (
    -- stated: of the month itself; after: the stay ended earlier in the year, its figure is that of its last month
    select
        stay.code,
        own.period as own_period,
        own.office as own_office,
        own.measure as own_measure,
        own.kind as own_kind,
        own.kind = 'flow' as adds_up,
        inside.*,
        coalesce(inside.period = own.period, false) as stated,
        inside.period is not null and (stated or adds_up) as there
    from main.figure as own
    inner join stay on own.org = stay.leaf
    left join inside
        on
            stay.code = inside.whose
            and own.measure = inside.measure
            and inside.period = least(own.period, stay.last)
    where
        stay.leaf in (select unnest($orgs::varchar[]))
        and year(own.period) = $year::integer
)

select
    code as org,
    own_office as office,
    own_measure as measure,
    own_period as period,
    own_kind as kind,
    case when stated then month else 0 end as month,
    case when stated then month_state else '零' end as month_state,
    case when there then ytd else 0 end as ytd,
    case when there then ytd_state else '零' end as ytd_state,
    (stated and carried) as carried,
    case when there then missing_months else 0 end as missing_months,
    case when there then idle_months else 0 end as idle_months,
    case when stated then adjustment end as adjustment,
    case when stated and whole then placed.prior end as prior,
    case when stated and whole then prior_state else '未报' end as prior_state,
    case when stated and whole then prior_qualifier else '=' end as prior_qualifier,
    case when stated and whole then prior_seq end as prior_seq,
    case when stated then as_of end as as_of,
    case when there then decimals else 0 end as decimals,
    case when there then qualifier else '=' end as qualifier,
    case when there then seq end as seq,
    case when there then running else 0 end as running,
    case when there then word end as word,
    case when stated then month_qualifier else '=' end as month_qualifier
from placed
