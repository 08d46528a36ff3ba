"""Parts that are more than their whole: so far this year, last year, and over whatever months are known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Linear
from kpi.catalog.measure import MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.course import Course, stretches
from kpi.validation.finding_words import number_words
from kpi.validation.misplaced import columns_the_same
from kpi.validation.months import cumulative_falls
from kpi.validation.relation_figures import Figures
from kpi.validation.sides import all_exact, amount_of, first_cell, keys, names, spoken
from kpi.validation.wholes_of_formulas import PartOfWhole, parts_of_wholes
from kpi.value import Qualifier, Value
from kpi.workbook.report import Column, Reading

_MANY = 5  # of what may have come in before, so few more are but noted
_REMEDIES = {
    Severity.BLOCK: "",
    Severity.CHECK: "；更正了以前月份或办结了以前的，请写明原因",
    Severity.HINT: "；多出的是以前月份的，不必改动",
}
_AT_LEAST, _AT_MOST = {Qualifier.EXACT, Qualifier.AT_LEAST}, {Qualifier.EXACT, Qualifier.AT_MOST}


def part_exceeds_whole(sheet: CheckedSheet) -> Iterator[Finding]:
    """
    A part is not more than its whole, neither so far this year nor in the months since both were last known.

    So far: impossible.  In some months: impossible where both are stated for the month and counted at once, else asked: one
    cumulative may mend the other, a result come later.  Of what the catalogue calls belated, 办结 of 受理, it is noted what
    the months before left over; asked where it is far more.  A cumulative that is in doubt itself tells nothing of some months.
    """
    doubted = {code for rule in (cumulative_falls, columns_the_same) for finding in sheet.findings(rule) for code in finding.measures}
    for pair in parts_of_wholes(sheet.catalog):
        reading = first_cell(sheet, pair.part) or first_cell(sheet, pair.whole)
        if reading is None:
            continue
        figures = sheet.figures(keys(pair.part, pair.whole))
        amount, whole = amount_of(figures, pair.part), amount_of(figures, pair.whole)
        if amount is not None and whole is not None and amount > whole:
            yield _so_far(sheet, pair, reading, figures)
        elif pair.strict and (excess := _in_some_months(sheet, pair, doubted)) is not None:
            yield _finding(pair, excess.severity, reading, excess.seen, _REMEDIES[excess.severity])


def part_exceeded_whole(sheet: CheckedSheet) -> Iterator[Finding]:
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
    """What is seen where a part is more than its whole over some months."""

    seen: str
    severity: Severity


def _so_far(sheet: CheckedSheet, pair: PartOfWhole, reading: Reading, figures: Figures) -> Finding:
    """The finding about what is so far this year; asked where the part runs to a later day than the whole, or 约 may save it."""
    days = [[day for code in side.codes if (day := _day(sheet, code)) is not None] for side in (pair.part, pair.whole)]
    later = all(days) and max(days[0]) > min(days[1])
    unlike = f"，数据截止日分别是 {max(days[0])} 和 {min(days[1])}" if later else ""
    sure = _are(figures, pair.part, _AT_LEAST) and _are(figures, pair.whole, _AT_MOST)
    severity = Severity.BLOCK if pair.strict and sure and not later else Severity.CHECK
    return _finding(pair, severity, reading, f"{spoken(pair.part, sheet, figures)}，大于{spoken(pair.whole, sheet, figures)}{unlike}")


def _are(figures: Figures, side: Linear, meant: set[Qualifier]) -> bool:
    return all(figures[key].qualifier in meant for key in keys(side))


def _in_some_months(sheet: CheckedSheet, pair: PartOfWhole, doubted: set[str]) -> _Excess | None:
    """Where the part is more than the whole in the months that end with this one, as far as they are known; ``doubted``: whose cumulatives are asked about."""
    codes, last = [code for code, _ in keys(pair.part, pair.whole)], sheet.month_number
    if any(sheet.catalog.measures[code].kind is not MeasureKind.FLOW for code in codes):
        return None
    courses = {code: sheet.course(code) for code in codes}
    stated = all(_is_stated(course, last) for course in courses.values())
    if (excess := _over(sheet, pair, courses, last - 1, "本月", lambda course: course.month(last), stated=stated)) is not None:
        return excess
    if not doubted.isdisjoint(codes):
        return None
    known = stretches(list(courses.values()), last)
    first = known[-1][0] if known and known[-1][1] == last else 0
    if 0 < first < last - 1 and (
        excess := _over(sheet, pair, courses, first, sheet.months_between(first, last), lambda course: course.since(first, last), stated=False)
    ):
        return excess
    return next((excess for start in reversed(range(last)) if (excess := _within(sheet, pair, courses, start)) is not None), None)


def _is_stated(course: Course, month: int) -> bool:
    """Whether the figure of a single month is written as such."""
    return (cell := course.months.get(month)) is not None and cell.value.number is not None


def _over(
    sheet: CheckedSheet, pair: PartOfWhole, courses: dict[str, Course], first: int, words: str, brought: Callable[[Course], Value | None], *, stated: bool
) -> _Excess | None:
    """What is seen over months of which both are known, from the end of one on; ``stated``: it is one month, and stated as such."""
    figures = {(code, 0): value for code, course in courses.items() if (value := brought(course)) is not None}
    exact = all_exact(figures)  # what is meant roughly is asked where it is typed; a difference of two such says nothing
    amount, whole = amount_of(figures, pair.part), amount_of(figures, pair.whole)
    if amount is None or whole is None or not amount > whole >= 0 or not (exact or stated):
        return None
    summed = [code for code in courses if not _is_stated(courses[code], sheet.month_number)] if first == sheet.month_number - 1 else list(courses)
    how = (
        "（按累计相减）"
        if len(summed) == len(courses)
        else f"（{'、'.join(sheet.catalog.measures[code].name for code in summed)}按累计相减）"
        if summed
        else ""
    )
    seen = f"{words}{spoken(pair.part, sheet, figures)}，大于{spoken(pair.whole, sheet, figures)}{how if first else ''}"
    if pair.at_once and stated and exact:
        return _Excess(seen, Severity.BLOCK)
    return _asked(sheet, pair, courses, first, seen, amount, whole)


def _within(sheet: CheckedSheet, pair: PartOfWhole, courses: dict[str, Course], first: int) -> _Excess | None:
    """What is seen where the whole is known since a month, and those months of the part that are known are more already."""
    last = sheet.month_number
    figures = _brought(pair.whole, courses, first, last)
    more = _more_within(pair, courses, first, last)
    if more <= 0 or (first < last - 1 and more <= _more_within(pair, courses, first, last - 1)):  # the sheet of the month before has said so
        return None
    whole = amount_of(figures, pair.whole) or Fraction(0)
    words = sheet.months_between(first, last)
    how = "（按累计相减）" if first and any(courses[code].is_cumulative(last) for code in pair.whole.codes) else ""
    seen = f"{words}{spoken(pair.whole, sheet, figures)}{how}，其中已报的{names(pair.part, sheet)}就有 {number_words(whole + more, 6)}"
    return _asked(sheet, pair, courses, first, seen, whole + more, whole)


def _more_within(pair: PartOfWhole, courses: dict[str, Course], first: int, last: int) -> Fraction:
    """How much more the known months of the part are than the whole between two month ends; 0 where the whole is not known."""
    wholes = _brought(pair.whole, courses, first, last)
    whole = amount_of(wholes, pair.whole) if all_exact(wholes) else None
    if whole is None or whole < 0:
        return Fraction(0)
    known = sum((Fraction(_at_least(courses[code], first, last)) for code in pair.part.codes), Fraction(0))
    return max(known - whole, Fraction(0))


def _brought(side: Linear, courses: dict[str, Course], first: int, last: int) -> Figures:
    """What the measures of a side brought between two month ends, as far as it is known."""
    return {(code, 0): value for code in side.codes if (value := courses[code].since(first, last)) is not None}


def _asked(sheet: CheckedSheet, pair: PartOfWhole, courses: dict[str, Course], first: int, seen: str, amount: Fraction, whole: Fraction) -> _Excess:
    """An excess that can be: asked, or noted with what the months before left over where it may be of that."""
    before = {(code, 0): value for code, course in courses.items() if (value := course.total(first)) is not None}
    part_before, whole_before = amount_of(before, pair.part), amount_of(before, pair.whole)
    left = whole_before - part_before if part_before is not None and whole_before is not None and all_exact(before) else None
    far_more = amount - whole >= _MANY and amount > 2 * whole
    if not pair.belated or far_more or (left is not None and amount - whole > left):
        return _Excess(seen, Severity.CHECK)
    return _Excess(f"{seen}；到 {sheet.month_at(first)}底还有 {number_words(left, 6)} 没有计入{pair.share}" if left is not None else seen, Severity.HINT)


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


def _day(sheet: CheckedSheet, code: str) -> date | None:
    """The day that the figure of this month runs to."""
    if sheet.catalog.measures[code].kind is MeasureKind.FLOW:
        return sheet.course(code).day(sheet.month_number)
    cell = sheet.level(code, sheet.period)
    return cell.as_of if cell else None
