"""
The rows, columns and cells of a superior's form that no figure was found for, each with the reason in words.

The reader says of each what it did not read; here that becomes a sentence for somebody who wants the form filled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kpi.catalog.fault_line import nearest
from kpi.catalog.model import Catalog
from kpi.finding import Finding
from kpi.place import Place, cell_name, column_index
from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.report import Question, QuestionKind, Report

_ASKING = (QuestionKind.ROW, QuestionKind.COLUMN, QuestionKind.HEADING)
_Position = tuple[str, int, int]  # sheet, row and column
NO_MONTH = "不是逐月累加的数，没有本月数"
_OWN_WORDS = {
    "merged-figure": "与别的行或列合并在一格里，分不清要填哪一个",
    "month-of-stock": NO_MONTH,
    "total-row": "合计、明细或别的单位的一行，没有填",
}
_LEFT_OUT = frozenset(
    (
        "duplicate-row",
        "duplicate-column",
        "unknown-rows",
        "unknown-column",
        "unsure-column",
        "row-not-read",
        "column-not-read",
        "crossing-not-read",
        "table-not-read",
        "sheet-not-read",
    )
)


def unplaced(reports: Iterable[Report], sheets: Sequence[Sheet], whole: Catalog) -> dict[Place, str]:
    """
    Why no figure was found, by the cell where the row or column begins; the first reason of each.

    Args:
        reports: What was read of the sheets.
        sheets: The sheets.
        whole: The catalogue as `superior_cells.of_one_office` gives it.

    """
    by_name = {sheet.name: sheet for sheet in sheets}
    names = {name for measure in whole.measures.values() for name in (measure.name, *measure.aliases)}
    reasons: dict[Place, str] = {}
    for report in reports:
        asked = {question.place: _unsure(question, whole) for question in report.questions if question.kind in _ASKING and question.seen.strip()}
        for finding in report.findings:
            words = "" if finding.code == "unknown-row" and finding.place in asked else _words(finding, by_name.get(finding.place.sheet), names)
            if words:
                reasons.setdefault(finding.place, words)
        for place, words in asked.items():
            reasons.setdefault(place, words)
    return reasons


def in_runs(reasons: Mapping[Place, str]) -> Iterator[tuple[Place, str]]:
    """Reasons by place, in the order of the sheets' rows; cells beside each other that have the same are one range."""
    runs: list[tuple[str, list[_Position]]] = []
    for (sheet, row, column), words in sorted((_position(place), words) for place, words in reasons.items()):
        if runs and runs[-1][0] == words and runs[-1][1][-1] == (sheet, row, column - 1):
            runs[-1][1].append((sheet, row, column))
        else:
            runs.append((words, [(sheet, row, column)]))
    return ((_range(run), words) for words, run in runs)


def _position(place: Place) -> _Position:
    """The sheet, row and column of a cell, counted from 0; a place that is a whole sheet stands before its cells."""
    letters = place.cell.rstrip("0123456789")
    return (place.sheet, int(place.cell.removeprefix(letters)) - 1, column_index(letters)) if letters else (place.sheet, -1, -1)


def _range(run: Sequence[_Position]) -> Place:
    (sheet, row, first), (*_, last) = run[0], run[-1]
    if row < 0:
        return Place(sheet)
    return Place(sheet, cell_name(row, first) if first == last else f"{cell_name(row, first)}:{cell_name(row, last)}")


def _unsure(question: Question, whole: Catalog) -> str:
    """Why a row or column with a figure in it was not placed."""
    likely = [whole.measures[code].name for code, _ in question.candidates if code in whole.measures]
    named = f"，可能是{'或'.join(f'「{name}」' for name in likely[:2])}" if likely else ""
    return f"「{question.seen}」认不准是哪一项{named}"


def _words(finding: Finding, sheet: Sheet | None, names: Collection[str]) -> str:
    """What a finding means for a form to be filled; empty of one that leaves nothing out."""
    if finding.code == "total-row" and sheet is not None and _has_number(sheet, finding.place):
        return ""  # it counts for itself
    if finding.code in _OWN_WORDS:
        return _OWN_WORDS[finding.code]
    if finding.code in _LEFT_OUT:
        return finding.seen.replace("没有读取", "没有填")
    label = _label(sheet, finding.place) if finding.code == "unknown-row" and sheet is not None else ""
    return f"「{label}」认不准是哪一项{nearest(label, names)}" if label else ""


def _has_number(sheet: Sheet, place: Place) -> bool:
    return any(cell.kind is CellKind.NUMBER for cell in sheet.rows.get(_position(place)[1], {}).values())


def _label(sheet: Sheet, place: Place) -> str:
    """The text of a cell, without the spaces around it."""
    _, row, column = _position(place)
    return sheet.cell(row, column).text.strip()
