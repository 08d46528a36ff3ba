"""
What may be kept of a form (留存): the cells that were read, with the words that say what they are.

A form comes with sheets and columns that nobody reads, and often with persons in them.  Where everything in the file was
read, or is what our own template says, its bytes are kept; else a copy that holds the read cells alone, at their places.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from kpi.catalog.model import Catalog
from kpi.finding import Finding
from kpi.persons import OVER_PERSONS, SIGNERS, SIGNINGS
from kpi.place import Place, column_index, column_letters
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.labelled_lines import Label, is_line, label_alone, read_lines, stated_unit
from kpi.workbook.layout.table_finder import META_SHEET, Table
from kpi.workbook.layout.table_rows import MOST_ROWS, read_rows, row_times
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.personal.masking import mask_number
from kpi.workbook.personal.name_forms import hide_signers
from kpi.workbook.process.wire import BLANK
from kpi.workbook.report import Beside, Column, KeptForm, KeptSheet, LeftOut, Report
from kpi.workbook.writing.template_words import template_words

_At = tuple[int, int]
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_AS_SHOWN = re.compile(r"(按数字格式显示为[ 「]?)([^，」）]*)")
_DESCRIBING = (Part.NAME, Part.TOPIC, Part.UNIT, Part.CODE, Part.PERIOD, Part.OFFICE, Part.AS_OF, Part.REMARK)
_NUMBERING = re.compile(r"\d{1,4}", re.ASCII)
_PERSONS = re.compile(OVER_PERSONS)
_OF_THE_TABLE = re.compile(r"[年月日季]|单位|科|所|局|表|情况|统计|汇总|目标|任务|计划|同期|累计")
_META = re.compile(r"[\w/.\-]{0,80}", re.ASCII)
_UNREAD = re.compile("没有读取|不认识|读不懂|读不出")
_QUOTE = re.compile("「([^「」]*)」")
_TELLING = re.compile(r"[\u4e00-\u9fffA-Za-z]|(?:\d\D*){8}", re.ASCII)  # may be a name or somebody's number
_SIGNS = re.compile(r"[\d.,\s%‰+\-()¥￥$/]", re.ASCII)
_SIZES = ("百", "千", "万", "十万", "百万", "千万", "亿", "约", "余")
_META_KEYS = ("office", "period", "template", "version", "digest", "org")
_PROGRAMS = ("openpyxl",)  # stands where the name of a person should
_MASKED, _FORMATS, _UNTOLD = "遮盖了的个人信息", "数字格式里的文字", "单元格以外的内容（这种格式的文件，看不出有没有批注、图片等）"
_NUMBER = "#"
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_LONGEST_TITLE = 60
_LONGEST_HEADING = 12


def keep(
    sheets: Sequence[Sheet],
    tables: Sequence[Table],
    reports: Iterable[Report],
    names: Names,
    catalog: Catalog,
    outside: Collection[tuple[str, str]] | None,
) -> KeptForm:
    """
    What may be kept of a workbook.

    Args:
        sheets: All its sheets.
        tables: Those that were read.
        reports: What they gave.
        names: The names of measures.
        catalog: Whose templates are known word by word.
        outside: What the file says outside of its cells, and what it is; None where nobody can tell.

    """
    given = list(reports)
    kept: dict[str, set[_At]] = {sheet.name: set() for sheet in sheets}
    for sheet in sheets:
        if sheet.name.casefold() == META_SHEET:
            kept[sheet.name] |= _meta_cells(sheet)
    figures = _figures(given)
    templated = any(sheet.name.casefold() == META_SHEET for sheet in sheets)
    amounts = {name: set(own) for name, own in figures.items()}
    for table in tables:
        own = figures.get(table.sheet.name, set())
        kept[table.sheet.name] |= _of_table(table, own, names, signed=templated)
        amounts.setdefault(table.sheet.name, set()).update(_amounts_beside(table, own))
    owners = {(report.office, report.org if report.org in catalog.orgs else None) for report in given if report.office and templated}
    ours = frozenset[str]().union(*(_own_words(catalog, office, org) for office, org in owners if office))
    beside: list[str] = []
    copies, left = [], []
    shown: set[str] = set()
    for sheet in sheets:
        own = amounts.get(sheet.name, set())
        there = {at: cell for at in sorted(kept[sheet.name]) if (cell := sheet.cell(*at)).kind is not CellKind.EMPTY}
        cells = {at: _bare(cell) if at in own else _masked(cell, signed=templated) for at, cell in there.items()}
        changed = [at for at, cell in cells.items() if cell != sheet.cell(*at)]
        beside += [_MASKED] if sheet.masked or any(at not in own for at in changed) else []
        beside += [_FORMATS] if any(at in own for at in changed) else []
        shown.update(cell.text.strip() for cell in cells.values())
        if lacking := [at for at, cell in _filled(sheet) if at not in cells and not _is_ours(cell.text, ours)]:
            left.append(LeftOut(sheet.name, _columns_left(sheet, lacking, cells)))
        if cells and sheet.name.casefold() != META_SHEET:
            copies.append(KeptSheet(sheet.name, cells, sheet.merges, sheet.hidden))
    beside += [_UNTOLD] if outside is None else sorted({what for what, text in outside if not _may_stay(text, shown, ours)})
    whole = not left and not beside
    return KeptForm(() if whole else tuple(copies), tuple(left), whole, frozenset(shown), tuple(dict.fromkeys(beside)))


def _may_stay(text: str, shown: Collection[str], ours: Collection[str]) -> bool:
    """Whether a text outside of the cells is one of theirs, of a program or of our template; a blank one is no text but a thing."""
    return bool(text) and (text.strip() in shown or text in _PROGRAMS or _is_ours(text, ours))


def without_unread(finding: Finding, kept: KeptForm, catalog: Catalog) -> Finding:
    """A finding as it may be kept: what it quotes of cells that were not read is left out, for anybody's name may stand there."""
    if kept.whole:
        return finding
    if finding.place.sheet in {left.sheet for left in kept.left} - {sheet.name for sheet in kept.sheets}:
        finding = replace(finding, place=Place(""))
    finding = replace(finding, seen=_AS_SHOWN.sub(lambda match: match[0] if _says_unit(match[2]) else f"{match[1]}…", finding.seen))
    if not _UNREAD.search(finding.seen):
        return finding

    def quoted(match: "re.Match[str]") -> str:
        text = match[1]
        return match[0] if any(text in word for word in kept.words) or text in catalog_words(catalog) or not _TELLING.search(text) else "「…」"

    return replace(finding, seen=_QUOTE.sub(quoted, finding.seen))


