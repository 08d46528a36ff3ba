"""
The parts of indicators: what is divided, compared and judged elsewhere, summed here.

What everybody asks, an indicator of the catalogue year to date, is kept ready for every organisation and month (table
``part``); any other span, and measures that are no indicator, are summed when asked, by the same statements.  Where a
formula holds derivations (`kpi.catalog.derivation`), the same statements select from the figures of those as well: a
view hides the table ``figure``, so that a catalogue without them pays nothing.
"""

from collections.abc import Sequence
from typing import Any

from kpi.period import Month, ReportingYear, Span
from kpi.store.statements import statement, with_views


def wanted(year: ReportingYear, points: Sequence[Month], span: Span, *, derived: bool = False) -> dict[str, object]:
    """
    The months that bear on each point, as parameters of part.sql.

    ``code@ly`` of the span now and the span a year earlier are the same months, on the same comparable base.
    """
    rows: list[tuple[Any, ...]] = []
    for point in points:
        for years_back in (0, 1):
            now = point.plus(-12 * years_back)
            year_end = year.opening(now).plus(-1)
            for month in sorted({now, now.plus(-12), now.plus(-1), year_end, point}):
                flags = (month == now, month == now.plus(-12), month == now.plus(-1), month == year_end, month == point)
                rows.append((point.first_day, years_back, month.first_day, *flags))
    names = ("points", "years_back", "months", "in_now", "in_prior", "before", "year_end", "restated")
    asked: dict[str, object] = {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    asked |= {"cumulative": span.cumulative, "ends": [point.first_day for point in points], "starts": [year.start(span, point).first_day for point in points]}
    return asked | {"length": span.length} if derived or not span.cumulative else asked


def figures_of_stays() -> str:
    """The statement that makes the figures of a year of those that stand below others in some months alone."""
    return with_views("stays", counted=_spanned("begun_stays"))


def common_months(*, derived: bool = False) -> str:
    """The statement that fills the table common, year to date; without derivations the table like_day holds what it needs."""
    return with_views("common", **_kept_views(derived=derived))


def own_parts(*, derived: bool = False) -> str:
    """The statement that sums organisations that report, year to date; the tables common and, likewise, like_day hold what it needs."""
    return with_views("part", **_kept_views(derived=derived))


def summed(span: Span = Span.YTD, *, derived: bool = False) -> str:
    """The same for any span: common.sql stands where the table stood, and spanned.sql where figures of the year to date are not asked about."""
    return with_views("part", **_figures(span, derived=derived), like_day=statement("like_day"), common=statement("common"))


def rolled_up(span: Span, *, derived: bool = False) -> str:
    """The statement that sums those above them as well; one that reports has its own."""
    return with_views("rolled_up", part=summed(span, derived=derived), rolled=statement("rollup"))


def _kept_views(*, derived: bool) -> dict[str, str]:
    """The views of what is kept ready: none where the tables have it all, for each costs its planning."""
    return _figures(Span.YTD, derived=True) | {"like_day": statement("like_day")} if derived else {}


def _figures(span: Span, *, derived: bool) -> dict[str, str]:
    """The view that stands where the table figure does; none where that table has all that is asked about."""
    if not derived:
        return {} if span.cumulative else {"figure": _spanned("begun_spans")}
    views = {
        "plain": statement("plain_figures") if span.cumulative else _spanned("begun_spans"),
        "looking_back": statement("looking_back"),
        "windows": with_views("windows", counted=_spanned("begun_windows")),
        "products": with_views("products", contribution=statement("contributions_of_products"), running_sum=statement("running_sums")),
        "sheets": statement("sheets"),
    }
    return {"figure": with_views("derived_figures", **views)}


def _spanned(begun: str) -> str:
    """The statement that counts flows from the first month of some months on, as another one says."""
    return with_views("spanned", begun=statement(begun), contribution=statement("contributions_of_span"), running_sum=statement("running_sums"))
