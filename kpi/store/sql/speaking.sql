-- Of figures in force those that speak: should several submissions state one, a sheet and a ledger, which of them says it is decided here alone.
--
-- from   in_question: the figures of submissions that count; what is not asked about has to be left out there.  As a view of the database
--        over all figures the same rule took three to four times as long for one month of one bureau of a hundred
-- grain  one row per organisation, measure, month and header: of those that state something the last in the log, else the last; what
--        one leaves blank does not silence the other
select figure.*
from in_question as figure
inner join (
    select
        org,
        measure,
        period,
        header,
        coalesce(max(case when state <> '未报' then seq end), max(seq)) as seq
    from in_question
    group by org, measure, period, header
) as latest
    on
        figure.org = latest.org
        and figure.measure = latest.measure
        and figure.period = latest.period
        and figure.header = latest.header
        and figure.seq = latest.seq