@lru_cache(maxsize=4)
def catalog_words(catalog: Catalog) -> frozenset[str]:
    """The names that the catalogue gives, and those of the columns of figures."""
    measures = (name for measure in catalog.measures.values() for name in (measure.name, *measure.aliases))
    offices, orgs = (office.name for office in catalog.offices.values()), (org.name for org in catalog.orgs.values())
    return frozenset((*measures, *offices, *orgs, *(column.chinese for column in Column), *(beside.chinese for beside in Beside)))


def _bare(cell: Cell) -> Cell:
    """A figure without the words that its number format shows beside it, unless they say its unit: anything may be written there."""
    return cell if _says_unit(cell.shown) or cell.shown == BLANK else replace(cell, shown="")


def _says_unit(shown: str) -> bool:
    """Whether a number is shown with nothing but a unit or a size."""
    words = _SIGNS.sub("", shown)
    return not words or is_unit(words) or words in _SIZES


def _columns_left(sheet: Sheet, lacking: Sequence[_At], cells: Collection[_At]) -> tuple[str, ...]:
    """The columns of a sheet of which nothing is kept, with the first word in each."""
    kept = {column for _, column in cells}
    first: dict[int, str] = {}
    for row, column in lacking:
        if kept and column not in kept:
            first.setdefault(column, sheet.cell(row, column).text.strip()[:_LONGEST_HEADING])
    return tuple(f"{column_letters(column)} 列「{text}」" for column, text in sorted(first.items()))


def _masked(cell: Cell, *, signed: bool) -> Cell:
    """A cell beside the figures; a number there may be somebody's, and who signs is kept of our own template only."""
    hidden = mask_number if cell.kind is CellKind.NUMBER else hide_signers
    shown = cell.text if signed and cell.kind is not CellKind.NUMBER else hidden(cell.text)
    return cell if shown == cell.text else Cell(CellKind.TEXT, shown)


def _is_ours(text: str, words: Collection[str]) -> bool:
    """Whether the template of the office says a text."""
    return text.strip() in words or _word(text) in words


def _filled(sheet: Sheet) -> Iterator[tuple[_At, Cell]]:
    """The cells of a sheet that show something."""
    for row in sheet.rows:
        for column, cell in sheet.rows[row].items():
            if cell.text.strip():
                yield (row, column), cell


def _figures(reports: Sequence[Report]) -> dict[str, set[_At]]:
    """The cells of the figures, by sheet."""
    cells: dict[str, set[_At]] = {}
    for report in reports:
        for place in (*(reading.place for reading in report.readings), *(typed.place for typed in report.typed)):
            if match := _PLACE.fullmatch(place.cell):
                cells.setdefault(place.sheet, set()).add((int(match[2]) - 1, column_index(match[1])))
    return cells


