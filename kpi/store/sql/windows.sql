-- A flow over the last months, over as many that end some months before (ago), or over those since the last time that it was some month
-- (opens), as a figure of the month that is asked about.
--
-- grain    one row per organisation of $leaves, window of $indicators and month around $ends
-- from     counted: what there is from each month on to the end of its year, see begun_windows.sql, spanned.sql: the sum of its months or,
--          where one of them is not known, what lies between two cumulatives.  A window over the end of a year is the rest of last year and this year so far
-- columns  those of figure that parts are summed from; kind: window, which stands at its month as a stock does, and does not add up
--          idle_months: the months that say that there was nothing to count, below 0, so that part.sql knows them from those of a flow
-- null     as_of: of a window that ends before.  ytd: a month of it is not known (未报), or hidden: a window that lacks a month is no figure of so many months;
--          running: likewise, but of what is hidden the months that are known
with

looking as (
    select
        leaf.org,
        derivation.code,
        derivation.measure,
        calendar.period,
        derivation.ago,
        cast(calendar.period - to_months(derivation.ago) as date) as last,
        case
            when derivation.opens > 0 then make_date(year(last) - cast(month(last) < derivation.opens as integer), derivation.opens, 1)
            else cast(last - to_months(derivation.length - 1) as date)
        end as first,
        reporting_year(first) < reporting_year(last) as over_year_end,
        case when over_year_end then year_closing(reporting_year(first)) else last end as closing
    from (select unnest($leaves::varchar[]) as org) as leaf
    cross join (
        select distinct
            derivation.code,
            derivation.measure,
            derivation.length,
            derivation.ago,
            derivation.opens
        from derivation
        inner join term on derivation.code = term.measure
        where derivation.rule = 'window' and list_contains($indicators::varchar[], term.indicator)
    ) as derivation
    inner join calendar
        on
            calendar.period >= cast(list_min($starts::date[]) - interval '2' year as date)
            and calendar.period <= list_max($ends::date[])
),

joined as (
    select
        looking.*,
        tail.period is null or tail.missing_months <> 0 or (looking.over_year_end and own.missing_months <> 0) as lacks,
        case when looking.over_year_end then own.word end as own_word,
        case when '未公开' in (tail.word, own_word) then '未公开' else coalesce(tail.word, own_word) end as hidden,
        case when looking.over_year_end then own.running end as own_running,
        coalesce(tail.running, own_running) is not null as counted,
        cast(coalesce(tail.running, 0) + coalesce(own_running, 0) as decimal(22, 6)) as known,
        coalesce(tail.idle_months, 0) | case when looking.over_year_end then own.idle_months else 0 end as idle,
        case when looking.over_year_end then own.qualifier else '=' end as own_qualifier,
        case when tail.qualifier = '=' then own_qualifier when own_qualifier in ('=', tail.qualifier) then tail.qualifier else '≈' end as qualifier,
        case when tail.ytd_state in ('未开展', '不适用') then tail.ytd_state else '未开展' end as idle_word,
        case when looking.ago = 0 then own.as_of end as as_of
    from looking
    left join main.figure as own on looking.org = own.org and looking.measure = own.measure and looking.last = own.period
    left join counted as tail
        on concat(looking.org, ' ', looking.first) = tail.org and looking.measure = tail.measure and looking.closing = tail.period
)

select
    org,
    code as measure,
    period,
    'window' as kind,
    case when not lacks and hidden is null and counted then known end as ytd,
    case
        when hidden is not null then hidden
        when lacks then '未报'
        when not counted then case when idle > 0 then idle_word else '未报' end
        when known = 0 then '零'
        else '数值'
    end as ytd_state,
    ytd as month,
    ytd_state as month_state,
    false as carried,
    0 as missing_months,
    cast(-idle as integer) as idle_months,
    cast(null as decimal(22, 6)) as prior,
    '=' as prior_qualifier,
    as_of,
    coalesce(qualifier, '=') as qualifier,
    case when counted and (hidden is not null or not lacks) then known end as running,
    hidden as word
from joined
