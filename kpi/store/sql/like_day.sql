-- Last year's figures to the same day, where those of the same month run to another one.
--
-- grain    one row per organisation of $leaves, measure of $indicators and point of $ends of which the same month last year runs to
--          another day, or lacks months; of a flow only where it is cumulative
-- columns  ytd, as_of, qualifier, idle_months: of last year's cumulatives without a gap the one whose day is nearest, the same month and
--          else the earlier first;
--          where the same month has none, only one that runs to the very day
-- 29 February is compared with 28 February
select
    org,
    measure,
    point,
    ytd,
    as_of,
    qualifier,
    idle_months
from (
    select
        figure.org,
        figure.measure,
        figure.period as point,
        ago.ytd,
        ago.as_of,
        ago.qualifier,
        ago.idle_months,
        abs(ago.as_of - cast(figure.as_of - interval '1' year as date)) as apart,
        coalesce(same.missing_months = 0 and not same.carried and same.ytd is not null, false) as there,
        row_number() over (
            partition by figure.org, figure.measure, figure.period
            order by
                abs(ago.as_of - cast(figure.as_of - interval '1' year as date)),
                case when ago.period = same.period then 0 else 1 end,
                ago.period
        ) as place
    from figure
    inner join figure as same
        on
            figure.org = same.org
            and figure.measure = same.measure
            and cast(figure.period - interval '1' year as date) = same.period
            and (
                same.as_of <> cast(figure.as_of - interval '1' year as date)
                or same.carried
                or same.missing_months > 0
            )
    inner join figure as ago
        on
            figure.org = ago.org
            and figure.measure = ago.measure
            and reporting_year(figure.period) - 1 = reporting_year(ago.period)
            and ago.ytd is not null
            and not ago.carried
            and ago.missing_months = 0
    where
        ($cumulative or figure.kind <> 'flow')
        and figure.org in (select unnest($leaves::varchar[]))
        and figure.period in (select unnest($ends::date[]))
        and figure.prior is null
        and not figure.carried
        and figure.measure in (
            select term.measure from term
            where list_contains($indicators::varchar[], term.indicator)
        )
) as ranked
where place = 1 and (there or apart = 0)
