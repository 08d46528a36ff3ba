-- Put every figure of some years into scope: each organisation that reports, each office, from the first month of each year on.
insert into changed
select distinct
    organisation.code,
    measure.office,
    year_opening(scoped.year) as since
from organisation
cross join measure
cross join (select unnest($years::integer[]) as year) as scoped
where organisation.reports
