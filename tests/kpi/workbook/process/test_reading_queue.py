"""The queue of files that wait to be read: in turns by visitor, however many files each of them has."""

import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import RequestError
from kpi.workbook.process import reading_queue
from kpi.workbook.process.reading_queue import ReadingQueue, readers_beside_pages


class Readers:
    """Threads that each read one file, begun one after the other and ended by the test; ``begun`` is whose turn came when."""

    def __init__(self, queue: ReadingQueue) -> None:
        self.queue = queue
        self.begun: list[str] = []
        self._ends: list[tuple[str, threading.Event]] = []
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []

    def drop(self, visitor: str) -> None:
        """A file of a visitor, known to the queue when this returns."""
        before = self.queue.reading + self.queue.waiting
        thread = threading.Thread(target=self._read, args=(visitor,), daemon=True)
        self._threads.append(thread)
        thread.start()
        self._until(lambda: self.queue.reading + self.queue.waiting > before and len(self._ends) == self.queue.reading)

    def finish(self) -> None:
        """The end of the file that was begun first; the next one has begun when this returns, where one waits."""
        with self._changed:
            _, end = self._ends.pop(0)
        expected = min(self.queue.places, self.queue.reading + self.queue.waiting - 1)
        end.set()
        self._until(lambda: len(self._ends) == expected == self.queue.reading)

    def close(self) -> None:
        while self._ends:
            self.finish()
        for thread in self._threads:
            thread.join(60)

    def _read(self, visitor: str) -> None:
        self.queue.enter(visitor)
        end = threading.Event()
        with self._changed:
            self.begun.append(visitor)
            self._ends.append((visitor, end))
            self._changed.notify_all()
        end.wait(60)
        self.queue.leave(visitor)
        with self._changed:
            self._changed.notify_all()

    def _until(self, reached: Callable[[], bool]) -> None:
        with self._changed:
            while not reached():
                self._changed.wait(0.01)


def test_one_file_waits_for_one_and_not_for_twenty() -> None:
    """甲 drops twenty, then 乙 one: 乙 is read second."""
    readers = Readers(ReadingQueue(1))
    for _ in range(20):
        readers.drop("甲")
    readers.drop("乙")
    assert (readers.queue.reading, readers.queue.waiting) == (1, 20)
    assert (readers.queue.ahead("甲"), readers.queue.ahead("乙"), readers.queue.ahead("丙")) == (0, 1, 0)

    readers.finish()

    assert readers.begun == ["甲", "乙"]
    assert (readers.queue.ahead("甲"), readers.queue.ahead("乙")) == (1, 0)
    readers.close()
    assert readers.begun == ["甲", "乙", *["甲"] * 19]
    assert (readers.queue.reading, readers.queue.waiting, readers.queue._last_turn) == (0, 0, {})


def test_three_who_wait_take_turns() -> None:
    readers = Readers(ReadingQueue(1))
    for visitor in "甲甲甲乙乙丙":
        readers.drop(visitor)
    assert (readers.queue.ahead("乙"), readers.queue.ahead("丙")) == (1, 2)
    readers.close()
    assert "".join(readers.begun) == "甲乙丙甲乙甲"


def test_who_has_both_places_gives_the_next_one_away() -> None:
    readers = Readers(ReadingQueue(2))
    for visitor in "甲甲甲甲乙":
        readers.drop(visitor)
    readers.close()
    assert "".join(readers.begun) == "甲甲乙甲甲"


@given(st.integers(1, 3), st.text("甲乙丙丁", max_size=12))
def test_every_file_is_read_once_and_never_more_at_once_than_there_are_places(places: int, files: str) -> None:
    """And between two turns of a visitor, while another waits, that one has a turn."""
    readers = Readers(ReadingQueue(places))
    for visitor in files:
        readers.drop(visitor)
        assert readers.queue.reading <= places
    readers.close()
    assert sorted(readers.begun) == sorted(files)
    late = readers.begun[places:]
    left = {visitor: late.count(visitor) for visitor in set(late)}
    for first, second in pairwise(late):
        left[first] -= 1
        assert first != second or places > 1 or all(not count for visitor, count in left.items() if visitor != first)


def test_a_place_is_taken_in_passing_only_where_nobody_waits() -> None:
    queue = ReadingQueue(1)
    assert queue.enter_free()
    assert not queue.enter_free()
    queue.leave()
    assert queue.enter_free()


@pytest.mark.parametrize(("processors", "places"), [(None, 1), (1, 1), (2, 1), (4, 3)])
def test_the_pages_keep_a_processor(monkeypatch: pytest.MonkeyPatch, processors: int | None, places: int) -> None:
    monkeypatch.setattr(reading_queue.os, "cpu_count", lambda: processors)
    assert readers_beside_pages() == places


@pytest.mark.parametrize(("text", "places"), [("1", 1), (" 8 ", 8), ("64", 64)])
def test_how_many_are_read_at_once_can_be_set(monkeypatch: pytest.MonkeyPatch, text: str, places: int) -> None:
    monkeypatch.setenv("KPI_READERS", text)
    assert readers_beside_pages() == places


@pytest.mark.parametrize("text", ["0", "65", "-1", "2.5", "两", "٣", "9" * 5000])
def test_a_number_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KPI_READERS", text)
    with pytest.raises(RequestError, match="请写 1 到 64 的整数，或不写"):
        readers_beside_pages()
