-- The parts of organisations over any span: of those above others their sums, of one that reports its own.
--
-- from   rolled: the sums, see rollup.sql; part: the parts of all that report at or below them
-- grain  one row per organisation of $nodes, indicator and month
select * from rolled
union all
select * from part
where org in (select unnest($nodes::varchar[]))
