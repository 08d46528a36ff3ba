"""Patterns that are compiled when they are first used: most files need few of those that tell personal data, and some take 10 ms."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import ClassVar


class LazyPattern:
    """A pattern of `re`, compiled at its first use."""

    _made: ClassVar[list["LazyPattern"]] = []

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern, self._flags = pattern, flags
        self._made.append(self)

    @classmethod
    def compile_all(cls) -> None:
        """Compile every pattern there is, for a process that waits and will need them."""
        for pattern in cls._made:
            _ = pattern.compiled

    @cached_property
    def compiled(self) -> "re.Pattern[str]":
        return re.compile(self._pattern, self._flags)

    def search(self, text: str) -> "re.Match[str] | None":
        """As `re.search`."""
        return self.compiled.search(text)

    def match(self, text: str, at: int = 0) -> "re.Match[str] | None":
        """As `re.match` from a place in the text on."""
        return self.compiled.match(text, at)

    def fullmatch(self, text: str) -> "re.Match[str] | None":
        """As `re.fullmatch`."""
        return self.compiled.fullmatch(text)

    def sub(self, shown: "str | Callable[[re.Match[str]], str]", text: str) -> str:
        """As `re.sub`."""
        return self.compiled.sub(shown, text)
