-- Put every figure of a year into scope: each organisation that reports, each office, from January on.
insert into changed
select distinct
    organisation.code,
    measure.office,
    make_date($year, 1, 1) as since
from organisation
cross join measure
where organisation.reports
