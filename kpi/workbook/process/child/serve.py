"""
Jobs in, answers out: workbooks and what they hold.

Whatever goes wrong here, even a panic inside the parser, ends as an answer or as the death of this process, which the
parent notices.
"""

from collections.abc import Iterable
from typing import BinaryIO

import python_calamine

from kpi.errors import WorkbookError
from kpi.workbook.personal.lazy_pattern import LazyPattern
from kpi.workbook.personal.masking import mask_titles
from kpi.workbook.process.child.ledger_columns import read_layouts, take_ledgers
from kpi.workbook.process.child.outside_texts import outside
from kpi.workbook.process.child.raw_sheet import RawSheet, WrongPasswordError
from kpi.workbook.process.child.unread_sheets import passed_over
from kpi.workbook.process.child.zipped_books import read_book
from kpi.workbook.process.serving import serve
from kpi.workbook.process.sniffing import Kind
from kpi.workbook.process.wire import UNMASKED, pack

_TOO_LARGE = "表格太大，读取时超出了内存的限制；请把需要上报的表格复制到新工作簿再上传。"


def parse(data: bytes, kind: Kind, password: str) -> list[RawSheet]:
    """
    The sheets of a file.

    Raises:
        WorkbookError: It breaks a limit.
        WrongPasswordError: It opens with another password, or with one where none was given.

    """
    if kind is not Kind.LOCKED:
        try:
            return _read(data, kind)
        except WrongPasswordError:  # an old workbook tells it only when it is opened
            pass
    from kpi.workbook.process.child.decryption import unlock  # cryptography is slow to load and rarely needed

    return _read(*unlock(data, password))


def _read(data: bytes, kind: Kind) -> list[RawSheet]:
    """The sheets of a file without a password."""
    match kind:
        case Kind.HTML | Kind.MHTML:
            from kpi.workbook.process.child.webpage import read_archive, read_page

            return read_archive(data) if kind is Kind.MHTML else read_page(data)
        case Kind.XML:
            from kpi.workbook.process.child.xml_2003 import read_spreadsheet

            return read_spreadsheet(data)
        case Kind.XLS:
            from kpi.workbook.process.child.old_excel import read_compound

            return read_compound(data)
        case Kind.ODS:
            from kpi.workbook.process.child.opendocument import read_document

            return read_document(data)
        case Kind.TEXT:
            from kpi.workbook.process.child.separated_text import read_text

            return read_text(data)
        case _:
            return read_book(data, kind)


def answer(data: bytes, kind: Kind, password: str, layouts: bytes = b"[]") -> Iterable[bytes]:
    """The frame that answers a job: all cells, or of ledgers the columns that may be kept; of a workbook of definitions all cells as they are."""
    try:
        sheets = parse(data, kind, password)
        if layouts == UNMASKED:
            packed = [sheet.packed(masked=False) for sheet in sheets]
            return pack({"sheets": [sheet.head() for sheet in sheets]}, [(lines.numbers, lines.texts) for lines in packed])
        for sheet, title in zip(sheets, mask_titles([sheet.name for sheet in sheets]), strict=True):
            sheet.name = title
        if ledgers := take_ledgers(sheets, read_layouts(layouts)):
            head = {"ledgers": [ledger.head for ledger in ledgers], "unread": passed_over(sheets, ledgers, read_layouts(layouts))}
            return pack(head, [block for ledger in ledgers for block in ledger.blocks()])
        packed = [sheet.packed() for sheet in sheets]
        return pack({"sheets": [sheet.head() for sheet in sheets], "outside": outside(data, kind, sheets)}, [(lines.numbers, lines.texts) for lines in packed])
    except (python_calamine.PasswordError, WrongPasswordError):
        return pack({"password": bool(password)})
    except WorkbookError as refused:
        return pack({"refused": str(refused)})
    except MemoryError:
        return pack({"refused": _TOO_LARGE})
    except Exception as error:
        return pack({"failed": type(error).__name__})


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer jobs until stdin closes."""
    serve(source, sink, _answer_job, LazyPattern.compile_all)


def _answer_job(kind: bytes, secret: bytes, layouts: bytes, data: bytes) -> Iterable[bytes]:
    """The answer to a job as its fields travel."""
    return answer(data, Kind(kind.decode()), secret.decode(), layouts)
