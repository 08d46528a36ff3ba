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
    cast(sum(case when counted > 0 then numerator end) as decimal(22, 6)) as numerator,
    cast(sum(case when counted > 0 then denominator end) as decimal(22, 6)) as denominator,
    cast(case when bool_and(counted = leaves and failed is not null) then sum(failed) end as decimal(22, 6)) as failed,
    cast(case when bool_and(counted = leaves and total is not null) then sum(total) end as decimal(22, 6)) as total,
    cast(null as decimal(22, 6)) as reported,
    max(reason) as reason,
    min(case when counted > 0 then as_of end) as as_of,
    max(case when counted > 0 then as_of_latest end) as as_of_latest,
    min(case when counted > 0 then base_as_of end) as base_as_of,
    min(case when counted > 0 then counted_to end) as counted_to,
    cast(coalesce(bit_or(case when counted > 0 then missing end), 0) as integer) as missing,
    cast(coalesce(bit_or(case when counted > 0 then base_missing end), 0) as integer) as base_missing,
    case
        when min(numerator_meant) is null then '='
        when min(numerator_meant) = max(numerator_meant) then min(numerator_meant)
        else '≈'
    end as numerator_qualifier,
    case
        when min(denominator_meant) is null then '='
        when min(denominator_meant) = max(denominator_meant) then min(denominator_meant)
        else '≈'
    end as denominator_qualifier,
    bool_or(counted > 0 and base_unlike) as base_unlike,
    cast(coalesce(bit_or(case when counted > 0 then days_apart end), 0) as tinyint) as days_apart,
    bool_or(counted > 0 and results_open)
    or (bool_or(counted > 0 and total is not null) and not bool_and(counted = leaves and total is not null)) as results_open,
    cast(
        case
            when not bool_or(divided) and count(known) > 0
                then sum(coalesce(known, case when numerator_qualifier in ('=', '≥') then numerator else 0 end))
        end as decimal(22, 6)
    ) as known,
    cast(case when bool_and(counted = leaves and whole_denominator is not null) then sum(whole_denominator) end as decimal(22, 6)) as whole_denominator,
    cast(sum(case when counted > 0 then exposure end) as decimal(26, 6)) as exposure,
    cast(sum(case when counted > 0 then whole_exposure end) as decimal(26, 6)) as whole_exposure,
    cast(case when not bool_or(month_lacking) then sum(case when counted > 0 then month_numerator end) end as decimal(22, 6)) as month_numerator,
    cast(case when not bool_or(month_lacking) then sum(case when counted > 0 then month_denominator end) end as decimal(22, 6)) as month_denominator,
    cast(case when bool_and(before_whole) then sum(before_numerator) end as decimal(22, 6)) as before_numerator,
    cast(case when bool_and(before_whole) then sum(before_denominator) end as decimal(22, 6)) as before_denominator,
    cast(
        case when sum(compared) > 0 and sum(prior_leaves) > 0 then sum(case when then_too then prior_numerator end) end as decimal(22, 6)
    ) as prior_numerator,
    cast(
        case when sum(compared) > 0 and sum(prior_leaves) > 0 then sum(case when then_too then prior_denominator end) end as decimal(22, 6)
    ) as prior_denominator,
    cast(null as decimal(22, 6)) as own_numerator,
    cast(null as decimal(22, 6)) as own_denominator,
    cast(case when bool_and(counted = leaves and year_end is not null) then sum(year_end) end as decimal(22, 6)) as year_end,
    cast(
        case
            when count(case when compared > 0 then like_numerator end) > 0 or sum(compared) < sum(counted)
                then sum(case when compared > 0 then coalesce(like_numerator, numerator) end)
        end as decimal(22, 6)
    ) as like_numerator,
    cast(
        case
            when count(case when compared > 0 then like_numerator end) > 0 or sum(compared) < sum(counted)
                then sum(case when compared > 0 then coalesce(like_denominator, denominator) end)
        end as decimal(22, 6)
    ) as like_denominator,
    cast(sum(case when then_too then prior_exposure end) as decimal(26, 6)) as prior_exposure,
    cast(sum(case when compared > 0 then coalesce(like_exposure, exposure) end) as decimal(26, 6)) as like_exposure,
    min(case when then_too then prior_as_of end) as prior_as_of,
    cast(case when sum(prior_leaves) = 0 then any_value(not_applicable.weight) else max(prior_reason) end as tinyint) as prior_reason,
    cast(coalesce(bit_or(case when then_too then prior_missing end), 0) as integer) as prior_missing,
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
        case when part.counted > 0 then nullif(part.numerator_qualifier, '=') end as numerator_meant,
        case when part.counted > 0 then nullif(part.denominator_qualifier, '=') end as denominator_meant,
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
