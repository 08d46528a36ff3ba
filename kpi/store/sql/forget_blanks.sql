-- Remove the blanks that are about to be found anew.
--
-- grain  the organisations, offices and months in scope
delete from blank
using changed
where
    blank.org = changed.org
    and blank.office = changed.office
    and blank.period >= changed.since
    and reporting_year(blank.period) = reporting_year(changed.since)
