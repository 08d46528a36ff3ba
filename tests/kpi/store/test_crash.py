"""The power goes at any moment: what was acknowledged is there afterwards, whole and once."""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import RLock
from typing import Any

import pytest

from kpi.store.database import Store
from kpi.store.submission import Accepted
from tests.kpi.store.dying import AFTER_ALL, killed
from tests.kpi.store.reports import accepted, catalog_of


def reports(month: int) -> list[Accepted]:
    """Of two offices."""
    food = accepted(f"2024-{month:02}", food_sampling_tested=f"{month}", food_producers=f"– {month}")
    return [food, accepted(f"2024-{month:02}", "drug", drug_samples_tested=f"{month}")]


def reporting(store: Store) -> Iterator[tuple[int, str] | None]:
    """Three months, one after the other."""
    yield None
    for month in (1, 2, 3):
        for submission in store.commit(reports(month)):
            yield submission.seq, submission.sha256


@pytest.fixture(scope="module")
def instants(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folder as it was after each step on the disk of two clicks on two files each, after three entries of before."""
    root = tmp_path_factory.mktemp("instants")
    live, seen = root / "live", list[Path]()
    one_at_a_time = RLock()  # the tables are written by another thread than the files

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            with one_at_a_time:
                answer = call(*arguments, **options)
                seen.append(shutil.copytree(live, root / f"{len(seen):03d}"))
                return answer

        return step

    with Store.open(live, catalog_of()) as store, pytest.MonkeyPatch.context() as patch:
        store.commit([accepted("2024-01", food_sampling_tested="1")])
        store.commit(reports(2))
        assert store.version == 3
        for owner, name in ((os, "fsync"), (os, "link"), (Path, "replace"), (Path, "unlink"), (Store, "_apply")):
            patch.setattr(owner, name, watched(getattr(owner, name)))
        store.commit(reports(3))
        store.commit(reports(4))
        assert store.version == 7
    return seen


@pytest.mark.parametrize("seed", range(12))
def test_a_folder_copied_while_somebody_accepts_opens_with_the_gap_named(tmp_path: Path, instants: list[Path], seed: int) -> None:
    """Its parts are copied one after the other, each as it is at another instant; what came before is whole whatever the order."""
    chance = random.Random(seed)
    parts = ["log", "batches", "uploads", "head.json", "kpi.duckdb", "kpi.duckdb.wal", "partial"]
    chance.shuffle(parts)
    for part, instant in zip(parts, sorted(chance.choices(instants, k=len(parts))), strict=True):
        if (instant / part).is_dir():
            shutil.copytree(instant / part, tmp_path / part)
        elif (instant / part).exists():
            shutil.copy(instant / part, tmp_path / part)

    with Store.open(tmp_path, catalog_of()) as store:
        kept = [s.seq for s in store.submissions()]
        assert kept[:3] == [1, 2, 3]
        lacking = set(range(1, store._log.last + 1)).difference(kept)
        said = "".join(store.notices)
        assert all(f"第 {number} 号" in said or f"第 {number - number % 2}—{number - number % 2 + 1} 号" in said for number in lacking), said
        for fault in store.verify():
            assert "请从备份恢复" in fault
            assert "rebuild" not in fault


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(1, 22, 4), 40, AFTER_ALL])
def test_a_killed_writer_loses_nothing_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk; then all is opened, proved, and taken in again without a double."""
    acknowledged = killed(reporting, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = [(s.seq, s.sha256) for s in store.submissions()]
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) % 2 == 0, "of the two files of one click, one is in"
        left = store.verify()  # at most the batches of a click that was never entered
        assert [fault for fault in left if "没有登入日志" not in fault] == []
        assert store.rows("select seq from fact group by seq having count(*) not in (3, 6)") == []
        store.commit([*reports(1), *reports(2), *reports(3)])
        assert store.rows("select count(*), count(distinct sha256) from submission") == [(6, 6)]
        assert store.rows("select max(ytd) from figure where measure = 'food_sampling_tested'") == [(6,)]
        assert not list((folder / "partial").iterdir())
        assert store.verify() == []
