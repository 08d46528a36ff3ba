-- Remove the figures of a month that are about to be computed anew.
--
-- grain  the organisations and offices in scope by the month $period
delete from figure
using changed
where
    figure.org = changed.org
    and figure.office = changed.office
    and figure.period = $period
    and changed.since <= $period
