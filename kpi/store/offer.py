"""
What a commit offers to the log, and what each report of it is set beside.

Under one key (organisation, office, month, template) a submission on file counts until a report of the commit takes its
place, and that one until a later report of the same commit does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kpi.store.batch import Batch
from kpi.store.log_rows import Logged
from kpi.store.records import Records
from kpi.store.submission import Submission


class Predecessor(Protocol):
    """What counts under a key before a report takes its place."""

    @property
    def submission(self) -> Submission:
        """What it is on record."""
        ...

    def says(self, offer: "Offer") -> bool:
        """Whether it was read from the same bytes as an offer, and to the same figures."""
        ...


@dataclass(eq=False)
class Offer:
    """An accepted report that is to be logged; ``seq`` is its number in the log, 0 before it has one."""

    batch: Batch
    files: Mapping[Path, bytes]  # what is kept beside the batch
    beside: frozenset[int] | None  # the submissions in force that it was compared with; None: it is not asked whether they still are
    demo: bool  # the commit is the demonstration
    path: str = ""  # of the batch, below the data folder; empty before it is logged
    seq: int = 0

    @property
    def logged(self) -> Logged:
        """Its batch in the log, once it is there."""
        return Logged(self.seq, self.path, self.batch, self.demo)

    @property
    def submission(self) -> Submission:
        """What it is on record, once it is logged."""
        return self.batch.submission(self.seq, self.path, demo=self.logged.demo)

    def says(self, offer: "Offer") -> bool:
        """Whether it was read from the same bytes as a later offer of the same commit, and to the same figures."""
        return self.batch.says_what(offer.batch)


@dataclass(frozen=True)
class SubmissionOnFile:
    """A submission on file that counts."""

    records: Records
    submission: Submission

    def says(self, offer: Offer) -> bool:
        """Whether it was read from the same bytes as an offer, and to the same figures, cells and remarks."""
        return self.submission.sha256 == offer.batch.sha256 and self.records.holds(self.submission.seq, offer.batch.cells(), offer.batch.remarks)
