"""
The figures of a text against those of the store.

A figure is held against that of the month to which it runs: the cumulative one, of a stock the standing one, or the face of it that the text means.
It agrees where it is the same number, or what that is rounded to its digits; a figure that the store had in an earlier month is called older, and one
of which the store knows nothing is no fault.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kpi.catalog.model import Catalog
from kpi.papers.checking.figure_faces import POINTS, FigureFace
from kpi.papers.checking.measure_matching import MeasureMatch
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.stored_figures import StoredFigure, StoredFigures
from kpi.papers.figures.text_figure import CutOffBasis, TextFigure
from kpi.period import Month, ReportingYear, Span
from kpi.value import Qualifier, plain
from kpi.workbook.units import power_between

_SHOWN_DIGITS = 4
_SURE = 1.0  # of a match, from which on a figure that differs is no other one
_FAR = 5  # times as much, or as little, is likely another thing that is named alike
_WITH_OLDER = (Span.YTD, Span.MONTH)
_ABOUT = 10  # a figure called 约 is within so many parts of it


class Agreement(StrEnum):
    """How a figure of a text stands to the store; the values are the words on the page."""

    EQUAL = "一致"
    ROUNDED = "舍入后一致"
    OLDER = "较早的数"
    DIFFERENT = "不一致"
    HIDDEN = "未公开"
    NOT_IN_STORE = "库中无此数"
    NO_MEASURE = "未对应指标"


@dataclass(frozen=True, slots=True)
class StoreComparison:
    """
    One figure of a text beside that of the store.

    Attributes:
        figure: Its index.
        agreement: How the two stand to each other.
        code: The measure or indicator that it is; nothing where it is none.
        face: What of that it is.
        month: The month whose figure was looked at.
        older: Of an older figure the month that has it.
        stored: What the store has in that month.
        sure: Whether the name of the measure stands there whole, or nearly.

    """

    figure: int
    agreement: Agreement
    code: str = ""
    face: FigureFace = FigureFace.SO_FAR
    month: Month | None = None
    older: Month | None = None
    stored: StoredFigure | None = None
    sure: bool = True

    @property
    def shown(self) -> str:
        """The figure of the store in words; nothing where there is none."""
        if self.stored is None or self.stored.value is None:
            return ""
        return f"{plain(round(self.stored.value, _SHOWN_DIGITS))}{self.stored.unit}{'' if self.stored.whole else '（库中的数不全）'}"


def compare(figures: Sequence[TextFigure], matches: Sequence[MeasureMatch], stored: StoredFigures, month: Month | None = None) -> tuple[StoreComparison, ...]:
    """
    Each figure of a text beside the store.

    Args:
        figures: The figures.
        matches: Which of them are figures of the catalogue.
        stored: The store.
        month: The month of figures of which the text names no day.

    """
    known = {match.figure: match for match in matches}
    months = _months(figures, matches, month)
    wanted = [(known[index], own) for index, own in months.items()]
    stored.load([(match.measure, match.face, each) for match, own in wanted for each in (own, *_former(own, match.face, stored.year))])
    compared = [_compared(index, figure, known.get(index), months.get(index), stored) for index, figure in enumerate(figures)]
    return tuple(_older(each, figures[each.figure], stored) if each.agreement is Agreement.DIFFERENT else each for each in compared)


def _months(figures: Sequence[TextFigure], matches: Sequence[MeasureMatch], default: Month | None) -> dict[int, Month]:
    """The month of each match: of the day of its figure, and of one of last year that of the figure before it, whose last year it is."""
    months: dict[int, Month] = {}
    former: dict[tuple[str, FigureFace], Month] = {}
    for match in matches:
        day = figures[match.figure].as_of
        month = former.get((match.measure, match.face)) or (Month.of(day) if day else default)
        if month is None:
            continue
        months[match.figure] = month
        if not match.face.grows and not match.face.of_last_year:
            former[match.measure, match.face.of(FigureFace.LAST_YEAR)] = month
    return months


def _compared(index: int, figure: TextFigure, match: MeasureMatch | None, month: Month | None, stored: StoredFigures) -> StoreComparison:
    if match is None or month is None:
        return StoreComparison(index, Agreement.NO_MEASURE)
    own, face = stored.figure(match.measure, match.face, month), match.face
    if match.of_named_month and face is FigureFace.SO_FAR and not agrees(figure, own):
        single = stored.figure(match.measure, FigureFace.MONTH, month)
        own, face = (single, FigureFace.MONTH) if agrees(figure, single) else (own, face)
    if figure.value is None or own.withheld:
        agreement = Agreement.HIDDEN
    elif own.value is None and own.reported is None:
        agreement = Agreement.NOT_IN_STORE
    else:
        agreement = agrees(figure, own) or Agreement.DIFFERENT
    return StoreComparison(index, agreement, match.measure, face, month, None, own, sure=match.score >= _SURE)


def _former(month: Month, face: FigureFace, year: ReportingYear) -> Iterator[Month]:
    """The earlier months of the reporting year of a month, the latest first; none of a quarter or a half-year."""
    return reversed(year.so_far(month)[:-1] if face.span in _WITH_OLDER else ())


def _older(compared: StoreComparison, figure: TextFigure, stored: StoredFigures) -> StoreComparison:
    """A figure that differs, or, where an earlier month has it, an older one."""
    for former in _former(compared.month, compared.face, stored.year) if compared.month else ():
        if agrees(figure, stored.figure(compared.code, compared.face, former)) in (Agreement.EQUAL, Agreement.ROUNDED):
            return StoreComparison(compared.figure, Agreement.OLDER, compared.code, compared.face, compared.month, former, compared.stored)
    return compared


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number of a text in the unit of the catalogue, None where it is masked, and to how many digits behind the point it is stated: -2 of 37.77万元 in 元."""

    number: Decimal | None
    digits: int

    def rounds_to(self, exact: Decimal) -> bool:
        """Whether an exact number, rounded to the digits of this one, is this one; a half by either rule, 四舍五入 or 四舍六入五成双."""
        if self.number is None or abs(exact - self.number) >= Decimal(1).scaleb(-self.digits):
            return False
        return abs(Fraction(exact) - Fraction(self.number)) <= Fraction(10) ** -self.digits / 2

    def alike(self, other: "StatedNumber") -> bool:
        """Whether two of them are the same to the digits of the one that has fewer; a masked one is like any."""
        if self.number is None or other.number is None:
            return True
        return self.rounds_to(other.number) if self.digits <= other.digits else other.rounds_to(self.number)


