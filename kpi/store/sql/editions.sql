-- Editions in log order.
--
-- grain    one row per edition
-- columns  in the order of the dataclass
-- null     $period: any
select
    edition.period,
    edition.span,
    edition.title,
    edition.figures,
    edition.known,
    edition.catalog,
    edition.frozen_by,
    edition.frozen_at,
    edition.seq,
    edition.org,
    edition.name
from edition
where $period::date is null or edition.period = $period::date
order by edition.seq
