#!/usr/bin/env bash
# A figure hidden under a merged cell comes back as a reported figure, and for .ods nothing read says that it was hidden.
#
# One would guess: merging cells throws away what lay under them (the warning in the office programs says so), one library
# reads one file one way, and a reader that gives merged ranges gives them for every format.
# What happens: the figures stay in the file and LibreOffice carries them from .xlsx into .ods and .xls.  openpyxl leaves
# them out in its full mode and returns them in read-only mode, from the same file.  pandas and calamine return them.
# calamine's `merged_cell_ranges` tells where they are in .xlsx and .xls, and is None for .ods, as if it were not known.
# Why it matters: on screen and on paper the department of three offices reported 97; read, it reported 97, 12 and 4, and a
# sum down the column is 113.  The same sheet gives other totals by the mode of the reader.
# Seen 2026-11-27 with openpyxl 3.1.5, python-calamine 0.9.1, pandas 3.1.1 + odfpy 1.4.1, XlsxWriter 3.3.1 (builds the file),
# LibreOffice 7.4.7 (Debian 12).
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check \
    openpyxl==3.1.5 python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 xlsxwriter==3.3.1 2>pip.log || { cat pip.log >&2; exit 1; }

cat >build.py <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("month.xlsx") as book:
    sheet = book.add_worksheet("month")
    sheet.write_column("A1", ["north", "south", "harbour"])
    sheet.merge_range("B1:B3", 97)
    sheet.write("B2", 12)  # what the cells held before they were merged
    sheet.write("B3", 4)
PY
cat >read.py <<'PY'
from importlib.metadata import version

import openpyxl
import pandas
import python_calamine

for read_only in (False, True):
    sheet = openpyxl.load_workbook("month.xlsx", read_only=read_only).active
    print(f"openpyxl {version('openpyxl')} read_only={read_only}: {[row[1] for row in sheet.iter_rows(values_only=True)]}")
for path in ("month.xlsx", "office/month.xls", "office/month.ods"):
    sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
    figures = [int(row[1]) for row in sheet.to_python()]
    print(f"python-calamine {version('python-calamine')} .{path.split('.')[-1]}: {figures} merged {sheet.merged_cell_ranges}")
column = pandas.read_excel("office/month.ods", engine="odf", header=None)[1].tolist()
print(f"pandas {version('pandas')} + odfpy {version('odfpy')} .ods: {column}")
PY

venv/bin/python build.py
for kind in ods xls; do
    soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to "$kind" --outdir office month.xlsx >office.log 2>&1 ||
        { cat office.log >&2; exit 1; }
done
cat >stated <<'END'
LibreOffice 7.4
openpyxl 3.1.5 read_only=False: [97, None, None]
openpyxl 3.1.5 read_only=True: [97, 12, 4]
python-calamine 0.9.1 .xlsx: [97, 12, 4] merged [((0, 1), (2, 1))]
python-calamine 0.9.1 .xls: [97, 12, 4] merged [((0, 1), (2, 1))]
python-calamine 0.9.1 .ods: [97, 12, 4] merged None
pandas 3.1.1 + odfpy 1.4.1 .ods: [97, 12, 4]
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
