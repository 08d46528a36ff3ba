"""Why a figure is not there: nobody reported, or a part of it is missing although the office did report."""

from collections.abc import Callable, Sequence

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog
from kpi.period import Month, ReportingYear
from kpi.review.source import Source
from kpi.value import State
from kpi.workbook.report import Column

_MOST_NAMED = 2


def why_absent(catalog: Catalog, code: str, period: Month, sources_of: Callable[[str], Sequence[Source]]) -> str:
    """
    The words in the place of a figure that nobody can compute.

    Args:
        catalog: The catalogue.
        code: The indicator or measure.
        period: The month.
        sources_of: Gives the cells behind a code in that month.

    Returns:
        ``未报`` where nothing of it came, or no sheet of its office did; else what is lacking, and of another office's
        measure who has not reported it: ``算不出，缺上年同期的「期末在业市场主体总量」``, ``算不出，缺「常住人口」（办公室没有报）``.

    """
    indicator = catalog.at(period).indicators.get(code)
    if indicator is None:
        return State.UNREPORTED
    cells = sources_of(code)
    terms = [*indicator.numerator.terms, *(indicator.denominator.terms if indicator.denominator else ())]
    parts = {(term.measure, term.years_back): _stated(catalog.year, cells, term, period) for term in terms}
    typed = any(cell.part == "填报值" and cell.value.number is not None and cell.column is not Column.PRIOR for cell in cells)
    own = any(catalog.measures[code].office == indicator.office for term in terms for code in term.codes)
    if own and not _sent(catalog, indicator.office, period, sources_of):
        return State.UNREPORTED
    if own and not any(parts.values()):
        return "没有报分子、分母，算不出" if typed else State.UNREPORTED
    lacking = list(dict.fromkeys(_named(catalog, term, indicator.office) for term in terms if not parts[(term.measure, term.years_back)]))
    if not lacking:
        return State.UNREPORTED
    return f"算不出，缺{'、'.join(lacking[:_MOST_NAMED])}{'等' if lacking[_MOST_NAMED:] else ''}"


def _sent(catalog: Catalog, office: str, period: Month, sources_of: Callable[[str], Sequence[Source]]) -> bool:
    """Whether an office has sent a sheet of the month, whatever is in it."""
    owned = [measure.code for measure in catalog.measures.values() if measure.office == office]
    return any(cell.office == office and cell.period == period for code in owned for cell in sources_of(code))


def _named(catalog: Catalog, term: Term, office: str) -> str:
    """A measure that did not come, with the office that owes it where that is another one."""
    measure = catalog.counted(term)
    owes = f"（{catalog.offices[measure.office].name}没有报）" if measure.office != office else ""
    return ("上年同期的" if term.years_back else "") + f"「{measure.name}」{owes}"


def _stated(year: ReportingYear, cells: Sequence[Source], term: Term, period: Month) -> bool:
    """Whether cells state all of a term: of a derivation every measure in each of its months."""
    if term.derivation is None:
        return any(_states(year, cell, term.measure, term.years_back, period) for cell in cells)
    if term.derivation.of_sheets:
        return True
    stated = {(cell.measure, cell.period) for cell in cells if cell.column is not Column.PRIOR and cell.value.state is not State.UNREPORTED}
    return all((code, month) in stated for code in term.codes for month in term.derivation.months(period.plus(-12 * term.years_back), year))


def _states(year: ReportingYear, cell: Source, measure: str, years_back: int, period: Month) -> bool:
    """Whether a cell states a measure of this year, or of the year before; this year's sheet may state that one too."""
    if cell.measure != measure or cell.part == "填报值" or cell.value.state is State.UNREPORTED:
        return False
    if cell.column is Column.PRIOR:
        return years_back == 1 and year.of(cell.period) == year.of(period)
    return year.of(cell.period) == year.of(period) - years_back
