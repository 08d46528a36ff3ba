-- Put every figure into scope: each organisation that reports, each office, from before the first month.
insert into changed
select distinct
    organisation.code,
    measure.office,
    date '1900-01-01' as since
from organisation
cross join measure
where organisation.reports
