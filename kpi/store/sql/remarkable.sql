-- The figures beside which something has to be said: an adjustment, months that the cumulative lacks, a base restated.
--
-- grain    one row per organisation of $orgs, measure and month of $points with any of the three
-- columns  missing: months without a number since the last stated cumulative, of a flow; known: there is a cumulative
--          adjustment, seq: 调整数 and the submission that brought it
--          stated, recorded, prior_seq: 上年同期 as the office states it, as the store recorded it, and who restates it
-- null     adjustment, seq; stated, recorded, prior_seq: nothing of the kind
select
    figure.org,
    figure.measure,
    figure.period,
    case when figure.kind = 'flow' then figure.missing else 0 end as missing,
    figure.ytd is not null as known,
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
where
    figure.org in (select unnest($orgs::varchar[]))
    and figure.period in (select unnest($points::date[]))
    and (figure.adjustment <> 0 or (figure.kind = 'flow' and figure.missing > 0) or figure.prior <> base.ytd)
