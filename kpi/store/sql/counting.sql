-- Which submissions of some organisations and offices count.
--
-- grain  one row per submission of $orgs and $offices that counts
select
    org,
    office,
    period,
    template,
    seq
from counting
where
    list_contains($orgs::varchar[], org)
    and list_contains($offices::varchar[], office)
