-- The figures that are no exact number, or not of a whole month: what is said of single months must not rest on them.
--
-- grain    one row per organisation of $orgs, measure and month of $points with such a figure
-- columns  meant: how the month is meant; = as it stands
--          broken: it goes on from a day within a month, and not for the length of one: 15 February to 31 March
--          short: it does not run to the last day of its month, and is not the length of one (26 February to 25 March is)
--          until: the day to which it runs
-- null     until: the last day of the month
-- since    the day to which the figure before runs: null of a flow in the first month of a year, which starts from nothing, as does a month before
--          which nothing was reported
select
    org,
    measure,
    period,
    meant,
    coalesce(begins_within and not month_long, false) as broken,
    ends_within and not coalesce(month_long, false) as short,
    case when ends_within then as_of end as until
from (
    select
        figure.*,
        case when figure.month is not null then figure.month_qualifier else '=' end as meant,
        case when not earlier.carried and (figure.kind <> 'flow' or month_of_year(figure.period) > 1) then earlier.as_of end as since,
        figure.as_of <> last_day(figure.period) as ends_within,
        since <> last_day(earlier.period) as begins_within,
        since = cast(figure.as_of - interval '1' month as date) as month_long
    from figure
    left join figure as earlier
        on
            figure.org = earlier.org
            and figure.measure = earlier.measure
            and cast(figure.period - interval '1' month as date) = earlier.period
    where
        figure.org in (select unnest($orgs::varchar[]))
        and figure.period in (select unnest($points::date[]))
        and not figure.carried
        and figure.as_of is not null
) as single
where meant <> '=' or ends_within or begins_within
