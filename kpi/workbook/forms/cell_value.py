"""One cell of figures: the value it states, or why it states none."""

from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.measure import Measure
from kpi.finding import Severity
from kpi.value import UNREPORTED, Value, plain
from kpi.workbook.forms.comparison_cells import split_change
from kpi.workbook.forms.number_shown import read_shown
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.naming import unit_key
from kpi.workbook.number import MAX_DECIMALS, bounded, is_bare_number, read_value
from kpi.workbook.report import Beside
from kpi.workbook.signs import clean, in_sight, unmarked
from kpi.workbook.units import converted, plausible, power_between

_NOISE = Decimal("1e-8")
_LOSS = Decimal("1e-4")  # of a number: what rounding may take away without a word
_TYPED = 8  # decimals a person may type
_ROUND = 4  # decimals a target may have


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell; the row adds the place and the measure."""

    code: str
    severity: Severity
    seen: str
    remedy: str


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a cell states: its value, None when there is none to be read, and a change written behind it."""

    value: Value | None
    faults: tuple[Fault, ...] = ()
    change: tuple[Beside, Value] | None = None


def read_cell(cell: Cell, measure: Measure, *, complete: bool, unit: str = "") -> StatedValue:
    """
    The value of a cell.

    Args:
        cell: What stands there.
        measure: Whose figure it should be.
        complete: Whether the format tells percentages from fractions.
        unit: The unit the sheet says the figure is in, a power of ten away from the measure's; empty for the measure's own.

    """
    if cell.kind is CellKind.EMPTY:
        return StatedValue(UNREPORTED)
    if fault := _no_figure(cell, measure):
        return StatedValue(None, (fault,))
    text, change = split_change(cell.text, measure) if cell.kind is CellKind.TEXT else (cell.text, None)
    faults: list[Fault] = []
    value: Value | None
    try:
        value = _read(cell, text, unit or measure.unit, measure, faults)
        if unit and value.number is not None and unit_key(unit) != unit_key(measure.unit):
            value = _into(value, unit, measure, faults)
        if value is not None and value.number is not None:
            _look_like_fraction(cell, value, measure, faults, complete=complete)
            value = _kept(cell, bounded(value.number, value.qualifier), measure, faults)
    except ValueError as error:
        seen = f"「{measure.name}」这里写的是「{_in_words(cell)}」，读不成数字"
        return StatedValue(None, (Fault("not-a-number", Severity.BLOCK, seen, str(error)),))
    if cell.doubtful:
        seen = f"「{measure.name}」一格是公式，文件里存的结果是 0；.xls 存不下公式的文字结果（如 未开展），那时存的也是 0"
        faults.append(Fault("formula-zero", Severity.CHECK, seen, "请核对；不是零的，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"))
    return StatedValue(value, tuple(faults), change)


def _read(cell: Cell, text: str, unit: str, measure: Measure, faults: list[Fault]) -> Value:
    """
    The figure of a cell in the unit the sheet says.

    Raises:
        ValueError: It is none.

    """
    if cell.shown and cell.kind is CellKind.TEXT:
        seen = f"「{measure.name}」单元格里存的是「{in_sight(text)}」，按数字格式显示为{cell.shown}"
        remedy = "请把单元格格式改为常规，核对后填写；存的内容无误的，写明说明后可以入库"
        faults.append(Fault("format-hides-number", Severity.CHECK, f"{seen}，分不清哪个对，按存的内容读取", remedy))
    elif cell.shown:
        return _shown(cell, unit, measure, faults)
    if cell.kind is CellKind.NUMBER and not text.endswith("%"):
        return read_value(Decimal(text), unit)
    value = read_value(text, unit)
    _, mark = unmarked(clean(text))
    if mark and value.number is not None:
        faults.append(Fault("mark-beside-number", Severity.HINT, f"「{cell.text}」里的「{mark}」是注释标记，没有算进数字", "注释请写在备注里"))
    if cell.kind is CellKind.TEXT and is_bare_number(text):
        faults.append(Fault("number-as-text", Severity.HINT, f"「{in_sight(cell.text)}」是文本格式的数字，已按数字读取", "请把单元格格式改为数值，以便求和"))
    return value


