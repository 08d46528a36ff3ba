"""
A definition that holds from a month on: the board of an old month is computed by what held then, and by nothing else.

Wrong numbers without an error: the new formula over an old month, last year's side by another formula than this year's, a line
through two units.  Every month of 2025 has 10 taken, 8 tested, 6 passed, 2 failed; of 2026 20, 16, 15, 1; January 2027 30, 25, 24, 1.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.catalog.measure import Better
from kpi.catalog.target import TargetKind
from kpi.compute.row import Status
from kpi.figures.history import history
from kpi.meeting import definition_history, editions
from kpi.meeting.definition_changes import definition_changes
from kpi.meeting.differences import drift
from kpi.period import Month, Span
from kpi.review.board import board
from kpi.review.prospects import outlooks, signalled
from kpi.review.series import series
from kpi.review.source import source
from kpi.review.status_course import statuses_of_months
from kpi.review.trust import trust
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, earlier, files, indicator, target

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
UNTIL_MARCH = ReplacedDefinition(MARCH, APRIL)
DATED = "\n".join(
    [
        QUALITY,
        indicator("rate", "检出率", "passed", "taken", target_kind="floor", decimals=1),
        earlier("2026-03", "passed", "tested", target_kind="floor", decimals=1, reason="抽检办法修订", document="某监发〔2026〕8 号", changed_by="王统计"),
        indicator("permille", "不合格率", "failed", "taken", unit="‰", scale=1000, better="lower", decimals=1),
        earlier("2026-03", "failed", "tested", better="lower", decimals=2),
        indicator("task", "检验", "tested", "taken", target_kind="floor"),
        earlier("2025-06", "taken", unit="批次", target_kind="annual"),
        earlier("2026-03", "tested", unit="批次", target_kind="annual", better="neutral"),
    ]
)
TARGETS = {
    2026: target("task", "annual", "160") + target("task", "floor", "75").replace("document", "from = 2026-04-01\ndocument", 1) + target("rate", "floor", "80"),
}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """The bureau of three years; nothing more is reported to it."""
    with opened(tmp_path_factory.mktemp("dated"), files(TARGETS, DATED)) as small:
        for year, months, (taken, tested, passed, failed) in ((2025, 12, (10, 8, 6, 2)), (2026, 12, (20, 16, 15, 1)), (2027, 1, (30, 25, 24, 1))):
            counts = {"taken": taken, "tested": tested, "passed": passed, "failed": failed}
            small.months(year, **{code: "|".join([str(count)] * months) for code, count in counts.items()})
        yield small


@pytest.mark.parametrize(
    ("code", "period", "value", "prior", "yoy", "unit", "month"),
    [
        ("rate", "2026-01", "93.75", "75", "18.75", "%", "93.75"),  # 15/16 and 6/8
        ("rate", "2026-03", "93.75", "75", "18.75", "%", "93.75"),  # 45/48 and 18/24
        ("rate", "2026-04", "75", "60", "15", "%", "75"),  # 60/80 and 24/40: the months before April are of the new definition too
        ("rate", "2027-01", "80", "75", "5", "%", "80"),  # 24/30 and 15/20
        ("permille", "2026-03", "6.25", "25", "-18.75", "%", "6.25"),  # 3/48 and 6/24
        ("permille", "2026-04", "50", "200", "-150", "‰", "50"),  # 4/80 and 8/40
        ("task", "2025-06", "60", None, None, "批次", "10"),
        ("task", "2025-07", "56", None, None, "批次", "8"),  # 7 × 8, not 6 × 10 + 8
        ("task", "2026-03", "48", "24", "100", "批次", "16"),
        ("task", "2026-04", "80", "80", "0", "%", "80"),  # 64/80 and 32/40
    ],
)
def test_both_years_are_computed_by_the_definition_of_the_month(dated, code, period, value, prior, yoy, unit, month):
    row = dated.board(period)[code]

    assert (row.figure.value, row.unit, row.month.value) == (D(value), unit, D(month))
    assert row.last_year.value == (None if prior is None else D(prior))
    assert row.last_year.yoy == (None if yoy is None else D(yoy))
    assert dated.row(code, period) == row  # asked alone, it is the same


def test_a_month_before_the_month_is_of_the_same_definition(dated):
    """环比 of April is of April and March by April's definition: 15/20 and 15/20; by March's own it would be -18.75."""
    assert dated.board("2026-04")["rate"].month.mom == D(0)
    assert dated.board("2027-01")["rate"].month.mom == D(5)  # 24/30 and 15/20 of December


def test_every_span_is_of_the_definition_of_its_last_month(dated):
    """The second quarter begins with the new one; half a year that ends in June is all of it: 90/120."""
    assert dated.row("rate", "2026-03", Span.QUARTER).figure.value == D("93.75")
    assert dated.row("rate", "2026-05", Span.QUARTER).figure.value == D(75)
    assert dated.row("rate", "2026-06", Span.HALF).figure.value == D(75)
    assert dated.row("rate", "2026-03", Span.MONTH).figure.numerator == D(15)
    assert dated.row("rate", "2026-03", Span.MONTH).figure.denominator == D(16)


def test_a_row_says_by_which_definition_it_is(dated):
    """Only where another one is in force now."""
    rows = {period: dated.board(period) for period in ("2025-06", "2026-03", "2026-04")}

    assert rows["2026-03"]["rate"].caveats.definition == UNTIL_MARCH
    assert rows["2026-04"]["rate"].caveats.definition is None
    assert rows["2025-06"]["task"].caveats.definition == ReplacedDefinition(Month(2025, 6), APRIL)
    assert rows["2026-03"]["tested"].caveats.definition is None


def test_a_target_is_judged_by_the_definition_of_its_month(dated):
    """48 of a task of 160 on 31 March, 90/365 of the year, is on pace; from April on 80 % against a floor of 75 %."""
    march, april = dated.board("2026-03")["task"], dated.board("2026-04")["task"]

    assert (march.target.kind, march.target.value, march.target.progress, march.status) == (TargetKind.ANNUAL, D(160), D(30), Status.MET)
    assert (april.target.kind, april.target.value, april.status) == (TargetKind.FLOOR, D(75), Status.MET)
    assert (dated.board("2026-03")["rate"].status, dated.board("2026-04")["rate"].status) == (Status.MET, Status.MISSED)
    course = statuses_of_months(dated.bureau, None, APRIL, 2)
    assert [course[month]["rate"] for month in (MARCH, APRIL)] == [Status.MET, Status.MISSED]


def test_the_past_of_a_month_is_of_its_definition(dated):
    """Limits, projections and best months set months against one another: all of them are computed alike."""
    store, catalog = dated.bureau.store, dated.bureau.catalog
    for last, denominators in ((MARCH, {D(8), D(16)}), (APRIL, {D(10), D(20)})):
        past = history(store, catalog, ["rate"], last)["rate"]
        assert {month.denominator for month in past} == denominators
    rows = board(dated.bureau, MARCH)
    assert {row.indicator: row for row in signalled(dated.bureau, rows)}["task"].figure.value == D(48)
    assert outlooks(dated.bureau, rows)["task"].needed is not None


def test_a_series_is_of_each_months_own_definition(dated):
    """The month of the change is marked; what is in another unit than the last month is in the table and not on the line."""
    rate = series(dated.bureau, "rate", Month(2026, 1), Month(2026, 5))
    assert [point.value for point in rate.points] == [D("93.75"), D("93.75"), D("93.75"), D(75), D(75)]
    assert [point.definition for point in rate.points] == [UNTIL_MARCH] * 3 + [None] * 2
    assert rate.changes == (APRIL,)
    assert all(point.drawable.value is not None for point in rate.points)

    permille = series(dated.bureau, "permille", Month(2026, 2), Month(2026, 5))
    assert (permille.unit, [permille.unit_of(point) for point in permille.points]) == ("‰", ["%", "%", "‰", "‰"])
    assert [point.drawable.value for point in permille.points] == [None, None, D(50), D(50)]
    old = permille.between(Month(2026, 2), MARCH)
    assert (old.unit, old.decimals, [point.drawable.value for point in old.points]) == ("%", 2, [D("6.25"), D("6.25")])
    assert series(dated.bureau, "task", Month(2026, 2), MARCH).better is Better.NEUTRAL


def test_a_month_that_lacks_keeps_no_cumulative_of_another_definition(tmp_path):
    """Nothing came for the first month of a definition: the cumulative before it is a number of something else."""
    text = QUALITY + indicator("count", "检验", "tested", unit="批次") + earlier("2026-02", "taken", unit="批次")
    with opened(tmp_path, files(quality=text)) as small:
        small.months(2026, taken="10|10|–", tested="8|8|–", passed="1|1|1")
        points = small.points("count", "2026-01", "2026-03")

    assert [(point.value, point.carried) for point in points] == [(D(10), False), (D(20), False), (None, False)]


def test_the_cells_behind_a_figure_are_those_of_its_definition(dated):
    names = {month: {cell.measure for cell in source(dated.bureau, "rate", month)} for month in (MARCH, APRIL)}

    assert names == {MARCH: {"passed", "tested"}, APRIL: {"passed", "taken"}}


def test_what_comes_later_to_an_old_month_is_summed_by_its_definition(tmp_path):
    """The parts of an old definition follow a correction as those of the one in force do, and a proof of the store knows of them."""
    text = QUALITY + indicator("rate", "检出率", "passed", "taken") + earlier("2026-01", "passed", "tested")
    with opened(tmp_path, files(quality=text)) as small:
        small.months(2026, taken="10|10", tested="8|8", passed="6|6")
        assert small.row("rate", "2026-01").figure.value == D(75)
        small.report("2026-01", taken="10", tested="6", passed="6")
        assert small.row("rate", "2026-01").figure.value == D(100)
        assert small.row("rate", "2026-02").figure.value == D(60)
        assert small.bureau.store.verify() == []


def test_a_change_with_its_month_makes_no_edition_differ(tmp_path):
    """A meeting saw what the catalogue still says of its month; the change is told once, by the catalogue, in the month from which it holds."""
    before = QUALITY + indicator("rate", "检出率", "passed", "tested")
    after = QUALITY + indicator("rate", "检出率", "passed", "taken") + earlier("2026-01", "passed", "tested", document="某监发〔2026〕8 号")
    with opened(tmp_path, files(quality=before)) as small:
        small.months(2026, taken="10|10", tested="8|8", passed="6|6")
        first = editions.freeze(small.bureau, Month(2026, 1), "王统计")
    with opened(tmp_path, files(quality=after)) as small:
        bureau = small.bureau
        assert [change.indicator for change in drift(bureau, first.edition)] == []
        assert definition_changes(bureau, Month(2026, 2)) == {}
        assert [known.recorded for known in definition_history.definitions(bureau)["rate"]] == [True, True]
        doubts = {doubt.indicator: doubt.sentence for doubt in trust(bureau, board(bureau, Month(2026, 2))).redefined}
        assert doubts == {"rate": "口径自 2026 年 2 月起由「合格批次 ÷ 检验批次 × 100%」改为「合格批次 ÷ 抽检批次 × 100%」，依据「某监发〔2026〕8 号」"}


def test_an_unreported_month_has_a_row_of_its_definition(dated):
    """Asked beyond what was reported there is no figure, and the row is of the definition in force."""
    row = dated.row("permille", "2027-03")

    assert (row.figure.value, row.unit, row.caveats.definition) == (None, "‰", None)
    assert dated.bureau.catalog.at(Month.of(date(2026, 3, 31))) is dated.bureau.catalog.at(MARCH)
