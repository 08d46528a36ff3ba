"""A definition that was never another one: what is written as an earlier one and says the same changes no figure."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.compute.row import BoardRow
from kpi.period import Month, months
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, earlier, files, indicator

CELL = st.none() | st.integers(0, 1000)
YEAR = st.lists(CELL, min_size=1, max_size=12)
RATE = indicator("rate", "检出率", "passed", "tested", failed="failed", total="taken")
GROWTH = indicator("growth", "增长率", "tested - tested@ly", "tested@ly")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Small, Small]]:
    """One bureau with a definition, one that writes the same otherwise as what held up to May 2023 and up to January 2024."""
    same = [
        (RATE, [("2023-05", "2 * passed - passed", "tested"), ("2024-01", "1 * passed", "tested")], {"failed": "failed", "total": "taken"}),
        (GROWTH, [("2023-05", "tested - 1 * tested@ly", "1 * tested@ly")], {}),
    ]
    dated = [text + "".join(earlier(until, above, below, **more) for until, above, below in befores) for text, befores, more in same]
    with (
        opened(tmp_path_factory.mktemp("plain"), files(quality="\n".join([QUALITY, RATE, GROWTH]))) as plain,
        opened(tmp_path_factory.mktemp("dated"), files(quality="\n".join([QUALITY, *dated]))) as other,
    ):
        yield plain, other


def written(values: list[int | None]) -> list[str]:
    """Cells as they are typed, what is None left blank."""
    return ["–" if value is None else str(value) for value in values]


def bare(row: BoardRow) -> BoardRow:
    """A row without the note by which definition it is."""
    return replace(row, caveats=replace(row.caveats, definition=None))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(YEAR, YEAR, YEAR, YEAR), min_size=2, max_size=2))
def test_what_says_the_same_changes_nothing(pair, years):
    for year, columns in zip((2023, 2024), years, strict=True):
        for small in pair:
            small.year(year, **dict(zip(("taken", "tested", "passed", "failed"), map(written, columns), strict=True)))
    plain, dated = pair

    for month in months(Month(2023, 1), Month(2024, 6)):
        rows = dated.board(str(month))
        assert {code: bare(row) for code, row in rows.items()} == plain.board(str(month))
        assert (rows["rate"].caveats.definition is None) == (month > Month(2024, 1))
