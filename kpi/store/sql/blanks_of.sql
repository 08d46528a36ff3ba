-- Which measures of an organisation, or of those that report below it, were counted as 0 because their sheet says nothing of them.
--
-- grain    one row per organisation that reports, measure and month from $first to $last in which it stands there
select distinct
    blank.org,
    blank.measure,
    blank.period
from blank
left join (
    select
        coalesce(stay.leaf, below.leaf) as leaf,
        stay.first,
        stay.last
    from below
    left join stay on below.leaf = stay.code
    where below.node = $org
) as standing
    on
        blank.org = standing.leaf
        and coalesce(blank.period >= standing.first, true)
        and coalesce(blank.period <= standing.last, true)
where
    (blank.org = $org or standing.leaf is not null)
    and blank.period between $first and $last
