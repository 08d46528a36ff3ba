"""Which of two submissions in force says a figure: one rule, whoever asks."""

from dataclasses import replace

import pytest

from kpi.period import Month
from kpi.store.database import Store
from kpi.workbook.report import Column
from tests.kpi.store.reports import accepted

MARCH = Month(2024, 3)
TESTED = "food_sampling_tested"


@pytest.mark.parametrize(
    ("form", "ledger", "number", "state", "seq"),
    [
        ("– 54", "– 51", 51, "数值", 2),  # both state it: the later in the log
        ("– 54", "– –", 54, "数值", 1),  # what the later leaves blank does not silence the earlier
        ("– –", "– 51", 51, "数值", 2),
        ("– 54", "– 未开展", None, "未开展", 2),  # a word states it as well
        ("– –", "– –", None, "未报", 2),  # nobody states it: the later
    ],
)
def test_figure_source_check_and_comparison_hear_the_same_submission(store: Store, form: str, ledger: str, number: int | None, state: str, seq: int) -> None:
    """A form and a ledger of one office state one measure; both are in force, and one of them speaks."""
    store.commit([accepted("2024-03", food_sampling_tested=form), replace(accepted("2024-03", food_sampling_tested=ledger), template="台账")])
    assert [submission.seq for submission in store.current_submissions(MARCH)] == [1, 2]

    [(ytd, ytd_state)] = store.rows("select ytd, ytd_state from figure where measure = $measure and period = '2024-03-01'", {"measure": TESTED})
    [source] = [cell for cell in store.sources([TESTED], MARCH) if cell.column is Column.YTD]
    [on_file] = [cell for _, column, _, cell in store.filed_cells([TESTED], MARCH, MARCH, "bureau") if column is Column.YTD]
    stated = store.stated("food", MARCH)[TESTED, Column.YTD]

    assert (ytd, ytd_state) == (number, state)
    assert (source.value.number, source.value.state, source.seq) == (number, state, seq)
    assert (on_file.value.number, on_file.value.state, on_file.seq) == (number, state, seq)
    assert (stated.number, stated.state) == (number, state)
