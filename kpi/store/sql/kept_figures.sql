-- The figures of some years that the database keeps: those of stays, or all others.
--
-- grain  one row per organisation that reports, or of $of_stays per stay, measure and month of $years
select *
from figure
where
    reporting_year(period) in (select unnest($years::integer[]))
    and (org in (select code from stay)) = $of_stays::boolean
