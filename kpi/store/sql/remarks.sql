-- What has to be said beside the figures of an organisation: adjustments, that there was nothing to count, restated bases.
--
-- grain    one row per measure and month from $first to $last with any of them, ascending by month
-- columns  measure, period, word, idle_months (as bits, see figure.sql) and their word, adjustment and the number of the submission that
--          brought it; stated, recorded
--          and the number of the submission that restates the base.  Who and why: submitters.sql
-- null     where there is no word, no adjustment, or no restated base
select
    measure,
    period,
    word,
    idle_months,
    idle_word,
    adjustment,
    seq,
    stated,
    recorded,
    prior_seq
from remarkable
where
    org = $org
    and period between $first and $last
order by period
