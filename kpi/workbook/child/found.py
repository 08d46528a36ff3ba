"""A sheet as it is found in a file of whatever format, and how a value that is only text is told from a number."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kpi.errors import WorkbookError
from kpi.workbook.frame import Lines

MAX_CELLS = 5_000_000
MAX_SHEETS = 200
MAX_MERGES = 20_000
TOO_WIDE = "表格占用的区域过大（最右或最下方的角落里有内容）；请把需要上报的表格复制到新工作簿再上传。"
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?%?", re.ASCII)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)


class WrongPasswordError(Exception):
    """The file opens with another password, or with one where none was given."""


@dataclass
class Found:
    """One sheet; rows and columns are counted from 0."""

    name: str
    hidden: bool = False
    complete: bool = True
    macros: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)

    def head(self) -> dict[str, Any]:
        """What JSON carries of it."""
        return {
            "name": self.name,
            "hidden": self.hidden,
            "complete": self.complete,
            "macros": self.macros,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "merges": self.merges[:MAX_MERGES],
        }

    def add(self, row: int, cells: dict[int, str]) -> None:
        """A row by the columns of its cells, each its kind and its text."""
        if cells:
            first, last = min(cells), max(cells)
            if last - first > 16_384:
                raise WorkbookError(TOO_WIDE)
            self.lines.append(row, first, [cells.get(column, "") for column in range(first, last + 1)])


def typed(text: str) -> str:
    """Kind and text of a value that a file gives as text only."""
    shown = text.strip(" \t\r\n")
    if not shown.strip("\xa0\u3000"):
        return ""
    if _NUMBER.fullmatch(shown):
        return "n" + shown.removeprefix("+")
    if _ERROR.fullmatch(shown):
        return "e" + shown.upper()
    return "s" + text.strip("\r\n\t")


def number(value: float) -> str:
    """A number as Excel shows it, with 15 significant digits, and its kind before it."""
    text = f"{value:.15g}"
    if "e" in text:
        text = format(Decimal(text), "f")
    return "n" + text if text.strip("-") not in ("inf", "nan") else "s" + text


def percent(text: str) -> str:
    """A fraction as a percentage: 0.978 is 97.8%."""
    return f"n{Decimal(text).scaleb(2).normalize():f}%"
