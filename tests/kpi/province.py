"""A fictional province of two cities and five district bureaus: its catalogue as files, and reports of its offices."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from kpi.period import Month
from kpi.place import Place
from kpi.store.submission import Accepted
from kpi.value import UNREPORTED, State, Value
from kpi.workbook.report import Column, Reading, Report

TREE = {
    "qinglan": ("青澜省市场监管局", "", "省", ["青澜"]),
    "jiangcheng": ("江城市市场监管局", "qinglan", "市", ["江城"]),
    "donghu": ("东湖区市场监管局", "jiangcheng", "区", ["东湖"]),
    "nanhu": ("南湖区市场监管局", "jiangcheng", "区", ["南湖"]),
    "beishan": ("北山区市场监管局", "jiangcheng", "区", ["北山"]),
    "haizhou": ("海州市市场监管局", "qinglan", "市", ["海州"]),
    "gangkou": ("港口区市场监管局", "haizhou", "区", ["港口"]),
    "yuntai": ("云台区市场监管局", "haizhou", "区", ["云台"]),
}
BUREAUS = ("donghu", "nanhu", "beishan", "gangkou", "yuntai")
OFFICES = {"food": "食品科", "credit": "信用监管科"}
MEASURES = {  # code: office, name, unit, kind, scope
    "food_tested": ("food", "食品抽检批次", "批次", "flow", "本局"),
    "food_passed": ("food", "食品抽检合格批次", "批次", "flow", "本局"),
    "food_shops": ("food", "食品经营户", "户", "stock", "全区"),
    "visits": ("credit", "双随机检查", "家次", "flow", "本局"),
    "entities": ("credit", "经营主体总量", "户", "stock", "全区"),
}
INDICATORS = {  # code: office, name, unit, formulas, kind of target
    "food_pass_rate": ("food", "食品抽检合格率", "%", 'numerator = "food_passed"\ndenominator = "food_tested"\nscale = 100\ndecimals = 1', "floor"),
    "food_shops": ("food", "食品经营户", "户", 'numerator = "food_shops"', "none"),
    "visits": ("credit", "双随机检查", "家次", 'numerator = "visits"', "annual"),
    "entities": ("credit", "经营主体总量", "户", 'numerator = "entities"', "none"),
}
RATE_FLOORS = {"qinglan": "97", "jiangcheng": "97.5", "haizhou": "97", "donghu": "98", "gangkou": "98"}
VISITS = {"qinglan": 5000, "jiangcheng": 3000, "haizhou": 2000, "donghu": 1000, "nanhu": 1200, "beishan": 800, "gangkou": 1100, "yuntai": 900}


def write_catalog(folder: Path) -> Path:
    """The catalogue, as somebody would have typed it; the folder."""
    files = {
        "bureau": 'name = "青澜省市场监管局"\n',
        "orgs": "".join(
            _table("org", code=code, name=name, level=level, order=order, aliases=aliases, **({"parent": parent} if parent else {}))
            for order, (code, (name, parent, level, aliases)) in enumerate(TREE.items())
        ),
        "offices": "".join(
            _table("office", code=code, name=name, parent="bureau", order=order, template=f"{name}月报表") for order, (code, name) in enumerate(OFFICES.items())
        ),
        "bureau_relations": "",
        "targets/2023": "".join(
            _table("target", indicator="food_pass_rate", office="food", org=org, kind="floor", value=Decimal(floor), tolerance=1, document="年度任务分解表")
            for org, floor in RATE_FLOORS.items()
        )
        + "".join(
            _table("target", indicator="visits", office="credit", org=org, kind="annual", value=value, tolerance=5, document="年度任务分解表")
            for org, value in VISITS.items()
        ),
    }
    for office in OFFICES:
        files[office] = "".join(
            _table("measure", code=code, name=name, topic="工作数据", unit=unit, kind=kind, scope=scope)
            for code, (owner, name, unit, kind, scope) in MEASURES.items()
            if owner == office
        ) + "".join(_indicator(code, *said) for code, (owner, *said) in INDICATORS.items() if owner == office)
    for name, text in files.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def report(org: str, office: str, period: str, *, as_of: date | None = None, **cells: str) -> Accepted:
    """
    A report of one office of one bureau; each measure is written ``本月数 本年累计 上年同期累计``, – or what is left out is 未报.

    ``report("donghu", "food", "2023-11", food_tested="40 400", food_passed="39 392")``
    """
    month, readings = Month.parse(period), []
    for row, (measure, written) in enumerate(cells.items(), start=6):
        texts = [*written.split(), "–", "–"][:3]
        for column, letter, text in zip(Column, "CDE", texts, strict=True):
            value = UNREPORTED if text == "–" else Value(State.WITHHELD) if text == State.WITHHELD else Value.of(text)
            readings.append(Reading(measure, column, value, Place("月报表", f"{letter}{row}"), text, as_of or month.last_day))
    data = repr((org, office, period, as_of, cells)).encode()
    return Accepted(Report(office, month, tuple(readings), {}, (), org=org), data, f"{org}-{office}-{period}.xlsx", "王统计", "", ())


def _table(noun: str, **fields: object) -> str:
    return f"[[{noun}]]\n" + "".join(f"{key} = {_said(value)}\n" for key, value in fields.items()) + "\n"


def _said(value: object) -> str:
    return "[" + ", ".join(map(_said, value)) + "]" if isinstance(value, list) else f'"{value}"' if isinstance(value, str) else f"{value}"


def _indicator(code: str, name: str, unit: str, formulas: str, target_kind: str) -> str:
    said = {"code": code, "name": name, "unit": unit, "better": "higher", "target_kind": target_kind, "why_it_matters": "各级都看这个数。"}
    said |= {"denominator_words": "不是比率" if "denominator" not in formulas else "已出结论的批次", "source": "年度工作要点"}
    return _table("indicator", **said).rstrip("\n") + f"\nreviewed_on = 2026-11-23\n{formulas}\n\n"
