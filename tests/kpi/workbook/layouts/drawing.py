"""
Sheets drawn as text, and what is to be read from them, so that a statistician can check both.

A block begins with ``=== name``.  ``--- 表 名称`` begins a sheet: a line is a row, ``|`` parts the cells, ``<`` joins a
cell to the one on its left and ``^`` to the one above.  ``--- 读出 科室 月份`` says what must be read: 数据项 | 本月数 |
本年累计 | 上年同期累计, and ``--- 询问`` what must be asked, one question a line.  ``--- 意见`` lists findings that must be
raised, by code, ``--- 无意见`` those that must not; ``--- 已知`` what has been told beside the file, its name (文件) and its
folders (夹).  Behind a question or a finding may stand the cell it points at: ``unknown-column@C3``.  ``--- 别名`` adds aliases
to the catalogue: 数据项 | 别名 | 别名.  ``--- 回答`` answers questions: the question | the answer; ``--- 答后 科室 月份`` says
what is then read of the same sheet, with no question left.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent


@dataclass
class Spec:
    """One workbook and what is to be read from it."""

    name: str
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)  # by sheet: rows 3,4 and columns B
    expected: dict[tuple[str, str], dict[str, tuple[str, ...]]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # findings that must not be raised
    told: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by the name of the measure
    answers: dict[str, str] = field(default_factory=dict)
    answered: dict[tuple[str, str], dict[str, tuple[str, ...]]] = field(default_factory=dict)  # as expected, after the answers


def specs() -> list[Spec]:
    """All specs, in the order of the files."""
    return [spec for path in sorted(FOLDER.glob("*.txt")) for spec in _read(path)]


def cells(line: str) -> list[str]:
    """The cells of a drawn row; one blank after the bar belongs to the drawing, further ones to the cell."""
    return [cell.removeprefix(" ") for cell in line.rstrip().split("|")]


def _read(path: Path) -> list[Spec]:
    specs: list[Spec] = []
    part, arguments = "", list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            specs.append(Spec(line[4:].strip()))
            part = ""
        elif line.startswith("--- "):
            part, *arguments = line[4:].split()
            _begin(specs[-1], part, arguments)
        elif line.strip() and specs:
            _add(specs[-1], part, arguments, line)
    return specs


def _begin(spec: Spec, part: str, arguments: list[str]) -> None:
    """The part of a spec that a line with dashes opens."""
    match part:
        case "表":
            spec.sheets[" ".join(arguments[:1]) or "Sheet1"] = []
            if len(arguments) > 1:
                spec.hidden[arguments[0]] = arguments[1]
        case "读出":
            spec.expected[arguments[0], arguments[1]] = {}
        case "答后":
            spec.answered[arguments[0], arguments[1]] = {}


def _add(spec: Spec, part: str, arguments: list[str], line: str) -> None:
    """A line of the part that is open."""
    words = [word.strip() for word in line.split("|")]
    match part:
        case "表":
            spec.sheets[next(reversed(spec.sheets))].append(cells(line))
        case "读出":
            spec.expected[arguments[0], arguments[1]][words[0]] = tuple(words[1:])
        case "答后":
            spec.answered[arguments[0], arguments[1]][words[0]] = tuple(words[1:])
        case "别名":
            spec.aliases[words[0]] = tuple(words[1:])
        case "回答":
            spec.answers[words[0]] = words[1]
        case "询问":
            spec.questions.append(line.strip())
        case "意见":
            spec.findings += line.split()
        case "无意见":
            spec.absent += line.split()
        case "已知":
            spec.told[words[0]] = words[1]


def workbook(spec: Spec) -> bytes:
    """The workbook of a spec as .xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        day, percent = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.00%"})
        for name, rows in spec.sheets.items():
            sheet = book.add_worksheet(name)
            _write(sheet, rows, day, percent)
            for what in spec.hidden.get(name, "").split(","):
                if what == "hidden":
                    sheet.hide()
                elif what.isdigit():
                    sheet.set_row(int(what) - 1, None, None, {"hidden": True})
                elif what:
                    sheet.set_column(f"{what}:{what}", None, None, {"hidden": True})
    return buffer.getvalue()


def _write(sheet, rows, day, percent) -> None:
    width = max(map(len, rows))
    grid = [[*(cell.rstrip() for cell in row), *[""] * (width - len(row))] for row in rows]
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right = c
            while right + 1 < width and row[right + 1] == "<":
                right += 1
            down = r
            while down + 1 < len(grid) and grid[down + 1][c] == "^":
                down += 1
            if (right, down) != (c, r):
                sheet.merge_range(r, c, down, right, "")
            _cell(sheet, r, c, cell, day, percent)


def _cell(sheet, row: int, column: int, text: str, day, percent) -> None:
    plain = text.strip()
    if not plain:
        return
    if plain.startswith("'"):
        sheet.write_string(row, column, plain[1:])
    elif len(plain) == 10 and plain[4] == plain[7] == "-" and plain[:4].isdigit():
        sheet.write_datetime(row, column, datetime.fromisoformat(plain), day)
    elif plain.endswith("%") and _number(plain[:-1]):
        sheet.write_number(row, column, float(plain[:-1]) / 100, percent)
    elif _number(plain):
        sheet.write_number(row, column, float(plain))
    elif plain.startswith("="):
        sheet.write_formula(row, column, plain.split("→")[0], None, float(plain.split("→")[1]))
    else:
        sheet.write_string(row, column, text)


def _number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit() and text.isascii()
