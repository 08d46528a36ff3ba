-- Figures with flows counted from the first month of some months on, as `begun` has them: what stands where `figure` does, should not the
-- year so far be asked about, so that a quarter, or the months in which an organisation stands below another, follow the same rules as a year.
--
-- grain    one row per row of begun: whose figure it becomes, measure and month
-- from     running_sum: what there is up to each month, see running_sums.sql, of what the months of the span bring, see contributions_of_span.sql
-- columns  those of figure; ytd, ytd_state, carried, missing_months, idle_months, qualifier, running, word are of the span up to the month:
--          the sum of its months, or, where one of them is not known, what lies between two cumulatives that lack nothing
--          and the months since the latter; the missing ones are named; running: null where
--          nothing of it is told; of what is hidden the months that are known.  What stands is as it was
-- null     prior: what a base is restated of is the year so far, so of a span that does not begin with the year it is none; of what
--          stands it is, whatever the span
-- words    a month that is 未公开 or 在检/在办 hides the span as it hides the year, until a cumulative is stated again, see figure.sql
select
    org,
    office,
    measure,
    period,
    kind,
    month,
    month_state,
    case when kind <> 'flow' then ytd when hidden is null then total end as ytd,
    case
        when kind <> 'flow' then ytd_state
        when hidden is not null then hidden
        when total = 0 then '零'
        when total is not null then '数值'
        when month_state <> '未报' then month_state
        when ytd_state in ('未开展', '不适用') then ytd_state
        else '未报'
    end as ytd_state,
    carried,
    case when kind <> 'flow' then missing_months else lacking end as missing_months,
    case when kind <> 'flow' then idle_months else idled end as idle_months,
    adjustment,
    base as prior,
    case when restates then prior_state else '未报' end as prior_state,
    case when restates then prior_qualifier else '=' end as prior_qualifier,
    case when restates then prior_seq end as prior_seq,
    as_of,
    decimals,
    case when kind <> 'flow' then qualifier else common_qualifier end as qualifier,
    seq,
    case when kind <> 'flow' then running when hidden is not null then total else coalesce(total, told) end as running,
    case when kind <> 'flow' then word else hidden end as word,
    month_qualifier
from running_sum
