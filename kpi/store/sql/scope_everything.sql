-- Put every figure of a year into scope: each organisation that reports, each office, from its first month on.
insert into changed
select distinct
    organisation.code,
    measure.office,
    year_opening($year) as since
from organisation
cross join measure
where organisation.reports
