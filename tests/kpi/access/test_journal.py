"""A journal: each line as it was written, in order, none missing; whatever is done to its file is noticed."""

import json
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.access.journal import Journal, witness_of
from kpi.access.journal_head import JournalHead, read_witness, write_witness
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


@pytest.fixture
def witnessed(tmp_path):
    """A journal of three lines with a witness elsewhere."""
    path = tmp_path / "access" / "notes.jsonl"
    journal = Journal(path, "记录", witness_of(path))
    for word in "一二三":
        journal.add({"word": word})
    return path


def opened(path: Path) -> list[str]:
    return [line.noted["word"] for line in Journal(path, "记录", witness_of(path)).lines()]


@pytest.mark.parametrize("lost", [("notes.jsonl", "notes.head"), ("notes.jsonl",)])
def test_a_journal_that_is_gone_with_its_head_is_no_empty_one(witnessed, lost):
    """Else a folder whose accounts are lost would open to everybody; who means it takes the witness away."""
    for name in lost:
        (witnessed.parent / name).unlink()
    with pytest.raises(StoreError, match="应有 3 行，现有 0 行"):
        opened(witnessed)
    witness_of(witnessed).unlink()
    if len(lost) == 2:
        assert opened(witnessed) == []


def test_a_journal_put_back_as_it_was_is_noticed(witnessed):
    head = witnessed.with_suffix(".head")
    earlier = witnessed.read_bytes(), head.read_bytes()
    Journal(witnessed, "记录", witness_of(witnessed)).add({"word": "四"})
    witnessed.write_bytes(earlier[0])
    head.write_bytes(earlier[1])
    with pytest.raises(StoreError, match=r"应有 4 行，现有 3 行，是以前的或不见了.*请删掉"):
        opened(witnessed)


@pytest.mark.parametrize("head", [None, b"", b"x", b"3 \xff", b"9" * 40])
def test_a_head_that_alone_is_lost_is_made_again_from_the_witness(witnessed, head):
    path = witnessed.with_suffix(".head")
    whole = path.read_bytes()
    path.unlink() if head is None else path.write_bytes(head)
    assert opened(witnessed) == ["一", "二", "三"]
    assert path.read_bytes() == whole


def test_without_a_head_nothing_is_believed_of_a_journal_that_is_not_the_witnesss(witnessed):
    witnessed.with_suffix(".head").unlink()
    witnessed.write_bytes(witnessed.read_bytes().replace("三".encode(), "四".encode()))
    with pytest.raises(StoreError, match="请从备份恢复"):
        opened(witnessed)


def test_a_damaged_witness_is_not_believed_and_an_older_one_is_true(witnessed):
    witness = witness_of(witnessed)
    whole = witness.read_bytes()
    for place in range(len(whole) - 1):
        witness.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read_witness(witness) is None
        assert opened(witnessed) == ["一", "二", "三"]
    second = sha256(witnessed.read_bytes().splitlines()[1]).hexdigest()
    write_witness(witness, JournalHead(2, second))
    assert opened(witnessed) == ["一", "二", "三"]
    write_witness(witness, JournalHead(2, "0" * 64))
    with pytest.raises(StoreError, match="请从备份恢复"):
        opened(witnessed)


def test_who_looks_while_somebody_adds_takes_nothing_away(tmp_path):
    """As ``verify`` does beside the pages: every look sees whole lines, and all that was acknowledged is there."""
    path = tmp_path / "journal.jsonl"
    journal, faults = Journal(path, "审计记录"), []

    def look():
        for _ in range(200):
            try:
                Journal(path, "审计记录")
            except StoreError as fault:
                faults.append(str(fault))

    looking = Thread(target=look)
    looking.start()
    added = 0
    while looking.is_alive() or added < 50:
        journal.add({"what": "登录"})
        added += 1
    looking.join()
    assert faults == []
    assert [line.number for line in Journal(path, "审计记录").lines()] == [*range(1, added + 1)]


def test_a_journal_to_which_another_process_adds_is_refused_and_stays_whole(tmp_path):
    """Two servers over one folder, one of which could not open the data."""
    path = tmp_path / "journal.jsonl"
    first, second = Journal(path, "审计记录"), Journal(path, "审计记录")
    first.add({"what": "登录"})
    list(second.lines())
    with pytest.raises(StoreError, match=r"由另一个程序写过.*请只开一个看板"):
        second.add({"what": "登录"})
    first.add({"what": "退出"})
    assert [line.noted["what"] for line in Journal(path, "审计记录").lines()] == ["登录", "退出"]


def test_a_torn_line_is_taken_off_by_who_adds_the_next_one_and_by_nobody_else(tmp_path):
    path = tmp_path / "journal.jsonl"
    Journal(path, "审计记录").add({"what": "登录"})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"number":2,"bef')
    journal = Journal(path, "审计记录")
    assert path.read_bytes() == whole + b'{"number":2,"bef'
    journal.add({"what": "退出"})
    assert [line.noted["what"] for line in Journal(path, "审计记录").lines()] == ["登录", "退出"]
