"""The definitions of an indicator by their months, and another one from a month on."""

from datetime import date

import pytest

from kpi.catalog.definition_periods import Redefinition, definition_periods, redefined
from kpi.catalog.formula import parse_linear
from kpi.catalog.load import load
from kpi.period import Month
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, earlier, files, indicator

NEW = parse_linear("failed")


@pytest.fixture
def rate(tmp_path):
    """Over all that was taken now, over what was tested up to March 2026, a count up to June 2025."""
    before = earlier("2025-06", "passed", unit="批次") + earlier("2026-03", "passed", "tested", reason="抽检办法修订")
    return load(write(tmp_path, files(quality=QUALITY + indicator("rate", "检出率", "passed", "taken") + before))).indicators["rate"]


def spans(entry):
    """Of each definition its months and its formula."""
    return [
        (str(period.first or ""), str(period.last or ""), period.indicator.numerator.text, period.indicator.denominator and period.indicator.denominator.text)
        for period in definition_periods(entry)
    ]


def test_each_definition_has_its_months(rate):
    assert spans(rate) == [("", "2025-06", "passed", None), ("2025-07", "2026-03", "passed", "tested"), ("2026-04", "", "passed", "taken")]
    assert [period.change and period.change.reason for period in definition_periods(rate)] == [None, "", "抽检办法修订"]
    assert [period.indicator.unit for period in definition_periods(rate)] == ["批次", "%", "%"]


@pytest.mark.parametrize(
    ("first", "earliers"),
    [
        ("2026-09", ["2025-06 passed/", "2026-03 passed/tested", "2026-08 passed/taken"]),
        ("2026-04", ["2025-06 passed/", "2026-03 passed/tested"]),  # what held from April on never did
        ("2026-02", ["2025-06 passed/", "2026-01 passed/tested"]),
        ("2025-07", ["2025-06 passed/"]),
        ("2025-01", ["2024-12 passed/"]),
    ],
)
def test_another_definition_holds_from_a_month_on(rate, first, earliers):
    """What held up to the month before is kept whole; what would have begun later is not."""
    change = Redefinition(Month.parse(first), "王统计", date(2026, 11, 29), "另算", "某监发〔2026〕9 号")

    new = redefined(rate, rate.model_copy(update={"numerator": NEW}), change)

    assert [f"{was.until} {was.numerator.text}/{was.denominator.text if was.denominator else ''}" for was in new.earlier] == earliers
    assert new.numerator is NEW
    last = new.earlier[-1]
    assert (last.changed_by, last.changed_on, last.reason, last.document) == ("王统计", date(2026, 11, 29), "另算", "某监发〔2026〕9 号")
    assert str(last.until) == str(Month.parse(first).plus(-1))


def test_the_same_definition_is_no_other_one(rate):
    """A name may change at any time; and going back to what held before from the month on in which it was changed undoes the change."""
    renamed = redefined(rate, rate.model_copy(update={"name": "检出比例"}), Redefinition(Month(2026, 9)))
    assert (renamed.name, renamed.earlier) == ("检出比例", rate.earlier)

    undone = redefined(rate, rate.as_defined(rate.earlier[-1]), Redefinition(Month(2026, 4)))
    assert spans(undone) == [("", "2025-06", "passed", None), ("2025-07", "", "passed", "tested")]