def _amounts_beside(table: Table, figures: Collection[_At]) -> set[_At]:
    """The numbers beside the figures of a table that its headings call figures too, a target or last year's: what they look like is of no matter."""
    rows = {row for row, _ in figures} | row_times(table).keys()
    heads = [head.index for head in table.columns if head.heading.part is None and head.heading.says_figure and not _is_of_persons(head)]
    return {(row, column) for row in rows for column in heads if table.sheet.cell(row, column).kind is CellKind.NUMBER}


def _of_table(table: Table, figures: Collection[_At], names: Names, *, signed: bool) -> set[_At]:
    """The cells of one table: figures, what describes their rows and columns, and what stands over all of it."""
    spread, own = table.spread, {column.index for column in table.columns}
    read = {(row, column) for row, column in figures if table.bottom < row < table.end and column in own}
    if not read:
        return set()
    rows = {row for row, _ in read} | row_times(table).keys()
    describing = {
        column.index
        for column in table.columns
        if column.heading.part is Part.NAME or ((column.index in table.labels or column.heading.part in _DESCRIBING) and not _is_of_persons(column))
    }
    numbered = {column.index for column in table.columns if column.heading.part is Part.OTHER}
    figures_beside = {head.index for head in table.columns if head.heading.part is None and head.heading.says_figure and not _is_of_persons(head)}
    columns = describing | figures_beside | {column for _, column in read}
    kept = read | _amounts_beside(table, read)
    kept |= {spread.anchor(row, column) for row in rows for column in describing}
    kept |= {(row, column) for row in rows for column in numbered if _NUMBERING.fullmatch(spread.cell(row, column).text)}
    kept |= {spread.anchor(row, column) for row in range(table.top, table.bottom + 1) for column in columns}
    kept |= {(row, column) for row in range(table.top, table.bottom + 1) for column in numbered if not _PERSONS.search(spread.cell(row, column).text)}
    groups = {text for row in read_rows(table, names) if row.index in rows for text in (*row.groups, *row.sections)}
    between = (row for row in table.rows() if row not in rows and row < max(rows))
    kept |= {(row, column) for row in between for column in describing if spread.cell(row, column).text.strip() in groups}
    return kept | _over(table, signed=signed) | _units(table)


def _is_of_persons(column: ColumnHead) -> bool:
    """Whether the words over a column say that persons stand there."""
    return _PERSONS.search("".join(column.levels)) is not None


def _units(table: Table) -> set[_At]:
    """The notes to a table that say in which unit its figures are."""
    cells = (
        (row, column, cell.text) for row in islice(table.rows(), MOST_ROWS) for column, cell in table.sheet.rows[row].items() if cell.kind is CellKind.TEXT
    )
    return {(row, column) for row, column, text in cells if stated_unit(text) and not is_unit(text) and not _PERSONS.search(text)}


def _over(table: Table, *, signed: bool) -> set[_At]:
    """The cells over a table that are its title, or say whose it is, of which time and in which unit."""
    kept: set[_At] = set()
    for row in range(max(table.above, 0), table.top):
        before = ""
        cells = [(column, cell) for column, cell in sorted(table.sheet.rows.get(row, {}).items()) if cell.text.strip()]
        for column, cell in cells:
            text = cell.text.strip()
            label, before = before, text
            if label and _is_open(label):
                if not _is_of_person(label) or (signed and name_key(label).startswith((*SIGNERS, *SIGNINGS))):
                    kept.add((row, column))
            elif is_line(text) or label_alone(text) or (len(text) <= _LONGEST_TITLE and (len(cells) == 1 or _OF_THE_TABLE.search(text))):
                kept.add((row, column))
    return kept


def _is_open(text: str) -> bool:
    """Whether a cell is a label whose text stands in the next one."""
    return label_alone(text.rstrip(":：")) is not None or any(not line.text for line in list(read_lines(text))[-1:]) or bool(_PERSONS.search(text))


def _is_of_person(text: str) -> bool:
    """Whether a label is about a person."""
    key = name_key(text)
    return label_alone(text.rstrip(":：")) is Label.PERSON or bool(_PERSONS.search(key))


def _meta_cells(sheet: Sheet) -> set[_At]:
    """The rows of the hidden sheet of our template, where they say what it says and no more."""
    return {(row, column) for row in sheet.rows if sheet.cell(row, 0).text in _META_KEYS and _META.fullmatch(sheet.cell(row, 1).text) for column in (0, 1)}


@lru_cache(maxsize=1024)
def _own_words(catalog: Catalog, office: str, org: str | None) -> frozenset[str]:
    """Every word that the template of an office says, in cells and outside of them, short numbers aside."""
    words = template_words(catalog, office, org)
    return frozenset((*words, *map(_word, words))) - {_NUMBER}


def _word(text: str) -> str:
    """A text with # for each short number: the same prompts stand in the template of another month."""
    return _DIGITS.sub(_NUMBER, text.strip())
