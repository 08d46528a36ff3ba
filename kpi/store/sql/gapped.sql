-- The measures of an organisation whose cumulative figure at a month, or at the same month last year, lacks months.
--
-- grain  one row per such measure of $org, at any month of $periods
select distinct measure
from figure
where
    org = $org
    and period in (select unnest($periods::date[]))
    and kind = 'flow'
    and missing_months > 0
order by measure
