"""A formula in the words of the sheets: measure names in the place of codes."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kpi.catalog.derivation import DerivationRule
from kpi.catalog.formula import Linear, Term
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.period import ReportingYear

PARTS = "数据项"  # the fact that names what a formula is made of
_CODE = re.compile(r"([a-z_]\w*)(@ly)?")  # of a measure, perhaps of last year
_NONE = "没有"
_DERIVED = {
    DerivationRule.YEAR_START: "年初的数是上年 {last} 月末报的数",
    DerivationRule.WINDOW: "近几个月的数缺一个月就没有数",
    DerivationRule.DUE: "应报报表按月数，还没有到报送期限的也算",
    DerivationRule.PRODUCT: "乘积逐月相乘；其中有时期数的，再逐月相加",
}
_KINDS = {MeasureKind.FLOW: "时期数", MeasureKind.STOCK: "时点数", MeasureKind.STANDARD: "服务标准", MeasureKind.RATE: "填报率"}


def indicator(entry: Indicator, measures: Mapping[str, Measure]) -> str:
    """How an indicator is computed: ``合格批次 ÷ 检验批次 × 100%``."""
    top = linear(entry.numerator, measures)
    if entry.denominator is None:
        return top
    bottom = linear(entry.denominator, measures)
    scale = {1: "", 100: " × 100%" if entry.unit == "%" else " × 100"}.get(entry.scale, f" × {entry.scale}")
    year = " × 全年天数 ÷ 已过天数" if entry.annualised else ""
    return f"{_bracketed(top, entry.numerator)} ÷ {_bracketed(bottom, entry.denominator)}{scale}{year}"


def cautions(entry: Indicator, measures: Mapping[str, Measure], year: ReportingYear) -> list[str]:
    """What a reader of the formula should know of its parts: another year, another scope, a flow over what stands."""
    above = list(_counted(entry.numerator, measures))
    below = list(_counted(entry.denominator, measures)) if entry.denominator else []
    offset = above[0].report_year_offset
    notes = [f"{entry.reviewed_on.year} 年报送的是 {entry.reviewed_on.year + offset} 年度的数，目标写在报送当年"] if offset else []
    scopes = ["、".join(sorted({measure.scope for measure in part})) for part in (above, below)]
    if below and scopes[0] != scopes[1]:
        notes.append(f"分子是{scopes[0]}的数，分母是{scopes[1]}的数")
    flows = [any(measure.kind is MeasureKind.FLOW for measure in part) for part in (above, below) if part]
    rules = {derivation.rule for formula in entry.formulas for derivation in formula.derivations}
    notes += [note.format(last=year.last(entry.reviewed_on.year).month) for rule, note in _DERIVED.items() if rule in rules]
    if below and flows == [True, False] and not entry.annualised:
        notes.append("分子是时期数，逐月累加；分母是时点数，取截止日的数")
    if below and flows == [False, True]:
        notes.append("分子是时点数，取截止日的数；分母是时期数，逐月累加")
    return notes


def _counted(formula: Linear, measures: Mapping[str, Measure]) -> Iterator[Measure]:
    """What each term counts: its measure, or what stands for a derivation of some."""
    for term in formula.terms:
        parts = [measures[code] for code in term.codes]
        yield term.derivation.measure(parts) if term.derivation else parts[0]


def _on_sheets(formula: Linear, measures: Mapping[str, Measure]) -> Iterator[Measure]:
    """The measures that a formula is made of; a count of sheets stands for itself."""
    for term in formula.terms:
        parts = [measures[code] for code in term.codes]
        yield from [term.derivation.measure(parts)] if term.derivation and term.derivation.of_sheets else parts


def linear(formula: Linear, measures: Mapping[str, Measure]) -> str:
    """A sum of measures in words: ``甲 + 2 × 乙 - 上年同期丙``."""
    text = ""
    for term in formula.terms:
        sign = " - " if term.coefficient < 0 else " + "
        size = abs(term.coefficient)
        word = ("上年同期" if term.years_back else "") + _called(term, measures)
        text += (sign if text or term.coefficient < 0 else "") + (word if size == Decimal(1) else f"{size.normalize():f} × {word}")
    return text.strip()


def _called(term: Term, measures: Mapping[str, Measure]) -> str:
    names = [measures[code].name for code in term.codes]
    return term.derivation.words(names) if term.derivation else names[0]


def facts(entry: Indicator, measures: Mapping[str, Measure]) -> dict[str, str]:
    """What a figure rests on beside its formula, each under its name; always the same names, so that none comes or goes unseen."""
    formulas = (entry.numerator, *(formula for formula in (entry.denominator, entry.failed, entry.total) if formula))
    parts = {measure.code: measure for formula in formulas for measure in _on_sheets(formula, measures)}.values()
    return {
        "方向": entry.better.chinese,
        "不合格数": linear(entry.failed, measures) if entry.failed else _NONE,
        "结果总数": linear(entry.total, measures) if entry.total else _NONE,
        "填报率": measures[entry.reported].name if entry.reported else _NONE,
        PARTS: "、".join(f"{measure.name}（{measure.unit}，{_KINDS[measure.kind]}）" for measure in parts),
    }


def side(text: str, catalog: Catalog) -> str:
    """A side of a relation in words, as its expression is written: ``甲 + 上年同期乙``."""
    return _CODE.sub(lambda code: ("上年同期" if code[2] else "") + name(code[1], catalog), text).replace("*", "×").replace("/", "÷")


def name(code: str, catalog: Catalog) -> str:
    """The name of an indicator or a measure; the code itself when it is neither."""
    entry = catalog.indicators.get(code) or catalog.measures.get(code)
    return entry.name if entry else code


def _bracketed(text: str, formula: Linear) -> str:
    [first, *more] = formula.terms
    multiplied = first.derivation is not None and first.derivation.rule is DerivationRule.PRODUCT
    return text if not more and first.coefficient == 1 and not multiplied else f"（{text}）"
