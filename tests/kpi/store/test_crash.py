"""The power goes at any moment: what was acknowledged is there afterwards, whole and once."""

import sys
from collections.abc import Iterator
from pathlib import Path

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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(1, 22), 30, 40, AFTER_ALL])
def test_a_killed_writer_loses_nothing_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk; then all is opened, proved, and taken in again without a double."""
    acknowledged = killed(reporting, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = [(s.seq, s.sha256) for s in store.submissions()]
        assert kept[: len(acknowledged)] == acknowledged
        assert store.verify() == []
        assert store.rows("select seq from fact group by seq having count(*) not in (3, 6)") == []
        store.commit([*reports(1), *reports(2), *reports(3)])
        assert store.rows("select count(*), count(distinct sha256) from submission") == [(6, 6)]
        assert store.rows("select max(ytd) from figure where measure = 'food_sampling_tested'") == [(6,)]
        assert not list((folder / "partial").iterdir())
