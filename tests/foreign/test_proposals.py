"""What the forms of five invented bureaus propose, judged by the truth of who drew them."""

from types import ModuleType

import pytest

from kpi.workbook.process.parser import Parser
from tests.foreign.judging import BUREAUS, ForeignScore, judged


@pytest.fixture(scope="module")
def scores() -> dict[str, ForeignScore]:
    with Parser() as parser:
        return {bureau.__name__: judged(bureau.forms(), parser)[1] for bureau in BUREAUS}


@pytest.mark.parametrize("bureau", BUREAUS, ids=lambda bureau: bureau.__name__.rpartition(".")[2])
def test_measures_and_rates_of_a_bureau(bureau: ModuleType, scores: dict[str, ForeignScore]) -> None:
    """All offices, all measures with unit and kind and none besides, all rates with their parts; what the sheets do not hold is asked."""
    score = scores[bureau.__name__]

    assert score.words == []
    assert set(+score.measures) == {"right"}
    assert set(+score.rates) <= {"right", "rightly asked"}


def test_how_many_there_are(scores: dict[str, ForeignScore]) -> None:
    """54 forms, of which two are ledgers."""
    forms = [form for bureau in BUREAUS for form in bureau.forms()]
    whole = ForeignScore()
    for score in scores.values():
        whole.add(score)

    assert len(forms) == 54
    assert (whole.measures["right"], whole.rates["right"], whole.rates["rightly asked"], whole.rates["wrong accepted"]) == (291, 58, 2, 0)
