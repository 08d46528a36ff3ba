"""A formula in the words of the sheets: measure names in the place of codes."""

from collections.abc import Mapping
from decimal import Decimal

from kpi.catalog.formula import Linear
from kpi.catalog.model import Catalog, Indicator, Measure


def indicator(entry: Indicator, measures: Mapping[str, Measure]) -> str:
    """How an indicator is computed: ``合格批次 ÷ 检验批次 × 100%``."""
    top = linear(entry.numerator, measures)
    if entry.denominator is None:
        return top
    bottom = linear(entry.denominator, measures)
    scale = {1: "", 100: " × 100%" if entry.unit == "%" else " × 100"}.get(entry.scale, f" × {entry.scale}")
    year = " × 全年天数 ÷ 已过天数" if entry.annualised else ""
    return f"{_bracketed(top, entry.numerator)} ÷ {_bracketed(bottom, entry.denominator)}{scale}{year}"


def linear(formula: Linear, measures: Mapping[str, Measure]) -> str:
    """A sum of measures in words: ``甲 + 2 × 乙 - 上年同期丙``."""
    text = ""
    for term in formula.terms:
        sign = " - " if term.coefficient < 0 else " + "
        size = abs(term.coefficient)
        word = ("上年同期" if term.years_back else "") + measures[term.measure].name
        text += (sign if text or term.coefficient < 0 else "") + (word if size == Decimal(1) else f"{size.normalize():f} × {word}")
    return text.strip()


def name(code: str, catalog: Catalog) -> str:
    """The name of an indicator or a measure; the code itself when it is neither."""
    entry = catalog.indicators.get(code) or catalog.measures.get(code)
    return entry.name if entry else code


def _bracketed(text: str, formula: Linear) -> str:
    alone = len(formula.terms) == 1 and formula.terms[0].coefficient == 1
    return text if alone else f"（{text}）"
