"""上年同期 as the office states it, against our own record."""

from datetime import date

import pytest

from kpi.store.earlier_figures import Background
from tests.kpi.validation.sheets import found, known, said, sheet

SAME_DAY, OTHER_DAY = date(2022, 11, 30), date(2022, 11, 20)


@pytest.mark.parametrize(
    ("stated", "recorded", "day", "differs"),
    [(41, 40, SAME_DAY, True), (40, 40, SAME_DAY, False), (41, 40, OTHER_DAY, False), ("约41", 40, SAME_DAY, False), (41, "≥40", SAME_DAY, False)],
)
def test_last_years_base_must_agree_with_our_record(stated: object, recorded: object, day: date, differs: bool) -> None:
    """To the same day and where both are exact; else they cannot be compared."""
    background = Background({}, {}, known(day, tested=recorded))

    assert found(sheet(tested_prior=stated), background) == ([("base-differs", "check", "抽检!G8")] if differs else [])


def test_a_base_that_differs_shows_both() -> None:
    """The office's figure and ours."""
    assert said(sheet(tested_prior=41), Background({}, {}, known(SAME_DAY, tested=40))) == [
        ("检验批次上年同期填 41，系统记录的 2022 年 11 月是 40", "口径有调整的请写明原因，同比按可比口径计算；填错的请改正")
    ]
