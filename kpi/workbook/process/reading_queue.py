"""
The queue of files that wait for a child to read them (读取队列): fair to visitors, not to files.

Whoever drops twenty files has one turn between two turns of another, so that a single file of another waits for one file
and not for twenty.
"""

import os
from collections import Counter
from collections.abc import Hashable
from itertools import count
from threading import Condition

from kpi.setting import whole_number

SETTING = "KPI_READERS"
_MOST = 64
NOBODY = "nobody"  # the visitor of what no page asks for: a command, the demonstration


def readers_beside_pages() -> int:
    """
    How many files are read at once while pages are served: ``KPI_READERS``, else one less than the processors, which the pages keep.

    Raises:
        RequestError: The setting is no such number.

    """
    return whole_number(SETTING, max(1, (os.cpu_count() or 1) - 1), _MOST)


class ReadingQueue:
    """So many places, taken in turns; safe to share between threads."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._changed = Condition()
        self._reading: Counter[Hashable] = Counter()
        self._tickets: dict[int, Hashable] = {}  # of those that wait, in the order in which they came: whose each is
        self._last_turn: dict[Hashable, int] = {}  # of the visitors that read or wait
        self._numbers = count(1)

    @property
    def reading(self) -> int:
        """How many files are being read."""
        with self._changed:
            return self._reading.total()

    @property
    def waiting(self) -> int:
        """How many files wait for a place."""
        with self._changed:
            return len(self._tickets)

    def ahead(self, visitor: Hashable) -> int:
        """How many files are read before the first one of a visitor is begun; 0 where none of theirs waits or one is being read."""
        with self._changed:
            if self._reading[visitor] or visitor not in self._tickets.values():
                return 0
            order = self._order()
            return self._reading.total() + order.index(visitor)

    def enter(self, visitor: Hashable = NOBODY) -> None:
        """Take a place, once it is the visitor's turn; `leave` gives it back."""
        with self._changed:
            ticket = next(self._numbers)
            self._tickets[ticket] = visitor
            try:
                self._changed.wait_for(lambda: self._is_next(ticket))
            finally:
                del self._tickets[ticket]
                self._changed.notify_all()
            self._begin(visitor)

    def enter_free(self, visitor: Hashable = NOBODY) -> bool:
        """Take a place if one is free and nobody waits for it; whether it was taken."""
        with self._changed:
            if self._tickets or self._reading.total() >= self.places:
                return False
            self._begin(visitor)
            return True

    def leave(self, visitor: Hashable = NOBODY) -> None:
        """Give a place back."""
        with self._changed:
            self._reading[visitor] -= 1
            self._reading += Counter[Hashable]()  # without those that read nothing
            present = {*self._reading, *self._tickets.values()}
            self._last_turn = {known: turn for known, turn in self._last_turn.items() if known in present}
            self._changed.notify_all()

    def _begin(self, visitor: Hashable) -> None:
        self._reading[visitor] += 1
        self._last_turn[visitor] = next(self._numbers)

    def _is_next(self, ticket: int) -> bool:
        if self._reading.total() >= self.places:
            return False
        visitor = self._order()[0]
        return ticket == next(number for number, owner in self._tickets.items() if owner == visitor)

    def _order(self) -> list[Hashable]:
        """The visitors that wait: who reads least comes first, of those who had no turn for the longest time."""
        waiting = dict.fromkeys(self._tickets.values())
        return sorted(waiting, key=lambda visitor: (self._reading[visitor], self._last_turn.get(visitor, 0)))
