"""The referrals of a folder: each file is read once, and again only when it is another one."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpi.period import Month
from kpi.store.folder import DataFolder
from kpi.store.parsed_referrals import ParsedReferrals
from kpi.store.referral import Referral, ReferredSheet, Return
from kpi.store.referrals import Referrals

SENT = datetime.fromisoformat("2023-12-04T09:30")
CODES = [f"20231204-093000-0000000{number}" for number in range(3)]
SHEET = ReferredSheet("donghu", "food", Month(2023, 11), "食品科", "食品科.xlsx")


@pytest.fixture
def referrals(tmp_path: Path) -> Referrals:
    folder = Referrals(DataFolder(tmp_path))
    for code in CODES:
        folder.keep(Referral(code, "王统计", "wang", SENT, [SHEET]))
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was parsed, in order."""
    names, parse = list[str](), Referral.parse

    def noted(code: str, data: bytes) -> Referral:
        names.append(code)
        return parse(code, data)

    monkeypatch.setattr(Referral, "parse", noted)
    return names


def test_a_file_is_read_once_until_it_is_another(referrals: Referrals, parsed: list[str]) -> None:
    first = list(referrals.whole())
    assert (list(referrals.whole()), referrals.faults(), parsed) == (first, [], CODES)
    referrals.keep(replace(first[1], returned=Return("李审核", SENT, "错")))
    assert [referral.returned is not None for referral in referrals.whole()] == [False, True, False]
    assert parsed == [*CODES, CODES[1]]
    referrals.remove(CODES[0])
    assert [referral.code for referral in referrals.whole()] == CODES[1:]
    assert parsed == [*CODES, CODES[1]]


def test_what_is_decided_about_is_read_from_its_file(referrals: Referrals, parsed: list[str]) -> None:
    list(referrals.whole())
    referrals.find(CODES[0])
    assert parsed == [*CODES, CODES[0]]


def test_a_file_that_rots_under_the_same_time_is_found_by_who_verifies(referrals: Referrals, tmp_path: Path) -> None:
    list(referrals.whole())
    path = tmp_path / "referrals" / f"{CODES[1]}.zip"
    before, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    with path.open("r+b") as file:  # the same file, of the same size
        file.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [sentence.partition("；")[0] for sentence in referrals.faults(anew=True)] == [f"送审的「{CODES[1]}」已损坏，读不出"]


def test_those_asked_for_least_recently_go_first(referrals: Referrals, tmp_path: Path) -> None:
    """Files of which two have room."""
    files = [(tmp_path / "referrals" / f"{code}.zip").stat() for code in CODES]
    kept = ParsedReferrals(files[0].st_size * 2)
    first, second, third = [referrals.find(code) for code in CODES]
    kept.keep(files[0], first)
    kept.keep(files[1], second)
    assert kept.find(CODES[0], files[0]) is first
    kept.keep(files[2], third)
    assert [kept.find(code, file) for code, file in zip(CODES, files, strict=True)] == [first, None, third]
