"""
The referrals that were parsed already, so that a list of hundreds is not read anew whenever somebody looks at a page.

A referral is written once; when it is returned, another file takes its place.  So what was parsed is good as long as size,
time and number of the file are the same.
"""

from collections import OrderedDict
from collections.abc import Iterable
from os import stat_result
from threading import Lock

from kpi.store.referral import Referral

_MOST_BYTES = 32 * 2**20  # of the files of those that are kept in memory


class ParsedReferrals:
    """Parsed referrals by their names, those asked for most recently; any thread may ask."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most, self._lock = most_bytes, Lock()
        self._parsed: OrderedDict[str, tuple[tuple[int, int, int], Referral]] = OrderedDict()

    def find(self, code: str, file: stat_result) -> Referral | None:
        """The referral of a name, if it was parsed from this very file."""
        with self._lock:
            kept = self._parsed.get(code)
            if kept is None or kept[0] != _mark(file):
                return None
            self._parsed.move_to_end(code)
            return kept[1]

    def keep(self, file: stat_result, referral: Referral) -> None:
        """Keep a referral with the file that it was parsed from, as it was before it was read."""
        with self._lock:
            self._parsed[referral.code] = _mark(file), referral
            self._parsed.move_to_end(referral.code)
            while sum(size for (size, _, _), _ in self._parsed.values()) > self._most:
                self._parsed.popitem(last=False)

    def keep_only(self, codes: Iterable[str]) -> None:
        """Let go of all others: they were decided."""
        with self._lock:
            for code in self._parsed.keys() - set(codes):
                del self._parsed[code]


def _mark(file: stat_result) -> tuple[int, int, int]:
    return file.st_size, file.st_mtime_ns, file.st_ino
