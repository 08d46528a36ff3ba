"""
A damaged data folder is refused, healed, or opened with what is gone named by number; never in silence, never as an older bureau.

These are a share of what ``python -m bench faults`` does.
"""

from pathlib import Path

import pytest

from tests.faults import access_damage
from tests.faults.damage import Damage, Folders, copies, deletions, flips, renames, replacements, truncations
from tests.faults.judging import HEALED, NAMED, REFUSED, VERIFY, Sound, judge, named, sound
from tests.faults.worker import Worker

SEED = 20231127
LOSS = {NAMED, REFUSED}
CASES = {  # words of a damage, and what may become of it
    "truncation of log: log/00000001.json": {HEALED},
    "flip of log: log/00000011.json": {HEALED},
    "flip of batches": {VERIFY},
    "truncation of database": {HEALED},
    "flip of cases": {VERIFY},
    "truncation of editions": {NAMED},
    "deletion of secret": {VERIFY, NAMED},
    "deletion of log: log": {HEALED, REFUSED},
    "deletion of database and log and head": {REFUSED},
    "deletion of database and batches": LOSS,
    "(1).json": {HEALED},
    "older of log and head": {HEALED, REFUSED},
}


@pytest.fixture(scope="module")
def drawn(folders: Folders) -> list[Damage]:
    return [one for ways in (truncations, flips, deletions, copies, renames, replacements) for one in ways(folders, SEED)]


@pytest.fixture(scope="module")
def whole(folders: Folders, worker: Worker) -> dict[object, Sound]:
    return {folder: sound(folder, worker) for folder in (folders.closed, folders.killed)}


@pytest.mark.parametrize("words", CASES)
def test_no_damage_goes_unnoticed(drawn: list[Damage], whole: dict[object, Sound], worker: Worker, words: str) -> None:
    """The first damage with these words is noticed at start or by verify, and what it took is back or named."""
    chosen = next(one for one in drawn if words in str(one))

    verdict = judge(chosen, whole[chosen.folder], worker, thorough=False)

    assert (verdict.why, verdict.outcome in CASES[words]) == ("", True), verdict


def test_every_kind_of_file_is_hit(drawn: list[Damage]) -> None:
    """Forty files are cut, forty flipped, twenty and more deleted, over all kinds."""
    hit = {way: [one.kind for one in drawn if one.way == way] for way in ("truncation", "flip", "deletion")}
    kinds = {"log", "batches", "database", "WAL", "uploads", "cases", "editions", "drafts", "head", "secret"}
    assert [(len(found) >= least, kinds <= set(found)) for found, least in zip(hit.values(), (40, 40, 20), strict=True)] == [(True, True)] * 3


def test_numbers_are_read_from_sentences_as_people_read_them() -> None:
    """Ranges are their numbers; months, days and digests are none."""
    assert named(["日志缺第 3、5—8 号，见 log/00000012.json", "2023 年 11 月的批次「batches/x/2023-10/" + "a1" * 32 + "」"]) == {3, 5, 6, 7, 8, 12}


def test_no_damage_of_the_account_store_goes_unnoticed(tmp_path: Path) -> None:
    """Forty truncations, forty bits, deletions and older copies: refused by name, or equal; somebody may have to log in again."""
    data, earlier = access_damage.make(tmp_path)

    survivals = list(access_damage.survivals(data, access_damage.damages(data, earlier, 40, SEED)))

    assert [survival for survival in survivals if survival.why] == []
    assert {survival.outcome for survival in survivals} == {access_damage.REFUSED, access_damage.EQUAL, access_damage.FEWER_LOGINS}
    lost = {survival.words: survival.outcome for survival in survivals}
    assert lost["deleted: access/accounts.jsonl、access/accounts.head are gone"] == access_damage.REFUSED
