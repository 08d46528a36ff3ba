-- The parts of organisations that have others below them: the sums of what those have.
--
-- grain    one row per organisation of $nodes, indicator of $indicators and month of $points that any organisation below it has
-- from     $direct: what its parts are added up from (addend), whose own parts have to be there; else all below it that report.  The sums
--          are the same, since each of them adds up: a sum of sums, the most of the most, lacking where any below lacks
-- columns  as part.sql has them.  Only those that have every part are summed: a numerator whose denominator is missing
--          would make a rate of two different sets.  leaves: how many report below it; counted: how many of them are in
--          the sums; compared: how many are in like_ and prior_, which hold the same organisations, and of each the same months, in both years;
--          like_: null where it is the span itself of all that count
--          leaves 0: who does not stand below it now, but did a year ago: its figures are last year's alone.  prior_leaves: how many did
--          base_unlike, days_apart, results_open: of any in the sums; and whether only some of them tell how much was taken
--          known: of a sum what is known of it, those that do not tell theirs (未公开, 在检/在办) among them; null where all do
--          reported, own_: null, a rate typed and a base restated by an office are nobody else's
--          missing, base_missing, prior_missing: the months that any of them lacks; gapped, prior_gapped: how many lack any
--          month_     of the organisations that are in the sums, null unless each of those has it
--          before_    null unless all are in the sums and have both the month and the one before it
--          failed, total, year_end, whole_denominator  null unless all are in the sums and have them
select
    node as org,
    indicator,
    period,
    cast(sum(numerator) filter (where counted > 0) as decimal(22, 6)) as numerator,
    cast(sum(denominator) filter (where counted > 0) as decimal(22, 6)) as denominator,
    cast(case when bool_and(counted = leaves and failed is not null) then sum(failed) end as decimal(22, 6)) as failed,
    cast(case when bool_and(counted = leaves and total is not null) then sum(total) end as decimal(22, 6)) as total,
    cast(null as decimal(22, 6)) as reported,
    max(reason) as reason,
    min(as_of) filter (where counted > 0) as as_of,
    max(as_of_latest) filter (where counted > 0) as as_of_latest,
    min(base_as_of) filter (where counted > 0) as base_as_of,
    min(counted_to) filter (where counted > 0) as counted_to,
    cast(coalesce(bit_or(missing) filter (where counted > 0), 0) as integer) as missing,
    cast(coalesce(bit_or(base_missing) filter (where counted > 0), 0) as integer) as base_missing,
    case count(distinct numerator_qualifier) filter (where counted > 0 and numerator_qualifier <> '=')
        when 0 then '='
        when 1 then max(numerator_qualifier) filter (where counted > 0 and numerator_qualifier <> '=')
        else '≈'
    end as numerator_qualifier,
    case count(distinct denominator_qualifier) filter (where counted > 0 and denominator_qualifier <> '=')
        when 0 then '='
        when 1 then max(denominator_qualifier) filter (where counted > 0 and denominator_qualifier <> '=')
        else '≈'
    end as denominator_qualifier,
    bool_or(counted > 0 and base_unlike) as base_unlike,
    cast(coalesce(bit_or(days_apart) filter (where counted > 0), 0) as tinyint) as days_apart,
    bool_or(counted > 0 and results_open)
    or (bool_or(counted > 0 and total is not null) and not bool_and(counted = leaves and total is not null)) as results_open,
    cast(
        case
            when not bool_or(divided) and count(known) > 0
                then sum(coalesce(known, case when numerator_qualifier in ('=', '≥') then numerator else 0 end))
        end as decimal(22, 6)
    ) as known,
    cast(case when bool_and(counted = leaves and whole_denominator is not null) then sum(whole_denominator) end as decimal(22, 6)) as whole_denominator,
    cast(sum(exposure) filter (where counted > 0) as decimal(26, 6)) as exposure,
    cast(sum(whole_exposure) filter (where counted > 0) as decimal(26, 6)) as whole_exposure,
    cast(case when not bool_or(month_lacking) then sum(month_numerator) filter (where counted > 0) end as decimal(22, 6)) as month_numerator,
    cast(case when not bool_or(month_lacking) then sum(month_denominator) filter (where counted > 0) end as decimal(22, 6)) as month_denominator,
    cast(case when bool_and(before_whole) then sum(before_numerator) end as decimal(22, 6)) as before_numerator,
    cast(case when bool_and(before_whole) then sum(before_denominator) end as decimal(22, 6)) as before_denominator,
    cast(case when sum(compared) > 0 and sum(prior_leaves) > 0 then sum(prior_numerator) filter (where then_too) end as decimal(22, 6)) as prior_numerator,
    cast(case when sum(compared) > 0 and sum(prior_leaves) > 0 then sum(prior_denominator) filter (where then_too) end as decimal(22, 6)) as prior_denominator,
    cast(null as decimal(22, 6)) as own_numerator,
    cast(null as decimal(22, 6)) as own_denominator,
    cast(case when bool_and(counted = leaves and year_end is not null) then sum(year_end) end as decimal(22, 6)) as year_end,
    cast(
        case
            when count(like_numerator) filter (where compared > 0) > 0 or sum(compared) < sum(counted)
                then sum(coalesce(like_numerator, numerator)) filter (where compared > 0)
        end as decimal(22, 6)
    ) as like_numerator,
    cast(
        case
            when count(like_numerator) filter (where compared > 0) > 0 or sum(compared) < sum(counted)
                then sum(coalesce(like_denominator, denominator)) filter (where compared > 0)
        end as decimal(22, 6)
    ) as like_denominator,
    cast(sum(prior_exposure) filter (where then_too) as decimal(26, 6)) as prior_exposure,
    cast(sum(coalesce(like_exposure, exposure)) filter (where compared > 0) as decimal(26, 6)) as like_exposure,
    min(prior_as_of) filter (where then_too) as prior_as_of,
    cast(case when sum(prior_leaves) = 0 then any_value(not_applicable.weight) else max(prior_reason) end as tinyint) as prior_reason,
    cast(coalesce(bit_or(prior_missing) filter (where then_too), 0) as integer) as prior_missing,
    case when bool_and(prior_qualifier = '=' or not then_too) then '=' else '≈' end as prior_qualifier,
    max(before_reason) as before_reason,
    min(before_counted_to) as before_counted_to,
    bool_or(divided) as divided,
    cast(sum(leaves) as integer) as leaves,
    cast(sum(counted) as integer) as counted,
    cast(sum(compared) as integer) as compared,
    cast(sum(gapped) as integer) as gapped,
    cast(sum(prior_gapped) as integer) as prior_gapped,
    cast(sum(prior_leaves) as integer) as prior_leaves
from (
    select
        tree.node,
        part.*,
        part.month_numerator is not null and (part.month_denominator is not null or not part.divided) as month_known,
        part.before_numerator is not null and (part.before_denominator is not null or not part.divided) as before_known,
        part.counted > 0 and not month_known as month_lacking,
        part.counted = part.leaves and month_known and before_known as before_whole,
        part.compared > 0 or (part.leaves = 0 and part.prior_leaves > 0) as then_too
    from part
    inner join (
        select
            node,
            leaf as org
        from below
        where not $direct
        union all
        select
            node,
            org
        from addend
        where $direct
    ) as tree on part.org = tree.org
    where
        tree.node in (select unnest($nodes::varchar[]))
        and part.period in (select unnest($points::date[]))
        and list_contains($indicators::varchar[], part.indicator)
) as addends
inner join state as not_applicable on not_applicable.word = '不适用'
group by node, indicator, period
