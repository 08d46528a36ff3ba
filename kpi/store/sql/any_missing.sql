-- Whether any cumulative of organisations up to a month lacks months: only then there is anything for common.sql to do.
--
-- grain    one row, or none
select 1 as lacking
from figure
where
    missing_months > 0
    and kind = 'flow'
    and period <= $last::date
    and org in (select unnest($orgs::varchar[]))
limit 1
