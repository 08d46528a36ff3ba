-- The figures that are no exact number, or not of a whole month: what is said of single months must not rest on them.
--
-- grain    one row per measure and month of which any organisation of $leaves has such a figure
-- columns  qualifier: how the month is meant, over all of them; = as it stands, ≈ of several kinds
--          broken: it goes on from a day within a month, and not for the length of one: 15 February to 31 March
--          short: it does not run to the last day of its month, and is not the length of one (26 February to 25 March is)
--          earliest, latest: the days to which such figures run
-- null     earliest, latest: all of them run to the last day of the month
-- before   a flow in January starts from nothing, and so does a month before which nothing was reported
with

figured as (
    select
        org,
        measure,
        period,
        as_of,
        case when month is not null then month_qualifier else '=' end as qualifier,
        not carried and as_of is not null as stated,
        kind = 'flow' and month(period) = 1 as starts,
        lag(stated) over months as stated_before,
        lag(as_of) over months as as_of_before
    from figure
    where org in (select unnest($leaves::varchar[]))
    window months as (partition by org, measure order by period)
),

measured as (
    select
        *,
        as_of <> last_day(period) as ends_within,
        not starts and coalesce(stated_before, false) as goes_on,
        goes_on and as_of_before = cast(as_of - interval '1' month as date) as month_long,
        goes_on and as_of_before <> last_day(cast(period - interval '1' month as date)) as begins_within
    from figured
    where stated
)

select
    measure,
    period,
    case count(distinct qualifier) filter (where qualifier <> '=')
        when 0 then '='
        when 1 then max(qualifier) filter (where qualifier <> '=')
        else '≈'
    end as qualifier,
    bool_or(begins_within and not month_long) as broken,
    bool_or(ends_within and not month_long) as short,
    min(as_of) filter (where ends_within) as earliest,
    max(as_of) filter (where ends_within) as latest
from measured
where qualifier <> '=' or begins_within or ends_within
group by measure, period
