-- The months of which an office's sheet is in force and says nothing of a measure whose blanks count as 0; none of months in which there is
-- no such organisation.
--
-- grain    one row per organisation, measure of the offices in scope with that setting, and month from that on in which they changed
-- columns  seq, as_of: the number of the sheet, and the day to which what stands on it runs
-- sheet    the submission of the office's own template; a ledger is none.  What any submission in force states is no blank
select
    sheet.org,
    measure.office,
    measure.code as measure,
    sheet.period,
    sheet.seq,
    coalesce(max(case when fact.state <> '未报' then fact.as_of end), max(fact.as_of)) as as_of
from changed
inner join measure on changed.office = measure.office and measure.blank_is_zero
inner join counting as sheet
    on
        changed.org = sheet.org
        and measure.office = sheet.office
        and measure.template = sheet.template
        and changed.since <= sheet.period
        and reporting_year(changed.since) = reporting_year(sheet.period)
inner join fact on sheet.seq = fact.seq and fact.header <> 'prior'
left join organisation on sheet.org = organisation.code
left join (
    select distinct
        spoken.org,
        spoken.measure,
        spoken.period
    from fact as spoken
    inner join counting on spoken.seq = counting.seq and spoken.period = counting.period
    inner join measure as counted on spoken.measure = counted.code and counted.blank_is_zero
    where spoken.header <> 'prior' and spoken.state <> '未报'
) as stated on sheet.org = stated.org and measure.code = stated.measure and sheet.period = stated.period
where
    stated.org is null
    and coalesce(sheet.period >= organisation.first, true)
    and coalesce(sheet.period <= organisation.last, true)
group by sheet.org, measure.office, measure.code, sheet.period, sheet.seq
