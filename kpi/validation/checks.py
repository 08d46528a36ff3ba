"""
Everything a sheet is held against once it has been read: its own cells, what came before, the relations.

Each rule is one small function from a `Sheet` to findings; `check` runs them all, so that a statistician sees every
fault at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi.catalog.formula import Expression, Linear
from kpi.catalog.model import Catalog, Indicator, Measure, MeasureKind, Raises, RelationKind, TargetKind
from kpi.finding import Finding, Severity
from kpi.period import Month, year_earlier
from kpi.place import Place
from kpi.store.background import Background
from kpi.validation.relations import Evaluated, Result, evaluate, possible, round_half_up
from kpi.value import Value
from kpi.workbook.report import Column, Reading, Report

_CODES = {
    RelationKind.SUM: "parts-do-not-add-up",
    RelationKind.BOUND: "part-exceeds-whole",
    RelationKind.EQUALITY: "figures-differ",
    RelationKind.RATIO: "rate-differs",
    RelationKind.COMPLEMENT: "not-complementary",
    RelationKind.DUPLICATE: "stated-differently",
    RelationKind.REACHABLE: "rate-unreachable",
}


@dataclass(frozen=True)
class Sheet:
    """A read report with what the checks look up: its cells by measure and column, and every known figure."""

    report: Report
    period: Month
    catalog: Catalog
    background: Background
    today: date
    cells: dict[tuple[str, Column], Reading]
    figures: dict[tuple[str, int], Value]

    def measure(self, reading: Reading) -> Measure:
        return self.catalog.measures[reading.measure]


def check(report: Report, catalog: Catalog, background: Background, today: date) -> tuple[Finding, ...]:
    """
    Hold a report against the catalogue and against what is known.

    Args:
        report: A report whose office and period are known.
        catalog: The definitions in force.
        background: What the store holds of this month, the month before and last year.
        today: The day of submission; nothing may run beyond it.

    Returns:
        All findings, in the order of the rules and then of the cells.
    """
    if report.period is None:
        return ()
    cells = {(r.measure, r.column): r for r in report.readings}
    figures = {(code, 0): known.value for code, known in background.present.items()}
    figures |= {(code, 1): known.value for code, known in background.last_year.items()}
    figures |= {(code, 0): r.value for (code, column), r in cells.items() if column is Column.YTD}
    figures |= {(code, 1): r.value for (code, column), r in cells.items() if column is Column.PRIOR and r.value.number is not None}
    sheet = Sheet(report, report.period, catalog, background, today, cells, figures)
    return tuple(finding for rule in _RULES for finding in rule(sheet))


def _future(sheet: Sheet) -> Iterator[Finding]:
    """A month that has not begun cannot be reported."""
    if sheet.period > Month.of(sheet.today):
        place = sheet.report.readings[0].place if sheet.report.readings else Place("")
        yield Finding(
            "future-period",
            Severity.BLOCK,
            Place(place.sheet),
            f"报表期间是 {sheet.period.chinese}，今天是 {sheet.today:%Y-%m-%d}",
            "请核对期间；未到的月份不能报送",
        )


def _as_of(sheet: Sheet) -> Iterator[Finding]:
    """A figure of a month runs to a day of that year, not beyond the month and not beyond today; once for each wrong day."""
    last = min(sheet.period.last_day, sheet.today)
    wrong: dict[date, list[Reading]] = {}
    for reading in sheet.report.readings:
        if reading.value.number is not None and (reading.as_of > last or reading.as_of.year != sheet.period.year):
            wrong.setdefault(reading.as_of, []).append(reading)
    if sheet.period > Month.of(sheet.today):
        return  # the month itself is refused
    for day, readings in wrong.items():
        measures = tuple(dict.fromkeys(reading.measure for reading in readings))
        name = sheet.measure(readings[0]).name
        yield Finding(
            "as-of-outside-period",
            Severity.BLOCK,
            readings[0].place,
            f"{name}{f'等 {len(measures)} 个数据项' if len(measures) > 1 else ''}的数据截止日是 {day}",
            f"应在 {sheet.period.year}-01-01 与 {last} 之间，请改正数据截止日",
            measures=measures,
        )


def _possible(sheet: Sheet) -> Iterator[Finding]:
    """Shares lie between 0 and 100, counts are whole, neither is negative."""
    for reading in sheet.report.readings:
        measure = sheet.measure(reading)
        if not possible(measure, reading.value):
            share = measure.kind is MeasureKind.RATE
            yield Finding(
                "impossible-value",
                Severity.BLOCK,
                reading.place,
                f"{measure.name}的{reading.column.chinese}是 {reading.raw}",
                "比率应在 0 到 100 之间，请核对小数点和单位" if share else f"应为不小于 0 的{'数' if measure.decimals else '整数'}（{measure.unit}），请改正",
                measures=(reading.measure,),
            )


def _cumulative(sheet: Sheet) -> Iterator[Finding]:
    """本年累计 = 上月累计 + 本月数, from nothing in January; and a cumulative does not fall."""
    for reading in sheet.report.readings:
        measure = sheet.measure(reading)
        if measure.kind is not MeasureKind.FLOW or reading.column is not Column.YTD or reading.value.number is None:
            continue
        now, month = reading.value.number, sheet.cells.get((measure.code, Column.MONTH))
        known = sheet.background.previous.get(measure.code)
        before = known.ytd if known else None
        if sheet.period.month == 1:
            before = None
        if before is not None and now < before and not measure.signed:
            yield Finding(
                "cumulative-falls",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，上月累计 {before}，减少 {before - now}",
                "累计数不应减少；确属更正的，请写明原因",
                measures=(measure.code,),
            )
        elif month is not None and month.value.number is not None and (before is not None or sheet.period.month == 1):
            base = before or 0
            if base + month.value.number != now:
                yield Finding(
                    "cumulative-differs",
                    Severity.CHECK,
                    reading.place,
                    f"{measure.name}上月累计 {base} + 本月 {month.value.number} = {base + month.value.number}，本年累计为 {now}",
                    f"请核对 {month.place.cell} 与 {reading.place.cell}；以前月份有更正的，请写明原因，差额记作调整数",
                    measures=(measure.code,),
                )


def _base(sheet: Sheet) -> Iterator[Finding]:
    """上年同期 against our own record of last year, to the same day."""
    for (code, column), reading in sheet.cells.items():
        known = sheet.background.last_year.get(code)
        if column is not Column.PRIOR or reading.value.number is None or known is None or known.ytd is None:
            continue
        same_day = known.as_of == year_earlier(reading.as_of)
        if same_day and known.ytd != reading.value.number:
            yield Finding(
                "base-differs",
                Severity.CHECK,
                reading.place,
                f"{sheet.catalog.measures[code].name}上年同期填 {reading.value.number}，系统记录为 {known.ytd}",
                "口径有调整的请写明原因，同比按可比口径计算；填错的请改正",
                measures=(code,),
            )


def _rates(sheet: Sheet) -> Iterator[Finding]:
    """A typed rate against the one computed from its parts, after rounding to the digits typed."""
    judged = {expression_code(r.right) for r in sheet.catalog.relations.values() if r.kind is RelationKind.RATIO and r.raises is not Raises.NOTHING}
    for indicator in sheet.catalog.indicators.values():
        reading = sheet.cells.get((indicator.code, Column.YTD))
        if indicator.reported is None or indicator.code in judged or reading is None or reading.value.number is None:
            continue
        parts = _parts(indicator, sheet.figures)
        if parts is None or parts[1] == 0:
            continue
        computed = round_half_up(parts[0] * indicator.scale / parts[1], reading.value.decimals)
        if computed != Fraction(reading.value.number):
            yield Finding(
                "rate-differs",
                Severity.CHECK,
                reading.place,
                f"{indicator.name}填报 {reading.value.number}{indicator.unit}，按分子分母计算为 {float(computed):.{reading.value.decimals}f}{indicator.unit}",
                "请核对分子、分母和填报的比率；口径不同的请写明",
                measures=(indicator.code, *indicator.numerator.codes),
            )


def _shares(sheet: Sheet) -> Iterator[Finding]:
    """A part is not larger than its whole: 合格 ≤ 检验. A task may be overfulfilled, so completion rates are left out."""
    for indicator in sheet.catalog.indicators.values():
        open_ended = indicator.target_kind in (TargetKind.PROGRESS, TargetKind.GROWTH)
        reading = next((sheet.cells[code, Column.YTD] for code in indicator.numerator.codes if (code, Column.YTD) in sheet.cells), None)
        if open_ended or indicator.unit != "%" or indicator.denominator is None or reading is None:
            continue
        parts = _parts(indicator, sheet.figures)
        if parts is not None and parts[0] > parts[1]:
            yield Finding(
                "part-exceeds-whole",
                Severity.BLOCK,
                reading.place,
                f"{_spoken(indicator.numerator, sheet)}，大于{_spoken(indicator.denominator, sheet)}",
                f"{indicator.name}的分子不能大于分母，请核对这两项",
                measures=(*indicator.numerator.codes, *indicator.denominator.codes),
            )


def _relations(sheet: Sheet) -> Iterator[Finding]:
    """The catalogue's relations that touch this sheet."""
    for relation in sheet.catalog.relations.values():
        if relation.raises is Raises.NOTHING or relation.left is None or relation.right is None:
            continue
        if relation.period not in (None, str(sheet.period)):
            continue
        codes = [code for code, years_back in (*relation.right.codes, *relation.left.codes) if not years_back]
        reading = next((sheet.cells[code, Column.YTD] for code in codes if (code, Column.YTD) in sheet.cells), None)
        if reading is None:
            continue
        result = evaluate(relation, sheet.catalog, sheet.figures)
        if result.result is Result.VIOLATED:
            yield Finding(
                _CODES[relation.kind],
                Severity(relation.raises.value),
                reading.place,
                said(result, sheet.catalog, sheet.figures),
                relation.remedy or "请核对这几项；情况属实的请写明原因",
                relation.id,
                tuple(dict.fromkeys(codes)),
            )


