"""
Four files of one click are all there or none of them, whenever the power goes; a copy made meanwhile opens.

``python -m bench faults --kind kill --kind lines`` takes every instant; this takes a few.
"""

import sys
from pathlib import Path

import pytest

from kpi.bureau import open_bureau
from kpi.defining.in_force import changes
from kpi.store.database import Store
from tests import blank
from tests.faults import ending, redefining
from tests.faults.damage import Folders
from tests.faults.killing import killed_at, survivals_of
from tests.faults.stepping import POSSIBLE, Instant, instants
from tests.faults.surviving import Case, Survival, case, copies, every, kills_at_calls, kills_at_lines, lines, steps
from tests.faults.worker import Worker
from tests.kpi.store.reports import catalog_of

by_calls = pytest.mark.skipif(not POSSIBLE, reason="system calls are counted on Linux on x86-64 only")


@pytest.fixture(scope="module")
def click(folders: Folders, work: Path, worker: Worker) -> Case:
    return case(folders.closed, work, worker)


@pytest.fixture(scope="module")
def found(click: Case, work: Path) -> list[Instant]:
    return steps(click, work)


def failures(survivals: list[Survival]) -> list[Survival]:
    return [one for one in survivals if one.why]


@by_calls
def test_a_kill_at_a_system_call_leaves_all_four_or_none(click: Case, found: list[Instant], worker: Worker) -> None:
    """Opened afterwards all is proved, the figures are those with or without the four, and a second click stores each once."""
    survivals = list(kills_at_calls(click, found, worker, stride=40))
    assert failures(survivals) == []
    assert {one.outcome for one in survivals} == {"all", "none"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_between_two_lines_leaves_all_four_or_none(click: Case, worker: Worker) -> None:
    """The same by a real signal; what the sender was told of is there."""
    count = lines(click)
    survivals = list(kills_at_lines(click, worker, every(count, count // 2)))
    assert failures(survivals) == []
    assert {one.outcome for one in survivals} == {"all", "none"}


@by_calls
def test_a_copy_made_meanwhile_opens(click: Case, found: list[Instant], worker: Worker) -> None:
    """It holds all or none of the four, or names by number what it lacks."""
    assert failures(list(copies(click, found, worker, count=3, seed=3))) == []


@by_calls
def test_a_kill_while_the_demonstration_ends_leaves_it_whole_or_nothing_of_it(tmp_path: Path) -> None:
    """Whatever the instant, both sheets are there or none, all is proved, and who was answered finds none."""
    ending.begin(tmp_path / "data")
    (tmp_path / "instants").mkdir()
    found, left = instants(tmp_path / "data", tmp_path / "instants", "tests.faults.ending"), set()
    for instant in [*found[::8], found[-1]]:
        with Store.open(instant.folder, catalog_of()) as store:
            assert store.verify() == []
            sheets = store.demonstration().sheets
            assert len(store.rows("select * from calendar")) == (11 if sheets else 0)
            assert not (instant.answered and sheets)
            left.add(sheets)
    assert left == {0, 2}


@by_calls
def test_a_kill_while_another_catalogue_comes_in_force_leaves_one_of_them_whole(tmp_path: Path) -> None:
    """Whatever the instant, the bureau opens with the former or the new name, all is proved, and who was answered finds the new one."""
    blank.copied(tmp_path / "data")
    (tmp_path / "instants").mkdir()
    found, left = instants(tmp_path / "data", tmp_path / "instants", "tests.faults.redefining"), set()
    for instant in [*found[:: len(found) // 5], found[-1]]:
        with open_bureau(instant.folder) as bureau:
            assert bureau.store.verify() == []
            new = bureau.catalog.bureau == redefining.NAME
            assert new or not instant.answered
            left.add((new, len(changes(bureau))))
    assert left >= {(False, 0), (True, 2)}
    assert left <= {(False, 0), (False, 1), (True, 2)}


@by_calls
@pytest.mark.parametrize("act", ["accept referred", "inbox"])
def test_a_kill_during_any_act_leaves_all_of_it_or_nothing(folders: Folders, click: Case, tmp_path: Path, worker: Worker, act: str) -> None:
    """A referral is accepted or waits; a file of the inbox is taken in once."""
    found = killed_at(folders.closed, act, click.click, tmp_path)

    survivals = list(survivals_of(act, found, worker, count=3))

    assert failures(survivals) == []
    assert survivals[-1].outcome == "all"
