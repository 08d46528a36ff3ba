-- The cumulative figures of three months, which a report of the last of them is checked against.
--
-- grain    one row per measure and month of $periods in which it was reported; a carried figure was not
-- null     ytd: there is no number, and state says why
select
    figure.period,
    figure.measure,
    figure.ytd,
    figure.ytd_state,
    figure.decimals,
    figure.as_of
from figure
inner join (select unnest($periods::date[]) as period) as asked on figure.period = asked.period
where not figure.carried and figure.ytd_state <> '未报'