_RULES = (_future, _as_of, _possible, _cumulative, _base, _rates, _shares, _relations)


def said(result: Evaluated, catalog: Catalog, figures: dict[tuple[str, int], Value]) -> str:
    """An evaluated relation in one line: 合格批次 44 + 不合格批次 7 = 51，已检测批次为 54，差 -3."""
    relation = result.relation
    if relation.left is None or relation.right is None or result.left is None or result.right is None:
        return relation.name
    left, right = (_written(side, catalog, figures) for side in (relation.left, relation.right))
    if relation.kind is RelationKind.REACHABLE:
        return f"{left}% 不可能由分母 {right} 得出"
    total = f" = {_plain(result.left, relation.decimals)}" if len(relation.left.codes) > 1 else ""
    asked = {"=": "应等于", "≈": "应约等于", "<": "应小于", "<=": "应不大于", ">": "应大于", ">=": "应不小于", "!=": "应不同于"}[relation.op]
    gap = f"，差 {_plain(result.difference, relation.decimals)}" if result.difference else ""
    return f"{left}{total}，{asked}{right}{gap}"


def expression_code(side: Expression | None) -> str | None:
    """The code that a side consists of alone; None for anything longer."""
    return side.codes[0][0] if side and len(side.codes) == 1 and side.text == side.codes[0][0] else None


