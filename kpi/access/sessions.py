"""
The logins that last (会话): each is known by a random token that only the browser of the person has.

Kept is the sha256 of the token, so that who reads the file cannot use it.  A login ends after 30 minutes without a click, 8
hours after it began, when its person leaves or is sent away, and when the account is disabled or gets another password.
Logins survive a restart; a file of them that is damaged is put aside, and everybody logs in again, as who is of a row that is.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock

IDLE, LONGEST = 30 * 60, 8 * 60 * 60  # seconds
_ASTRAY = 5 * 60  # seconds by which a clock may be put back, as clocks are that follow another one
_TOKEN_BYTES = 32
_NOTED_EVERY = 60  # seconds; so often at most is a click written down
_TABLE = "login"  # another name than that of files without checksums, whose people log in once more
_COLUMNS = """digest text primary key, account text not null, address text not null, opened real not null, seen real not null,
    signed_on integer not null, checked text not null"""


@dataclass(frozen=True, slots=True)
class Session:
    """One login that lasts; moments in seconds since 1970."""

    digest: str  # the sha256 of its token: a name for it that opens nothing
    account: str
    address: str  # of the machine from which it was opened
    opened: float
    seen: float  # the last click
    signed_on: bool = False  # by the single sign-on, not by the password

    def ends(self) -> float:
        """When it ends by itself, unless somebody clicks."""
        return min(self.seen + IDLE, self.opened + LONGEST)


class Sessions:
    """All logins of a server."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._now, self._lock = now, Lock()
        self._file = _opened(path)
        self._noted: dict[str, float] = {}
        rows = self._file.execute(f"select digest, account, address, opened, seen, signed_on, checked from {_TABLE}").fetchall()
        sessions = [(Session(digest, account, address, opened, seen, bool(how)), checked) for digest, account, address, opened, seen, how, checked in rows]
        self._sessions = {session.digest: session for session, checked in sessions if checked == _checksum(session)}

    def open(self, account: str, address: str, *, signed_on: bool = False) -> str:
        """Begin a login, by the password or by the single sign-on; its token, which nobody can find out but from here."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._now()
        session = Session(_digest(token), account, address, now, now, signed_on)
        with self._lock:
            self._forget_ended()
            self._sessions[session.digest] = session
            values = (session.digest, account, address, now, now, int(signed_on), _checksum(session))
            self._write(f"insert into {_TABLE} values (?, ?, ?, ?, ?, ?, ?)", *values)
        return token

    def find(self, token: str, *, click: bool) -> Session | None:
        """
        The login that a token is of; None where there is none, or it has ended.

        Args:
            token: As the browser sent it.
            click: Whether its person did something just now, so that it lasts on.

        """
        return self.look(_digest(token), click=click)

    def look(self, digest: str, *, click: bool = False) -> Session | None:
        """The login with a digest, as `find`."""
        now = self._now()
        with self._lock:
            session = self._sessions.get(digest)
            if session is None or not self._lasts(session, now):
                return None
            if click:
                session = self._sessions[digest] = replace(session, seen=now)
                if now - self._noted.get(digest, session.opened) >= _NOTED_EVERY:
                    self._noted[digest] = now
                    self._write_seen(session)
            return session

    def close(self, digest: str) -> None:
        """End one login."""
        self._end(lambda session: session.digest == digest)

    def close_all(self, account: str, but: str = "") -> int:
        """End every login of an account but one; how many there were."""
        return self._end(lambda session: session.account == account and session.digest != but)

    def of(self, account: str) -> list[Session]:
        """The logins of an account that last, the last click first."""
        now = self._now()
        return sorted((session for session in list(self._sessions.values()) if session.account == account and self._lasts(session, now)), key=lambda s: -s.seen)

    def count(self) -> int:
        """How many last."""
        now = self._now()
        return sum(self._lasts(session, now) for session in list(self._sessions.values()))

    def shut(self) -> None:
        """Write down the last clicks, and let the file go."""
        with self._lock:
            for session in self._sessions.values():
                self._write_seen(session)
            self._file.close()

    @staticmethod
    def _lasts(session: Session, now: float) -> bool:
        """Whether a login lasts; one from a time that is yet to come does not: the clock was put back, and nobody knows how old it is."""
        return session.opened - _ASTRAY <= now < session.ends()

    def _end(self, ends: Callable[[Session], bool]) -> int:
        with self._lock:
            ended = [digest for digest, session in self._sessions.items() if ends(session)]
            for digest in ended:
                self._drop(digest)
            return len(ended)

    def _forget_ended(self) -> None:
        now = self._now()
        for digest in [digest for digest, session in self._sessions.items() if not self._lasts(session, now)]:
            self._drop(digest)

    def _drop(self, digest: str) -> None:
        self._sessions.pop(digest, None)
        self._noted.pop(digest, None)
        self._write(f"delete from {_TABLE} where digest = ?", digest)

    def _write_seen(self, session: Session) -> None:
        self._write(f"update {_TABLE} set seen = ?, checked = ? where digest = ?", session.seen, _checksum(session), session.digest)

    def _write(self, statement: str, *values: str | float) -> None:
        """Write down what is so already; a disk that refuses loses logins at the next start, and nothing else."""
        with suppress(sqlite3.Error):
            self._file.execute(statement, values)


def _opened(path: Path) -> sqlite3.Connection:
    """The file of logins; one that is damaged is put aside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connection(path)
    except sqlite3.DatabaseError:
        path.replace(path.with_name(f"{path.name}.damaged"))
        return _connection(path)


def _connection(path: Path) -> sqlite3.Connection:
    path.touch(0o600)
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    file.text_factory = partial(str, encoding="utf-8", errors="replace")  # a changed bit makes a row another, and reads all the same
    try:
        file.execute("pragma journal_mode = wal")
        file.execute("pragma synchronous = normal")  # a login lost by a power cut is one more login
        file.execute(f"create table if not exists {_TABLE} ({_COLUMNS})")
        with closing(file.execute("pragma quick_check")) as answer:
            if answer.fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
    except sqlite3.DatabaseError:
        file.close()
        raise
    return file


def _checksum(session: Session) -> str:
    """Of all that is written of a login: nobody logs in as another, or for longer, because a bit of the file changed."""
    return sha256(repr(session).encode(errors="replace")).hexdigest()[:16]


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()
