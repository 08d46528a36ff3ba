"""One cell of figures: the value it states, or why it states none."""

from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.model import Measure
from kpi.finding import Severity
from kpi.value import UNREPORTED, Value
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.number import MAX_DECIMALS, is_bare_number, read_value


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; the row adds the place and the measure."""

    code: str
    severity: Severity
    seen: str
    remedy: str


def read_cell(cell: Cell, measure: Measure, *, complete: bool) -> tuple[Value | None, tuple[Fault, ...]]:
    """
    The value of a cell.

    Args:
        cell: What stands there.
        measure: Whose figure it should be.
        complete: Whether the format tells percentages from fractions.

    Returns:
        The value, None when there is none to be read, and what is wrong.

    """
    match cell.kind:
        case CellKind.EMPTY:
            return UNREPORTED, ()
        case CellKind.ERROR:
            remedy = "请改正公式，没有数据时按填表说明填 未报、未开展 或 不适用"
            return None, (Fault("error-cell", Severity.BLOCK, f"「{measure.name}」一格是错误值 {cell.text}", remedy),)
        case CellKind.UNCACHED:
            remedy = "请用 Excel 或 WPS 打开文件，保存一次后再上传"
            return None, (Fault("uncached-formula", Severity.BLOCK, f"「{measure.name}」一格的公式 {cell.text} 没有保存计算结果", remedy),)
        case CellKind.DATE:
            remedy = "请把单元格格式改为数值后重新填写；输入 1-2 这样的内容会被 Excel 变成日期"
            return None, (Fault("not-a-number", Severity.BLOCK, f"「{measure.name}」应填数字，这里是日期 {cell.text}", remedy),)
        case CellKind.BOOL:
            return None, (Fault("not-a-number", Severity.BLOCK, f"「{measure.name}」应填数字，这里是 {cell.text}", "请填数字"),)
    percent = cell.text.endswith("%")
    try:
        value = read_value(Decimal(cell.text) if cell.kind is CellKind.NUMBER and not percent else cell.text, measure.unit)
    except ValueError as error:
        return None, (Fault("not-a-number", Severity.BLOCK, f"「{measure.name}」这里写的是「{cell.text}」，读不成数字", str(error)),)
    faults = []
    if cell.kind is CellKind.TEXT and is_bare_number(cell.text):
        faults.append(Fault("number-as-text", Severity.HINT, f"「{cell.text}」是文本格式的数字，已按数字读取", "请把单元格格式改为数值，以便求和"))
    if value.number and measure.unit == "%" and not percent and abs(value.number) <= 1:
        severity = Severity.HINT if complete else Severity.CHECK  # where the format hides it, it may well be 97.8 %
        remedy = f"如果是 {value.number.scaleb(2).normalize():f}%，请填 {value.number.scaleb(2).normalize():f}"
        faults.append(Fault("maybe-fraction", severity, f"「{measure.name}」按 {cell.text}% 读取", remedy))
    if value.number is not None and value.decimals > MAX_DECIMALS:
        value = Value.of(round(value.number, MAX_DECIMALS), value.qualifier)
        faults.append(Fault("long-decimals", Severity.HINT, f"「{cell.text}」只保留 {MAX_DECIMALS} 位小数", f"请按 {measure.decimals} 位小数填写"))
    return value, tuple(faults)
