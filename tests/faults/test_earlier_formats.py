"""
A data folder of every earlier format opens with equal boards, and verifies clean.

The folders were filled by the programs of their time; which, and with what, stands in their README.  They are never made anew.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpi.bureau import Bureau, open_bureau, plan_restoring, restore_bureau
from kpi.documents.figure_documents import board_document
from kpi.documents.json_document import document_text
from kpi.filing import submissions
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month, Span
from kpi.review.board import board
from kpi.store.backup import back_up
from kpi.store.clock import now
from kpi.store.decision import Act
from kpi.store.folder_format import FOLDER_FORMAT
from tests.faults import upgrading
from tests.faults.packing import FOLDERS, unpack
from tests.faults.stepping import POSSIBLE
from tests.faults.upgrading import ARCHIVES
from tests.faults.worker import Worker

MONTHS = (Month(2023, 10), Month(2023, 11))
WITH_EDITION = ("2-demonstration", "3-accounts", "4-accepted")
SHEETS = [(1, "food_coordination", "2023-10"), (2, "food_production", "2023-10"), (3, "food_coordination", "2023-11"), (4, "food_production", "2023-11")]


def boards(bureau: Bureau) -> list[dict[str, Any]]:
    """What ``board --json`` prints of both months."""
    documents = [board_document(month, Span.YTD, board(bureau, month), bureau.catalog, org=bureau.catalog.root) for month in MONTHS]
    return [json.loads(document_text(document)) for document in documents]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The boards of the same four sheets taken in by the program as it is now; all of them, and with the last one withdrawn."""
    work = tmp_path_factory.mktemp("expected")
    uploads = kept_uploads(unpack(FOLDERS / "earlier" / "1-first.zip", work / "first"))
    with open_bureau(work / "now") as bureau:
        accept(bureau, prepare(bureau, uploads), "演示", "演示数据（虚构）")
        whole = boards(bureau)
        submissions.withdraw(bureau, 4, "演示", "演示撤回")
        return whole, boards(bureau)


def kept_uploads(folder: Path) -> Sequence[Upload]:
    """The uploads of a folder, under the names that its batches give."""
    with open_bureau(folder) as bureau:
        return [Upload(one.file, bureau.store.original(one.sha256)) for one in bureau.store.submissions()]


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.stem)
def test_it_opens_with_equal_boards_and_verifies_clean(archive: Path, expected: tuple[list[dict[str, Any]], list[dict[str, Any]]], tmp_path: Path) -> None:
    """Every submission, decision and edition is there; 1724 of 1763 lots of November; a backup of it restores to the same."""
    folder = unpack(archive, tmp_path / "data")
    decided = archive.stem != "1-first"

    with open_bureau(folder) as bureau:
        store = bureau.store
        assert [(one.seq, one.office, str(one.period)) for one in store.submissions()] == SHEETS
        assert [(one.seq, one.act, one.submission) for one in store.decisions()] == ([(5, Act.LOCK, None), (6, Act.WITHDRAW, 4)] if decided else [])
        assert [(one.seq, one.title) for one in store.editions()] == ([(7, "演示例会")] if archive.stem in WITH_EDITION else [])
        assert store.verify() == []
        assert {notice.partition("，")[0] for notice in store.notices} <= {"数据库由另一版本的程序建立"}  # that of the format before may be as it is now
        shown = boards(bureau)
        assert shown == expected[decided]
        back_up(folder, tmp_path / "b.tar", now())
    assert restore_bureau(plan_restoring(tmp_path / "b.tar", tmp_path / "restored")).faults == ()
    with open_bureau(tmp_path / "restored") as bureau:
        assert boards(bureau) == shown
    [rate] = [row for row in shown[1]["rows"] if row["indicator"] == "food_sampling_pass_rate"]
    assert (rate["numerator"], rate["denominator"]) == ("1724", "1763")


@pytest.mark.skipif(not POSSIBLE, reason="system calls are counted on Linux on x86-64 only")
def test_a_kill_while_it_is_brought_up_to_date_changes_nothing(tmp_path: Path, worker: Worker) -> None:
    """``python -m bench faults --kind kill`` takes every instant of every format; this takes three of the first."""
    survivals = list(upgrading.survivals(ARCHIVES[0], tmp_path, worker, count=3))

    assert [(survival.outcome, survival.why) for survival in survivals] == [("equal", "")] * 3


def test_every_format_is_kept() -> None:
    """A release that raises the number of the format keeps a folder of the one before, named ``<number>-<what>.zip``."""
    assert {int(path.stem.partition("-")[0]) for path in ARCHIVES} == set(range(1, FOLDER_FORMAT))