def stated_number(figure: TextFigure, unit: str) -> StatedNumber:
    """A figure of a text in a unit; what fell by so much is below 0 where it is a change."""
    power = (power_between(figure.unit, unit) or 0) if figure.unit else 0
    if figure.value is None:
        return StatedNumber(None, 0)
    fell = figure.falls and figure.value > 0 and unit in ("%", POINTS) and ("比" in figure.before or "较" in figure.before)
    return StatedNumber((-figure.value if fell else figure.value).scaleb(power), figure.decimals - power)


def agrees(figure: TextFigure, stored: StoredFigure) -> Agreement | None:
    """Whether a figure of a text is that of the store, to its own digits and as it is meant; None where it is not."""
    stated = stated_number(figure, stored.unit)
    ways = [_agrees(stated, figure.qualifier, number) for number in (stored.value, stored.reported) if number is not None]
    return next((way for way in (Agreement.EQUAL, Agreement.ROUNDED) if way in ways), None)


def _agrees(stated: StatedNumber, qualifier: Qualifier, stored: Decimal) -> Agreement | None:
    if stated.number is None:
        return None
    if stated.number == stored:
        return Agreement.EQUAL
    if qualifier is Qualifier.AT_LEAST and stored >= stated.number:
        return Agreement.ROUNDED if stored < stated.number * 2 else None
    if qualifier is Qualifier.AT_MOST and stored <= stated.number:
        return Agreement.ROUNDED
    if qualifier is Qualifier.ABOUT and abs(stored - stated.number) <= abs(stated.number) / _ABOUT:
        return Agreement.ROUNDED
    return Agreement.ROUNDED if stated.rounds_to(stored) else None


