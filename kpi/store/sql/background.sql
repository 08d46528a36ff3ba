-- The figures of an organisation and some months that a report is checked against.
--
-- grain    one row per measure and month of $periods in which it was reported; a carried figure was not; of
--          $offices of $org alone, or of every office of it when $offices is null
-- columns  month: of a flow the single month, of a stock, a standard or a typed rate the level
-- null     ytd: there is no number, and state says why; month: not known
-- words    how a number is meant is said of a number alone: what hides it is not 约
select
    figure.period,
    figure.measure,
    figure.ytd,
    figure.ytd_state,
    figure.decimals,
    figure.as_of,
    figure.month,
    case when figure.ytd is null then '=' else figure.qualifier end as qualifier
from figure
inner join (select unnest($periods::date[]) as period) as asked on figure.period = asked.period
where
    figure.org = $org
    and not figure.carried
    and figure.ytd_state <> '未报'
    and ($offices::varchar[] is null or list_contains($offices::varchar[], figure.office))
order by figure.measure, figure.period
