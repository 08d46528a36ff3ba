-- The figures of all that report below an organisation which are no exact number, or not of a whole month.
--
-- grain    one row per measure and month of which any of them has such a figure
-- columns  meant: how the month is meant, over all of them; = as it stands, ≈ of several kinds
--          broken, short: whether that of any of them is, see kpi/store/sql/uneven.sql
--          earliest, latest: the days to which such figures run
-- null     earliest, latest: all of them run to the last day of the month
select
    uneven.measure,
    uneven.period,
    case count(distinct case when uneven.meant <> '=' then uneven.meant end)
        when 0 then '='
        when 1 then max(case when uneven.meant <> '=' then uneven.meant end)
        else '≈'
    end as meant,
    bool_or(uneven.broken) as broken,
    bool_or(uneven.short) as short,
    min(uneven.until) as earliest,
    max(uneven.until) as latest
from uneven
inner join below on uneven.org = below.leaf
where below.node = $org
group by uneven.measure, uneven.period