def store_findings(catalog: Catalog, figures: Sequence[TextFigure], comparisons: Sequence[StoreComparison]) -> Iterator[PaperFinding]:
    """The figures that the store has otherwise, or had earlier, and those that it has of another day than the text says."""
    for compared in comparisons:
        figure = figures[compared.figure]
        if compared.month is None or compared.stored is None:
            continue
        name = name_of(catalog, compared)
        seen = f"「{name}」写为 {figure.token}{figure.unit}"
        if compared.agreement is Agreement.OLDER and compared.older:
            expected = f"库中{_when(compared)}为 {compared.shown}，请更新或写明截止日期"
            yield PaperFinding("older-figure", Grade.STORE, (compared.figure,), f"{seen}，是{compared.older.chinese}的数", expected)
        elif compared.agreement is Agreement.DIFFERENT and figure.unit == "%" and compared.stored.unit == POINTS:
            expected = f"率的增减用个百分点，库中{_when(compared)}为 {compared.shown}"
            yield PaperFinding("growth-of-a-rate", Grade.STORE, (compared.figure,), seen, expected)
        elif compared.agreement is Agreement.DIFFERENT and _is_doubtful(figure, compared):
            expected = f"库中{_when(compared)}为 {compared.shown}；名称或数量级相差较远，请核对说的是不是同一项"
            yield PaperFinding("maybe-differs-from-store", Grade.CHECK, (compared.figure,), seen, expected)
        elif compared.agreement is Agreement.DIFFERENT:
            yield PaperFinding("differs-from-store", Grade.STORE, (compared.figure,), seen, f"库中{_when(compared)}为 {compared.shown}，请核对材料和报表")
        elif compared.stored.withheld and figure.value is not None:
            yield PaperFinding("withheld-figure", Grade.CHECK, (compared.figure,), seen, f"库中{_when(compared)}的这个数未公开，材料对外时请改为 *")
    yield from _other_days(figures, comparisons)


def _is_doubtful(figure: TextFigure, compared: StoreComparison) -> bool:
    """Whether a figure that differs may as well be one of something else: its name stands there in part only, or it is many times as large or as small."""
    stored = compared.stored.value if compared.stored else None
    stated = stated_number(figure, compared.stored.unit if compared.stored else "").number
    if not compared.sure or not stored or not stated:
        return not compared.sure
    return abs(stated) > abs(stored) * _FAR or abs(stored) > abs(stated) * _FAR


def name_of(catalog: Catalog, compared: StoreComparison) -> str:
    """The measure of a comparison by its name, with its face."""
    name = catalog.indicator_or_measure(compared.code).name
    return name if compared.face is FigureFace.SO_FAR else f"{name}（{compared.face}）"


def _when(compared: StoreComparison) -> str:
    """The month of the store's figure, and its day where that is not the last one."""
    month, day = compared.month, compared.stored.as_of if compared.stored else None
    if month is None:
        return ""
    return month.chinese if day is None or day == month.last_day else f"{month.chinese}（截至 {day.isoformat()}）"


def _other_days(figures: Sequence[TextFigure], comparisons: Sequence[StoreComparison]) -> Iterator[PaperFinding]:
    """The figures that agree and that the text states to another day than the store, those of the same two days together."""
    apart: Mapping[tuple[date, date], list[int]] = defaultdict(list)
    for compared in comparisons:
        figure, day = figures[compared.figure], compared.stored.as_of if compared.stored else None
        stated = figure.basis is not CutOffBasis.DEFAULT and compared.face is FigureFace.SO_FAR
        if stated and compared.agreement in (Agreement.EQUAL, Agreement.ROUNDED) and figure.as_of and day and figure.as_of != day:
            apart[figure.as_of, day].append(compared.figure)
    for (written, day), indices in apart.items():
        yield PaperFinding(
            "other-cut-off",
            Grade.CHECK,
            tuple(indices),
            f"文中这 {len(indices)} 个数写明截至 {written.isoformat()}",
            f"库中同样的数截至 {day.isoformat()}，请核对截止日期",
        )
