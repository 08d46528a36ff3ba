"""Which of the reports that came together can be stored with what was written to them, where nobody looks at a page."""

from collections.abc import Sequence

from kpi.filing.prepared import Outcome, Prepared


def storable(prepared: Sequence[Prepared], note: str, *, alone: bool) -> tuple[list[Prepared], list[str]]:
    """
    The reports that can be stored, and the files that are left because they count the cases of another file that cannot be.

    Args:
        prepared: The reports, each with its own 说明 where it has one.
        note: The 说明 for all of them.
        alone: Whether there is but one file, so that the common 说明 is its own.

    """
    takes = [report for report in prepared if report.status is not Outcome.UNCHANGED and report.storable(note, alone=alone)]
    left: list[str] = []
    while True:
        sent = {report.key for report in takes}
        kept = [report for report in takes if sent.issuperset(report.mates)]
        if len(kept) == len(takes):
            return kept, left
        left += dict.fromkeys(report.file for report in takes if report not in kept)
        takes = kept
