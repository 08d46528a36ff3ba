-- What the stored submissions name, in force or not: codes that keep their meaning for ever.
--
-- grain    one row per noun and code
-- columns  noun: measure, office, org or template (the ledger of a submission, or its form)
select distinct
    'measure' as noun,
    measure as code
from fact
union
select distinct
    'office' as noun,
    office as code
from submission
union
select distinct
    'org' as noun,
    org as code
from submission
union
select distinct
    'ledger' as noun,
    template as code
from submission
