-- Remove the figures that are about to be computed anew.
--
-- grain  the organisations, offices and months in scope
delete from figure
using changed
where
    figure.org = changed.org
    and figure.office = changed.office
    and figure.period >= changed.since
    and reporting_year(figure.period) = reporting_year(changed.since)
