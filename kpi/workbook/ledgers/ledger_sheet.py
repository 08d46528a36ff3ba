"""
A ledger sheet as the parsing process hands it over: the columns that may be kept, and nothing else of it.

The process knows from the catalogue how ledgers are recognised.  Cells of other columns never leave it; a column
arrives as its different words and, row by row, which of them stands there.
"""

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.catalog.model import Catalog
from kpi.place import cell_name
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.day_span import Day
from kpi.workbook.layout.month_spans import Months
from kpi.workbook.naming import name_key, unit_key

Blocks = Sequence[tuple["array[int]", list[str]]]  # numbers and texts, as a frame carries them


@dataclass(frozen=True, slots=True)
class LedgerField:
    """One column; ``words[code - 1]`` is the kind and the text of a cell, code 0 an empty one."""

    name: str
    index: int  # column of the sheet, counted from 0
    heading: str
    certain: bool  # the heading is the name or an alias, not merely close to one
    codes: "array[int]"
    words: tuple[tuple[CellKind, str], ...]
    unit: str = ""  # of an amount, where the headings name it
    other_units: tuple[str, ...] = ()  # that the sheet or its names say besides, which are not the same


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """One sheet of cases; rows are counted from 0."""

    ledger: str
    name: str
    rows: "array[int]"
    fields: Mapping[str, LedgerField]
    period: Months | None  # what the title says; None when it names no month or year
    days: tuple[Day, Day] | None  # the first and the last day that the title names
    total_rows: tuple[int, ...]  # left out
    continued_rows: tuple[int, ...]  # under a key merged over several rows: the same case
    masked: Mapping[str, tuple[int, ...]]  # rows whose text held personal data, by column
    dropped: int  # how many columns of the sheet were not read
    complete: bool
    first: int  # row of the body
    titles: tuple[tuple[str, str], ...] = ()  # the texts above the headings, each with its cell
    units: tuple[str, ...] = ()  # of money, that texts over and under the cases name
    unseen: int = 0  # how many of the rows are hidden
    below: tuple[int | None, int] = (None, 0)  # the row of the headings of a second table below in other columns, which was not read, and its rows
    beside: int = 0  # how many rows a second table to the right has, which was not read

    @property
    def columns(self) -> tuple[int, int]:
        """The leftmost and the rightmost column that was read."""
        indexes = [field.index for field in self.fields.values()]
        return min(indexes), max(indexes)


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A sheet beside the ledgers of a file."""

    name: str
    hidden: bool
    cases: int  # how many stand there where it is a ledger


def layouts(catalog: Catalog, secret: str = "") -> bytes:
    """
    How the ledgers are recognised, for the parsing process.

    Args:
        catalog: Its ledgers.
        secret: The key under which codes that are somebody's number become digests, in hexadecimal.

    """
    layouts = [
        {
            "code": ledger.code,
            "name": ledger.name,
            "secret": secret,
            "titles": [name_key(title) for title in (ledger.name, *ledger.titles)],
            "columns": [
                {
                    "name": column.name,
                    "spelled": [column.name, *column.aliases],
                    "role": column.role.value,
                    "key": column.key,
                    "required": column.required,
                    "unit": unit_key(column.unit),
                }
                for column in ledger.columns
            ],
        }
        for ledger in catalog.ledgers.values()
    ]
    return json.dumps(layouts, ensure_ascii=False).encode()


def ledger_sheets(heads: Sequence[Mapping[str, Any]], blocks: Blocks) -> tuple[LedgerSheet, ...]:
    """The ledger sheets of an answer of the parsing process."""
    return tuple(_sheet(head, iter_blocks) for iter_blocks in [iter(blocks)] for head in heads)


def _sheet(head: Mapping[str, Any], blocks: Iterator[tuple["array[int]", list[str]]]) -> LedgerSheet:
    rows, _ = next(blocks)
    fields = {}
    for column in head["columns"]:
        codes, texts = next(blocks)
        words = tuple((CellKind(text[:1]), text[1:]) for text in texts)
        fields[column["name"]] = LedgerField(column["name"], column["index"], column["heading"], column["certain"], codes, words, column["unit"])
    period, days = head["period"], head["days"]
    return LedgerSheet(
        ledger=head["ledger"],
        name=head["sheet"],
        rows=rows,
        fields=fields,
        period=Months("", *period) if period else None,
        days=(Day(*days[0]), Day(*days[1])) if days else None,
        total_rows=tuple(head["totals"]),
        continued_rows=tuple(head["continued"]),
        masked={name: tuple(rows) for name, rows in head["masked"].items()},
        dropped=head["dropped"],
        complete=head["complete"],
        first=head["first"],
        titles=tuple((text, cell_name(row, column)) for text, row, column in head["titles"]),
        units=tuple(head["units"]),
        unseen=head["unseen"],
        beside=head["beside"],
        below=tuple(head["below"]),
    )