def _shown(cell: Cell, unit: str, measure: Measure, faults: list[Fault]) -> Value:
    """
    The figure of a number whose format shows another one, or words.

    Raises:
        ValueError: The format names a unit that the figure is not in.

    """
    stored = Decimal(cell.text.removesuffix("%"))
    value, certain = read_shown(stored, cell.shown, unit)
    seen = f"「{measure.name}」单元格里存的是 {cell.text}，按数字格式显示为「{cell.shown}」"
    if not certain:
        remedy = f"请把单元格格式改为常规，核对后填写以「{unit}」计的数；存的数无误的，写明说明后可以入库"
        faults.append(Fault("format-hides-number", Severity.CHECK, f"{seen}，分不清哪个对，按存的数读取", remedy))
    elif value.number is not None and value.number != stored:
        faults.append(Fault("format-shows-unit", Severity.HINT, f"{seen}，读作 {plain(value.number)} {unit}", "请核对；把单元格格式改为常规可以看到存的数"))
    return value


def _look_like_fraction(cell: Cell, value: Value, measure: Measure, faults: list[Fault], *, complete: bool) -> None:
    """A rate of at most 1 may be the fraction of one: 0.978 for 97.8%."""
    if not value.number or measure.unit != "%" or abs(value.number) > 1 or "%" in cell.text or cell.shown:
        return
    severity = Severity.HINT if complete else Severity.CHECK  # where the format hides it, it may well be 97.8 %
    remedy = f"如果是 {value.number.scaleb(2).normalize():f}%，请填 {value.number.scaleb(2).normalize():f}"
    faults.append(Fault("maybe-fraction", severity, f"「{measure.name}」按 {cell.text}% 读取", remedy))


def _kept(cell: Cell, value: Value, measure: Measure, faults: list[Fault]) -> Value:
    """
    A figure with as many decimals as are kept.

    A remainder of a division is rounded; but never to a round number, which a target may be: 0.9999995 is below 1.  A small
    number that would lose digits that can be seen, or become nought, is asked about.

    Raises:
        ValueError: It cannot be kept.

    """
    number = value.number
    if number is None or value.decimals <= MAX_DECIMALS:
        return value
    short = round(number, MAX_DECIMALS)
    if short == number:
        return Value.of(short, value.qualifier)
    if not _is_noise(cell, number - short) and Value.of(Decimal(plain(short))).decimals <= _ROUND:
        seen = f"以「{measure.unit}」计是 {plain(number)}，只能保留 {MAX_DECIMALS} 位小数，四舍五入会变成 {plain(short)}"
        raise ValueError(f"{seen}；请按 {MAX_DECIMALS} 位以内的小数填写")
    if abs(number - short) > _LOSS * abs(number):
        seen = f"「{measure.name}」这里是 {plain(number)}，以「{measure.unit}」计只能保留 {MAX_DECIMALS} 位小数，会变成 {plain(short)}"
        remedy = f"请核对：计算留下的尾数请改成 {plain(short)}，或写明说明后按 {plain(short)} 入库；不是尾数的，请按 {MAX_DECIMALS} 位以内的小数填写"
        faults.append(Fault("digits-lost", Severity.CHECK, seen, remedy))
        return Value.of(short, value.qualifier)
    faults.append(Fault("long-decimals", Severity.HINT, f"「{cell.text}」只保留 {MAX_DECIMALS} 位小数", f"请按 {measure.decimals} 位小数填写"))
    return Value.of(short, value.qualifier)


def _is_noise(cell: Cell, difference: Decimal) -> bool:
    """Whether a difference is what computing in doubles leaves behind: nobody types so many decimals."""
    decimals = len(cell.text.rstrip("%").partition(".")[2]) if cell.kind is CellKind.NUMBER else 0
    return decimals > _TYPED and abs(difference) <= _NOISE


def _in_words(cell: Cell) -> str:
    """What stands in a cell, invisible signs by their names."""
    return f"{cell.text}（按数字格式显示为 {cell.shown}）" if cell.shown else in_sight(cell.text)


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


def _into(value: Value, unit: str, measure: Measure, faults: list[Fault]) -> Value | None:
    """A value in the measure's own unit; none when it cannot be in the unit the sheet names."""
    power = power_between(unit, measure.unit)
    if power is None or not plausible(value, unit):
        seen = f"表上的单位是「{unit}」，「{measure.name}」的 {value.number:f} 不像是以「{unit}」计的数"
        faults.append(Fault("unit-differs", Severity.BLOCK, seen, f"请按「{measure.unit}」换算数据并改正单位"))
        return None
    result = converted(value, power)
    seen = f"表上的单位是「{unit}」，「{measure.name}」已换算为 {result.number:f} {measure.unit}"
    faults.append(Fault("unit-converted", Severity.HINT, seen, f"请核对；指标目录的单位是「{measure.unit}」"))
    return result
