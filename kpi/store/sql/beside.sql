-- Which of the tables of what has to be kept in mind of single figures may have rows for some figures: filling one costs its planning.
--
-- grain    one row
-- columns  remarkable: whether any figure of the months has what remarkable.sql looks for, or restates a base; uneven: whether any of them, or
--          of the months before them, is no exact number or does not run to the last day of its month, see uneven.sql
select
    count(
        case when figure.adjustment <> 0 or figure.prior is not null or figure.ytd_state in ('未开展', '不适用') or figure.idle_months > 0 then 1 end
    ) > 0 as remarkable,
    count(case when figure.month_qualifier <> '=' or figure.as_of <> last_day(figure.period) then 1 end) > 0 as uneven
from figure
where
    figure.org in (select unnest($orgs::varchar[]))
    and figure.period >= cast(list_min($points::date[]) - interval '1' month as date)
    and figure.period <= list_max($points::date[])
