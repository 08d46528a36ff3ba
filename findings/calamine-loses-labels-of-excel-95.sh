#!/usr/bin/env bash
# calamine reads an Excel 5.0/95 workbook in code page 936 without a complaint, with every figure and no label.
#
# One would guess: an .xls older than Excel 97 either cannot be opened, or is read in the code page that it names, as xlrd and
# LibreOffice do.
# What happens: figures arrive, labels are pairs of U+FFFD and NUL: one byte at a time is taken for a character of its own and a
# zero byte is put behind each.  Even Latin letters of such a book come apart ("a\0b\0"), while the same book naming code page
# 1252 is read right.  No error, no warning.
# Why it matters: such exports of old systems are still handed in.  A reader that looks for known labels says that
# the sheet has no heading, which nobody can act on; what helps is to save the book as .xlsx, or to read it with xlrd.
# Seen 2026-11-27 with python-calamine 0.9.1, xlrd 2.0.2, LibreOffice 7.4.7 (Debian 12), xlwt 1.3.0 (only its OLE container).
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check \
    python-calamine==0.9.1 xlrd==2.0.2 xlwt==1.3.0 openpyxl==3.1.5 2>pip.log || { cat pip.log >&2; exit 1; }

cat >build.py <<'PY'
from struct import pack

from xlwt.CompoundDoc import XlsDoc


def record(kind, content=b""):
    return pack("<HH", kind, len(content)) + content


def book(path, code_page, rows):
    """A BIFF5 book of one sheet: a label and a figure in each row."""
    title = b"month"
    start = record(0x0809, pack("<4H", 0x0500, 0x0005, 0x1000, 1996)) + record(0x0042, pack("<H", code_page))
    start += record(0x003D, pack("<9H", 0, 0, 1000, 1000, 0x38, 0, 0, 1, 600))  # WINDOW1
    start += record(0x0031, pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + b"\x05Arial") * 5  # FONT
    for number in range(16):
        start += record(0x00E0, pack("<8H", 0, 0, 0xFFF5 if number < 15 else 1, 0x20, 0, 0, 0, 0))  # XF
    where = len(start) + 4 + 7 + len(title) + 4
    start += record(0x0085, pack("<IHB", where, 0, len(title)) + title) + record(0x000A)
    sheet = record(0x0809, pack("<4H", 0x0500, 0x0010, 0x1000, 1996)) + record(0x0200, pack("<5H", 0, len(rows), 0, 2, 0))
    for row, (label, figure) in enumerate(rows):
        text = label.encode(f"cp{code_page}")
        sheet += record(0x0204, pack("<4H", row, 0, 15, len(text)) + text)  # LABEL
        sheet += record(0x0203, pack("<3Hd", row, 1, 15, figure))  # NUMBER
    sheet += record(0x023E, pack("<5H", 0x06B6, 0, 0, 64, 0)) + record(0x000A)
    XlsDoc().save(path, (start + sheet).ljust(4096, b"\0"))
    # Books of that age call their stream "Book"; the container writer knows only the later name.
    with open(path, "rb") as file:
        content = file.read()
    old, new = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le").ljust(16, b"\0")
    at = content.index(old)
    with open(path, "wb") as file:
        file.write(content[:at] + new + content[at + 16 : at + 64] + pack("<H", 10) + content[at + 66 :])


book("cp936.xls", 936, [("合格", 96), ("ab", 100)])
book("cp1252.xls", 1252, [("ab", 100)])
PY
cat >read.py <<'PY'
from importlib.metadata import version

import openpyxl
import python_calamine
import xlrd

for path in ("cp936.xls", "cp1252.xls"):
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    print(f"{path} by python-calamine {version('python-calamine')}: {ascii(rows)}")
book = xlrd.open_workbook("cp936.xls")
sheet = book.sheet_by_index(0)
print(f"cp936.xls by xlrd {version('xlrd')}: BIFF {book.biff_version}, {[sheet.row_values(row) for row in range(sheet.nrows)]}")
sheet = openpyxl.load_workbook("office/cp936.xlsx").active
print(f"cp936.xls saved by LibreOffice as .xlsx: {[list(row) for row in sheet.values]}")
PY

venv/bin/python build.py
soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to xlsx --outdir office cp936.xls >office.log 2>&1 ||
    { cat office.log >&2; exit 1; }
cat >stated <<'END'
LibreOffice 7.4
cp936.xls by python-calamine 0.9.1: [['\ufffd\x00\ufffd\x00\ufffd\x00\ufffd\x00', 96.0], ['a\x00b\x00', 100.0]]
cp1252.xls by python-calamine 0.9.1: [['ab', 100.0]]
cp936.xls by xlrd 2.0.2: BIFF 70, [['合格', 96.0], ['ab', 100.0]]
cp936.xls saved by LibreOffice as .xlsx: [['合格', 96], ['ab', 100]]
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
