"""A figure of a text beside that of the store: digits, qualifiers, units, signs of growth; each worked by hand."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.papers.checking.against_store import Agreement, agrees, compare, store_findings
from kpi.papers.checking.figure_faces import FigureFace
from kpi.papers.checking.measure_matching import MeasureMatch
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.stored_figures import StoredFigure
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.reading.plain_text import text_document
from kpi.period import CALENDAR_YEAR, Month

EQUAL, ROUNDED = Agreement.EQUAL, Agreement.ROUNDED


def figure(text: str):
    """The only figure of a text."""
    [only] = read_figures(text_document(text, "文"), date(2023, 11, 30))
    return only


@pytest.mark.parametrize(
    ("text", "stored", "unit", "expected"),
    [
        ("合格1724批次。", "1724", "批次", EQUAL),
        ("合格1725批次。", "1724", "批次", None),
        ("合格率97.8%。", "97.78786159", "%", ROUNDED),
        ("合格率97.79%。", "97.78786159", "%", ROUNDED),
        ("合格率97.7%。", "97.78786159", "%", None),
        ("合格率2.3%。", "2.25", "%", ROUNDED),
        ("合格率2.2%。", "2.25", "%", ROUNDED),  # 四舍六入五成双
        ("合格率2.1%。", "2.25", "%", None),
        ("挽回损失37.7663万元。", "377663", "元", EQUAL),
        ("挽回损失37.77万元。", "377663", "元", ROUNDED),
        ("挽回损失37.7万元。", "377663", "元", None),
        ("挽回损失377663元。", "37.7663", "万元", EQUAL),
        ("检查约1700户。", "1724", "户", ROUNDED),
        ("检查约1200户。", "1724", "户", None),
        ("检查1700余户。", "1724", "户", ROUNDED),
        ("检查1800余户。", "1724", "户", None),
        ("用时不超过2天。", "1.5", "天", ROUNDED),
        ("受理投诉，同比增长48.81%。", "48.8062", "%", ROUNDED),
        ("受理投诉，同比下降48.81%。", "48.8062", "%", None),
        ("受理投诉，同比下降3.2%。", "-3.2", "%", EQUAL),
    ],
)
def test_a_figure_agrees_to_its_own_digits_and_as_it_is_meant(text, stored, unit, expected):
    assert agrees(figure(text), StoredFigure(D(stored), unit, date(2023, 11, 30))) is expected


def test_the_rate_that_an_office_typed_in_counts_as_well():
    """计算值 97.79, 填报值 97.8: a text may print either."""
    both = StoredFigure(D("97.7878"), "%", date(2023, 11, 30), reported=D("97.6"))
    assert [agrees(figure(f"合格率{rate}%。"), both) for rate in ("97.8", "97.6", "97.5")] == [ROUNDED, EQUAL, None]


def test_nothing_that_is_masked_agrees():
    assert agrees(figure("新设*户。"), StoredFigure(D(3), "户", None)) is None


class Kept:
    """A store that has a few figures, by code and face."""

    year = CALENDAR_YEAR

    def __init__(self, **figures: StoredFigure) -> None:
        self.figures = figures

    def load(self, wanted) -> None:
        """Nothing has to be asked for."""

    def figure(self, code: str, face: FigureFace, month: Month) -> StoredFigure:
        return self.figures.get(f"{code}_{face.name.lower()}", StoredFigure(None, "", None))


def findings(text: str, match: MeasureMatch, **kept: StoredFigure):
    """The comparison of the only figure of a text, and the findings on it."""
    figures = (figure(text),)
    compared = compare(figures, [match], Kept(**kept))
    return compared[0], [(finding.code, finding.grade) for finding in store_findings(load(DEFAULT), figures, compared)]


NEW = "market_entities_new"


def test_a_named_month_is_the_month_or_all_until_then():
    """4909 so far and 324 in November: either is right behind 11月份，, and neither is what the other says."""
    kept = {f"{NEW}_so_far": StoredFigure(D(4909), "户", date(2023, 11, 30)), f"{NEW}_month": StoredFigure(D(324), "户", date(2023, 11, 30))}
    month = MeasureMatch(0, NEW, 1.2, of_named_month=True)
    assert [findings(f"11月份，新登记经营主体{number}户。", month, **kept)[0].agreement for number in (324, 4909, 325)] == [EQUAL, EQUAL, Agreement.DIFFERENT]
    assert findings("新登记经营主体324户。", MeasureMatch(0, NEW, 1.2), **kept)[0].agreement is Agreement.DIFFERENT


def test_what_is_far_off_or_named_in_part_is_asked_about():
    kept = {f"{NEW}_so_far": StoredFigure(D(4909), "户", date(2023, 11, 30))}
    differs, asks = [("differs-from-store", Grade.STORE)], [("maybe-differs-from-store", Grade.CHECK)]
    assert findings("新登记经营主体4900户。", MeasureMatch(0, NEW, 1.2), **kept)[1] == differs
    assert findings("新登记经营主体49090户。", MeasureMatch(0, NEW, 1.2), **kept)[1] == asks
    assert findings("新登记经营主体4900户。", MeasureMatch(0, NEW, 0.9), **kept)[1] == asks


def test_a_withheld_figure_that_a_text_prints_is_said():
    kept = {f"{NEW}_so_far": StoredFigure(None, "户", date(2023, 11, 30), withheld=True)}
    assert findings("新登记经营主体3户。", MeasureMatch(0, NEW, 1.2), **kept)[1] == [("withheld-figure", Grade.CHECK)]
    assert findings("新登记经营主体*户。", MeasureMatch(0, NEW, 1.2), **kept)[1] == []
