-- The figures beside which something has to be said: an adjustment, words that there was nothing to count, a base restated.
--
-- grain    one row per organisation of $orgs, measure and month of $points with any of the three
-- columns  word: 未开展 or 不适用, where that is said of all of the year so far; idle_months: the months of which it is said
--          within a year that has a number, as bits, see figure.sql; idle_word: which of the two they say
--          adjustment, seq: 调整数 and the submission that brought it
--          stated, recorded, prior_seq: 上年同期 as the office states it, as the store recorded it, and who restates it
-- null     word; idle_word; adjustment, seq; stated, recorded, prior_seq: nothing of the kind
select
    figure.org,
    figure.measure,
    figure.period,
    case when figure.ytd_state in ('未开展', '不适用') then figure.ytd_state end as word,
    case when figure.ytd is not null then figure.idle_months else 0 end as idle_months,
    case
        when figure.ytd is not null and figure.idle_months > 0
            then case when idle.first_word = idle.last_word then idle.first_word else '未开展或不适用' end
    end as idle_word,
    nullif(figure.adjustment, 0) as adjustment,
    case when figure.adjustment <> 0 then figure.seq end as seq,
    case when figure.prior <> base.ytd then figure.prior end as stated,
    case when figure.prior <> base.ytd then base.ytd end as recorded,
    case when figure.prior <> base.ytd then figure.prior_seq end as prior_seq
from figure
left join (
    select
        recorded.org,
        recorded.measure,
        cast(recorded.period + interval '1' year as date) as period,
        recorded.ytd
    from figure as recorded
    where
        recorded.org in (select unnest($orgs::varchar[]))
        and recorded.period in (select cast(unnest($points::date[]) - interval '1' year as date))
        and not recorded.carried
) as base
    on
        figure.org = base.org
        and figure.measure = base.measure
        and figure.period = base.period
        and figure.prior is not null
left join (
    select
        later.org,
        later.measure,
        later.period,
        min(spoken.month_state) as first_word,
        max(spoken.month_state) as last_word
    from figure as later
    inner join figure as spoken
        on
            later.org = spoken.org
            and later.measure = spoken.measure
            and reporting_year(later.period) = reporting_year(spoken.period)
            and later.period >= spoken.period
            and spoken.month_state in ('未开展', '不适用')
    where
        later.idle_months > 0
        and later.org in (select unnest($orgs::varchar[]))
        and later.period in (select unnest($points::date[]))
    group by later.org, later.measure, later.period
) as idle
    on
        figure.org = idle.org
        and figure.measure = idle.measure
        and figure.period = idle.period
where
    figure.org in (select unnest($orgs::varchar[]))
    and figure.period in (select unnest($points::date[]))
    and (
        figure.adjustment <> 0
        or figure.prior <> base.ytd
        or figure.ytd_state in ('未开展', '不适用')
        or (figure.ytd is not null and figure.idle_months > 0)
    )
