#!/usr/bin/env bash
# An .xls that LibreOffice saves from an .xlsx holds the number 0 where a formula gave words.
#
# One would guess: saving a workbook under another format keeps what every cell shows; at worst a formula's result is missing.
# What happens: if the .xlsx holds the results of its formulas, as every program that calculates writes them, each text
# result is stored in the .xls as the number 0.0 (in the FORMULA record, without the STRING record that should follow).
# Numbers stay right, .ods stays right, and LibreOffice itself shows the words when it opens that .xls, because it calculates
# anew: whoever looks sees nothing wrong.  If the .xlsx holds no results, LibreOffice has to calculate first and the .xls is right.
# Why it matters: `=IF(B1="","not done",B1)` becomes a reported zero.  xlrd and calamine return a plain number 0.0, and
# neither has a way to tell that the cell is a formula; the record type in the file is the only trace.
# Seen 2026-11-27 with LibreOffice 7.4.7 (Debian 12), xlrd 2.0.2, python-calamine 0.9.1, XlsxWriter 3.3.1 (builds the file).
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check \
    xlrd==2.0.2 python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1 2>pip.log || { cat pip.log >&2; exit 1; }

cat >build.py <<'PY'
import openpyxl
import xlsxwriter

FORMULAS = {"A1": ('=IF(1=1,"not done",5)', "not done"), "B1": ('=CONCATENATE("about ","5")', "about 5"), "C1": ("=2+3", 5)}
with xlsxwriter.Workbook("with-results.xlsx") as book:
    sheet = book.add_worksheet("month")
    for cell, (formula, result) in FORMULAS.items():
        sheet.write_formula(cell, formula, None, result)
book = openpyxl.Workbook()  # writes formulas without results
for cell, (formula, _) in FORMULAS.items():
    book.active[cell] = formula
book.save("without-results.xlsx")
PY
cat >read.py <<'PY'
import struct
from importlib.metadata import version

import openpyxl
import python_calamine
import xlrd
from xlrd.compdoc import CompDoc


def formula_results(path):
    """What each FORMULA record of the file itself holds: eight bytes, a double unless the last two are FF FF."""
    with open(path, "rb") as file:
        content = file.read()
    data, start, length = CompDoc(content).locate_named_stream("Workbook")
    at, results = start, []
    while at + 4 <= start + length:
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == 0x0006:
            result = data[at + 10 : at + 18]
            results.append("text follows" if result[6:] == b"\xff\xff" else struct.unpack("<d", result)[0])
        at += 4 + size
    return results


for name in ("with-results", "without-results"):
    sheet = xlrd.open_workbook(f"office/{name}.xls").sheet_by_index(0)
    print(f"{name}.xls in the file: {formula_results(f'office/{name}.xls')}")
    print(f"{name}.xls by xlrd {version('xlrd')}: {sheet.row_values(0)}")
    for kind in ("xls", "ods"):
        row = python_calamine.load_workbook(f"office/{name}.{kind}").get_sheet_by_index(0).to_python()[0]
        print(f"{name}.{kind} by python-calamine {version('python-calamine')}: {row}")
again = [cell.value for cell in openpyxl.load_workbook("again/with-results.xlsx", data_only=True).active[1]]
print(f"with-results.xls opened again by LibreOffice: {again}")
PY

venv/bin/python build.py
convert() {
    soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to "$1" --outdir "$2" "$3" >office.log 2>&1 ||
        { cat office.log >&2; exit 1; }
}
for name in with-results without-results; do
    convert xls office "$name.xlsx"
    convert ods office "$name.xlsx"
done
convert xlsx again office/with-results.xls
cat >stated <<'END'
LibreOffice 7.4
with-results.xls in the file: [0.0, 0.0, 5.0]
with-results.xls by xlrd 2.0.2: [0.0, 0.0, 5.0]
with-results.xls by python-calamine 0.9.1: [0.0, 0.0, 5.0]
with-results.ods by python-calamine 0.9.1: ['not done', 'about 5', 5.0]
without-results.xls in the file: ['text follows', 'text follows', 5.0]
without-results.xls by xlrd 2.0.2: ['not done', 'about 5', 5.0]
without-results.xls by python-calamine 0.9.1: ['not done', 'about 5', 5.0]
without-results.ods by python-calamine 0.9.1: ['not done', 'about 5', 5.0]
with-results.xls opened again by LibreOffice: ['not done', 'about 5', 5]
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
