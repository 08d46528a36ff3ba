"""Where a finding stands, in the words of pages and of the command line."""

import pytest

from kpi.place import UNNAMED, Place


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(""), "全表"),
        (Place(UNNAMED), "全表"),
        (Place("商品煤", "C2"), "商品煤!C2"),
        (Place("2026年"), "'2026年'"),
    ],
)
def test_a_place_is_said(place: Place, said: str) -> None:
    """A file as a whole has no sheet to name."""
    assert str(place) == said
