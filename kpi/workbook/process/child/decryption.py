"""Workbooks with a password to open them: decrypted in memory, the password forgotten with the job."""

import io
import re
import struct
from types import SimpleNamespace

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format import xls97

from kpi.errors import WorkbookError
from kpi.workbook.process.child.raw_sheet import WrongPasswordError
from kpi.workbook.process.sniffing import Kind, sniff

xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)  # this process may write no file
_SPINS = re.compile(rb'spinCount="(\d{1,12})"')
_MOST_SPINS = 1_000_000  # ten times what Office writes; more only serves to keep us busy
_EVERYONES = "VelvetSweatshop"  # Excel's own: a workbook whose structure is protected is locked with it, and opens without a question
_AGAIN = "文件的加密方式不能读取；请取消密码，另存后再上传。"


def unlock(data: bytes, password: str) -> tuple[bytes, Kind]:
    """
    The workbook inside, and its format.

    Args:
        data: The locked file.
        password: What it opens with; where none is given, the one with which Excel opens a file by itself is tried.

    Raises:
        WrongPasswordError: The password is another one.
        WorkbookError: The file cannot be decrypted, or is no workbook inside.

    """
    password = password or _EVERYONES
    spins = _SPINS.search(data)
    if spins and int(spins[1]) > _MOST_SPINS:
        raise WorkbookError(_AGAIN)
    sink = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        book.load_key(password=password, verify_password=True) if book.format == "ooxml" else book.load_key(password=password)
        book.decrypt(sink)
    except InvalidKeyError:
        raise WrongPasswordError from None
    except (DecryptionError, FileFormatError, ArithmeticError, LookupError, OSError, ValueError, struct.error):
        raise WorkbookError(_AGAIN) from None
    inner = sink.getvalue()
    kind = sniff(inner)
    if kind is Kind.LOCKED:
        raise WorkbookError(_AGAIN)
    return inner, kind
