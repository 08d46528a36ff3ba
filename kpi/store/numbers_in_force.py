"""The numbers of the submissions that count, at the moment somebody holds the lock round writes: what a report was compared with is held against them."""

from collections import defaultdict
from collections.abc import Iterable

from kpi.period import Month
from kpi.store.batch import Batch
from kpi.store.records import Records
from kpi.store.submission import Submission, SubmissionKey


class NumbersInForce:
    """
    The submissions in force of the organisations and offices of some batches.

    Args:
        records: What is on record.
        batches: The reports that are asked about.
        waiting: What is in the log and may not be on record yet, in log order; each counts in the place of the one before it.

    """

    def __init__(self, records: Records, batches: Iterable[Batch], waiting: Iterable[Submission]) -> None:
        asked = list(batches)
        on_record = records.counting({batch.org for batch in asked}, {batch.office for batch in asked}) if asked else []
        numbers: dict[SubmissionKey, int] = {(org, office, period, template): number for org, office, period, template, number in on_record}
        numbers |= {submission.key: submission.seq for submission in waiting}
        self._counting: defaultdict[tuple[str, str], list[tuple[Month, str, int]]] = defaultdict(list)
        for (org, office, period, template), number in numbers.items():
            self._counting[org, office].append((period, template, number))

    def of_month(self, batch: Batch) -> frozenset[int]:
        """All of the office and month of a report, and of a ledger all its months: what it is compared with when it is read."""
        every = self._counting[batch.org, batch.office]
        return frozenset(number for period, template, number in every if period == batch.period or (batch.ledger and template == batch.template))

    def of_sheet(self, batch: Batch) -> frozenset[int]:
        """The one that a form would replace; of a ledger all its months, whose cases it may hold."""
        every = self._counting[batch.org, batch.office]
        return frozenset(number for period, template, number in every if template == batch.template and (batch.ledger or period == batch.period))
