-- The parts of organisations that have others below them: the sums of what those report.
--
-- grain    one row per organisation of $nodes, indicator and month of $points that any organisation below it has
-- columns  as part.sql has them.  Only those below that have every part are summed: a numerator whose denominator is missing
--          would make a rate of two different sets.  leaves: how many report below it; counted: how many of them are in
--          the sums; compared: how many are in like_ and prior_, which hold the same organisations in both years
--          reported, own_: null, a rate typed and a base restated by an office are nobody else's
--          month_     of the organisations that are in the sums, null unless each of those has it
--          failed, total, before_, year_end  null unless all of those below have them; year_end also unless all are counted
select
    node as org,
    indicator,
    period,
    cast(sum(numerator) filter (where counted = 1) as decimal(22, 6)) as numerator,
    cast(sum(denominator) filter (where counted = 1) as decimal(22, 6)) as denominator,
    cast(case when count(failed) = count(*) then sum(failed) end as decimal(22, 6)) as failed,
    cast(case when count(total) = count(*) then sum(total) end as decimal(22, 6)) as total,
    cast(null as decimal(22, 6)) as reported,
    max(reason) as reason,
    min(as_of) filter (where counted = 1) as as_of,
    max(as_of_latest) filter (where counted = 1) as as_of_latest,
    min(base_as_of) filter (where counted = 1) as base_as_of,
    min(counted_to) filter (where counted = 1) as counted_to,
    max(gaps) as gaps,
    cast(case when not bool_or(month_lacking) then sum(month_numerator) filter (where counted = 1) end as decimal(22, 6)) as month_numerator,
    cast(case when not bool_or(month_lacking) then sum(month_denominator) filter (where counted = 1) end as decimal(22, 6)) as month_denominator,
    cast(case when count(*) filter (where month_known and before_known) = count(*) then sum(before_numerator) end as decimal(22, 6)) as before_numerator,
    cast(case when count(*) filter (where month_known and before_known) = count(*) then sum(before_denominator) end as decimal(22, 6)) as before_denominator,
    cast(sum(prior_numerator) filter (where compared = 1) as decimal(22, 6)) as prior_numerator,
    cast(sum(prior_denominator) filter (where compared = 1) as decimal(22, 6)) as prior_denominator,
    cast(null as decimal(22, 6)) as own_numerator,
    cast(null as decimal(22, 6)) as own_denominator,
    cast(case when sum(counted) = count(*) and count(year_end) = count(*) then sum(year_end) end as decimal(22, 6)) as year_end,
    cast(sum(numerator) filter (where compared = 1) as decimal(22, 6)) as like_numerator,
    cast(sum(denominator) filter (where compared = 1) as decimal(22, 6)) as like_denominator,
    min(prior_as_of) filter (where compared = 1) as prior_as_of,
    max(prior_reason) as prior_reason,
    min(prior_counted_to) filter (where compared = 1) as prior_counted_to,
    max(before_reason) as before_reason,
    min(before_counted_to) as before_counted_to,
    bool_or(divided) as divided,
    cast(count(*) as integer) as leaves,
    cast(sum(counted) as integer) as counted,
    cast(sum(compared) as integer) as compared
from (
    select
        below.node,
        part.*,
        part.month_numerator is not null and (part.month_denominator is not null or not part.divided) as month_known,
        part.counted = 1
        and (part.month_numerator is null or (part.month_denominator is null and part.divided)) as month_lacking,
        part.before_numerator is not null and (part.before_denominator is not null or not part.divided) as before_known
    from part
    inner join below on part.org = below.leaf
    where
        below.node in (select unnest($nodes::varchar[]))
        and part.period in (select unnest($points::date[]))
) as leaf
group by node, indicator, period
