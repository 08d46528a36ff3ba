"""One change of the catalogue that a data folder keeps (目录变动): who, when, why, from which month it holds, and the files it changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kpi.errors import StoreError
from kpi.period import Month

FileTexts = Mapping[str, str]  # the text of each file of a catalogue by its name, ``targets/2023.toml``


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """
    A change as it is kept.

    ``files`` are the texts of the files that it wrote; None of one that it took away.  ``previous`` is the sha256 of the change
    before it, so that nobody takes one out unnoticed.
    """

    number: int  # from 1
    at: datetime
    by: str  # the name of who did it
    account: str  # empty where there is no login
    why: str
    first: Month | None  # from which month it holds; None: for all months
    files: Mapping[str, str | None] = field(repr=False)
    previous: str = field(repr=False)

    def encode(self) -> bytes:
        """The change as the bytes of its file."""
        written = {
            "number": self.number,
            "at": self.at.isoformat(timespec="seconds"),
            "by": self.by,
            "account": self.account,
            "why": self.why,
            "first": str(self.first) if self.first else None,
            "previous": self.previous,
            "files": dict(self.files),
        }
        return json.dumps(written, ensure_ascii=False, indent=1).encode()

    @classmethod
    def parse(cls, name: str, data: bytes) -> "CatalogChange":
        """
        The change that a file says.

        Raises:
            StoreError: It is none.

        """
        try:
            read = json.loads(data)
            return cls(
                number=int(read["number"]),
                at=datetime.fromisoformat(read["at"]),
                by=str(read["by"]),
                account=str(read["account"]),
                why=str(read["why"]),
                first=Month.parse(read["first"]) if read["first"] else None,
                files=dict(read["files"]),
                previous=str(read["previous"]),
            )
        except (ValueError, KeyError, TypeError):
            raise StoreError(f"指标目录的变动「catalog/{name}」已损坏；请从备份恢复这个文件。") from None

    def applied(self, texts: FileTexts) -> FileTexts:
        """The files of a catalogue after this change."""
        after = {**texts, **self.files}
        return {name: text for name, text in sorted(after.items()) if text is not None}


def differing_files(before: FileTexts, after: FileTexts) -> dict[str, str | None]:
    """The files that are written to come from one catalogue to another; None of those that are taken away."""
    written: dict[str, str | None] = {name: text for name, text in after.items() if before.get(name) != text}
    return written | {name: None for name in before if name not in after}