def _written(side: Expression, catalog: Catalog, figures: dict[tuple[str, int], Value]) -> str:
    """A side with every code as name and number."""

    def spoken(match: re.Match[str]) -> str:
        code, years_back = match[1], int(bool(match[2]))
        name = ("上年同期" if years_back else "") + catalog.measures[code].name
        return f"{name} {figures[code, years_back].number}"

    return re.sub(r"([a-z][a-z0-9_]*)(@ly)?", spoken, side.text)


def _spoken(part: Linear, sheet: Sheet) -> str:
    return "、".join(f"{sheet.catalog.measures[code].name} {sheet.figures[code, 0].number}" for code in part.codes)


def _parts(indicator: Indicator, figures: dict[tuple[str, int], Value]) -> tuple[Fraction, Fraction] | None:
    """Both parts of an indicator, exactly; None when a figure is lacking."""
    sums = []
    for part in (indicator.numerator, indicator.denominator):
        if part is None:
            return None
        total = Fraction(0)
        for term in part.terms:
            value = figures.get((term.measure, term.years_back))
            if value is None or value.number is None:
                return None
            total += Fraction(term.coefficient) * Fraction(value.number)
        sums.append(total)
    return sums[0], sums[1]


def _plain(number: object, decimals: int | None) -> str:
    """A number for a sentence: whole when it is, else to the digits the relation is stated with."""
    text = f"{number:.{decimals if decimals is not None else 2}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
