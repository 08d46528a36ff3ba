-- The indicators that rest on any measure of some offices.
--
-- grain  one row per indicator of which any part has a measure of $offices
select distinct term.indicator
from term
inner join measure on term.measure = measure.code
where list_contains($offices::varchar[], measure.office)
