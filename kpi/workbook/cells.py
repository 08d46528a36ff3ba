"""One cell of figures: the value it states, or why it states none."""

from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.model import Measure
from kpi.finding import Severity
from kpi.value import UNREPORTED, Value
from kpi.workbook.beside import split_change
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.naming import unit_key
from kpi.workbook.number import MAX_DECIMALS, is_bare_number, read_value
from kpi.workbook.units import converted, plausible, power_between


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; the row adds the place and the measure."""

    code: str
    severity: Severity
    seen: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a cell states: its value, None when there is none to be read, and a change written behind it."""

    value: Value | None
    faults: tuple[Fault, ...] = ()
    change: Value | None = None


def read_cell(cell: Cell, measure: Measure, *, complete: bool, unit: str = "") -> Stated:
    """
    The value of a cell.

    Args:
        cell: What stands there.
        measure: Whose figure it should be.
        complete: Whether the format tells percentages from fractions.
        unit: The unit the sheet says the figure is in, a power of ten away from the measure's; empty for the measure's own.

    """
    if cell.kind is CellKind.EMPTY:
        return Stated(UNREPORTED)
    if fault := _no_figure(cell, measure):
        return Stated(None, (fault,))
    percent = cell.text.endswith("%")
    text, change = split_change(cell.text) if cell.kind is CellKind.TEXT else (cell.text, None)
    value: Value | None
    try:
        value = read_value(Decimal(text) if cell.kind is CellKind.NUMBER and not percent else text, unit or measure.unit)
    except ValueError as error:
        return Stated(None, (Fault("not-a-number", Severity.BLOCK, f"「{measure.name}」这里写的是「{cell.text}」，读不成数字", str(error)),))
    faults = []
    if cell.kind is CellKind.TEXT and is_bare_number(text):
        faults.append(Fault("number-as-text", Severity.HINT, f"「{cell.text}」是文本格式的数字，已按数字读取", "请把单元格格式改为数值，以便求和"))
    if unit and value is not None and value.number is not None and unit_key(unit) != unit_key(measure.unit):
        value, fault = _into(value, unit, measure)
        faults.append(fault)
    if cell.doubtful:
        seen = f"「{measure.name}」一格是公式，文件里存的结果是 0；.xls 存不下公式的文字结果（如 未开展），那时存的也是 0"
        faults.append(Fault("formula-zero", Severity.CHECK, seen, "请核对；不是零的，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"))
    if value is not None and value.number and measure.unit == "%" and not percent and abs(value.number) <= 1:
        severity = Severity.HINT if complete else Severity.CHECK  # where the format hides it, it may well be 97.8 %
        remedy = f"如果是 {value.number.scaleb(2).normalize():f}%，请填 {value.number.scaleb(2).normalize():f}"
        faults.append(Fault("maybe-fraction", severity, f"「{measure.name}」按 {cell.text}% 读取", remedy))
    if value is not None and value.number is not None and value.decimals > MAX_DECIMALS:
        value = Value.of(round(value.number, MAX_DECIMALS), value.qualifier)
        faults.append(Fault("long-decimals", Severity.HINT, f"「{cell.text}」只保留 {MAX_DECIMALS} 位小数", f"请按 {measure.decimals} 位小数填写"))
    return Stated(value, tuple(faults), change)


def _no_figure(cell: Cell, measure: Measure) -> Fault | None:
    """Why a cell of its kind holds no figure."""
    match cell.kind:
        case CellKind.ERROR:
            remedy = "请改正公式，没有数据时按填表说明填 未报、未开展 或 不适用"
            return Fault("error-cell", Severity.BLOCK, f"「{measure.name}」一格是错误值 {cell.text}", remedy)
        case CellKind.UNCACHED:
            remedy = "请用 Excel 或 WPS 打开文件，保存一次后再上传"
            return Fault("uncached-formula", Severity.BLOCK, f"「{measure.name}」一格的公式 {cell.text} 没有保存计算结果", remedy)
        case CellKind.DATE:
            seen = f"「{measure.name}」应填数字，这里是日期 {cell.text}；输入 3-4 这样的内容会被 Excel 变成日期"
            return Fault("not-a-number", Severity.BLOCK, seen, "请把单元格格式改为数值后重新填写")
        case CellKind.BOOL:
            return Fault("not-a-number", Severity.BLOCK, f"「{measure.name}」应填数字，这里是 {cell.text}", "请填数字")
    return None


def _into(value: Value, unit: str, measure: Measure) -> tuple[Value | None, Fault]:
    """A value in the measure's own unit; none when it cannot be in the unit the sheet names."""
    power = power_between(unit, measure.unit)
    if power is None or not plausible(value, unit):
        seen = f"表上的单位是「{unit}」，「{measure.name}」的 {value.number:f} 不像是以「{unit}」计的数"
        return None, Fault("unit-differs", Severity.BLOCK, seen, f"请按「{measure.unit}」换算数据并改正单位")
    result = converted(value, power)
    seen = f"表上的单位是「{unit}」，「{measure.name}」已换算为 {result.number:f} {measure.unit}"
    return result, Fault("unit-converted", Severity.HINT, seen, f"请核对；指标目录的单位是「{measure.unit}」")
