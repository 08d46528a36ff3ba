"""What a sheet is held against: its own cells, last month, last year, the relations; each finding at its cell."""

from datetime import date
from decimal import Decimal

import pytest

from kpi.catalog.formula import parse_expression, parse_linear
from kpi.catalog.model import Better, Catalog, Indicator, Measure, MeasureKind, Office, Raises, Relation, RelationKind, TargetKind
from kpi.finding import Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.background import NOTHING_KNOWN, Background, Known
from kpi.validation.checks import check
from kpi.value import State, Value
from kpi.workbook.report import Column, Reading, Report

NOVEMBER = Month(2023, 11)
TODAY = date(2023, 12, 3)
COLUMNS = {Column.MONTH: "E", Column.YTD: "F", Column.PRIOR: "G"}


def measure(code: str, name: str, kind: MeasureKind = MeasureKind.FLOW, unit: str = "批次", **more: object) -> Measure:
    return Measure(**{"code": code, "name": name, "office": "quality", "topic": "抽检", "unit": unit, "kind": kind, "better": Better.HIGHER, **more})


MEASURES = (
    measure("taken", "抽检批次"),
    measure("tested", "检验批次"),
    measure("passed", "合格批次"),
    measure("failed", "不合格批次"),
    measure("pass_rate", "合格率", MeasureKind.RATE, "%", decimals=1),
    measure("net", "净增长", unit="户", signed=True),
)
PASS_RATE = Indicator(
    code="pass_rate",
    name="合格率",
    office="quality",
    unit="%",
    decimals=1,
    numerator=parse_linear("passed"),
    denominator=parse_linear("tested"),
    scale=100,
    better=Better.HIGHER,
    target_kind=TargetKind.FLOOR,
    why_it_matters="。",
    denominator_words="已检验的批次",
    source="表",
    reviewed_on=date(2026, 11, 23),
    reported="pass_rate",
)
ADDS_UP = Relation(
    id="R051",
    name="合格+不合格=检验",
    office="quality",
    kind=RelationKind.SUM,
    strength="hard",
    raises=Raises.CHECK,
    left=parse_expression("passed + failed"),
    right=parse_expression("tested"),
    remedy="请核对是否把在检批次计入了检验批次",
)
CATALOG = Catalog(
    "局",
    {"quality": Office(code="quality", name="质量监管科", parent="bureau", order=1, template="质量监管科月报表")},
    {m.code: m for m in MEASURES},
    {"pass_rate": PASS_RATE},
    {"R051": ADDS_UP},
    {},
    {},
    "",
)


def sheet(period: Month = NOVEMBER, as_of: date | None = None, **figures: object) -> Report:
    """A report in which measure ``m`` stands in the row of its place, ``m`` being YTD, ``m_month`` and ``m_prior`` the others."""
    readings = []
    for row, known in enumerate(MEASURES, start=7):
        for column, letter in COLUMNS.items():
            stated = figures.get(known.code if column is Column.YTD else f"{known.code}_{column}")
            if stated is not None:
                value = stated if isinstance(stated, Value) else Value.of(str(stated))
                readings.append(Reading(known.code, column, value, Place("抽检", f"{letter}{row}"), str(stated), as_of or period.last_day))
    return Report("quality", period, tuple(readings), {}, ())


def known(**figures: object) -> dict[str, Known]:
    return {code: Known(Decimal(str(number)), State.NUMBER, None) for code, number in figures.items()}


def found(report: Report, background: Background = NOTHING_KNOWN, today: date = TODAY) -> list[tuple[str, Severity, str]]:
    return [(f.code, f.severity, str(f.place)) for f in check(report, CATALOG, background, today)]


def test_a_sheet_in_order_has_no_findings():
    """Sums, shares and the typed rate all agree."""
    assert found(sheet(taken=54, tested=54, passed=44, failed=10, pass_rate="81.5")) == []


def test_parts_that_do_not_add_up_point_at_the_total():
    """44 + 7 is not 54: the coal row of the 2023 summary, as it was published."""
    [finding] = check(sheet(tested=54, passed=44, failed=7), CATALOG, NOTHING_KNOWN, TODAY)

    assert (finding.code, finding.severity, str(finding.place)) == ("parts-do-not-add-up", Severity.CHECK, "抽检!F8")
    assert finding.seen == "合格批次 44 + 不合格批次 7 = 51，应等于检验批次 54，差 -3"
    assert finding.remedy == "请核对是否把在检批次计入了检验批次"
    assert finding.relation == "R051"


