"""Parts that are more than their whole: so far this year, last year, and over whatever months are known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Linear
from kpi.catalog.model import MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation.course import Course, stretches
from kpi.validation.sheet import Figures, Sheet
from kpi.validation.sides import all_exact, amount_of, first_cell, keys, names, spoken
from kpi.validation.wholes import PartOfWhole, parts_of_wholes
from kpi.validation.wording import plain
from kpi.value import Qualifier, Value
from kpi.workbook.report import Column, Reading

_MANY = 5  # of what may have come in before, so few more say nothing
_AT_LEAST, _AT_MOST = {Qualifier.EXACT, Qualifier.AT_LEAST}, {Qualifier.EXACT, Qualifier.AT_MOST}


def part_exceeds_whole(sheet: Sheet) -> Iterator[Finding]:
    """
    A part is not more than its whole, neither so far this year nor in the months since both were last known.

    So far: impossible.  In some months: impossible where both are stated for the month and counted at once, asked where they
    are the difference of cumulatives, one of which may mend the other.  What is not counted at once, 办结 of 受理, may have
    come in before: asked only where it is far more.
    """
    for pair in parts_of_wholes(sheet.catalog):
        reading = first_cell(sheet, pair.part) or first_cell(sheet, pair.whole)
        if reading is None:
            continue
        figures = sheet.figures(keys(pair.part, pair.whole))
        amount, whole = amount_of(figures, pair.part), amount_of(figures, pair.whole)
        if amount is not None and whole is not None and amount > whole:
            yield _so_far(sheet, pair, reading, figures)
        elif pair.strict and (excess := _in_some_months(sheet, pair)) is not None:
            severity = Severity.BLOCK if excess.stated else Severity.CHECK
            remedy = "" if excess.stated else "；更正了以前月份或办结了以前的，请写明原因"
            yield _finding(pair, severity, reading, excess.seen, remedy)


def part_exceeded_whole(sheet: Sheet) -> Iterator[Finding]:
    """上年同期 as a sheet states it: a part was not more than its whole last year either."""
    for pair in parts_of_wholes(sheet.catalog):
        cells = {code: sheet.cells.get((code, Column.PRIOR)) for code, _ in keys(pair.part, pair.whole)}
        stated = [cell for cell in cells.values() if cell is not None and cell.value.number is not None]
        if not pair.strict or not stated:
            continue
        last_year = sheet.figures([(code, 1) for code in cells])
        figures = {(code, 0): last_year[code, 1] for code in cells}
        amount, whole = amount_of(figures, pair.part), amount_of(figures, pair.whole)
        if amount is not None and whole is not None and amount > whole and all_exact(figures):
            severity = Severity.BLOCK if len(stated) == len(cells) else Severity.CHECK
            yield _finding(pair, severity, stated[0], f"上年同期{spoken(pair.part, sheet, figures)}，大于{spoken(pair.whole, sheet, figures)}")


def _finding(pair: PartOfWhole, severity: Severity, reading: Reading, seen: str, more: str = "") -> Finding:
    remedy = f"{pair.indicator.name}的{pair.share}不能大于分母，请核对这两项{more}"
    return Finding("part-exceeds-whole", severity, reading.place, seen, remedy, measures=(*pair.part.codes, *pair.whole.codes))


@dataclass(frozen=True, slots=True)
class _Excess:
    """What is seen where a part is more than its whole; ``stated``: it is one month, and stated as such."""

    seen: str
    stated: bool


def _so_far(sheet: Sheet, pair: PartOfWhole, reading: Reading, figures: Figures) -> Finding:
    """The finding about what is so far this year; asked where the part runs to a later day than the whole, or 约 may save it."""
    days = [[day for code in side.codes if (day := _day(sheet, code)) is not None] for side in (pair.part, pair.whole)]
    later = all(days) and max(days[0]) > min(days[1])
    unlike = f"，数据截止日分别是 {max(days[0])} 和 {min(days[1])}" if later else ""
    sure = _are(figures, pair.part, _AT_LEAST) and _are(figures, pair.whole, _AT_MOST)
    severity = Severity.BLOCK if pair.strict and sure and not later else Severity.CHECK
    return _finding(pair, severity, reading, f"{spoken(pair.part, sheet, figures)}，大于{spoken(pair.whole, sheet, figures)}{unlike}")


def _are(figures: Figures, side: Linear, meant: set[Qualifier]) -> bool:
    return all(figures[key].qualifier in meant for key in keys(side))


def _in_some_months(sheet: Sheet, pair: PartOfWhole) -> _Excess | None:
    """Where the part is more than the whole in the months that end with this one, as far as they are known."""
    codes, last = [code for code, _ in keys(pair.part, pair.whole)], sheet.period.month
    if any(sheet.catalog.measures[code].kind is not MeasureKind.FLOW for code in codes):
        return None
    courses = {code: sheet.course(code) for code in codes}
    stated = all((cell := course.months.get(last)) is not None and cell.value.number is not None for course in courses.values())
    found = _over(sheet, pair, courses, "本月", lambda course: course.month(last))
    if found is not None:
        return _Excess(found, stated and pair.at_once)
    known = stretches(list(courses.values()), last)
    first = known[-1][0] if known and known[-1][1] == last else 0
    if 0 < first < last - 1:
        found = _over(sheet, pair, courses, f"{first + 1}—{last} 月", lambda course: course.since(first, last))
    found = found or next((seen for start in reversed(range(last)) if (seen := _within(sheet, pair, courses, start)) is not None), None)
    return _Excess(found, stated=False) if found is not None else None


def _over(sheet: Sheet, pair: PartOfWhole, courses: dict[str, Course], words: str, brought: Callable[[Course], Value | None]) -> str | None:
    """What is seen over months of which both are known."""
    figures = {(code, 0): value for code, course in courses.items() if (value := brought(course)) is not None}
    if len(figures) < len(courses) or not all_exact(figures) or not _exceeds(pair, amount_of(figures, pair.part), amount_of(figures, pair.whole)):
        return None
    return f"{words}{spoken(pair.part, sheet, figures)}，大于{spoken(pair.whole, sheet, figures)}"


def _within(sheet: Sheet, pair: PartOfWhole, courses: dict[str, Course], first: int) -> str | None:
    """What is seen where the whole is known since a month, and those months of the part that are known are more already."""
    last = sheet.period.month
    wholes = {(code, 0): value for code in pair.whole.codes if (value := courses[code].since(first, last)) is not None}
    if len(wholes) < len(pair.whole.codes) or not all_exact(wholes):
        return None
    known = sum((Fraction(_at_least(courses[code], first, last)) for code in pair.part.codes), Fraction(0))
    if not _exceeds(pair, known, amount_of(wholes, pair.whole)):
        return None
    words = f"{first + 1}—{last} 月" if first + 1 < last else f"{last} 月"
    return f"{words}{spoken(pair.whole, sheet, wholes)}，其中已报的{names(pair.part, sheet)}就有 {plain(known, 6)}"


def _at_least(course: Course, first: int, last: int) -> Decimal:
    """What is known to have come from the end of one month to the end of another: the sum of known stretches, none of them twice."""
    so_far = {first: Decimal(0)}
    for end in range(first + 1, last + 1):
        ways = [so_far[end - 1]]
        for start in range(first, end):
            brought = course.month(end) if start == end - 1 else course.between(start, end)
            if brought is not None and brought.number is not None and brought.qualifier is Qualifier.EXACT:
                ways.append(so_far[start] + brought.number)
        so_far[end] = max(ways)
    return so_far[last]


def _exceeds(pair: PartOfWhole, amount: Fraction | None, whole: Fraction | None) -> bool:
    if amount is None or whole is None or not amount > whole >= 0:
        return False
    return pair.at_once or (amount - whole >= _MANY and amount > 2 * whole)


def _day(sheet: Sheet, code: str) -> date | None:
    """The day that the figure of this month runs to."""
    if sheet.catalog.measures[code].kind is MeasureKind.FLOW:
        return sheet.course(code).day(sheet.period.month)
    cell = sheet.level(code, sheet.period)
    return cell.as_of if cell else None
