"""A figure of a text beside that of the store: digits, qualifiers, units, signs of growth; each worked by hand."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.papers.checking.against_store import Agreement, agrees
from kpi.papers.checking.stored_figures import StoredFigure
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.reading.plain_text import text_document

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
