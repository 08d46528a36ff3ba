-- The offices and years whose figures the submissions of some offices and months bear on.
--
-- grain  one row per office that owns a measure reported in one of the pairs of $offices and $periods, and year; of
--        superseded submissions too, for a measure that a correction leaves out changes as well
select distinct
    measure.office,
    cast(extract(year from fact.period) as integer) as year
from fact
inner join (
    select
        unnest($offices::varchar[]) as office,
        unnest($periods::date[]) as period
) as asked on fact.office = asked.office and fact.period = asked.period
inner join measure on fact.measure = measure.code
