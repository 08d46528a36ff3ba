-- The figures of an organisation that reports which are no exact number, or not of a whole month.
--
-- grain    one row per measure and month with such a figure
-- columns  measure, period; meant, broken, short: those of the table, see kpi/store/sql/uneven.sql; until twice, as in uneven_months_below.sql
select
    measure,
    period,
    meant,
    broken,
    short,
    until as earliest,
    until as latest
from uneven
where org = $org
