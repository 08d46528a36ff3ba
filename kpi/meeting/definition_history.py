"""How the definition of an indicator changed (口径变动), as far as editions keep it: each is printed with the definition of its day."""

from dataclasses import dataclass
from datetime import date

from kpi.bureau import Bureau
from kpi.errors import StoreError
from kpi.meeting.editions import editions, shown
from kpi.present import formulas


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition in words, and the edition that shows it; ``code`` is empty of the one in force."""

    words: str
    day: date | None  # on which the edition was frozen
    code: str
    recorded: bool  # whether the catalogue says that it held in the month of the edition


def definitions(bureau: Bureau) -> dict[str, tuple[Definition, ...]]:
    """
    The definitions of each indicator one after the other, by its code: each with the first edition that shows it, the one in force last.

    A change between two that are recorded is told by the catalogue, with the month from which it holds.

    An edition whose file is missing or damaged says nothing.
    """
    catalog = bureau.catalog
    known: dict[str, list[Definition]] = {}
    for issue in reversed(editions(bureau)):
        try:
            rows = shown(bureau, issue.edition)
        except StoreError:
            continue
        then = catalog.at(issue.edition.period).indicators
        for row in rows:
            code = row.row.indicator
            recorded = code in then and row.definition == formulas.indicator(then[code], catalog.measures)
            _add(known.setdefault(code, []), Definition(row.definition, issue.edition.at.date(), issue.edition.code, recorded))
    for code, indicator in catalog.indicators.items():
        _add(known.setdefault(code, []), Definition(formulas.indicator(indicator, catalog.measures), None, "", recorded=True))
    return {code: tuple(every) for code, every in known.items()}


def _add(known: list[Definition], definition: Definition) -> None:
    if not known or known[-1].words != definition.words:
        known.append(definition)
