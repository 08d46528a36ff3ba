"""
Offices and measures that begin and end: two offices that are merged show as they were before, and as one from then on.

质量科 and 食品科 report up to March 2026; 质量食品科 carries both on from April, with one count in the place of two.
"""

from datetime import date

import pytest

from kpi.compute.row import Status
from kpi.errors import RequestError
from kpi.filing.completeness import completeness
from kpi.finding import Severity
from kpi.period import Month
from kpi.present import lifetime_words
from kpi.review.board import board
from kpi.review.status_course import statuses_of_months
from kpi.store.earlier_figures import NOTHING_KNOWN
from kpi.validation.checks import check
from kpi.workbook.writing.template import write_template
from tests.bureaus import Small, opened
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import indicator, measure

MARCH, APRIL = Month(2026, 3), Month(2026, 4)


def office(code: str, name: str, order: int, more: str) -> str:
    return f'[[office]]\ncode = "{code}"\nname = "{name}"\nparent = "bureau"\norder = {order}\ntemplate = "{name}月报表"\n{more}\n'


ENDED = 'until = "2026-03"\nsuccessor = "both"'
FILES = {
    "bureau.toml": 'name = "某区市场监管局"\n',
    "offices.toml": office("quality", "质量科", 1, ENDED) + office("food", "食品科", 2, ENDED) + office("both", "质量食品科", 3, 'from = "2026-04"'),
    "quality.toml": measure("tested", "产品检验", until="2026-03", successor="all_tested") + indicator("tested", "产品检验", "tested", unit="批次"),
    "food.toml": measure("food_tested", "食品检验", until="2026-03", successor="all_tested") + indicator("food_tested", "食品检验", "food_tested", unit="批次"),
    "both.toml": measure("all_tested", "全部检验")
    + measure("visits", "检查")
    + measure("letters", "来信", until="2026-04")
    + indicator("all_tested", "全部检验", "all_tested", unit="批次"),
    "bureau_relations.toml": "",
}
FILES["both.toml"] = FILES["both.toml"].replace('code = "all_tested"\n', 'code = "all_tested"\nfrom = "2026-04"\n', 1)


@pytest.fixture
def merged(tmp_path):
    with opened(tmp_path, FILES) as small:
        for month in ("2026-02", "2026-03"):
            small.report(month, "quality", tested="8")
            small.report(month, "food", food_tested="5")
        small.report("2026-04", "both", all_tested="14", visits="3")
        yield small


def test_each_month_shows_the_offices_that_were_there(merged: Small):
    """Nobody is unreported who was not there, and what ended is not listed any more."""
    assert {code: row.figure.value for code, row in merged.board("2026-03").items()} == {"tested": 16, "food_tested": 10}
    assert {code: row.figure.value for code, row in merged.board("2026-04").items()} == {"all_tested": 14}
    course = statuses_of_months(merged.bureau, None, APRIL, 2)
    assert course == {MARCH: {"tested": Status.NO_TARGET, "food_tested": Status.NO_TARGET}, APRIL: {"all_tested": Status.NO_TARGET}}
    assert [row.indicator for row in board(merged.bureau, APRIL, office="质量科")] == []


def test_what_is_owed_follows_the_months(merged: Small):
    owed = {month: [sheet.office for sheet in completeness(merged.bureau, month, date(2026, 6, 1))] for month in (MARCH, APRIL)}

    assert owed == {MARCH: ["quality", "food"], APRIL: ["both"]}
    catalog = merged.bureau.catalog
    assert [[m.code for m in catalog.office_measures("both", month)] for month in (APRIL, Month(2026, 5))] == [
        ["all_tested", "visits", "letters"],
        ["all_tested", "visits"],
    ]


def test_a_blank_sheet_is_of_a_month_in_which_there_is_its_office(merged: Small):
    assert write_template(merged.bureau.catalog, "quality", MARCH)
    with pytest.raises(RequestError, match="质量科只到 2026 年 3 月，此后已撤销，由质量食品科承接，2026 年 4 月没有它的报表；请另选月份或科室。"):
        write_template(merged.bureau.catalog, "quality", APRIL)
    with pytest.raises(RequestError, match="质量食品科 2026 年 4 月才设立"):
        write_template(merged.bureau.catalog, "both", MARCH)


def faults(small: Small, period: str, office_code: str, **cells: str) -> list[tuple[str, str, str]]:
    """The findings that forbid to store a sheet: code, what is seen, what to do."""
    report = accepted(period, office_code, cells).report
    found = check(report, small.bureau.catalog, NOTHING_KNOWN, date(2026, 7, 1))
    return [(finding.code, finding.seen, finding.remedy) for finding in found if finding.severity is Severity.BLOCK]


def test_nothing_is_reported_by_who_is_gone(merged: Small):
    """A sheet of an office that ended is refused, and told whose sheet it belongs in; so is a figure of a measure that ended."""
    assert faults(merged, "2026-04", "quality", tested="8")[0] == (
        "office-not-there",
        "质量科只到 2026 年 3 月，此后已撤销，由质量食品科承接，没有 2026 年 4 月的数",
        "请核对表上的月份；确是这个月的，填在质量食品科的报表里",
    )
    assert ("measure-not-there", "「来信」只到 2026 年 4 月，没有 2026 年 5 月的数", "请核对表上的月份，或清空这一格") in faults(
        merged, "2026-05", "both", all_tested="1", letters="2"
    )
    assert (
        "measure-not-there",
        "「产品检验」只到 2026 年 3 月，此后由「全部检验」承接，没有 2026 年 4 月的数",
        "请清空这一格；数填在「全部检验」一行",
    ) in faults(merged, "2026-04", "quality", tested="8")
    assert faults(merged, "2026-04", "both", all_tested="14 14 13", visits="3") == []


def test_what_carries_on_says_what_it_came_from(merged: Small):
    catalog = merged.bureau.catalog

    assert lifetime_words.came_from(catalog, "all_tested", MARCH, APRIL) == [
        "「全部检验」自 2026 年 4 月起统计，承接「产品检验」、「食品检验」，以前各月请看它们",
        "「质量食品科」自 2026 年 4 月起设立，承接「质量科」、「食品科」，以前各月请看它们",
    ]
    assert lifetime_words.came_from(catalog, "all_tested", Month(2026, 5), Month(2026, 6)) == []
    assert lifetime_words.came_from(catalog, "tested", Month(2026, 1), MARCH) == []
