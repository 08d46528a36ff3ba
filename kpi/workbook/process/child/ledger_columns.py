"""
Of the sheets that are ledgers the columns that may be kept.

It runs in the parsing process, so that names, telephones and addresses never leave it.
"""

import json
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any

from kpi.workbook.layout.day_span import find_days
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.money import stated_money
from kpi.workbook.naming import name_key
from kpi.workbook.personal.masking import ROUNDED, mask, mask_code, mask_number
from kpi.workbook.process.child.ledger_header import Header, LedgerHeading, find_header, heading_key
from kpi.workbook.process.child.ledger_totals import is_total
from kpi.workbook.process.child.ledger_units import of_sheet
from kpi.workbook.process.child.printed_lines import is_page_line, titles_of
from kpi.workbook.process.child.raw_sheet import RawSheet, Written, as_written
from kpi.workbook.process.wire import BLANK, ROW, SHOWN, ZERO
from kpi.workbook.signs import ordinal

_FOOT = re.compile(r"(?:填[报表制]|制表|审核|审批|负责|经办|联系|备注|注|说明|单位|科室)[^:：]{0,6}[:：].*")
_FOOT_CELLS = 2
_BEGINNINGS = (
    " \t\xa0\u3000(（第续接承-—合总小共累本全当上分填制审负经联备注说单科金货计数表【[以按元千万百亿人"  # of the words of totals and of lines at the foot
)
_NUMBERING = re.compile(r"[甲乙丙丁戊]")
_HOTLINE = re.compile(r"123[14]5")
_MOST_ROWS_TOLD = 1_000
_DOUBTFUL = "f公式结果 0"  # neither number, date nor category: it may have been any of them


@dataclass
class Taken:
    """One ledger sheet: a head for JSON, the numbers of its rows, and each column as codes and words."""

    head: dict[str, Any]
    rows: "array[int]"
    columns: list[tuple["array[int]", list[str]]] = field(default_factory=list)

    def blocks(self) -> Iterator[tuple["array[int]", list[str]]]:
        """What the frame carries."""
        yield self.rows, []
        yield from self.columns


@lru_cache(maxsize=1)  # every file of a bureau comes with the same
def read_layouts(data: bytes) -> list[dict[str, Any]]:
    """The ledgers as the parent tells of them, each with its columns by what they are called."""
    layouts: list[dict[str, Any]] = json.loads(data)
    for layout in layouts:
        layout["exact"] = {key: column for column in layout["columns"] for spelled in column["spelled"] for key in (heading_key(spelled), name_key(spelled))}
    return layouts


def take_ledgers(sheets: Sequence[RawSheet], layouts: Sequence[Mapping[str, Any]]) -> list[Taken]:
    """
    The ledger sheets among those found.

    Args:
        sheets: What was read of the file.
        layouts: How ledgers are recognised, as `read_layouts` gives it.

    Raises:
        WorkbookError: A table is a ledger by its title but lacks a column it cannot do without, or it could be two.

    """
    visible = [sheet for sheet in sheets if not sheet.hidden]
    return [taken for sheet in visible or sheets if (taken := take_ledger(sheet, layouts)) is not None]


def take_ledger(sheet: RawSheet, layouts: Sequence[Mapping[str, Any]]) -> Taken | None:
    """A sheet as a ledger; None where it is none."""
    header = find_header(sheet, layouts)
    return _Body(sheet, header).taken() if header else None


def _plain(text: str) -> str:
    """A text without the sign that parts texts in a frame."""
    return text.replace(ROW, " ") if ROW in text else text


def _coded(column: Sequence[Any]) -> tuple["array[int]", list[Any]]:
    """A column as its different values and which of them stands in each row; 0 is an empty cell."""
    values = [value for value in dict.fromkeys(column) if value != ""]
    numbers = {value: number for number, value in enumerate(values, start=1)} | {"": 0}
    return array("I", map(numbers.__getitem__, column)), values


