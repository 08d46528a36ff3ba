"""The latest entries of the audit are those that reading all of it gives, and each that is read is checked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.access.audit import Audit, Audited
from kpi.access.caller import Caller
from kpi.access.lines_backwards import BLOCK
from kpi.errors import StoreError

SIGNS = 'ab甲ß"\\ \u2028\x01İ'  # among them some that a line writes in another way, and some that grow where case does not count


def written(folder: Path, *about: str) -> Audit:
    audit = Audit(folder)
    for what in about:
        audit.note(Audited.EXPORT, Caller(), what)
    return audit


@given(st.lists(st.text(SIGNS, max_size=6), max_size=8), st.text(SIGNS, max_size=3), st.integers(1, 9))
def test_the_latest_are_the_last_of_all_that_have_the_words(tmp_path_factory, about, words, most):
    audit = written(tmp_path_factory.mktemp("audit"), *about)
    assert audit.latest(words, most) == list(audit.entries(words))[::-1][:most]
    assert audit.count == len(list(audit.entries()))


def test_a_day_and_a_time_are_words(tmp_path):
    audit = written(tmp_path, "甲.xlsx", "乙.xlsx")
    at = list(audit.entries())[-1].at
    assert [entry.about for entry in audit.latest(f"{at:%Y-%m-%d %H:%M} 乙", 9)] == ["乙.xlsx"]


def test_what_is_older_than_what_is_asked_for_is_not_read(tmp_path):
    """The first line is damaged, and lies more than a block before the last three, which fill a page of three."""
    audit = written(tmp_path, *["甲" * 400] * (BLOCK // 1200 + 4))
    path = tmp_path / "access" / "audit.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"number":1,', b'"number":7,', 1))
    assert [entry.about for entry in audit.latest("", 3)] == ["甲" * 400] * 3
    with pytest.raises(StoreError, match=r"第 1 行被改动或损坏；请从备份恢复"):
        audit.latest("", 1000)


def test_every_bit_of_what_is_read_counts(tmp_path):
    audit = written(tmp_path, "甲", "乙")
    path = tmp_path / "access" / "audit.jsonl"
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="请从备份恢复"):
            audit.latest("没有这个词", 9)
    for length in (0, 1, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=r"短了一截；请从备份恢复"):
            audit.latest("", 9)
    path.unlink()
    with pytest.raises(StoreError, match="请从备份恢复"):
        audit.latest("", 9)


def test_an_audit_without_an_entry_has_none(tmp_path):
    assert (Audit(tmp_path).latest("", 9), Audit(tmp_path).count) == ([], 0)


def test_what_a_power_cut_left_behind_the_last_line_is_none_of_its_entries(tmp_path):
    written(tmp_path, "甲")
    path = tmp_path / "access" / "audit.jsonl"
    path.write_bytes(path.read_bytes() + b'{"number":2,"bef')
    assert [entry.about for entry in Audit(tmp_path).latest("", 9)] == ["甲"]
