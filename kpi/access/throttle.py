"""
Failed logins (登录失败): after five of an account, or from a machine, neither is let in for a quarter of an hour.

Failures that lie further back than that are forgotten.  A login of the account, or from the machine, that succeeds ends
the count.  They are counted in memory: who restarts the server could do more than guess.  The clock is one that nobody sets:
else one that is put back would lock everybody out for as long.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST, WINDOW = 5, 15 * 60  # failures; seconds
_KEYS = 10_000  # accounts and machines that are remembered; of more the oldest is forgotten


class Throttle:
    """Counts failures by account and by machine."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, Lock()
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, *keys: str) -> float:
        """Seconds until one may try again, for the one of some keys that waits longest; 0 where all may."""
        with self._lock:
            return max((self._left(key) for key in keys), default=0.0)

    def fail(self, *keys: str) -> bool:
        """Note a failure under each of some keys; whether one of them is locked by it."""
        now = self._now()
        with self._lock:
            for key in keys:
                recent = [moment for moment in self._failures.pop(key, []) if now - moment < WINDOW]
                self._failures[key] = [*recent, now][-MOST:]
            while len(self._failures) > _KEYS:
                self._failures.popitem(last=False)
            return any(self._left(key) for key in keys)

    def clear(self, *keys: str) -> None:
        """Forget the failures of some keys."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _left(self, key: str) -> float:
        moments = [moment for moment in self._failures.get(key, []) if self._now() - moment < WINDOW]
        return moments[-1] + WINDOW - self._now() if len(moments) >= MOST else 0.0
