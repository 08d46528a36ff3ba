"""One indicator, or one measure, over months: what 趋势 draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.catalog.measure import Better
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.growth import moves_in
from kpi.compute.marks import Adjustment, Restated
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.figures.subject_lookup import subject_of
from kpi.period import Month, ReportingYear, Span, months
from kpi.present import growths
from kpi.review.known_nouns import known_code
from kpi.review.prospects import NaturalLimits, signals
from kpi.value import Qualifier, State


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a series; figures unrounded, None where ``state`` says why."""

    period: Month
    state: State
    value: Decimal | None
    month_value: Decimal | None
    prior_value: Decimal | None
    mom: Decimal | None  # 环比, per cent or 个百分点: of the months of a total, else of the figures themselves
    mom_words: str  # beside the number, or in its place: all of it where the number alone would be taken for an exact one
    target: Decimal | None
    pace_target: Decimal | None  # where the value should stand by its as_of
    reported_value: Decimal | None
    as_of: date | None
    signal: str | None  # of the single month, None where months are not compared
    data_year: int  # the year the figure is about
    carried: bool  # nothing was reported this month: the last cumulative of the year stands
    missing: tuple[Month, ...]  # months that a cumulative lacks
    adjustment: tuple[Adjustment, ...]  # 调整数 booked in this month
    qualifier: str = "="  # how the value is meant, and last year's
    prior_qualifier: str = "="
    month_qualifier: str = "="  # and the single month
    mom_qualifier: str | None = "="  # and 环比; None where nobody can tell which way it went
    leaves: int = 1  # how many organisations report below, and how many of them are in the value
    counted: int = 1
    gapped: int = 0  # how many of those have a cumulative that lacks months
    as_of_latest: date | None = None  # differs from as_of when the parts run to different days
    low: Decimal | None = None  # bounds while lots are pending
    high: Decimal | None = None
    target_upper: Decimal | None = None  # of a range
    target_kind: TargetKind | None = None  # None without a target
    restated: tuple[Restated, ...] = ()  # bases that the office restated with the sheet of this month
    definition: ReplacedDefinition | None = None  # by which it is computed, where another one is in force now
    apart: bool = False  # whether its figures are in another unit than those of the last month

    @property
    def drawable(self) -> "Point":
        """The point as a line may draw it: what is carried, of some of those below alone, or in another unit, is the gap it is."""
        return replace(self, value=None) if self.carried or self.counted < self.leaves or self.apart else self


@dataclass(frozen=True, slots=True)
class SeriesDefinition:
    """What the figures of a series are printed as and judged by while one definition held."""

    unit: str
    decimals: int
    better: Better
    limits: NaturalLimits | None


@dataclass(frozen=True, slots=True)
class Series:
    """
    The points of one code, ascending, every month of the range present, each by the definition that held in its month.

    Unit, digits and direction are those of the last month.
    """

    code: str
    name: str
    office: str
    unit: str
    decimals: int
    better: Better
    points: tuple[Point, ...]
    limits: NaturalLimits | None  # of single months; None where there are too few, or they are not compared
    definitions: Mapping[ReplacedDefinition | None, SeriesDefinition] = field(default_factory=dict)  # by what its points say of theirs

    def between(self, first: Month, last: Month) -> "Series":
        """The points from first to last alone."""
        points = [point for point in self.points if first <= point.period <= last]
        definition = self.definitions.get(points[-1].definition) if points else None
        if definition is None:
            return replace(self, points=tuple(points))
        own = (replace(point, apart=self.unit_of(point) != definition.unit) for point in points)
        return replace(self, unit=definition.unit, decimals=definition.decimals, better=definition.better, limits=definition.limits, points=tuple(own))

    def unit_of(self, point: Point) -> str:
        """The unit of a point."""
        return self.definitions[point.definition].unit if point.definition in self.definitions else self.unit

    def decimals_of(self, point: Point) -> int:
        """The digits that a point prints."""
        return self.definitions[point.definition].decimals if point.definition in self.definitions else self.decimals

    @property
    def changes(self) -> tuple[Month, ...]:
        """The months among those of the points from which on the definition is another one."""
        return tuple(point.period for before, point in pairwise(self.points) if before.definition != point.definition)


def series(bureau: Bureau, code: str, first: Month, last: Month, span: Span = Span.YTD, org: str | None = None) -> Series:
    """
    Compute one code for every month from first to last.

    Args:
        bureau: The bureau.
        code: An indicator or any measure.
        first: The first month.
        last: The last month, included.
        span: What each point covers: year to date, the single month, or the quarter or half-year as far as the month.
        org: The organisation, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: No such code, or the range is empty.
    """
    return several(bureau, [known_code(bureau.catalog, code)], first, last, span, org)[code]


