"""A journal: each line as it was written, in order, none missing; whatever is done to its file is noticed."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.access.journal import Journal
from kpi.errors import StoreError

TEXTS = st.lists(st.text(max_size=20), max_size=8)


def written(folder: Path, *words: str) -> Path:
    path = folder / "notes.jsonl"
    journal = Journal(path, "记录")
    for word in words:
        journal.add({"word": word})
    return path


def words_of(path: Path) -> list[str]:
    return [line.noted["word"] for line in Journal(path, "记录").lines()]


@given(TEXTS, TEXTS)
def test_what_was_added_is_read_again_in_order(tmp_path_factory, first, second):
    path = written(tmp_path_factory.mktemp("journal"), *first)
    journal = Journal(path, "记录")
    for word in second:
        journal.add({"word": word})
    assert words_of(path) == [*first, *second]
    assert journal.last == len(first) + len(second)


def test_each_line_holds_the_digest_of_the_one_before(tmp_path):
    first, second = written(tmp_path, "一", "二").read_bytes().splitlines()
    assert json.loads(first) == {"number": 1, "before": "", "word": "一"}
    assert json.loads(second) == {"number": 2, "before": sha256(first).hexdigest(), "word": "二"}


def test_only_its_owner_can_read_it(tmp_path):
    path = written(tmp_path, "一")
    assert [file.stat().st_mode & 0o077 for file in (path, path.with_suffix(".head"))] == [0, 0]


def test_every_bit_of_the_file_counts(tmp_path):
    path = written(tmp_path, "一", "二", "三")
    whole = path.read_bytes()
    for place in range(len(whole)):
        for bit in (0, 3, 7):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            path.write_bytes(damaged)
            with pytest.raises(StoreError, match="请从备份恢复"):
                words_of(path)


def test_a_file_cut_short_is_noticed_and_what_was_never_acknowledged_is_dropped(tmp_path):
    path = written(tmp_path, "一", "二")
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match="请从备份恢复"):
            Journal(path, "记录")
    path.write_bytes(whole + b'{"number":3,"bef')
    assert words_of(path) == ["一", "二"]
    assert path.read_bytes() == whole


def test_a_line_whose_head_was_not_written_yet_counts(tmp_path):
    path = written(tmp_path, "一")
    head = path.with_suffix(".head").read_bytes()
    Journal(path, "记录").add({"word": "二"})
    path.with_suffix(".head").write_bytes(head)
    journal = Journal(path, "记录")
    assert [line.noted["word"] for line in journal.lines()] == ["一", "二"]
    journal.add({"word": "三"})
    assert words_of(path) == ["一", "二", "三"]


def test_lines_put_together_by_another_hand_are_noticed(tmp_path):
    path = written(tmp_path, "一", "二", "三")
    first, second, third = path.read_bytes().splitlines(keepends=True)
    for other in (first + third, second + third, first + third + second, first + second + second, first + second + third + third):
        path.write_bytes(other)
        with pytest.raises(StoreError, match="请从备份恢复"):
            Journal(path, "记录")


def test_a_disk_that_refuses_leaves_the_journal_as_it_was(tmp_path, monkeypatch):
    path = written(tmp_path, "一")
    journal = Journal(path, "记录")
    whole = path.read_bytes()

    refusals = iter([OSError(28, "no space"), None])

    def full(*_: object) -> None:
        if error := next(refusals):
            raise error

    monkeypatch.setattr("kpi.access.journal.sync_folders", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        journal.add({"word": "二"})
    monkeypatch.undo()
    assert path.read_bytes() == whole
    assert words_of(path) == ["一"]
    journal.add({"word": "三"})
    assert words_of(path) == ["一", "三"]
