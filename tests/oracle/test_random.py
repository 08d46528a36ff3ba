"""
Two years of three organisations that report at random: every figure and verdict beside a model worked out apart.

Blanks, words for no number, whole sheets that never came, corrections in any order, withdrawals, cut-off days that differ,
numbers that are meant roughly, bases that are restated.  ``python -m bench random`` does the same for as long as one likes.
"""

from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.period import Span
from tests.oracle.bureau import CATALOG, compare, definitions, filled, rebuilt
from tests.oracle.model.row import Model
from tests.oracle.reporter import entries

DEFINITIONS = definitions()


@pytest.mark.parametrize("seed", [1])
def test_every_figure_and_verdict_is_that_of_the_model(tmp_path: Path, seed: int):
    """Of the year so far, of months, quarters and half-years: as reported, and again after the database was made anew from the log."""
    log = entries(DEFINITIONS, seed)
    model, folder = Model(DEFINITIONS, log), tmp_path / "data"
    with filled(folder, log) as bureau:
        found = compare(bureau, model)
    assert [str(difference) for difference in found.differences] == []
    assert found.figures > 10_000
    assert found.numbers > 3_000
    assert found.verdicts > 3_000

    rebuilt(folder)
    with open_bureau(folder, CATALOG) as bureau:
        assert [str(difference) for difference in compare(bureau, model, [Span.YTD]).differences] == []  # what is kept; the rest is summed of the same
