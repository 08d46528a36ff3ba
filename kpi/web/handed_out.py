"""
What the page library has given to each login (下载地址、页面会话): its addresses of files and its names of visits.

Both open to whoever knows them.  So what was sent over the websocket of a login is noted, and an address that was not is
refused to it.
"""

import re
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from threading import Lock

_LIKE_NAMES = re.compile(rb"/media/[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MEDIA, _UPLOADS = "/media/", "/_stcore/upload_file/"
_LARGE = 20_000  # bytes; the name of a visit comes in a shorter message
_LOGINS, _EACH = 2000, 5000  # logins that are remembered, and names of each


class HandedOut:
    """The names that were sent to each login, the latest of them."""

    def __init__(self, names: Callable[[bytes], Collection[str]]) -> None:
        """
        Begin with nothing.

        Args:
            names: The names that a message of the page library hands out; what only stands in one as a text, somebody may have typed.

        """
        self._names_in = names
        self._names: OrderedDict[str, deque[str]] = OrderedDict()
        self._lock = Lock()

    def note(self, login: str, data: bytes) -> None:
        """Note the names in what is sent to a login."""
        if len(data) > _LARGE and b"/media/" not in data:
            return
        names = set(self._names_in(data)) if _LIKE_NAMES.search(data) else set()
        if not names:
            return
        with self._lock:
            known = self._names.setdefault(login, deque(maxlen=_EACH))
            self._names.move_to_end(login)
            known.extend(names.difference(known))
            while len(self._names) > _LOGINS:
                self._names.popitem(last=False)

    def has(self, login: str, name: str) -> bool:
        """Whether a name was sent to a login."""
        return name in self._names.get(login, ())

    def allowed(self, login: str, path: str) -> bool:
        """Whether a login may ask for a path: a file or a visit of the page library only where it was sent its name."""
        if path.startswith(_MEDIA):
            return self.has(login, path.removeprefix(_MEDIA))
        if path.startswith(_UPLOADS):
            return self.has(login, path.removeprefix(_UPLOADS).split("/")[0])
        return True
