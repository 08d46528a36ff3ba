"""
A process that sends reports to a store when it is told to, by the code of whichever build it is started with.

``python bench/sender.py DATA`` over a filled data folder; each line it reads is an order, each line it writes says that the
order is done.  It imports nothing of this package, so that an earlier build runs it as well.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from kpi.bureau import open_bureau
from kpi.period import Month
from kpi.store.submission import Accepted

MONTH = Month(2023, 11)
IN_A_ROW = 20  # commits of an order that sends one after the other


def main(data: Path) -> None:
    """Obey until there is no more order."""
    with open_bureau(data) as bureau:
        orders = _orders(bureau)
        print("ready", flush=True)
        for line in sys.stdin:
            orders[line.strip()]()
            print("done", flush=True)


def _orders(bureau: Any) -> dict[str, Callable[[], object]]:
    reports = _read(bureau)
    largest = max(reports, key=lambda item: len(item.report.readings))
    board = _of("kpi.review.board", "kpi.board").board
    corrections = map(_correction, count())

    def send(items: Sequence[Accepted]) -> None:
        """The same reports in other bytes: corrections, and not the same uploads again."""
        correct = next(corrections)
        bureau.store.commit([correct(item) for item in items])

    def look() -> None:
        board(bureau, MONTH)

    def send_in_a_row() -> None:
        for _ in range(IN_A_ROW):
            send([largest])

    return {
        "one": lambda: send([largest]),
        "in a row": send_in_a_row,
        "month": lambda: send(reports),
        "board": look,
        "rest": bureau.store.submissions,  # until the tables have all that was sent
    }


def _read(bureau: Any) -> list[Accepted]:
    """The workbooks of the month as the store gets them, one of each office."""
    intake = _of("kpi.filing.intake", "kpi.intake")
    workbooks: Iterator[tuple[str, str, Month, bytes]] = import_module("kpi.demo.workbooks").workbooks(bureau.catalog)
    uploads = [intake.Upload(name, data) for name, _, month, data in workbooks if month == MONTH]
    return [Accepted(report.report, report.data, report.file, "bench", "测速", ()) for report in intake.prepare(bureau, uploads)]


def _of(name: str, before: str) -> Any:
    """A module, by its name of today or the one it had in the first builds."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return import_module(before)


def _correction(number: int) -> Callable[[Accepted], Accepted]:
    return lambda item: Accepted(item.report, item.data + f"{number}".encode(), item.file, item.by, item.note, item.findings)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
