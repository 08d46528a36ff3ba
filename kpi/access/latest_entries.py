"""What a journal says of each name: the latest line of a name counts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from kpi.access.journal import Journal, witness_of
from kpi.access.journal_line import Noted

Kept = TypeVar("Kept")


class LatestEntries(Generic[Kept]):
    """The latest entry of each name of a journal; whoever changes one holds a lock of their own."""

    def __init__(self, path: Path, name: str, parse: Callable[[Noted], Kept], key: Callable[[Kept], str]) -> None:
        """
        Open a journal; nothing is written before the first entry.

        Args:
            path: Where its journal lies.
            name: What a person calls it, such as 账号记录.
            parse: The entry that a line says.
            key: The name of an entry.

        Raises:
            StoreError: The journal is damaged or cannot be read.

        """
        self._journal, self._key = Journal(path, name, witness_of(path)), key
        self._entries = {key(entry): entry for entry in (parse(line.noted) for line in self._journal.lines())}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Kept]:
        return iter(tuple(self._entries.values()))

    def get(self, name: str) -> Kept | None:
        """The entry of a name; None where there is none."""
        return self._entries.get(name)

    def keep(self, entry: Kept, noted: Noted) -> Kept:
        """
        Let an entry count from now on, written down as ``noted``.

        Raises:
            StoreError: The disk refuses; then the one before still counts.

        """
        self._journal.add(noted)
        self._entries[self._key(entry)] = entry
        return entry
