#!/usr/bin/env bash
# A "Strict Open XML" workbook: openpyxl opens it without any sheet, calamine reads it and leaves its dates as text.
#
# One would guess: what Excel offers as "Strict Open XML Spreadsheet (.xlsx)" is the same workbook under other namespaces, and
# a reader either knows them or raises.
# What happens: openpyxl warns of "an invalid specification for 0" and returns a workbook with no sheet.  calamine reads the
# sheet; a date cell (type "d") whose text ends with Z is a string, without the Z it is a date.  Both are ISO 8601, as the
# format allows, and LibreOffice reads both as dates.  In an ordinary (transitional) workbook openpyxl reads both as dates,
# calamine again only the one.
# Why it matters: a sheet whose month stands in a date cell is filed as "no sheet" by the one library and as "no month" by
# the other, though nothing in it is wrong.
# Seen 2026-11-27 with openpyxl 3.1.5, python-calamine 0.9.1, LibreOffice 7.4.7 (Debian 12).
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 2>pip.log || { cat pip.log >&2; exit 1; }

cat >build.py <<'PY'
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
PART = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SPACES = {
    "transitional": (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    "strict": ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
}
for name, (main, rel) in SPACES.items():
    conformance = ' conformance="strict"' if name == "strict" else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{PART}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{PART}styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{PART}worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{rel}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"{conformance}>'
        '<workbookPr dateCompatibility="0"/><sheets><sheet name="month" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">'
        '<c r="A1" s="1" t="d"><v>2023-11-25T00:00:00Z</v></c><c r="B1" s="1" t="d"><v>2023-11-25T00:00:00</v></c>'
        '<c r="C1"><v>96</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(f"{name}.xlsx", "w") as book:
        for part, content in parts.items():
            book.writestr(part, HEAD + content)
PY
cat >read.py <<'PY'
import warnings
from importlib.metadata import version

import openpyxl
import python_calamine

for name in ("transitional", "strict"):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(f"{name}.xlsx")
    rows = [[str(cell) for cell in row] for sheet in book for row in sheet.values]
    print(f"{name} by openpyxl {version('openpyxl')}: {len(book.sheetnames)} sheets, {rows}")
    for warning in seen:
        print(f"    warning: {' '.join(str(warning.message).split())}")
    row = python_calamine.load_workbook(f"{name}.xlsx").get_sheet_by_index(0).to_python()[0]
    print(f"{name} by python-calamine {version('python-calamine')}: {[f'{type(cell).__name__} {cell}' for cell in row]}")
    print(f"{name} saved by LibreOffice: {[str(cell.value) for cell in openpyxl.load_workbook(f'office/{name}.xlsx').active[1]]}")
PY

venv/bin/python build.py
for name in transitional strict; do
    soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to xlsx --outdir office "$name.xlsx" >office.log 2>&1 ||
        { cat office.log >&2; exit 1; }
done
cat >stated <<'END'
LibreOffice 7.4
transitional by openpyxl 3.1.5: 1 sheets, [['2023-11-25 00:00:00', '2023-11-25 00:00:00', '96']]
transitional by python-calamine 0.9.1: ['str 2023-11-25T00:00:00Z', 'datetime 2023-11-25 00:00:00', 'float 96.0']
transitional saved by LibreOffice: ['2023-11-25 00:00:00', '2023-11-25 00:00:00', '96']
strict by openpyxl 3.1.5: 0 sheets, []
    warning: File contains an invalid specification for 0. This will be removed
strict by python-calamine 0.9.1: ['str 2023-11-25T00:00:00Z', 'datetime 2023-11-25 00:00:00', 'float 96.0']
strict saved by LibreOffice: ['2023-11-25 00:00:00', '2023-11-25 00:00:00', '96']
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
