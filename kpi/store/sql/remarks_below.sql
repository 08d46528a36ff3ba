-- Beside the figures of which organisations below one something has to be said: adjustments, restated bases, that there was nothing to count.
--
-- grain    one row per measure and month from $first to $last with any of them
-- columns  adjusted, restated, idle: the organisations, in no order
select
    remarkable.measure,
    remarkable.period,
    list(remarkable.org) filter (where remarkable.adjustment is not null) as adjusted,
    list(remarkable.org) filter (where remarkable.stated is not null) as restated,
    list(remarkable.org) filter (where remarkable.word is not null or remarkable.idle_months > 0) as idle
from remarkable
inner join below on remarkable.org = below.leaf
where
    below.node = $org
    and remarkable.period between $first and $last
group by remarkable.measure, remarkable.period
