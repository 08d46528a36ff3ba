"""The sides of a share: what their measures amount to, in which cell they begin, and how a sentence speaks of them."""

from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Linear
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import number_words
from kpi.validation.relation_figures import FigureKey, Figures
from kpi.value import Qualifier
from kpi.workbook.report import Reading


def keys(*sides: Linear | None) -> list[FigureKey]:
    """The measures of some sides, this year's or last year's."""
    return [(term.measure, term.years_back) for side in sides if side for term in side.terms]


def first_cell(sheet: CheckedSheet, part: Linear) -> Reading | None:
    """The first cell of a part on this sheet."""
    return next((reading for code in part.codes if (reading := sheet.standing(code)) is not None), None)


def all_exact(figures: Figures) -> bool:
    """Whether no figure is an approximation."""
    return all(value.qualifier is Qualifier.EXACT for value in figures.values())


def amount_of(figures: Figures, part: Linear | None) -> Fraction | None:
    """A part, exactly; None when a figure is lacking."""
    if part is None:
        return None
    amount = Fraction(0)
    for term in part.terms:
        value = figures.get((term.measure, term.years_back))
        if value is None or value.number is None:
            return None
        amount += Fraction(term.coefficient) * Fraction(value.number)
    return amount


def spoken(part: Linear, sheet: CheckedSheet, figures: Figures) -> str:
    """A side as names and numbers: 合格批次 30、不合格批次 30."""
    numbers = [(term.measure, figures[term.measure, term.years_back].number or Decimal(0)) for term in part.terms]
    return "、".join(f"{sheet.catalog.measures[code].name} {number_words(number, 6)}" for code, number in numbers)


def names(part: Linear, sheet: CheckedSheet) -> str:
    """The names of its measures."""
    return "、".join(sheet.catalog.measures[code].name for code in part.codes)
