-- Remove the figures that are about to be computed anew.
--
-- grain  the offices and years in scope
delete from figure
using scope
where
    figure.office = scope.office
    and extract(year from figure.period) = scope.year
