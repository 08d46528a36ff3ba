"""填表说明: the second sheet of a fill-in workbook, how to fill it and how each figure is counted."""

from collections.abc import Iterable
from typing import Any

from kpi.catalog.measure import Measure, MeasureKind
from kpi.workbook.writing.styles import BLUE, FRAME, Styles, lines

GUIDE_SHEET = "填表说明"

_ADVICE = (
    "只在黄色格内填写；灰色格不需要填，其余内容已锁定。",
    "本月数与本年累计可以只填一个；两个都填时，上月累计加本月数应等于本年累计。",
    "存量、服务标准和比率只填本年累计一列，填截至数据截止日的数。",
    "计量单位已印在表上，格内只填数字，例如单位为万元时填 37.7663。",
    "个别数据项截止日与全表不同的，在该行数据截止日一栏单独注明。",
)
_WORDS = (
    ("0", "开展了这项工作，数量确实为零"),
    ("未报 或留空", "本期没有数据可报"),
    ("*", "有数据，但按规定不公开"),
    ("在检 / 在办", "已抽样或受理，结论尚未作出"),
    ("未开展", "本期没有开展这项工作"),
    ("不适用", "本单位没有这项职责"),
    ("约100、3000余、不超过5", "只有约数、下限或上限时，连同文字一起填写"),
)
_KINDS = {
    MeasureKind.FLOW: "时期数，逐月累加。",
    MeasureKind.STOCK: "时点数，只填截至日的数。",
    MeasureKind.STANDARD: "服务标准，填现行承诺值。",
    MeasureKind.RATE: "比率，填截至日的数，不带百分号。",
}
_WIDTHS = (38, 12, 78)


def how_to_count(measure: Measure) -> str:
    """What kind of figure it is and how it is counted, as the prompt of its cell says it."""
    return _KINDS[measure.kind] + measure.note


def write_guide(sheet: Any, style: Styles, measures: Iterable[Measure]) -> None:
    """Fill an empty XlsxWriter sheet with the guide."""
    head, text = style(bold=True, bg_color=BLUE, **FRAME), style(text_wrap=True, **FRAME)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, GUIDE_SHEET, style(bold=True, font_size=14))
    sheet.set_row(0, 28)
    row = 1
    for number, advice in enumerate(_ADVICE, start=1):
        sheet.write_string(row, 0, f"{number}. {advice}", style())
        row += 1
    row += 1
    for index, (word, meaning) in enumerate((("没有确切数字时填", "含义"), *_WORDS)):
        kind = text if index else head
        sheet.write_string(row, 0, word, kind)
        sheet.merge_range(row, 1, row, 2, meaning, kind)
        row += 1
    row += 1
    for column, title in enumerate(("口径：数据项", "计量单位", "怎样统计")):
        sheet.write_string(row, column, title, head)
    for row, measure in enumerate(measures, start=row + 1):  # noqa: B020 - goes on below the heading
        counted = how_to_count(measure)
        sheet.set_row(row, 16 * max(lines(measure.name, _WIDTHS[0]), lines(counted, _WIDTHS[2])))
        for column, cell in enumerate((measure.name, measure.unit, counted)):
            sheet.write_string(row, column, cell, text)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
