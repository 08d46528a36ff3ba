"""What a report takes away, and whether it is one."""

import pytest

from kpi.validation.taken_away import speaks
from kpi.value import State
from tests.kpi.validation.sheets import sheet


@pytest.mark.parametrize(
    ("figures", "spoken"),
    [
        ({"tested": 60}, True),
        ({"tested_month": State.NOT_STARTED}, True),
        ({"tested": State.UNREPORTED, "tested_month": State.UNREPORTED}, False),
        ({"tested": State.UNREPORTED, "tested_prior": 60}, False),
    ],
)
def test_a_report_has_something_of_its_own_month(figures: dict[str, object], spoken: bool) -> None:
    """A number, or a word such as 未开展; a blank form with 上年同期 filled in says nothing of this year."""
    assert speaks(sheet(**figures)) is spoken
