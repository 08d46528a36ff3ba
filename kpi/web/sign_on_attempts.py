"""
Single sign-ons that have begun and not come back yet (还没有回来的登录).

Each has its own random words, so that a second tab does not spoil the first; all of one browser are bound to one cookie, so
that nobody is logged in by an address that somebody else began.  Each can be taken once.
"""

import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock

LONGEST = 10 * 60  # seconds that somebody may take at the other server
_MOST = 1000  # that are remembered; of more the oldest is forgotten
_BYTES = 32
_BROWSER = re.compile(r"[\w-]{43}", re.ASCII)


def _random() -> str:
    return secrets.token_urlsafe(_BYTES)


@dataclass(frozen=True, slots=True)
class SignOnAttempt:
    """One single sign-on on its way."""

    back: str  # the page that it leads to, one of ours
    browser: str = field(repr=False)  # the sha256 of what its cookie holds
    began: float  # seconds of the clock of the attempts
    state: str = field(default_factory=_random, repr=False)  # comes back in the address
    nonce: str = field(default_factory=_random, repr=False)  # comes back in the signed token
    verifier: str = field(default_factory=_random, repr=False)  # proves at the end who began (PKCE, RFC 7636)


class SignOnAttempts:
    """All that are on their way, in memory: after a restart one begins once more."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, Lock()
        self._begun: OrderedDict[str, SignOnAttempt] = OrderedDict()

    def begin(self, back: str, browser: str) -> tuple[SignOnAttempt, str]:
        """
        Begin one.

        Args:
            back: The page that it leads to.
            browser: What the cookie of the browser holds; empty where it has none.

        Returns:
            The attempt, and what the cookie is to hold: the same as before, if that was one of ours.

        """
        kept = browser if _BROWSER.fullmatch(browser) else _random()
        attempt = SignOnAttempt(back, _digest(kept), self._now())
        with self._lock:
            self._begun[attempt.state] = attempt
            while len(self._begun) > _MOST:
                self._begun.popitem(last=False)
        return attempt, kept

    def take(self, state: str, browser: str) -> SignOnAttempt | None:
        """The attempt that came back, once; None where this browser began no such."""
        with self._lock:
            attempt = self._begun.get(state)
            if attempt is None or not hmac.compare_digest(attempt.browser, _digest(browser)):
                return None
            return self._begun.pop(state)

    def ended(self, attempt: SignOnAttempt) -> bool:
        """Whether an attempt took too long."""
        return self._now() - attempt.began > LONGEST


def _digest(browser: str) -> str:
    return sha256(browser.encode(errors="replace")).hexdigest()
