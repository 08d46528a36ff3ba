"""A small bureau of quality offices, and sheets written down by their figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpi.catalog.formula import parse_expression, parse_linear
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better, Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.catalog.target import TargetKind
from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import NOTHING_KNOWN, Background, EarlierFigure
from kpi.validation.checks import check
from kpi.value import Qualifier, State, Value
from kpi.workbook.report import Column, Reading, Report

NOVEMBER = Month(2023, 11)
TODAY = date(2023, 12, 3)
COLUMNS = {Column.MONTH: "E", Column.YTD: "F", Column.PRIOR: "G"}


def measure(code: str, name: str, kind: MeasureKind = MeasureKind.FLOW, unit: str = "批次", **more: object) -> Measure:
    return Measure(**{"code": code, "name": name, "office": "quality", "topic": "抽检", "unit": unit, "kind": kind, "better": Better.HIGHER, **more})


MEASURES = (
    measure("taken", "抽检批次"),
    measure("tested", "检验批次"),
    measure("passed", "合格批次"),
    measure("failed", "不合格批次"),
    measure("pass_rate", "合格率", MeasureKind.RATE, "%", decimals=1),
    measure("net", "净增长", unit="户", signed=True),
    measure("visits", "走访户次", unit="户次"),
    measure("leaflets", "宣传资料", unit="份"),
    measure("recovered", "挽回损失", unit="万元", decimals=4),
    measure("shops", "在册药店", MeasureKind.STOCK, "家"),
    measure("growth", "增长率", MeasureKind.RATE, "%", decimals=1, signed=True),
)


def indicator(code: str, name: str, numerator: str, denominator: str, **more: object) -> Indicator:
    return Indicator(
        **{
            "code": code,
            "name": name,
            "office": "quality",
            "unit": "%",
            "decimals": 1,
            "numerator": parse_linear(numerator),
            "denominator": parse_linear(denominator),
            "scale": 100,
            "better": Better.HIGHER,
            "target_kind": TargetKind.FLOOR,
            "why_it_matters": "。",
            "denominator_words": "已检验的批次",
            "source": "表",
            "reviewed_on": date(2026, 11, 23),
            **more,
        }
    )


PASS_RATE = indicator("pass_rate", "合格率", "passed", "tested", failed=parse_linear("failed"), total=parse_linear("taken"), reported="pass_rate")
ADDS_UP = Relation(
    id="R051",
    name="合格+不合格=检验",
    office="quality",
    kind=RelationKind.SUM,
    strength="hard",
    raises=Raises.CHECK,
    left=parse_expression("passed + failed"),
    right=parse_expression("tested"),
    remedy="请核对是否把在检批次计入了检验批次",
)
CATALOG = Catalog(
    "局",
    {"quality": Office(code="quality", name="质量监管科", parent="bureau", order=1, template="质量监管科月报表")},
    {m.code: m for m in MEASURES},
    {"pass_rate": PASS_RATE},
    {"R051": ADDS_UP},
    {},
    {},
    "",
)


def value(stated: object) -> Value:
    """51, "97.8", ≥300, or a face such as `State.WITHHELD`."""
    if isinstance(stated, State):
        return Value(stated)
    written = str(stated)
    return Value.of(written.lstrip("约≥≤"), Qualifier(written[0]) if written[0] in "约≥≤" else Qualifier.EXACT)


def sheet(period: Month = NOVEMBER, as_of: date | None = None, **figures: object) -> Report:
    """A report in which measure ``m`` stands in the row of its place, ``m`` being 本年累计, ``m_month`` and ``m_prior`` the others."""
    readings = []
    for row, known in enumerate(MEASURES, start=7):
        for column, letter in COLUMNS.items():
            stated = figures.pop(known.code if column is Column.YTD else f"{known.code}_{column}", None)
            if stated is not None:
                readings.append(Reading(known.code, column, value(stated), Place("抽检", f"{letter}{row}"), str(stated), as_of or period.last_day))
    assert not figures
    return Report("quality", period, tuple(readings), {}, ())


def known(as_of: date | None = None, **figures: object) -> dict[str, EarlierFigure]:
    """What one month holds, by measure; a pair is month and cumulative."""
    held = {}
    for code, stated in figures.items():
        month, ytd = stated if isinstance(stated, tuple) else (None, stated)
        given = value(ytd)
        held[code] = EarlierFigure(given.number, given.state, as_of, None if month is None else Decimal(str(month)), given.qualifier)
    return held


def past(period: Month = NOVEMBER, **series: list[object]) -> Background:
    """
    The months before a period, by measure: single months of a flow, levels of anything else; None is a month without a report.

    Of a flow the cumulatives follow, so that last month and last year are known too.
    """
    history: dict[str, dict[Month, EarlierFigure]] = {}
    for code, numbers in series.items():
        flow = next(m for m in MEASURES if m.code == code).kind is MeasureKind.FLOW
        total = Decimal(0)
        for i, number in enumerate(numbers):
            month = period.plus(i - len(numbers))
            if number is None:
                continue
            exact = Decimal(str(number))
            total = exact + (total if month.month > 1 else 0) if flow else exact
            history.setdefault(code, {})[month] = EarlierFigure(total, State.NUMBER if total else State.ZERO, month.last_day, exact)
    previous, last_year = ({code: held[m] for code, held in history.items() if m in held} for m in (period.plus(-1), period.plus(-12)))
    return Background({}, previous, last_year, history)


def findings(report: Report, background: Background = NOTHING_KNOWN, today: date = TODAY, catalog: Catalog = CATALOG) -> list[Finding]:
    return list(check(report, catalog, background, today))


def found(report: Report, background: Background = NOTHING_KNOWN, today: date = TODAY, catalog: Catalog = CATALOG) -> list[tuple[str, str, str]]:
    """Code, severity and place of every finding."""
    return [(f.code, f.severity.value, str(f.place)) for f in findings(report, background, today, catalog)]


def said(report: Report, background: Background = NOTHING_KNOWN, catalog: Catalog = CATALOG) -> list[tuple[str, str]]:
    """What every finding says."""
    return [(f.seen, f.remedy) for f in findings(report, background, catalog=catalog)]


def with_relation(relation: Mapping[str, object]) -> Catalog:
    """The small catalogue with one relation in place of its own."""
    changed = Relation(**{**ADDS_UP.model_dump(), **relation})
    return replace(CATALOG, relations={changed.id: changed})
