"""
Times that a form keeps in cells of their own: 2022 | 年 | 12 | 月, or 月份 with 12 behind it.

A form with ruled boxes for year and month has bare numbers in them, and the words that make a time of them stand in
other cells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import DASHES
from kpi.workbook.number import whole_number
from kpi.workbook.signs import clean

_NUMBER = r"(?:0?[1-9]|1[0-2]|十[一二]?|[一二三四五六七八九])"
_BARE = re.compile(rf"{_NUMBER}(?:\s*[{DASHES}、,，和/]\s*{_NUMBER})*", re.ASCII)
_BARE_QUARTER = re.compile("第?([1-4一二三四])")
_BARE_YEAR = re.compile(r"20\d\d|二[〇零○][〇零○一二三四五六七八九]{2}", re.ASCII)
_PIECE = re.compile(
    r"20\d\d|\d{1,2}|[〇零○一二三四五六七八九十]{1,4}|[年月](?:度|份)?|第|季度?|(?:20\d\d|[〇零○一二三四五六七八九]{4})年度?|\d{1,2}月份?", re.ASCII
)
_AT_END = re.compile(r"(?:^|(?<=[\u3400-\u9fff])(?<![表件号第版])|(?<=[\u3400-\u9fff][-_ ]))(?:0[1-9]|1[0-2])$")  # 附件12 is no December
_WRITTEN_DAY = re.compile(r"(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})(?:月|[-/.月](?P<day>\d{1,2})日?(?:[ t]?0{1,2}:00(?::00)?)?)?", re.ASCII | re.IGNORECASE)
_WRITTEN_PACKED = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)?", re.ASCII)  # as programs write a month or a day: 202312
_YEAR_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LONG, _YEAR = 3, 12
_WORD = re.compile("[年月季]")


def time_text(cell: Cell, *, quarter: bool = False) -> str:
    """What a cell of a column 年份, 月份 or 季度 says: a date is its month, a bare number a month, a quarter or a year."""
    if cell.kind is CellKind.DATE:
        return f"{cell.text[:4]}年{int(cell.text[5:7])}月"
    if (dated := dated_words(cell)).endswith("月"):
        return dated
    text = clean(cell.shown or cell.text)
    number = whole_number(text)
    if quarter and number in range(1, 5):
        return f"第{number}季度"
    return f"{number}月" if number in range(1, 13) else f"{text}年" if _YEAR_ALONE.fullmatch(text) else text


def dated_words(cell: Cell) -> str:
    """
    The month or the day that is all a cell holds, in words; empty where it holds anything else.

    The first day of a month stands for the month, in a text as in a date: Excel writes 2023/12/1 where 2023年12月 is seen.
    """
    text = clean(cell.text if cell.kind is CellKind.DATE else cell.shown or cell.text)
    if cell.kind not in (CellKind.DATE, CellKind.TEXT, CellKind.NUMBER) or not (match := _WRITTEN_DAY.fullmatch(text) or _WRITTEN_PACKED.fullmatch(text)):
        return ""
    month, day = int(match["month"]), int(match["day"] or 1)
    if not 1 <= month <= 12:
        return ""
    return f"{match['year']}年{month}月" if day == 1 else f"{match['year']}年{month}月{day}日"


def is_year(cell: Cell) -> bool:
    """Whether a cell holds a year and nothing else."""
    return bool(re.fullmatch(r"(?:19[4-9]\d|20\d\d)年?(?:度|份)?", clean(cell.text)))


def is_time(cell: Cell) -> bool:
    """Whether a cell holds a year, a month or a quarter and nothing else."""
    months = find_months(time_text(cell))
    return cell.kind is CellKind.DATE or (not months.rest and (months.last is not None or months.year is not None))


def with_words(label: str, text: str) -> str:
    """
    What stands behind a label of time, with the word that a bare number lacks.

    Args:
        label: The label: 填报月份, 年度, 季度.
        text: What stands behind it.

    Returns:
        11月 of 11, 1-11月 of 1-11, 2022年 of 2022, 第3季度 of 3 behind 季度; any other text as it is.

    """
    plain = clean(text)
    if _BARE_YEAR.fullmatch(plain):
        return f"{plain}年"
    if "季" in label and (match := _BARE_QUARTER.fullmatch(plain)):
        return f"第{match[1]}季度"
    return f"{plain}月" if _BARE.fullmatch(plain) else text


def sheet_month(name: str, names: Iterable[str]) -> str:
    """
    The month or months that a sheet called 11, 1-11 or 十一 is of.

    Args:
        name: Its name.
        names: The names of all sheets of the workbook.  Where they count from 1 and stop before 12 they may as well be the
            parts of one form, and say nothing.

    Returns:
        11月; empty where the name says no month, or says it in so many words.

    """
    plain = clean(name)
    numbers = sorted({int(other) for other in map(clean, names) if other.isascii() and other.isdigit() and len(other) < _LONG})
    counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) < _YEAR
    return f"{plain}月" if _BARE.fullmatch(plain) and not (plain.isdigit() and not plain.startswith("0") and counted) else ""


def file_month(stem: str) -> str:
    """The name of a file with the word that the month at its end lacks: 质量科-11月 of 质量科-11; 质量科-2 may be the second copy."""
    plain = clean(stem)
    match = _AT_END.search(plain)
    return f"{plain}月" if match and not find_months(written_out(plain)).last else stem


def joined(cells: Mapping[int, Cell]) -> dict[int, tuple[int, str]]:
    """The times in one row that are written in several cells side by side: by the column each begins in, the one it ends in and its text."""
    times: dict[int, tuple[int, str]] = {}
    run: list[tuple[int, str]] = []
    for column, cell in [*sorted(cells.items()), (-1, Cell())]:
        text = clean(cell.shown or cell.text) if cell.kind in (CellKind.TEXT, CellKind.NUMBER) else ""
        if run and (column != run[-1][0] + 1 or not _PIECE.fullmatch(text)):
            if len(run) > 1 and (time := _as_time([piece for _, piece in run])):
                times[run[0][0]] = run[-1][0], time
            run = []
        if _PIECE.fullmatch(text):
            run.append((column, text))
    return times


def _as_time(pieces: Sequence[str]) -> str:
    """The time that pieces say together; empty where they say none."""
    text = "".join(pieces)
    months = find_months(written_out(text))
    return text if _WORD.search(text) and (months.last or months.year) else ""
