"""
Two stations that send ledgers of four kinds at random over three years: every figure beside a count in plain Python.

Whole, in part and again, of months, of days and untitled, with mistyped dates; no case on file goes but one that was
counted in a question.  ``python -m bench ledgers`` does the same for as long as one likes.
"""

from pathlib import Path

import pytest

from tests.oracle.ledgers.run import run


@pytest.mark.parametrize("seed", [101])
def test_every_figure_is_that_of_a_plain_count(tmp_path: Path, seed: int):
    compared = run(tmp_path / "data", seed, count=12, every=12)

    assert compared.differences == []
    assert compared.figures > 200
