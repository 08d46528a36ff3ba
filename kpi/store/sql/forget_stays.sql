-- Remove the figures of stays that are about to be made anew.
--
-- grain  the stays $stays in the months of $year
delete from figure
where
    org in (select unnest($stays::varchar[]))
    and reporting_year(period) = $year
