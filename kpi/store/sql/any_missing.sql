-- Whether any cumulative of organisations up to a month lacks months, is hidden, or says of some that there was nothing to count: only then
-- there is anything for common.sql to do.
--
-- grain    one row
select count(*) > 0 as lacking
from figure
where
    (missing_months + idle_months > 0 or word is not null)
    and kind = 'flow'
    and period <= $last::date
    and org in (select unnest($orgs::varchar[]))