def several(bureau: Bureau, codes: Sequence[str], first: Month, last: Month, span: Span = Span.YTD, org: str | None = None) -> dict[str, Series]:
    """
    Compute codes of the catalogue for every month from first to last, all of them with one question to the store.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: The range is empty.
    """
    bureau.require(Right.READ, org)
    if first > last:
        raise RequestError(f"起始月份 {first} 晚于截止月份 {last}，请对调。")
    # a cumulative may be carried from an earlier month of its year; how the month before the first is meant decides on 环比
    asked = months((bureau.catalog.year.start(span, first) if span.cumulative else first).plus(-1), last)
    points: dict[str, list[Point]] = {code: [] for code in codes}
    words, limits = _judged(bureau, codes, asked, org)
    for row in indicators(bureau.store, bureau.catalog, asked, list(codes), span, org):
        point = _point(row, words.get((row.indicator, row.period)))
        before = next(reversed(points[row.indicator]), None)
        if before is not None and point.mom is not None and (how := _month_qualifier(point, before)) is not Qualifier.EXACT:
            point = replace(point, mom_qualifier=how, mom_words=growths.printed(point.mom, moves_in(row.unit), point.mom_words, how))
        stands = before is not None and span.cumulative and _adds_up(bureau.catalog, row, before.period) and _stands(bureau.catalog.year, before, point)
        points[row.indicator].append(_carried(before, point) if before is not None and stands else point)
    return {code: _series(bureau.catalog, code, points[code], limits[code]).between(first, last) for code in codes}


def _month_qualifier(point: Point, before: Point) -> Qualifier | None:
    """How 环比 is meant."""
    return growths.qualifier_of_change(point.month_qualifier, before.month_qualifier)


def _adds_up(catalog: Catalog, row: BoardRow, before: Month) -> bool:
    """Whether a figure is no rate and looks at no other months, and is of the same definition as that of a month before."""
    dated = catalog.at(row.period)
    whole = not subject_of(dated, row.indicator).divided and dated.key(row.indicator) not in dated.derived
    return whole and catalog.same_definition(row.indicator, before, row.period)


def _stands(year: ReportingYear, before: Point, point: Point) -> bool:
    """Whether a month in which nothing came keeps the cumulative before it: only within its year, and only a number."""
    return point.state is State.UNREPORTED and before.value is not None and year.of(before.period) == year.of(point.period)


def _carried(before: Point, point: Point) -> Point:
    return replace(
        point,
        state=before.state,
        value=before.value,
        qualifier=before.qualifier,
        as_of=before.as_of,
        as_of_latest=before.as_of_latest,
        carried=True,
        missing=(*before.missing, point.period),
    )


def _judged(
    bureau: Bureau, codes: Sequence[str], asked: Sequence[Month], org: str | None
) -> tuple[dict[tuple[str, Month], str], dict[str, dict[Month, NaturalLimits | None]]]:
    """The signal of single months in words, by code and month, and their natural limits by code and the last month of each definition."""
    words: dict[tuple[str, Month], str] = {}
    limits: dict[str, dict[Month, NaturalLimits | None]] = {code: {} for code in codes}
    for _, of_one_definition in groupby(asked, key=bureau.catalog.at):
        last = [*of_one_definition][-1]
        for code, judged in signals(bureau, codes, last, org).items():
            words |= {(code, month): text for month, text in judged.words.items()}
            limits[code][last] = judged.limits
    return words, limits


def _series(catalog: Catalog, code: str, points: Sequence[Point], limits: Mapping[Month, NaturalLimits | None]) -> Series:
    definitions = {}
    for last, natural in limits.items():
        dated = catalog.at(last)
        entry = dated.indicator_or_measure(code)
        definitions[dated.replaced(code)] = SeriesDefinition(entry.unit, entry.decimals, entry.better, natural)
    entry = catalog.indicator_or_measure(code)
    return Series(code, entry.name, entry.office, entry.unit, entry.decimals, entry.better, tuple(points), None, definitions)


def _point(row: BoardRow, signal: str | None) -> Point:
    reported = row.figure.state is not State.UNREPORTED or row.figure.reported_value is not None  # a part that stands has a day, the figure then has none
    return Point(
        period=row.period,
        state=row.figure.state,
        value=row.figure.value,
        month_value=row.month.value,
        prior_value=row.last_year.value,
        mom=row.month.mom,
        mom_words=row.month.mom_words,
        target=row.target.value,
        pace_target=row.target.value * row.target.pace / 100 if row.target.value is not None and row.target.pace is not None else None,
        reported_value=row.figure.reported_value,
        as_of=row.figure.as_of if reported else None,
        signal=signal,
        data_year=row.data_year,
        carried=False,
        missing=row.caveats.missing,
        adjustment=tuple(adjustment for adjustment in row.caveats.adjustment if adjustment.period.month == row.period.month),
        qualifier=row.figure.qualifier,
        prior_qualifier=row.last_year.qualifier,
        month_qualifier=row.month.qualifier,
        leaves=row.below.leaves,
        counted=row.below.counted,
        gapped=row.below.gapped,
        as_of_latest=row.figure.as_of_latest if reported else None,
        low=row.figure.low,
        high=row.figure.high,
        target_upper=row.target.upper,
        target_kind=row.target.kind if row.target.value is not None else None,
        restated=tuple(base for base in row.caveats.restated if base.period == row.period),
        definition=row.caveats.definition,
    )
