"""CSV and its relatives, in whatever encoding and with whatever separator, under whatever name."""

import csv
import io

from kpi.errors import WorkbookError
from kpi.place import UNNAMED
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, TOO_WIDE, RawSheet, typed
from kpi.workbook.process.sniffing import wide_encoding

_SEPARATORS = ("\t", ",", ";", "|", "，")
_SAMPLE = 40  # lines
_HEAD = 100_000
_WIDEST, _LONGEST = 16_384, 1_048_576  # as Excel's own


def read_text(data: bytes) -> list[RawSheet]:
    """The one sheet of a text file."""
    text = decode(data).replace("\0", "")
    separator = _separator(text[:_HEAD].splitlines()[:_SAMPLE])
    if text[:4].lower() == "sep=":
        separator, text = text[4:5], text.partition("\n")[2]
    csv.field_size_limit(2**17)
    sheet = RawSheet(UNNAMED)
    cells = 0
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
            cells += len(values)
            if cells > MAX_CELLS or len(values) > _WIDEST or row > _LONGEST:
                raise WorkbookError(TOO_WIDE)
            sheet.add(row, {column: cell for column, value in enumerate(values) if (cell := typed(_unquoted(value)))})
    except csv.Error:
        raise WorkbookError("这个文本文件不是表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。") from None
    return [sheet]


def decode(data: bytes) -> str:
    """
    The text of a file.

    Raises:
        WorkbookError: It is in no encoding we know.

    """
    if wide := wide_encoding(data):
        return data.decode(wide, "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookError("文本的编码认不出来；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")


def _separator(lines: list[str]) -> str:
    """What parts the cells: the sign that most lines hold equally often."""
    best, most = ",", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines if line.strip()]
        usual = max(counts, key=counts.count, default=0) or max(counts, default=0)
        score = sum(count == usual for count in counts) * usual
        if score > most:
            best, most = separator, score
    return best


def _unquoted(value: str) -> str:
    """A value that Excel keeps as text: ="0012"."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
