#!/usr/bin/env bash
# `holidays` counts working days of a Chinese year whose days off nobody knows yet, without a word; chinesecalendar refuses.
#
# One would guess: which Saturdays and Sundays are worked in China stands in a notice that comes out late in each year
# for the next, so a package either does not answer for a later year or marks its answer as an estimate.
# What happens: with the notice for 2027 not in either package, chinesecalendar raises NotImplementedError.  `holidays`
# answers from the law alone (its `end_year` is 2100): no make-up working day and no exchanged day off in all of 2027, against
# five to eight of each in every year from 2014 to 2026.  The answer is a plain date, as for a published year.
# Why it matters: the end of a term of 45 working days that runs over the year's end is given to the day, and moves when the
# notice comes.  What can be asked is whether the year has any make-up working day at all (`weekend_workdays`).
# Seen 2026-11-27 with holidays 0.109, chinesecalendar 1.11.0.
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0 2>pip.log || { cat pip.log >&2; exit 1; }

cat >read.py <<'PY'
from datetime import date
from importlib.metadata import version

import chinese_calendar
import holidays

china = holidays.China(years=range(2014, 2028))
print(f"holidays {version('holidays')}: end_year {china.end_year}")
for year in range(2014, 2028):
    worked = sum(day.year == year for day in china.weekend_workdays)
    exchanged = sum(day.year == year and "substituted" in name for day, name in china.items())
    print(f"    {year}: {worked} make-up working days, {exchanged} exchanged days off")
start = date(2026, 12, 14)
end = china.get_nth_working_day(start, 45)
print(f"    45 working days from {start}: {type(end).__name__} {end}")
print(f"chinesecalendar {version('chinesecalendar')}")
try:
    print(chinese_calendar.find_workday(45, start))
except NotImplementedError as error:
    print(f"    45 working days from {start}: NotImplementedError: {error}")
PY

cat >stated <<'END'
holidays 0.109: end_year 2100
    2014: 5 make-up working days, 5 exchanged days off
    2015: 5 make-up working days, 5 exchanged days off
    2016: 6 make-up working days, 6 exchanged days off
    2017: 5 make-up working days, 5 exchanged days off
    2018: 7 make-up working days, 7 exchanged days off
    2019: 6 make-up working days, 6 exchanged days off
    2020: 6 make-up working days, 6 exchanged days off
    2021: 7 make-up working days, 7 exchanged days off
    2022: 7 make-up working days, 7 exchanged days off
    2023: 7 make-up working days, 7 exchanged days off
    2024: 8 make-up working days, 8 exchanged days off
    2025: 5 make-up working days, 5 exchanged days off
    2026: 6 make-up working days, 6 exchanged days off
    2027: 0 make-up working days, 0 exchanged days off
    45 working days from 2026-12-14: date 2027-02-22
chinesecalendar 1.11.0
    45 working days from 2026-12-14: NotImplementedError: no available data for year 2027, only year between [2004, 2026] supported
END
venv/bin/python read.py | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
