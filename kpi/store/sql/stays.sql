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
            when figure.kind = 'flow' then coalesce(stay.first <= year_opening($year::integer - 1), true)
            else coalesce(stay.first <= figure.period - interval '1' year, true)
        end as whole,
        figure.*
    from main.figure
    inner join stay on figure.org = stay.leaf
    where
        stay.leaf in (select unnest($orgs::varchar[]))
        and reporting_year(figure.period) = $year::integer
        and figure.period <= coalesce(stay.last, figure.period)
        and coalesce(stay.first <= year_opening($year::integer), true)
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
        and reporting_year(own.period) = $year::integer
)

select
    placed.code as org,
    placed.own_office as office,
    placed.own_measure as measure,
    placed.own_period as period,
    placed.own_kind as kind,
    case when placed.stated then placed.month else 0 end as month,
    case when placed.stated then placed.month_state else '零' end as month_state,
    case when placed.there then placed.ytd else 0 end as ytd,
    case when placed.there then placed.ytd_state else '零' end as ytd_state,
    placed.stated and placed.carried as carried,
    case when placed.there then placed.missing_months else 0 end as missing_months,
    case when placed.there then placed.idle_months else 0 end as idle_months,
    case when placed.stated then placed.adjustment end as adjustment,
    case when placed.stated and placed.whole then placed.prior end as prior,
    case when placed.stated and placed.whole then placed.prior_state else '未报' end as prior_state,
    case when placed.stated and placed.whole then placed.prior_qualifier else '=' end as prior_qualifier,
    case when placed.stated and placed.whole then placed.prior_seq end as prior_seq,
    case when placed.stated then placed.as_of end as as_of,
    case when placed.there then placed.decimals else 0 end as decimals,
    case when placed.there then placed.qualifier else '=' end as qualifier,
    case when placed.there then placed.seq end as seq,
    case when placed.there then placed.running else 0 end as running,
    case when placed.there then placed.word end as word,
    case when placed.stated then placed.month_qualifier else '=' end as month_qualifier
from placed
