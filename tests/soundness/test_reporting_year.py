"""A year that begins in September: where a calendar year would count silently from January, compare with the wrong course or pace by the wrong days."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpi.catalog import load
from kpi.catalog.plain_tables import documents_of
from kpi.compute.row import BoardRow, Status
from kpi.errors import CatalogError
from kpi.figures.indicators import indicators
from kpi.filing.intake import Outcome, Upload, prepare
from kpi.period import CALENDAR_YEAR, Month, ReportingYear, Span, months
from kpi.present import day_words
from kpi.review.board import board
from kpi.review.series import series
from kpi.review.source import source
from tests.bureaus import Small, opened, write
from tests.kpi.filing.filed_sheets import TODAY, Filing, asked, filing
from tests.soundness.catalog import BUREAU, QUALITY, files, indicator, measure, target

SCHOOL_YEAR = ReportingYear(9)
MORE = [
    measure("hours", "每户次工时", "小时", "standard", decimals=1),
    indicator("kept", "净增户数", "shops - shops@year_start", unit="户"),
    indicator("quarterly", "近 3 个月检验批次", "tested@last_3m", unit="批次"),
    indicator("worked", "检查工时", "inspected * hours", unit="小时"),
]
TARGETS = {
    2023: target("tested", "annual", "120", 10) + target("fines", "annual", "78", 1, monthly="@") + target("coverage", "progress", "100", 10, pace="months")
}
_PLAN = "monthly = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"


def catalog_files(begins: int) -> dict[str, str]:
    made = files(TARGETS, "\n".join([QUALITY, *MORE]))
    made["targets/2023.toml"] = made["targets/2023.toml"].replace('monthly = "@"', _PLAN)
    return made | {"bureau.toml": BUREAU + f"year_begins = {begins}\n"}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Filing]:
    """A bureau whose year begins in September, with the school year before."""
    with filing(tmp_path, catalog_files(9)) as bureau:
        for period, tested in (("2022-11", "– 30"), ("2023-02", "– 50"), ("2023-08", "– 100")):
            bureau.file(period, tested=tested)
        yield bureau


def row(school: Filing, code: str, period: str, span: Span = Span.YTD) -> BoardRow:
    return {found.indicator: found for found in board(school.bureau, Month.parse(period), span)}[code]


def test_a_cumulative_goes_over_new_year_and_begins_anew_in_september(school: Filing) -> None:
    """10, 20, then 45 in all, December not reported, 5 in January, 70 in all in February: 10, 30, 45, 45, 50 (lacks December), 70; 7 in September."""
    for period, tested in (("2023-09", "10"), ("2023-10", "20"), ("2023-11", "– 45"), ("2024-01", "5"), ("2024-02", "– 70"), ("2024-09", "7 7")):
        school.file(period, tested=tested)

    points = series(school.bureau, "tested", Month(2023, 9), Month(2024, 2)).points
    assert [point.value for point in points] == [10, 30, 45, 45, 50, 70]
    january, february = row(school, "tested", "2024-01"), row(school, "tested", "2024-02")
    assert january.caveats.missing == (Month(2023, 12),)
    assert february.caveats.missing == ()
    assert row(school, "tested", "2024-09").figure.value == 7
    assert {(cell.period, cell.cell != "") for cell in source(school.bureau, "tested", Month(2024, 1)) if cell.value.number} >= {
        (Month(2024, 1), True),
        (Month(2023, 11), True),
    }


def test_it_is_compared_with_the_same_months_of_the_school_year_before(school: Filing) -> None:
    """45 against 30 in November, 70 against 50 in February: 50 % and 40 % more; the quarter from December brought 25, the half-year 70."""
    school.file("2023-11", tested="– 45")
    school.file("2024-02", tested="– 70")

    assert row(school, "tested", "2023-11").last_year.yoy == 50
    assert row(school, "tested", "2024-02").last_year.yoy == 40
    assert row(school, "tested", "2024-02", Span.QUARTER).figure.value == 25
    assert row(school, "tested", "2024-02", Span.HALF).figure.value == 70


def test_pace_and_plan_go_by_the_days_and_months_of_the_school_year(school: Filing) -> None:
    """
    91 of the 366 days from September 2023 to August 2024 by 30 November; a plan of 1, 2, 3 … from September on asks for 6 of 78 by then.

    In February, 182 days on, 120 × 182 ÷ 366 = 59.67 are due: 70 is on the way, though 50 would be enough with a year from January (60 of 366 days).
    """
    school.file("2023-11", tested="– 45", fines="– 6")
    school.file("2024-02", tested="– 58", fines="– 20.5")

    assert row(school, "tested", "2023-11").target.pace == D(91 * 100) / D(366)
    assert row(school, "fines", "2023-11").target.gap == 0
    assert (row(school, "fines", "2024-02").target.gap, row(school, "fines", "2024-02").status) == (D("0.5"), Status.BEHIND)
    assert row(school, "tested", "2024-02").target.pace == D(182 * 100) / D(366)
    assert row(school, "fines", "2024-02", Span.MONTH).target.value == 6


def test_what_stood_before_the_year_is_what_stood_in_august(school: Filing) -> None:
    """980 in August 2023: 1,030 in November and 1,000 in February are 50 and 20 more."""
    for period, shops in (("2023-08", "– 980"), ("2023-11", "– 1030"), ("2023-12", "– 1040"), ("2024-02", "– 1000")):
        school.file(period, shops=shops)

    assert [row(school, "kept", period).figure.value for period in ("2023-11", "2024-02")] == [50, 20]
    assert row(school, "shops", "2024-02").last_year.year_end_value == 980


def test_sheets_are_checked_against_the_school_year(school: Filing) -> None:
    """A cumulative may not fall in January, has to begin anew in September; a day of last September is of this year, one of August is not."""
    school.file("2023-11", tested="– 45")
    school.file("2024-07", tested="– 90")
    school.file("2024-08", tested="– 110")

    assert [code for code, _ in asked(school.check("2024-01", tested="5 40").findings)] == ["cumulative-falls"]
    assert asked(school.check("2023-12", tested="5 50").findings) == []
    [finding] = [found for found in school.check("2024-09", tested="– 120").findings if found.code == "cumulative-not-reset"]
    assert "不小于 2024 年 8 月的累计 110，像是 9 月 1 日没有清零" in finding.seen
    days = {"tested": date(2023, 9, 30)}
    assert "as-of-outside-period" not in {found.code for found in school.check("2024-03", days=days, tested="– 60").findings}
    [outside] = [f for f in school.check("2024-03", days={"tested": date(2023, 8, 31)}, tested="– 60").findings if f.code == "as-of-outside-period"]
    assert "应在 2023-09-01 与 2024-03-31 之间" in outside.remedy


@pytest.mark.parametrize(
    ("head", "code"),
    [("本年累计", ""), ("1—11月累计", "months-of-other-year"), ("9—11月累计", "months-of-other-year"), ("上半年", "months-of-other-year")],
)
def test_a_sum_of_named_months_is_not_taken_for_the_year_so_far(school: Filing, head: str, code: str) -> None:
    """45 since September under 本年累计; 1—11月 would be another sum, and is refused with what to write."""
    book = Workbook()
    for cells in (["质量科 2023 年 11 月报表"], ["指标", "本月数", head], ["检验批次", 15, 45]):
        book.worksheets[0].append(cells)
    data = BytesIO()
    book.save(data)

    [prepared] = prepare(school.bureau, [Upload("质量科.xlsx", data.getvalue())], today=TODAY)

    found = [finding for finding in prepared.findings if finding.code == "months-of-other-year"]
    assert ([finding.code for finding in found] or [""], prepared.status is Outcome.REJECTED) == ([code], bool(code))
    assert all("本局的年度从 9 月开始" in finding.seen and str(finding.place) == "Sheet!C2" for finding in found)


@pytest.mark.parametrize("span", [Span.YTD, Span.QUARTER, Span.HALF])
def test_months_are_named_as_they_are(span: Span) -> None:
    """Not 第 4 季度 nor 下半年, which everybody reads as months of the calendar."""
    words = {Span.YTD: "2023 年 9 月—2024 年 2 月", Span.QUARTER: "2023 年 12 月—2024 年 2 月", Span.HALF: "2023 年 9 月—2024 年 2 月"}

    assert day_words.span(span, Month(2024, 2), SCHOOL_YEAR) == words[span]
    assert day_words.span(Span.YTD, Month(2023, 11), SCHOOL_YEAR) == "2023 年 9—11 月"
    assert day_words.months_of([Month(2023, 12), Month(2024, 1)]) == "2023 年 12 月、2024 年 1 月"


@pytest.mark.parametrize("written", ["0", "13", '"九月"', "true"])
def test_a_month_that_no_year_begins_with_is_a_fault_of_the_catalogue(tmp_path: Path, written: str) -> None:
    with pytest.raises(CatalogError, match=r"year_begins 的值「.+」不是 1 到 12 的月份"):
        load.load(write(tmp_path, files() | {"bureau.toml": BUREAU + f"year_begins = {written}\n"}))


def test_days_of_targets_lie_in_the_year_and_the_setting_is_written_back(tmp_path: Path) -> None:
    """A target of 2023 may be set anew in March 2024, not in March 2023."""
    again = TARGETS[2023] + target("tested", "annual", "150", 10)
    made = catalog_files(9)
    catalog = load.load(write(tmp_path / "good", made | {"targets/2023.toml": again.replace('monthly = "@"', _PLAN) + "from = 2024-03-01\n"}))
    assert documents_of(catalog)["bureau.toml"] == {"name": "某区市场监管局", "year_begins": 9}
    assert [found.value for day in ("2023-09-01", "2024-02-29", "2024-03-01") if (found := catalog.target("tested", date.fromisoformat(day)))] == [
        120,
        120,
        150,
    ]
    with pytest.raises(CatalogError, match="2023 年度内（2023-09-01 至 2024-08-31）"):
        load.load(write(tmp_path / "bad", made | {"targets/2023.toml": again.replace('monthly = "@"', _PLAN) + "from = 2023-03-01\n"}))


def _filled(small: Small, shift: int, seed: int) -> None:
    """Two years of cells drawn at random, each written some months later: stated months, stated cumulatives, both, or words for none."""
    drawn = random.Random(seed)
    totals: dict[str, int] = {}
    for number, month in enumerate(months(Month(2022, 1), Month(2023, 12))):
        if number % 12 == 0:
            totals = {}
        cells: dict[str, str] = {}
        for code in ("taken", "tested", "passed", "failed", "fines", "inspected", "net"):
            brought = drawn.randrange(1, 30)
            totals[code] = totals.get(code, 0) + brought
            ways = [f"{brought} {totals[code]}", f"{brought}", f"– {totals[code]}", f"{brought} {totals[code]} {totals[code] + 5}", "–", "未开展", "– 未公开"]
            cells[code] = drawn.choices(ways, [6, 6, 4, 2, 1, 1, 1])[0]
        for code in ("shops", "reported", "due", "hours"):
            cells[code] = f"– {drawn.randrange(900, 1100)}"
        if drawn.random() < 0.92:
            small.report(str(month.plus(shift)), **{code: text for code, text in cells.items() if text != "–"})


def _same(found: BoardRow, year: ReportingYear) -> BoardRow:
    """A row with months by their place in its year, and without days, words that name them and what was said by whom."""
    places = {
        name: tuple(Month(2000 + year.of(m) - found.year_called, year.number(m)) for m in getattr(found.caveats, name)) for name in ("missing", "prior_missing")
    }
    nowhere = {"as_of": None, "as_of_latest": None, "base_as_of": None}
    return replace(
        found,
        period=Month(2000, 1),
        data_year=0,
        year_begins=1,
        figure=replace(found.figure, **nowhere),
        month=replace(found.month, mom_words=""),
        last_year=replace(found.last_year, as_of=None, yoy_words=""),
        target=replace(found.target, pace=None, gap=None, shortfall=None) if found.indicator == "tested" else found.target,
        status=Status.NO_TARGET if found.indicator == "tested" else found.status,
        caveats=replace(found.caveats, adjustment=(), restated=(), idle=(), **places),
    )


def test_a_bureau_that_does_all_eight_months_later_has_the_same_figures(tmp_path: Path) -> None:
    """Sheets and year moved together change no figure, base, growth, gap of months or verdict that does not count days."""
    with opened(tmp_path / "a", catalog_files(1)) as plain, opened(tmp_path / "b", catalog_files(9)) as later:
        _filled(plain, 0, 1)
        _filled(later, 8, 1)
        points, known = months(Month(2023, 1), Month(2023, 12)), 0
        codes = [code for code in plain.bureau.catalog.indicators if code != "failed_per_shop"]  # which is per day
        for span in (Span.YTD, Span.QUARTER, Span.HALF):
            here = indicators(plain.bureau.store, plain.bureau.catalog, points, codes, span)
            there = indicators(later.bureau.store, later.bureau.catalog, [point.plus(8) for point in points], codes, span)
            for before, after in zip(here, there, strict=True):
                known += before.figure.value is not None and before.last_year.value is not None
                assert _same(after, SCHOOL_YEAR) == _same(before, CALENDAR_YEAR), (before.period, before.indicator, span)
        assert known > len(codes) * len(points)
        assert later.bureau.store.verify() == []


def test_the_days_of_a_year_are_its_own() -> None:
    """366 from September 2023, 365 from September 2024; 29 February is day 182 of the former, and a day of August belongs to the year before."""
    assert (SCHOOL_YEAR.days(2023), SCHOOL_YEAR.days(2024)) == (366, 365)
    assert (SCHOOL_YEAR.day_number(date(2024, 2, 29)), SCHOOL_YEAR.of_day(date(2024, 8, 31)), SCHOOL_YEAR.of_day(date(2024, 9, 1))) == (182, 2023, 2024)
    assert Fraction(SCHOOL_YEAR.day_number(date(2024, 8, 31)), SCHOOL_YEAR.days(2023)) == 1
