-- Whether any single month of some flows is not known: their sum over those months is then no sum of months.
--
-- grain    one row
select count(*) > 0 as unknown
from figure
where
    org = $org
    and measure in (select unnest($measures::varchar[]))
    and period in (select unnest($periods::date[]))
    and kind = 'flow'
    and month is null
    and month_state not in ('未开展', '不适用')
