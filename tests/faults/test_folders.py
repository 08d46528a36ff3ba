"""A data folder of an earlier release opens with everything that it held; what is kept in ``folders`` is never made anew."""

from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import Bureau
from kpi.errors import StoreError
from kpi.filing import questions
from kpi.filing.intake import Outcome, prepare
from kpi.meeting import editions
from kpi.review.board import board
from kpi.store.decision import Act
from kpi.workbook.report import QuestionKind
from tests.faults.filled import DRAFT, NOVEMBER, OCTOBER, TODAY, four, opened, reworded, send
from tests.faults.packing import FOLDERS, unpack

ARCHIVES = sorted(FOLDERS.glob("*.zip"), key=lambda path: path.name)
FORM, CREDIT, LEDGER = "食品科月报表", "信用监管科月报表", "market_ledger"


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.stem)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpack(request.param, tmp_path / "data")


def rates(bureau: Bureau, code: str) -> list[D | None]:
    """An indicator of the whole city in October and November, rounded as it is printed."""
    found = [row.figure.value for month in (OCTOBER, NOVEMBER) for row in board(bureau, month) if row.indicator == code]
    return [None if value is None else round(value, 1) for value in found]


def test_an_old_folder_opens_with_all_its_submissions_decisions_answers_and_editions(folder: Path) -> None:
    """Numbers 1 to 14 as the README lists them; nothing is to be verified away."""
    with opened(folder) as bureau:
        store = bureau.store
        assert [(one.seq, one.org, one.template, str(one.period)) for one in store.submissions()] == [
            (1, "donghu", FORM, "2023-10"),
            (2, "nanhu", FORM, "2023-10"),
            (3, "donghu", CREDIT, "2023-10"),
            (4, "donghu", LEDGER, "2023-10"),
            (5, "donghu", LEDGER, "2023-11"),
            (6, "donghu", FORM, "2023-11"),
            (7, "nanhu", FORM, "2023-11"),
            (8, "donghu", FORM, "2023-11"),
            (10, "nanhu", CREDIT, "2023-11"),
        ]
        assert {one.seq for one in store.current_submissions()} == {1, 2, 3, 4, 5, 8, 10}
        assert {one.by for one in store.submissions()} == {"王统计"}
        assert [(one.seq, one.act, one.submission, one.org, one.reason) for one in sorted(store.decisions(), key=lambda one: one.seq)] == [
            (11, Act.WITHDRAW, 7, "nanhu", "报错月份"),
            (12, Act.LOCK, None, "donghu", "月报已定"),
            (14, Act.UNLOCK, None, "donghu", "需要更正"),
        ]
        assert [(one.seq, one.kind, one.seen, one.said) for one in store.answers()] == [(9, QuestionKind.ROW, "双随机检查工作量", "visits")]
        assert [(one.seq, one.title, one.period, one.org, one.known) for one in store.editions()] == [(13, "十一月例会", NOVEMBER, "jiangcheng", 12)]
        assert store.verify() == []


def test_an_old_folder_gives_the_figures_it_gave(folder: Path) -> None:
    """
    672 / 700 = 96.0 %, then 440 / 450 = 97.8 % of 东湖 alone; 3 + 2 cases; what was frozen is what was shown.
    """
    with opened(folder) as bureau:
        assert rates(bureau, "food_pass_rate") == [D("96.0"), D("97.8")]
        assert rates(bureau, "market_samples") == [D(3), D(5)]
        assert rates(bureau, "visits") == [D(500), D(600)]
        [issue] = editions.editions(bureau)
        frozen = {one.row.indicator: one.row.figure.value for one in editions.shown(bureau, issue.edition)}
        assert round(frozen["food_pass_rate"] or D(0), 1) == D("97.8")
        assert [len(kept.keys) for _, kept, _ in bureau.store.filed_ledger("food", LEDGER, "donghu")] == [3, 2]
        assert all(bureau.store.original(one.sha256) for one in bureau.store.submissions() if one.template != LEDGER)


def test_an_old_folder_goes_on_to_be_used(folder: Path) -> None:
    """The answer still answers, the file lies on its desk, and what comes now follows number 14."""
    with opened(folder) as bureau:
        again = prepare(bureau, [reworded()], today=TODAY)
        assert (questions.asked(bureau, again), [one.status for one in again]) == ([], [Outcome.UNCHANGED])
        assert [kept.name for kept in bureau.store.drafts.files(DRAFT)] == ["nanhu-credit-2023-10.xlsx"]
        send(bureau, *four(bureau))
        assert [one.seq for one in bureau.store.submissions()][-4:] == [15, 16, 17, 18]
    with opened(folder) as bureau:
        assert (bureau.store.verify(), bureau.store.version, bureau.store.notices) == ([], 18, ())
        assert rates(bureau, "food_pass_rate")[1] == D("96.0")  # (440 + 300) / (450 + 321) = 95.979


@pytest.mark.parametrize(
    "gone", [["log/00000014.json"], ["log/00000012.json", "log/00000013.json", "log/00000014.json"], [f"log/{n:08d}.json" for n in range(1, 15)]]
)
def test_an_old_folder_that_lost_entries_does_not_open_as_an_older_bureau(folder: Path, gone: list[str]) -> None:
    """Its database, of other tables, still says how far it went: the numbers are named, nothing is moved aside, and so it is the next time."""
    for name in gone:
        (folder / name).unlink()
    for _ in range(2):
        with pytest.raises(StoreError, match=str(int(Path(gone[-1]).stem))):
            opened(folder)
        assert not list(folder.glob("kpi.duckdb.*-*"))
