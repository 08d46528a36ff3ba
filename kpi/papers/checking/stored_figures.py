"""The figures of the store that a text is held against: of a few measures and months, asked for together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, product

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.figures.indicators import IndicatorRows
from kpi.papers.checking.figure_faces import FigureFace
from kpi.period import Month, ReportingYear, Span
from kpi.value import State

_ROWS = (Span.YTD, Span.MONTH, Span.QUARTER, Span.HALF)


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """
    A figure as the store has it.

    Attributes:
        value: Unrounded; None where there is none.
        unit: The unit of the catalogue; of a growth % or 个百分点.
        as_of: The day to which it runs.
        withheld: Whether there is a value that may not be made public.
        reported: The rate that the office typed in beside the computed one.
        whole: Whether it lacks neither months nor organisations.

    """

    value: Decimal | None
    unit: str
    as_of: date | None
    withheld: bool = False
    reported: Decimal | None = None
    whole: bool = True


_NOTHING = StoredFigure(None, "", None)


class StoredFigures:
    """
    The rows of the store that are asked for, each once.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """

    def __init__(self, bureau: Bureau, org: str | None = None) -> None:
        bureau.require(Right.READ, org)
        self._bureau, self._org = bureau, org
        self._rows: dict[tuple[str, Month, Span], IndicatorRows] = {}

    @property
    def year(self) -> ReportingYear:
        """The year over which its figures add up."""
        return self._bureau.catalog.year

    def load(self, wanted: Collection[tuple[str, FigureFace, Month]]) -> None:
        """Ask for figures, all of a span in one go."""
        for span in _ROWS:
            lacking = {(code, month) for code, face, month in wanted if _rows_of(face) is span and month.comparable and (code, month, span) not in self._rows}
            codes = sorted({code for code, _ in lacking})
            for dated, group in groupby(sorted({month for _, month in lacking}), key=self._bureau.catalog.at):
                points = list(group)
                rows = IndicatorRows(self._bureau.store, dated, points, codes, span, self._org or dated.root)
                self._rows |= {(code, point, span): rows for code, point in product(codes, points)}

    def figure(self, code: str, face: FigureFace, month: Month) -> StoredFigure:
        """A figure that was asked for."""
        rows = self._rows.get((code, month, _rows_of(face)))
        if rows is None:
            return _NOTHING
        row = rows.row(code, month)
        last, withheld = row.last_year, row.figure.state is State.WITHHELD
        if face.grows:
            return StoredFigure(last.yoy, last.yoy_unit, row.figure.as_of)
        if face.of_last_year:
            return StoredFigure(last.value, row.unit, last.as_of, reported=last.own)
        if face is FigureFace.MONTH:
            return StoredFigure(row.month.value, row.unit, row.figure.as_of, withheld and row.month.value is None, row.figure.reported_value)
        return StoredFigure(row.figure.value, row.unit, row.figure.as_of, withheld, row.figure.reported_value, row.whole)


def _rows_of(face: FigureFace) -> Span:
    """The span of the rows that have a face; a row of the year so far has its last month too."""
    return Span.YTD if face is FigureFace.MONTH else face.span
