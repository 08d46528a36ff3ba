-- What has to be said beside the figures of an organisation in a year: adjustments, months without a number, restated bases.
--
-- grain    one row per measure and month of the year $first to $last with any of them, ascending by month
-- columns  measure, period, missing, known, adjustment and, of the submission that brought it, its number, note, who and when;
--          stated, recorded and the same of the submission that restates the base
-- null     where there is no adjustment, or no restated base
select
    remarkable.measure,
    remarkable.period,
    remarkable.missing,
    remarkable.known,
    remarkable.adjustment,
    adjusting.seq as adjusted_in,
    adjusting.note as adjusted_note,
    adjusting.submitted_by as adjusted_by,
    adjusting.submitted_at as adjusted_at,
    remarkable.stated,
    remarkable.recorded,
    restating.seq as restated_in,
    restating.note as restated_note,
    restating.submitted_by as restated_by,
    restating.submitted_at as restated_at
from remarkable
left join submission as adjusting on remarkable.seq = adjusting.seq
left join submission as restating on remarkable.prior_seq = restating.seq
where
    remarkable.org = $org
    and remarkable.period between $first and $last
order by remarkable.period
