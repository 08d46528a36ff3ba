-- One number of every value of a table, so that each block of it is read.
--
-- from   entire: all rows of the table
-- grain  one row
select bit_xor(hash(entire)) as checksum
from entire
