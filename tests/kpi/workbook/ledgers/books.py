"""Fictional ledgers: drawn as text for a statistician to read, or generated in any number of rows."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import openpyxl

from kpi.filing.intake import Upload

PERSON, PHONE, IDENTITY, ADDRESS = "欧阳试样", "13900139000", "11010519491231002X", "幸福路八十八号院"


def rows_of(drawn: str) -> list[list[str]]:
    """The cells of a sheet drawn with | between them; a line without is a title."""
    return [[cell.strip() for cell in line.split("|")] for line in drawn.strip("\n").splitlines() if line.strip()]


def workbook(name: str, /, **sheets: str | Sequence[Sequence[object]]) -> Upload:
    """A workbook of drawn sheets; texts like 2023-11-05 stay texts."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, drawn in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows_of(drawn) if isinstance(drawn, str) else drawn:
            sheet.append([None if cell == "" else cell for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return Upload(name, buffer.getvalue())


def text(name: str, drawn: str) -> Upload:
    """The same as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows_of(drawn))
    return Upload(name, buffer.getvalue().encode("gb18030"))


COMPLAINTS = ("登记编号", "受理日期", "诉求类型", "来源", "投诉人", "联系电话", "身份证号", "住址", "办结日期", "办理结果", "挽回经济损失（元）")


def complaints(seed: int, count: int, first: date, last: date) -> list[list[object]]:
    """Cases with a person in each, dated between two days, in no order."""
    draw = Random(seed)
    rows: list[list[object]] = []
    for number in range(count):
        day = first + timedelta(days=draw.randrange((last - first).days + 1))
        closed = day + timedelta(days=draw.randrange(100)) if draw.random() < 0.8 else None
        kind, channel = draw.choice(("投诉", "举报", "咨询")), draw.choice(("12315平台", "12345热线", "信访"))
        money = draw.choice(("", 0, 12.5, 380, 1999.99)) if kind == "投诉" else ""
        rows.append([f"TS{seed:03d}{number:07d}", day, kind, channel, PERSON, PHONE, IDENTITY, ADDRESS, closed or "", "调解成功" if closed else "", money])
    return rows


FOOD = ("抽样单编号", "抽样日期", "检验结论")


def food(title: str, rows: Sequence[Sequence[object]], name: str = "抽检.xlsx") -> Upload:
    """A ledger of food batches under a title."""
    return workbook(name, 台账=[[title], FOOD, *rows])


def food_rows(prefix: str, year: int, month: int, count: int, result: str = "合格") -> list[list[object]]:
    """So many batches of a month, one a day from the first on; the key is the prefix, the month and the number of the batch."""
    return [[f"{prefix}{year % 100}{month:02d}{number:02d}", f"{year}-{month:02d}-{number:02d}", result] for number in range(1, count + 1)]
