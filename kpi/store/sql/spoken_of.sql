-- The offices and months whose figures the submissions of some organisations, offices and months bear on.
--
-- grain  one row per organisation that reports, office that owns a measure it reported in one of the triples of $orgs,
--        $offices and $periods, and month; of superseded submissions too, for a measure that a correction leaves out
--        changes as well
select distinct
    fact.org,
    measure.office,
    fact.period
from fact
inner join (
    select
        unnest($orgs::varchar[]) as org,
        unnest($offices::varchar[]) as office,
        unnest($periods::date[]) as period
) as asked on fact.org = asked.org and fact.office = asked.office and fact.period = asked.period
inner join measure on fact.measure = measure.code
inner join organisation on fact.org = organisation.code and organisation.reports
