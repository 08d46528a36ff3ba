-- The organisations that stand below another in some months alone.
--
-- grain  one row per organisation
select distinct leaf
from stay
