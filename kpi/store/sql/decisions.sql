-- Decisions in log order.
--
-- grain    one row per decision
-- columns  in the order of the dataclass
-- null     $period: any
select
    decision.act,
    decision.period,
    decision.office,
    decision.submission,
    decision.decided_by,
    decision.decided_at,
    decision.reason,
    decision.seq,
    decision.org
from decision
where $period::date is null or decision.period = $period::date
order by decision.seq
