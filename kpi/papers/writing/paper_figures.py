"""
The figures that slides and the report workbook are written from: the board of a month, now or as an edition froze it, with its months.

An edition gives its rows exactly as they were shown; the months before and what is still needed are those known when it was frozen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.bureau import Bureau
from kpi.catalog.measure import Better
from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow, Status
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.meeting import editions
from kpi.meeting.frozen_rows import FrozenRow
from kpi.period import Month, Span, months
from kpi.present import edition_words, numbers, statuses
from kpi.present.row_words import Spoken
from kpi.review.board import board, late
from kpi.review.known_nouns import known_office
from kpi.review.prospects import outlooks
from kpi.value import State

_DEMONSTRATION = "演示数据：与公开的 2023 年工作总结相同的数取自该总结，其余均为虚构。"


def drawable(rows: Sequence[BoardRow]) -> list[Decimal | None]:
    """The values of months as a line may draw them: what is of some of those below alone, or in another unit than the last, is the gap it is."""
    return [row.figure.value if row.below.counted == row.below.leaves and row.unit == rows[-1].unit else None for row in rows]


def asked_for(rows: Sequence[BoardRow]) -> tuple[list[Decimal | None], bool]:
    """What was asked for in each month, and whether that is where the figure should have stood by its day, or else the target itself."""
    paced = [row.target.value * row.target.pace / 100 if row.target.value is not None and row.target.pace is not None else None for row in rows]
    if any(value is not None for value in paced):
        return paced, True
    return [row.target.value for row in rows], False


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """
    The figures of a paper.

    Attributes:
        bureau: The bureau as it was when the figures were.
        month: The month; every value is year to date.
        org: The organisation.
        rows: The rows of the board, in the order of the catalogue.
        office: The office whose rows alone these are, by code; None for all.
        code: The code of the edition, empty for the figures of now.
        edition: What the edition is called; empty likewise.
        rounding: The rule by which its figures were printed; that in force where it names none.
        demonstration: Whether they are those of the demonstration.

    """

    bureau: Bureau
    month: Month
    org: str
    rows: Sequence[FrozenRow]
    office: str | None = None
    code: str = ""
    edition: str = ""
    rounding: numbers.Rounding | None = None
    demonstration: bool = False

    @property
    def whose(self) -> str:
        """The name of the organisation or of the office, as a title begins with it."""
        catalog = self.bureau.catalog
        name = catalog.called(None, self.org) or catalog.bureau
        return f"{name}{self.office_name(self.office)}" if self.office else name

    def office_name(self, code: str) -> str:
        """What an office was called."""
        frozen = next((row.office_name for row in self.rows if row.row.office == code and row.office_name), "")
        offices = self.bureau.catalog.at(self.month).offices
        return frozen or (offices[code].name if code in offices else code)

    def spoken(self, frozen: FrozenRow) -> Spoken:
        """A row in words."""
        indicator = self.bureau.catalog.at(self.month).indicators.get(frozen.row.indicator)
        codes = indicator.numerator.codes if indicator and not indicator.numerator.derivations else ()
        if len(codes) != 1:
            return Spoken(frozen.row, frozen.decimals, rounding=self.rounding)
        measure = self.bureau.catalog.at(self.month).measures[codes[0]]
        return Spoken(frozen.row, frozen.decimals, f"「{measure.name}」", measure.unit, self.rounding)

    @property
    def late(self) -> list[FrozenRow]:
        """The rows that are 未达标 or 滞后, worst first."""
        by_code = {frozen.row.indicator: frozen for frozen in self.rows}
        return [by_code[row.indicator] for row in late(frozen.row for frozen in self.rows)]

    @property
    def open(self) -> list[FrozenRow]:
        """The rows of which nothing can be decided yet: 未定, and those that have no figure."""
        return [frozen for frozen in self.rows if statuses.assessed(frozen.row) in (Status.UNDECIDED, Status.UNREPORTED)]

    def better(self, code: str) -> Better:
        """Which way an indicator should go; neutral where the catalogue does not know it any more."""
        indicator = self.bureau.catalog.at(self.month).indicators.get(code)
        return indicator.better if indicator else Better.NEUTRAL

    def known(self, rows: Sequence[FrozenRow]) -> list[str]:
        """The codes of rows that the catalogue still knows."""
        return [frozen.row.indicator for frozen in rows if frozen.row.indicator in self.bureau.catalog.at(self.month).indicators]

    def outlooks(self, rows: Sequence[FrozenRow]) -> Mapping[str, Outlook]:
        """What is still needed, and whether the latest month is signal or noise, by code."""
        known = set(self.known(rows))
        return outlooks(self.bureau, [frozen.row for frozen in rows if frozen.row.indicator in known])

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the year so far."""
        return months(self.bureau.catalog.year.opening(self.month), self.month)

    def by_month(self, rows: Sequence[FrozenRow]) -> Mapping[str, list[BoardRow]]:
        """The rows of the months of the year so far, each year to date, by code."""
        by_code: dict[str, list[BoardRow]] = {code: [] for code in self.known(rows)}
        for row in indicators(self.bureau.store, self.bureau.catalog, self.months, list(by_code), Span.YTD, self.org) if by_code else ():
            by_code[row.indicator].append(row)
        return by_code

    @property
    def provenance(self) -> list[str]:
        """Where the figures are from: the edition, and whether they are those of the demonstration."""
        return [text for text in (self.edition, _DEMONSTRATION if self.demonstration else "") if text]


def paper_figures(bureau: Bureau, month: Month, org: str | None = None, office: str | None = None, edition: str | None = None) -> PaperFigures:
    """
    The figures of a month for a paper.

    Args:
        bureau: The bureau.
        month: The month.
        org: The organisation, the root of the tree unless told.
        office: Only the indicators of this office, by code, name or alias.
        edition: The code of an edition, whose frozen figures are taken.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: There is no such office or edition, the edition is of another month or does not run over the year so far, or there is no figure.
        StoreError: The file of the edition is missing or damaged.

    """
    if edition is None:
        node = org or bureau.catalog.root
        code = known_office(bureau.catalog, office) if office is not None else None
        figures = PaperFigures(bureau, month, node, editions.printed(bureau, board(bureau, month, Span.YTD, code, node)), code)
    else:
        figures = _frozen(bureau, month, org, office, edition)
    if all(frozen.row.figure.state is State.UNREPORTED for frozen in figures.rows):
        raise RequestError(f"{figures.whose} {month.chinese}还没有数据，写不出材料；请先导入报表，或核对月份。")
    return replace(figures, demonstration=bureau.store.demonstration().shown)


def _frozen(bureau: Bureau, month: Month, org: str | None, office: str | None, code: str) -> PaperFigures:
    issue = editions.find(bureau, code, org)
    edition = issue.edition
    if edition.period != month or edition.span is not Span.YTD:
        raise RequestError(f"会议版 {edition.code} 是 {edition.period.chinese}（{edition.span.chinese}）的，不是 {month.chinese}本年累计的；请核对月份和编号。")
    rows = editions.shown(bureau, edition)
    own = editions.known_office_of(bureau, rows, office) if office is not None else None
    rounding = editions.rounding_of(rows)
    return PaperFigures(
        bureau.as_logged(edition.known),
        month,
        edition.org,
        [frozen for frozen in rows if own in (None, frozen.row.office)],
        own,
        edition.code,
        edition_words.recorded(edition, issue.number, issue.whose),
        rounding,
    )
