"""
The tokens (接口令牌) by which other systems of the bureau read: each has a role, a place and an end, and can be revoked.

They lie in a journal as accounts do; kept is the sha256 of a token, which is shown once.
"""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any

from kpi.access.account import require_name, spelled
from kpi.access.accounts import FOLDER, require_place
from kpi.access.caller import Caller
from kpi.access.journal_line import Noted
from kpi.access.latest_entries import LatestEntries
from kpi.access.roles import AccountRole
from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.store import clock

_BYTES = 32  # of a token
LONGEST_DAYS = 366  # that a token may be valid for
_ROLES = (AccountRole.LEADER, AccountRole.FILER, AccountRole.REVIEWER)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """One token as it is from a moment on."""

    name: str  # of the system that uses it
    role: AccountRole
    until: date  # the last day on which it opens
    org: str = ""
    office: str = ""
    digest: str = ""  # the sha256 of the token
    revoked: bool = False
    since: str = ""  # the moment of the change, as ISO text
    by: str = ""  # who made the change

    @classmethod
    def parse(cls, noted: Noted) -> "ApiToken":
        """The token that a line of the journal says."""
        words: dict[str, Any] = {name: noted[name] for name in cls.__dataclass_fields__ if name in noted}
        return cls(**{**words, "role": AccountRole(words["role"]), "until": date.fromisoformat(words["until"])})

    @property
    def shown(self) -> dict[str, str]:
        """What may be read of it: never the token."""
        state = "已吊销" if self.revoked else "已到期" if clock.today() > self.until else "有效"
        return {"系统": self.name, "角色": self.role.value, "单位": self.org, "科室": self.office, "到": self.until.isoformat(), "状态": state}


class ApiTokens:
    """All tokens of a data folder."""

    def __init__(self, data: Path) -> None:
        """
        Open the tokens of a data folder; nothing is written before the first is made.

        Raises:
            StoreError: Their journal is damaged or cannot be read.

        """
        self._lock = RLock()
        self._latest = LatestEntries(data / FOLDER / "tokens.jsonl", "接口令牌记录", ApiToken.parse, lambda token: token.name)

    def __iter__(self) -> Iterator[ApiToken]:
        return iter(sorted(self._latest, key=lambda token: token.name))

    def add(self, token: ApiToken, catalog: Catalog, by: str) -> tuple[ApiToken, str]:
        """
        Make a token; what comes back with it is the token itself, shown once.

        Raises:
            RequestError: The name is taken or not allowed, the role reads no figures, the end is past or too far, or there is no such place.
            StoreError: The disk refuses.

        """
        with self._lock:
            name = require_name(token.name)
            if (before := self._latest.get(name)) and not before.revoked:
                raise RequestError(f"已有系统「{name}」的令牌；请先吊销它，或换一个名称。")
            if token.role not in _ROLES:
                raise RequestError(f"接口只给{'、'.join(role.value for role in _ROLES)}的角色；请换一个角色。")
            today = clock.today()
            if not today <= token.until or (token.until - today).days > LONGEST_DAYS:
                raise RequestError(f"令牌的到期日要在今天（{today.isoformat()}）以后、{LONGEST_DAYS} 天以内；请改日期。")
            require_place(token.org, token.office, token.role, catalog)
            secret = secrets.token_urlsafe(_BYTES)
            return self._keep(replace(token, name=name, digest=_digest(secret), revoked=False), by), secret

    def revoke(self, name: str, by: str) -> ApiToken:
        """
        Take back a token, at once.

        Raises:
            RequestError: There is none.
            StoreError: The disk refuses.

        """
        with self._lock:
            if (before := self._latest.get(spelled(name))) is None:
                raise RequestError(f"没有系统「{name}」的令牌；请在清单中核对。")
            return self._keep(replace(before, revoked=True), by)

    def caller(self, secret: str, address: str) -> Caller | None:
        """Who asks with a token; None where it is none, or it was revoked or has ended."""
        digest, today = _digest(secret), clock.today()
        for token in self._latest:
            if token.digest == digest and not token.revoked and today <= token.until:
                return Caller(f"api:{token.name}", f"接口 {token.name}", token.role, token.org, token.office, address)
        return None

    def _keep(self, token: ApiToken, by: str) -> ApiToken:
        kept = replace(token, since=clock.now().isoformat(timespec="seconds"), by=by)
        return self._latest.keep(kept, {**asdict(kept), "until": kept.until.isoformat()})


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()
