"""The definitions of an indicator by their months."""

import pytest

from kpi.catalog.definition_periods import definition_periods
from kpi.catalog.load import load
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, earlier, files, indicator


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
