"""
From which submissions the cases of a ledger that count come, where several were put together (这些也算).

A month of a ledger is kept whole by the submission that came last: its own cases, and behind them those of earlier
submissions that stay on file.  Each case carries a mark of the sheet that brought it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from kpi.bureau import Bureau
from kpi.store.submission import Submission

FOLLOWS = "total-follows"  # the finding of a month that a ledger holds no case of
Origins = Mapping[int, int]  # how many cases each submission brought, by its number, ascending


def origins(bureau: Bureau, form: Sequence[Submission]) -> dict[int, Origins]:
    """
    How many cases of each submission come from which.

    Args:
        bureau: The bureau.
        form: The submissions of one ledger, organisation and month that followed one another, in log order, none withdrawn.

    Returns:
        By submission the cases of each that brought some of them, itself included.  A submission is left out where that
        is not known: of a form, where its cases are lost, or one of them bears a mark that no submission before it brought.

    """
    origins: dict[int, Origins] = {}
    brought: dict[str, int] = {}  # by mark the submission that brought it
    for submission in form:
        marks = bureau.store.case_marks(submission)
        if marks is None:
            continue
        if marks and not any(finding.code == FOLLOWS for finding in submission.findings):
            brought[marks[0]] = submission.seq  # own cases stand before those on file
        counts = Counter(brought.get(mark) for mark in marks)
        if None not in counts:
            origins[submission.seq] = dict(sorted((seq, cases) for seq, cases in counts.items() if seq is not None))
    return origins
