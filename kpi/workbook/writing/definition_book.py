"""
Write the catalogue as a workbook of definitions: a guide, and a sheet for each noun with a row for each entry.

Closed choices are lists to choose from, codes of other sheets are offered; what a column means is said in the guide and beside the
cell.  Text is written as text, whatever sign it begins with.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from kpi.catalog.model import Catalog
from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet
from kpi.catalog.noun_rows import rows_of
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import PlainTable, documents_of
from kpi.errors import RequestError
from kpi.place import cell_name
from kpi.workbook.definitions.definition_reading import GUIDE
from kpi.workbook.definitions.field_writing import NO, YES, cell_content
from kpi.workbook.writing.styles import BLUE, FRAME, YELLOW, Styles, lines
from kpi.workbook.writing.text_sizes import letters, printed_width

_ADVICE = (
    "每张工作表写一种，一行一个；第一行是表头，不要改动，列的次序可以变。黄色表头的列必须填，蓝色的可以空着。",
    "代码启用后不再改动；名称、别名可以改。要写别的表里的东西时写它的代码。",
    "有下拉列表的列，从列表中选；点一下格子，旁边写着这一列的意思。",
    "一格写几项的，用、或；隔开；一项里自己有这两个字的，前面加 \\，如 甲\\、乙 是一项。单写 \\空 是没有字的文字，\\u000D 一类是按编号写的字。",
    "不用的行整行删去；没有内容的工作表留着表头。写好以后用 python -m kpi catalog import 读回，有错的逐格写明，一处有错就什么都不改动。",
)
_OF_THE_GUIDE = (("工作表", 12), ("列", 18), ("意思", 70), ("怎么写", 24), ("必填", 6), ("可选的词", 60))
_LONGEST = 32_767  # letters of a cell
_SPARE = 500  # empty rows below the last with lists to choose from
_WIDEST, _AROUND = 45, 3  # widths of columns, in Latin letters
_LINE, _HIGHEST = 15, 409  # points of a line, and that a row may have
_NUMBERS = {FieldKind.WHOLE, FieldKind.NUMBER}
_TITLE, _PROMPT = 32, 255  # letters of what is said beside a cell


def write_definitions(catalog: Catalog) -> bytes:
    """
    The workbook of a catalogue.

    Raises:
        RequestError: A text is longer than a cell may be; nothing is cut off.

    """
    import xlsxwriter  # who only reads needs it not

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": f"{catalog.bureau[:100]}指标目录"})
        style = Styles(book)
        _write_guide(book.add_worksheet(GUIDE), style)
        rows = rows_of(documents_of(catalog))
        for noun, sheet in NOUN_SHEETS.items():
            _write_sheet(book.add_worksheet(sheet.title), style, sheet, rows[noun], rows)
    return buffer.getvalue()


def _write_guide(sheet: Any, style: Styles) -> None:
    head, text = style(bold=True, bg_color=BLUE, **FRAME), style(text_wrap=True, **FRAME)
    sheet.write_string(0, 0, "指标目录：怎么填", style(bold=True, font_size=14))
    for line, advice in enumerate(_ADVICE, 1):
        sheet.write_string(line, 0, f"{line}. {advice}", style())
    top = len(_ADVICE) + 2
    for column, (heading, width) in enumerate(_OF_THE_GUIDE):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, heading, head)
    columns = [(noun, field) for noun in NOUN_SHEETS.values() for field in noun.fields]
    for row, (noun, field) in enumerate(columns, top + 1):
        first = field is noun.fields[0]
        words = "、".join(field.words.values()) if field.words else f"「{NOUN_SHEETS[field.leads_to].title}」的代码" if field.leads_to else ""
        meaning = f"{field.meaning}（{noun.title}：{noun.meaning}）" if first else field.meaning
        cells = (noun.title, field.heading, meaning, field.kind.value, YES if field.required else "", words)
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, text)
        _fit_row(sheet, row, [lines(cell, width) for cell, (_, width) in zip(cells, _OF_THE_GUIDE, strict=True)])
    sheet.freeze_panes(top + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_sheet(sheet: Any, style: Styles, noun: NounSheet, rows: Sequence[PlainTable], every: dict[str, list[PlainTable]]) -> None:
    last = len(rows) + _SPARE
    heights: list[list[int]] = [[] for _ in rows]
    for column, field in enumerate(noun.fields):
        contents = [cell_content(field, row[field.key]) if field.key in row else None for row in rows]
        look = style(text_wrap=True, valign="top", num_format=_format(field))
        widest = max([printed_width(field.heading), *(printed_width(line) for content in contents for line in str(content or "").split("\n"))])
        width = min(widest + _AROUND, _WIDEST)
        sheet.set_column(column, column, width, look)
        sheet.write_string(0, column, field.heading, style(bold=True, bg_color=YELLOW if field.required else BLUE, text_wrap=True, **FRAME))
        for row, content in enumerate(contents, 1):
            _write_cell(sheet, noun, row, column, content, look)
            heights[row - 1].append(sum(lines(line, width) for line in str(content or "").split("\n")))
        sheet.data_validation(1, column, last, column, _choice(noun, field, every))
    for row, tall in enumerate(heights, 1):
        _fit_row(sheet, row, tall)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{cell_name(last, len(noun.fields))}"})
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(noun.fields) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Any, noun: NounSheet, row: int, column: int, content: Any, look: Any) -> None:
    match content:
        case None:
            return
        case str():
            if letters(content) > _LONGEST:
                place = f"{noun.title}!{cell_name(row, column)}"
                raise RequestError(
                    f"「{noun.fields[column].heading}」（{place}）有 {letters(content)} 个字，工作簿的一格最多 {_LONGEST} 个；请先缩短，再导出。"
                )
            sheet.write_string(row, column, content, look)
        case int() | float():
            sheet.write_number(row, column, content, look)
        case _:
            sheet.write_datetime(row, column, content, look)


def _fit_row(sheet: Any, row: int, tall: Sequence[int]) -> None:
    """Make a row as high as the cell with the most lines; not every program does that by itself."""
    if max(tall) > 1:
        sheet.set_row(row, min(_LINE * max(tall), _HIGHEST))


def _format(field: NounField) -> str:
    """How what is typed is taken: a text stays one, whatever it looks like."""
    return "General" if field.kind in _NUMBERS else "yyyy-mm-dd" if field.kind is FieldKind.DAY else "@"


def _choice(noun: NounSheet, field: NounField, every: dict[str, list[PlainTable]]) -> dict[str, Any]:
    """What is said beside the cells of a column, and what can be chosen there."""
    prompt = {"input_title": field.heading[:_TITLE], "input_message": f"{field.meaning}。{field.kind.value}"[:_PROMPT]}
    words = list(field.words.values()) or [YES, NO] * (field.kind is FieldKind.YES_NO)
    if words:
        refusal = {"error_title": field.heading[:_TITLE], "error_message": "请从下拉列表中选"}
        return {"validate": "list", "source": words, **prompt, **refusal}
    if field.leads_to and field.kind is FieldKind.CODE:
        other = NOUN_SHEETS[field.leads_to]
        source = f"='{other.title}'!$A$2:$A${len(every[other.noun]) + 1 + _SPARE}"
        return {"validate": "list", "source": source, "show_error": False, **prompt}
    return {"validate": "any", **prompt}