def test_a_part_larger_than_its_whole_is_refused():
    """60 passed of 54 tested cannot be, whatever the office writes."""
    assert ("part-exceeds-whole", Severity.BLOCK, "抽检!F9") in found(sheet(tested=54, passed=60, failed=0))


def test_a_future_month_is_refused():
    """December cannot be reported on 3 December's eve of 2022."""
    assert found(sheet(tested=1), today=date(2023, 10, 31)) == [("future-period", Severity.BLOCK, "抽检")]


@pytest.mark.parametrize("day", [date(2023, 12, 1), date(2022, 11, 30)])
def test_a_figure_runs_to_a_day_of_its_year(day):
    """Neither beyond the month nor in another year."""
    assert found(sheet(tested=1, as_of=day)) == [("as-of-outside-period", Severity.BLOCK, "抽检!F8")]


def test_a_figure_may_run_to_an_earlier_day():
    """A November sheet may carry figures as of 30 September."""
    assert found(sheet(tested=1, as_of=date(2023, 9, 30))) == []


@pytest.mark.parametrize(
    ("figures", "place"),
    [({"tested": "2.5"}, "抽检!F8"), ({"tested": -1}, "抽检!F8"), ({"pass_rate": 104}, "抽检!F11"), ({"pass_rate": -1}, "抽检!F11")],
)
def test_impossible_values_are_refused(figures, place):
    """Half a lot, fewer than none, more than all."""
    assert ("impossible-value", Severity.BLOCK, place) in found(sheet(**figures))


def test_a_net_increase_may_be_negative():
    """净增长 is signed."""
    assert found(sheet(net=-5)) == []


@pytest.mark.parametrize(
    ("figures", "before", "codes"),
    [
        ({"tested": 30, "tested_month": 10}, {"tested": 20}, []),
        ({"tested": 31, "tested_month": 10}, {"tested": 20}, ["cumulative-differs"]),
        ({"tested": 18, "tested_month": 10}, {"tested": 20}, ["cumulative-falls"]),
        ({"net": 5, "net_month": -15}, {"net": 20}, []),
        ({"tested": 30, "tested_month": 10}, {}, []),
    ],
)
def test_cumulative_is_last_month_plus_this(figures, before, codes):
    """本年累计 = 上月累计 + 本月数; a fall is its own finding; without last month nothing can be said."""
    background = Background({}, known(**before), {})

    assert [code for code, severity, _ in found(sheet(**figures), background) if severity is Severity.CHECK] == codes


def test_january_starts_from_nothing():
    """December's cumulative is not January's base."""
    background = Background({}, known(tested=900), {})

    assert found(sheet(Month(2023, 1), tested=10, tested_month=10), background, date(2023, 2, 1)) == []
    assert found(sheet(Month(2023, 1), tested=12, tested_month=10), background, date(2023, 2, 1)) == [("cumulative-differs", Severity.CHECK, "抽检!F8")]


def test_last_years_base_must_agree_with_our_record():
    """上年同期 against the record, to the same day; to another day it cannot be compared."""
    same_day = Background({}, {}, {"tested": Known(Decimal(40), State.NUMBER, date(2022, 11, 30))})
    other_day = Background({}, {}, {"tested": Known(Decimal(40), State.NUMBER, date(2022, 11, 20))})

    assert found(sheet(tested=54, tested_prior=41), same_day) == [("base-differs", Severity.CHECK, "抽检!G8")]
    assert found(sheet(tested=54, tested_prior=40), same_day) == []
    assert found(sheet(tested=54, tested_prior=41), other_day) == []


def test_a_typed_rate_is_held_against_its_parts():
    """The digits typed decide: 97.8 agrees with 97.788, 97.9 does not."""
    parts = {"tested": 1763, "passed": 1724, "failed": 39}

    assert found(sheet(**parts, pass_rate="97.8")) == []
    assert found(sheet(**parts, pass_rate="97.9")) == [("rate-differs", Severity.CHECK, "抽检!F11")]


def test_parts_of_other_offices_come_from_the_store():
    """A relation over two offices is checked when the second sheet comes in."""
    background = Background(known(tested=54, failed=7), {}, {})

    assert found(sheet(passed=44), background) == [("parts-do-not-add-up", Severity.CHECK, "抽检!F9")]


def test_nothing_is_checked_against_what_is_not_there():
    """未公开 is not 0: neither a sum nor a share is judged over it."""
    assert found(sheet(tested=54, passed=Value(State.WITHHELD), failed=7)) == []
