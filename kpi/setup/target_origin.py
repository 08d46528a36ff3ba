"""Of which year a table of targets is, and by which document the targets are set: its title, its notes, 文号, the name of the file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.layout.labelled_lines import stated_unit
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.layout.unit_claims import units_in
from kpi.workbook.naming import name_key
from kpi.workbook.signs import clean

_NUMBER = re.compile(r"[\u3400-\u9fff]{1,15}\s*[〔\[（(【]\s*(?:20\d\d)\s*[〕\]）)】]\s*第?\s*\d{1,5}\s*号")
_TITLED = re.compile(r"《[^《》]{2,80}》")
_ABOUT = re.compile(r"目标|任务|考核|指标|分解|责任")
_BRACKETS = re.compile(r"[（(]\s*[)）]")
_HEADED = re.compile(r"(20\d\d)年?度?(?:工作)?(?:目标|任务|计划)")
_LEAST = 4  # characters of a title
_BESIDE = 2  # texts in a row of lines: a table has more
_NOTES = ("注", "说明", "依据", "备注：")


@dataclass(frozen=True, slots=True)
class TargetOrigin:
    """What is said around a table of targets."""

    year: int | None
    document: str
    lines: tuple[str, ...]  # what stands alone around the table
    unit: str  # that holds for the whole table


def origin_of(sheet: Sheet, file: str) -> TargetOrigin:
    """The origin of the targets of a sheet."""
    lines = list(_lines(sheet))
    title = next((line for line in lines if _ABOUT.search(line) and len(line) >= _LEAST), "")
    return TargetOrigin(_year([title, *lines, sheet.name, file]) or _headed(sheet), _document(title, lines), tuple(lines), _unit(lines))


def _lines(sheet: Sheet) -> Iterable[str]:
    """The texts that stand alone in their row, and those that name a document or a unit beside one other at most."""
    spread = Spread(sheet)
    for row, cells in sorted(sheet.rows.items()):
        own = {clean(cell.text).strip(): cell.kind for column, cell in cells.items() if cell.text.strip() and spread.anchor(row, column)[0] == row}
        texts = [text for text, kind in own.items() if kind is CellKind.TEXT] if len(own) <= _BESIDE else []
        yield from (text for text in texts if len(own) == 1 or _NUMBER.search(text) or stated_unit(text) or text.startswith(_NOTES))


def _unit(lines: Sequence[str]) -> str:
    """The one unit that is stated for the whole table; none where several are."""
    named = {unit for line in lines if stated_unit(line) for unit in units_in(stated_unit(line)) or (stated_unit(line),)}
    return named.pop() if len(named) == 1 else ""


def _year(texts: Sequence[str]) -> int | None:
    """The first year that any of some texts names beside that of a document's number."""
    for text in texts:
        if year := find_months(written_out(_NUMBER.sub("", text))).year:
            return year
    numbers = (re.search(r"20\d\d", match[0]) for text in texts if (match := _NUMBER.search(text)))
    return next((int(year[0]) for year in numbers if year), None)


def _headed(sheet: Sheet) -> int | None:
    """The one year whose targets a heading names: 2024年目标; None where several do."""
    texts = (name_key(cell.text) for cells in sheet.rows.values() for cell in cells.values() if cell.kind is CellKind.TEXT)
    years = {int(match[1]) for text in texts if (match := _HEADED.search(text))}
    return years.pop() if len(years) == 1 else None


def _document(title: str, lines: Sequence[str]) -> str:
    """The document: one that is named in 《》 beside its number, else the title with the number."""
    for line in lines:
        number, titled = _NUMBER.search(line), _TITLED.search(line)
        if titled and (number or _ABOUT.search(titled[0])):
            return titled[0] + (f"（{_plain(number[0])}）" if number else "")
    number = next((match for line in lines if (match := _NUMBER.search(line))), None)
    bare = _BRACKETS.sub("", _NUMBER.sub("", title)).strip()
    if number is None:
        return bare
    return f"{bare}（{_plain(number[0])}）" if bare else _plain(number[0])


def _plain(number: str) -> str:
    """A 文号 with the brackets that it has in print: 区政发〔2024〕5号."""
    return re.sub(r"\s+", "", re.sub(r"[\[（(【]\s*(20\d\d)\s*[\]）)】]", r"〔\1〕", number))
