"""
The sheets beside the ledgers of a file, which are not read: what they are called, and the cases that would be lost.

A list of the failed samples alone, or an older copy, holds what a ledger holds already: nothing is lost with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.errors import WorkbookError
from kpi.workbook.process.child.ledger_columns import Taken, take_ledger
from kpi.workbook.process.child.raw_sheet import RawSheet


def passed_over(sheets: Sequence[RawSheet], ledgers: Sequence[Taken], layouts: Sequence[Mapping[str, Any]]) -> list[tuple[str, bool, int]]:
    """The sheets that were not taken: the name, whether it is hidden, and how many cases stand there alone where it looks like a ledger."""
    taken, codes = {ledger.head["sheet"] for ledger in ledgers}, {ledger.head["ledger"] for ledger in ledgers}
    known = [{**layout, "titles": [""]} if layout["code"] in codes else layout for layout in layouts]  # beside such a ledger it needs no title
    beside = []
    for sheet in sheets:
        if sheet.name not in taken:
            ledger = _taken(sheet, known)
            beside.append((sheet.name, sheet.hidden, _alone(ledger, ledgers) if ledger else 0))
    return beside


def _taken(sheet: RawSheet, layouts: Sequence[Mapping[str, Any]]) -> Taken | None:
    try:
        return take_ledger(sheet, layouts)
    except WorkbookError:  # nearly a ledger; nobody asked for it
        return None


def _alone(taken: Taken, ledgers: Sequence[Taken]) -> int:
    """How many rows no ledger of the file has: with the same words in all columns that both have."""
    rows = set(range(len(taken.rows)))
    for ledger in ledgers:
        if ledger.head["ledger"] == taken.head["ledger"]:
            own = {column["name"] for column in taken.head["columns"]}
            names = [column["name"] for column in ledger.head["columns"] if column["name"] in own]
            read = set(_lines(ledger, names))
            rows -= {at for at, line in enumerate(_lines(taken, names)) if line in read}
    return len(rows)


def _lines(ledger: Taken, names: Sequence[str]) -> list[tuple[str, ...]]:
    """What each row says in some columns."""
    at = {column["name"]: position for position, column in enumerate(ledger.head["columns"])}
    columns = [ledger.columns[at[name]] for name in names]
    return list(zip(*([("", *words)[code] for code in codes] for codes, words in columns), strict=True))
