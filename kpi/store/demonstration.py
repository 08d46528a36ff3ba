"""
The demonstration in the log: which submissions belong to it, and its end.

A submission of the demonstration says so in its entry, whoever is named as its sender.  The end is an entry too: what
was entered before it is in no table any more and counts nowhere, while the log and the files keep it; only follow-ups and
meeting notes that rest on nothing of the demonstration stay.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kpi.store.batch import Batch
from kpi.store.log_chain import LogFile

AUTHOR = "演示"  # the sender that is printed; nothing is recognised by it alone
FICTIONAL = "演示数据（虚构）"  # what each row of a workbook of the demonstration says in its 备注
_SINCE = 2024  # the first year in which a sheet can really have come in: the demonstration's came, by its own account, before


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What a store holds of the demonstration, and beside it; superseded and withdrawn submissions count too."""

    sheets: int  # submissions of the demonstration
    others: int  # all other submissions

    @property
    def shown(self) -> bool:
        """Whether there is any of it."""
        return self.sheets > 0

    @property
    def mixed(self) -> bool:
        """Whether there are sheets of offices beside it."""
        return self.shown and self.others > 0

    @property
    def unmixed(self) -> bool:
        """Whether it is all there is."""
        return self.shown and not self.mixed


@dataclass(frozen=True, slots=True)
class DemoEnd:
    """The end of the demonstration; ``seq`` is its number in the log, 0 before it has one."""

    by: str
    at: datetime  # local time
    seq: int = 0

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        return {"ended": "demo", "by": self.by, "at": self.at.isoformat()}

    @classmethod
    def read(cls, seq: int, written: Mapping[str, str]) -> "DemoEnd":
        """
        The end that `written` gave.

        Raises:
            ValueError, TypeError, KeyError: It is none.

        """
        if written["ended"] != "demo":
            raise ValueError("the end of something else")
        return cls(written["by"], datetime.fromisoformat(written["at"]), seq)


def last_end(files: Iterable[LogFile]) -> int:
    """The number of the last end of a demonstration among files of the log; 0 where there is none."""
    return max((number for file in files for number, written in file.numbered() if "ended" in written), default=0)


def outlives(written: Mapping[str, object]) -> bool:
    """Whether an entry of the log counts after the end of a demonstration that came later: a follow-up or a meeting note that is not of it."""
    return ("follow_up" in written or "meeting" in written) and written.get("demo") is not True


def of_earlier_release(batch: Batch) -> bool:
    """Whether a batch is of the demonstration as it was filled before entries said so: by its sender, its day, its file name and what each of its rows says."""
    return (
        batch.by == AUTHOR
        and batch.at.year < _SINCE
        and batch.file == f"{batch.period}_{batch.template}.xlsx"
        and bool(batch.remarks)
        and all(FICTIONAL in remark for remark in batch.remarks.values())
    )