class _Body:
    """The rows under a header."""

    def __init__(self, sheet: RawSheet, header: Header) -> None:
        self._sheet, self._header = sheet, header
        self._totals: list[int] = []
        self._signs = frozenset(_BEGINNINGS + "".join(word.strip()[:1] for word in header.words))
        self._title_signs = frozenset(text.strip()[:1] for text in header.over)
        self._over = titles_of(header.over)
        self._masked: dict[str, list[int]] = {}
        self._foot: list[str] = []
        self._unseen, self._beside, self._below = 0, 0, 0
        self._other: int | None = None  # the row of the headings of a second table below, in other columns
        self._secret = bytes.fromhex(header.layout["secret"])

    def taken(self) -> Taken:
        rows, columns = self._read()
        self._unseen = len(set(rows).intersection(self._sheet.hidden_rows))
        continued = self._merged(rows, columns)
        fields = [self._hidden_away(heading, rows, *column) for heading, column in zip(self._header.headings, columns, strict=True)]
        return Taken(self._head(continued), rows, fields)

    def _head(self, continued: list[int]) -> dict[str, Any]:
        header = self._header
        return {
            "ledger": header.layout["code"],
            "sheet": self._sheet.name,
            "columns": [
                {
                    "name": heading.column["name"],
                    "index": heading.index,
                    "heading": mask(heading.text),
                    "certain": heading.certain,
                    "unit": heading.unit,
                }
                for heading in header.headings
            ],
            "titles": self._titles(),
            "units": of_sheet([*header.over, *self._foot]),
            "period": self._period(),
            "days": self._days(),
            "totals": self._totals[:_MOST_ROWS_TOLD],
            "continued": continued,
            "masked": {name: rows[:_MOST_ROWS_TOLD] for name, rows in self._masked.items()},
            "dropped": header.width - len(header.headings),
            "complete": self._sheet.complete,
            "unseen": self._unseen,
            "beside": self._beside,
            "below": [self._other, self._below],
            "first": header.bottom + 1,
        }

    def _titles(self) -> list[tuple[str, int, int]]:
        """The texts above the headings, without what is personal, each with its row and column: they say whose the ledger is."""
        over, titles = {text.strip() for text in self._header.over}, []
        for row, left, cells in self._sheet.rows():
            if row >= self._header.bottom:
                break
            texts = ((column, as_written(cell)[1:].strip()) for column, cell in enumerate(cells, start=left) if isinstance(cell, str) and cell)
            titles += [(mask(text), row, column) for column, text in texts if text in over]
        return titles

    def _period(self) -> list[int | None] | None:
        """What the title says, else the name of the sheet: months, or a year alone."""
        for text in (*self._header.over, self._sheet.name):
            months = find_months(_HOTLINE.sub("", name_key(text)))
            if (months.last is not None or months.year is not None) and not months.scattered:
                return [months.year, months.years_back, months.first, months.last, months.day]
        return None

    def _days(self) -> list[tuple[int | None, int, int | None]] | None:
        """The first and the last day that the title names, else the name of the sheet: year, month and day of each."""
        for text in (*self._header.over, self._sheet.name):
            if span := find_days(text):
                return [(day.year, day.month, day.day) for day in span]
        return None

    def _read(self) -> tuple["array[int]", list[tuple["array[int]", list[Any]]]]:
        """Each column as codes and the values they stand for."""
        header, wanted = self._header, [heading.index for heading in self._header.headings]
        first, widest, bottom = min(wanted), max(wanted), header.bottom
        picks = {left: itemgetter(*(index - left for index in wanted)) for left in range(first + 1)}
        rows = array("I")
        cases: list[Sequence[Any]] = []
        for row, left, cells in self._sheet.rows():
            if self._other is not None:
                self._below += any(cell != "" for cell in cells)
                continue
            if row <= bottom or (self._suspicious(row, cells) and self._is_no_case(row, left, cells)):
                continue
            rows.append(row)
            if header.again is not None and left <= header.again < left + len(cells):
                self._beside += cells[header.again - left] != ""
            if left > first or left + len(cells) <= widest:
                left, cells = 0, [*[""] * left, *cells, *[""] * (widest + 1)]
            cases.append(picks[left](cells))
        return rows, [_coded(column) for column in zip(*cases, strict=True)] if cases else [(array("I"), []) for _ in wanted]

    def _suspicious(self, row: int, cells: Sequence[Any]) -> bool:
        """Whether a row might be none of a case; of nearly every row the first cell shows that it is one."""
        lead = cells[0] if cells else ""
        if not isinstance(lead, str):
            return row == self._header.bottom + 1
        sign = lead[1:2] if isinstance(lead, Written) else lead[:1]
        return sign in self._signs or not sign or row == self._header.bottom + 1 or (sign in self._title_signs and (len(cells) < 2 or cells[1] == ""))

    def _is_no_case(self, row: int, left: int, cells: Sequence[Any]) -> bool:
        """A blank row, a total, a line at the foot, the headings once more on the next printed page, 甲 乙 1 2 3."""
        leading = next((cell for cell in cells if cell != ""), None)
        if leading is None:
            return True
        if row == self._header.bottom + 1 and self._numbered(left, cells):
            return True
        if not isinstance(leading, str):
            return False
        word = as_written(leading)[1:].strip()
        if is_total(word, self._own(left, cells), self._header, sum(cell != "" for cell in cells)):
            self._totals.append(row)
            return True
        if word in self._header.words and self._repeats(left, cells):
            return True
        if word in self._header.words and self._heads_another(cells):
            self._other = row
            return True
        texts = [as_written(cell)[1:].strip() for cell in cells if cell != ""]
        if all(as_written(cell)[:1] == "s" for cell in cells if cell != "") and is_page_line(texts, self._over, self._header.layout["titles"]):
            return True
        if len(texts) > _FOOT_CELLS:
            return False
        if _FOOT.match(word) is None and not stated_money(word):
            return False
        self._foot += [*texts, "".join(texts)]
        return True

    def _heads_another(self, cells: Sequence[Any]) -> bool:
        """Whether every required heading stands in a row, though not in the columns of the first table."""
        texts = {as_written(cell)[1:].strip() for cell in cells if cell != ""}
        return texts.issuperset(heading.text for heading in self._header.headings if heading.column["required"])

    def _own(self, left: int, cells: Sequence[Any]) -> dict[int, str]:
        """The texts of a row in the columns that are read."""
        at = {heading.index: heading.index - left for heading in self._header.headings}
        return {index: text for index, place in at.items() if 0 <= place < len(cells) and (text := as_written(cells[place])[1:].strip())}

    def _numbered(self, left: int, cells: Sequence[Any]) -> bool:
        own = self._own(left, cells)
        return len(own) > 1 and all(_NUMBERING.fullmatch(text) or ordinal(text) for text in own.values())

    def _repeats(self, left: int, cells: Sequence[Any]) -> bool:
        """Whether a row is the headings once more, be it in other words of theirs: 检验结果 under 检验结论."""
        top = {heading.index: heading for heading in self._header.headings}
        own = self._own(left, cells)
        return bool(own) and all(text == top[index].text or self._is_heading_of(top[index], text) for index, text in own.items())

    def _is_heading_of(self, heading: LedgerHeading, text: str) -> bool:
        column = self._header.layout["exact"].get(heading_key(text))
        return column is not None and column["name"] == heading.column["name"]

    def _merged(self, rows: "array[int]", columns: list[tuple["array[int]", list[Any]]]) -> list[int]:
        """Let a cell merged over several rows hold for each of them; the rows that a merged key makes one case with the first."""
        places = {heading.index: position for position, heading in enumerate(self._header.headings)}
        tall = [merge for merge in self._sheet.merges if merge[2] > merge[0] and merge[1] in places]
        if not tall:
            return []
        at = {row: position for position, row in enumerate(rows)}
        continued = []
        for first, left, last, _ in tall:
            heading = self._header.headings[places[left]]
            codes = columns[places[left]][0]
            for row in range(first + 1, last + 1):
                if row in at and first in at:
                    codes[at[row]] = codes[at[first]]
                    if heading.column["key"] and heading.column["required"]:
                        continued.append(row)
        return continued

    def _hidden_away(self, heading: LedgerHeading, rows: "array[int]", codes: "array[int]", values: list[Any]) -> tuple["array[int]", list[str]]:
        """The words of a column, where they are kept as written without what is personal."""
        texts = [_plain(as_written(value)) if value != ZERO else _DOUBTFUL for value in values]
        if heading.column["role"] != "number":  # how a number is shown matters to amounts only
            texts = [text.partition(SHOWN)[0] if text[:1] == "n" else text.removesuffix(f"{SHOWN}{BLANK}") for text in texts]
        if heading.column["role"] not in ("text", "code", "number"):  # the words of the others are looked up, not kept
            return codes, texts
        shown = [self._masked_word(heading.column["role"], text) for text in texts]
        changed = {code for code, (before, after) in enumerate(zip(texts, shown, strict=True), start=1) if after not in (before, f"s{ROUNDED}")}
        if changed:
            self._masked[heading.column["name"]] = [rows[position] for position, code in enumerate(codes) if code in changed]
        return codes, shown

    def _masked_word(self, role: str, word: str) -> str:
        """Kind and text of a cell without what is personal."""
        kind, text = word[:1], word[1:].partition(SHOWN)[0]
        if role == "code":
            shown = mask_code(text, self._secret, number=kind == "n")
        elif kind == "n":  # in a column of amounts an amount, whatever it looks like
            shown = text if role == "number" else mask_number(text)
        else:
            shown = mask(text)
        return word if shown == text else f"s{shown}"
