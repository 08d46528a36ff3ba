"""How often somebody may ask (频率): so many times a minute, counted by name."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

MINUTE = 60.0  # seconds
_NAMES = 1000  # that are remembered; of more the one that asked longest ago is forgotten


class RateLimit:
    """Counts the questions of the last minute by name."""

    def __init__(self, most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._now, self._lock = most, now, Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> float:
        """Seconds until a name may ask again; 0 where it may now, which then counts."""
        now = self._now()
        with self._lock:
            moments = self._asked.setdefault(name, deque())
            self._asked.move_to_end(name)
            while len(self._asked) > _NAMES:
                self._asked.popitem(last=False)
            while moments and now - moments[0] >= MINUTE:
                moments.popleft()
            if len(moments) >= self._most:
                return moments[0] + MINUTE - now
            moments.append(now)
            return 0.0
