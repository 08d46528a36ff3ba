-- Remove the figures that are about to be computed anew.
--
-- grain  the organisations, offices and years in scope
delete from figure
using scope
where
    figure.org = scope.org
    and figure.office = scope.office
    and extract(year from figure.period) = scope.year
