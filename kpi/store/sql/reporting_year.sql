-- Which year a month belongs to, where a year begins with the month $begins: every other statement asks these four.
--
-- reporting_year  the calendar year in which that year begins: of 2024-02 it is 2023 where years begin with September
-- month_of_year   the place of a month in its year, 1 to 12
-- year_opening    the first month of a year; year_closing the last
create or replace macro reporting_year(period) as case when $begins = 1 then year(period) else year(period - to_months($begins - 1)) end;

create or replace macro month_of_year(period) as case when $begins = 1 then month(period) else month(period - to_months($begins - 1)) end;

create or replace macro year_opening(named) as make_date(named, $begins, 1);

create or replace macro year_closing(named) as
case when $begins = 1 then make_date(named, 12, 1) else cast(make_date(named + 1, $begins, 1) - interval '1' month as date) end;
