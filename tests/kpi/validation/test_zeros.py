"""Forms of noughts, and forms of words, where the months before had figures."""

import pytest

from kpi.value import State
from tests.kpi.validation.sheets import found, past, said, sheet

_ZERO = "figures-fall-to-zero"


def falls(figures: dict[str, object], **series: list[object]) -> list[tuple[str, str]]:
    """Severity and place of the finding."""
    return [(severity, place) for code, severity, place in found(sheet(**figures), past(**series)) if code == _ZERO]


def test_a_form_of_words_alone_is_asked_about() -> None:
    """Three months of figures, then 未开展 in every cell; one cell of two may well be, and so may a form that never had any."""
    words: dict[str, object] = {"visits_month": State.NOT_STARTED, "leaflets_month": State.NOT_STARTED}

    assert falls(words, visits=[3, 4, 5], leaflets=[7, 8, 9]) == [("check", "抽检!E13")]
    [(seen, remedy)] = said(sheet(**words), past(visits=[3, 4, 5], leaflets=[7, 8, 9]))
    assert seen == "全表没有数，只有未开展，走访户次等 2 个数据项以前有数"
    assert remedy == "没有统计的请留空，不要填 0 或别的字样；时点数没有变化的照填上月的数；确实没有的，请写明原因"
    assert falls({"visits_month": State.NOT_STARTED, "leaflets_month": 8}, visits=[3, 4, 5], leaflets=[7, 8, 9]) == []
    assert falls(words) == []


@pytest.mark.parametrize(
    ("figures", "series"),
    [
        ({"visits_month": 0}, {"visits": [3, 4, 5]}),  # a single figure
        ({"visits_month": 0, "leaflets_month": 0}, {"visits": [3, 0, 5], "leaflets": [7, 0, 9]}),  # as it was before
        ({"visits_month": 0, "leaflets_month": 0}, {"visits": [3, 4, 0], "leaflets": [7, 8, 0]}),  # as it was last month
        ({"visits_month": 0, "leaflets_month": 1}, {"visits": [3, 4, 5], "leaflets": [7, 8, 9]}),
    ],
)
def test_what_may_well_be_nought(figures: dict[str, object], series: dict[str, list[object]]) -> None:
    """One figure, a habit, a part of a form."""
    assert falls(figures, **series) == []


def test_noughts_after_figures_are_asked_about() -> None:
    """All of a form, and all steady work of one that has a stock as well."""
    noughts: dict[str, object] = {"visits_month": 0, "leaflets_month": 0}
    series: dict[str, list[object]] = {"visits": [3, 4, 5], "leaflets": [7, 8, 9]}

    assert falls(noughts, **series) == [("check", "抽检!E13")]
    assert falls({**noughts, "taken_month": 0, "shops": 12}, **series, taken=[5, 5, 5], shops=[12, 12, 12]) == [("check", "抽检!E7")]


def test_a_sheet_that_repeats_last_month_is_asked_about_as_that() -> None:
    """Three cumulatives that stand still are no noughts that somebody typed; the old sheet is the question."""
    [(code, severity, _)] = found(sheet(tested=17, visits=40, leaflets=30), past(tested=[9, 8], visits=[20, 20], leaflets=[20, 10]))

    assert (code, severity) == ("stale-copy", "check")
