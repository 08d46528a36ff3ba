#!/usr/bin/env bash
# Two figures kept apart only by a line break or a tab inside one .ods cell are read as one figure.
#
# One would guess: `12<text:line-break/>34` and `12<text:tab/>34`, both ordinary content of a paragraph in OpenDocument,
# come back with some white space between 12 and 34, as two paragraphs or a `<text:s/>` do.
# What happens: calamine and LibreOffice Calc itself drop both, so the cell is 1234.  pandas with odfpy keeps the break
# and drops the tab.  pyexcel-ods3 keeps both.  So four readers give three answers, and three of them make 1234 of a tab.
# Why it matters: an office that writes "12, of these 34 carried over" on two lines of a cell hands in 1,234, and nothing in
# the value says that there ever were two figures.  Only content.xml tells.
# Seen 2026-11-27 with python-calamine 0.9.1, pandas 3.1.1 + odfpy 1.4.1, pyexcel-ods3 0.6.1, LibreOffice 7.4.7 (Debian 12).
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check \
    python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 pyexcel-ods3==0.6.1 openpyxl==3.1.5 2>pip.log || { cat pip.log >&2; exit 1; }

cat >build.py <<'PY'
import zipfile

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
URN = "urn:oasis:names:tc:opendocument:xmlns:"
cells = ["12<text:line-break/>34", "12<text:tab/>34", "12<text:s/>34", "12</text:p><text:p>34"]
row = "".join(
    f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
)
with zipfile.ZipFile("cells.ods", "w") as book:
    book.writestr("mimetype", TYPE)
    book.writestr(
        "META-INF/manifest.xml",
        f'<manifest:manifest xmlns:manifest="{URN}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    )
    book.writestr(
        "content.xml",
        f'<office:document-content xmlns:office="{URN}office:1.0" xmlns:table="{URN}table:1.0" '
        f'xmlns:text="{URN}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="s"><table:table-row>{row}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    )
PY
cat >read.py <<'PY'
from importlib.metadata import version

import openpyxl
import pandas
import pyexcel_ods3
import python_calamine

calamine = python_calamine.load_workbook("cells.ods").get_sheet_by_index(0).to_python()[0]
odfpy = pandas.read_excel("cells.ods", engine="odf", header=None, dtype=object).values.tolist()[0]
ods3 = pyexcel_ods3.get_data("cells.ods")["s"][0]
office = [cell.value for cell in openpyxl.load_workbook("office/cells.xlsx").active[1]]
print("cells: line break | tab | space | two paragraphs")
print(f"python-calamine {version('python-calamine')}: {calamine}")
print(f"pandas {version('pandas')} + odfpy {version('odfpy')}: {odfpy}")
print(f"pyexcel-ods3 {version('pyexcel-ods3')}: {ods3}")
print(f"saved by LibreOffice as .xlsx: {office}")
PY

venv/bin/python build.py
soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to xlsx --outdir office cells.ods >office.log 2>&1 ||
    { cat office.log >&2; exit 1; }
cat >stated <<'END'
LibreOffice 7.4
cells: line break | tab | space | two paragraphs
python-calamine 0.9.1: ['1234', '1234', '12 34', '12\n34']
pandas 3.1.1 + odfpy 1.4.1: ['12\n34', '1234', '12 34', '12\n34']
pyexcel-ods3 0.6.1: ['12\n34', '12\t34', '12 34', '12\n34']
saved by LibreOffice as .xlsx: ['1234', '1234', '12 34', '12\n34']
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
