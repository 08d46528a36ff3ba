#!/usr/bin/env bash
# LibreOffice opens a web page saved by Excel with the printed figures, although the page carries the exact ones.
#
# One would guess: `x:num`, in which Excel keeps the exact value of a rounded cell when it saves as a web page, is read by the
# other office program; it reads the same thing in `sdval`, the attribute that it writes itself.
# What happens: `<td x:num="0.97788">97.8%</td>` becomes the text "97.8%", and
# `<td x:num="1234.5678">1,235</td>` becomes the number 1235.  The same cells with `sdval` become 0.97788 and 1234.5678.
# A cell that is marked as text, `<td x:str>0012</td>`, becomes the number 12.  pandas.read_html sees printed figures only.
# Why it matters: a floor of 97.79 % is met by the printed 97.8 and missed by the exact 97.788, so the verdict depends on who
# opened the file and saved it again.  Exports named .xls are often such pages.
# Seen 2026-11-27 with LibreOffice 7.4.7 (Debian 12), pandas 3.1.1 + lxml 6.1.3, openpyxl 3.1.5.
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check \
    pandas==3.1.1 lxml==6.1.3 openpyxl==3.1.5 2>pip.log || { cat pip.log >&2; exit 1; }

cat >page.xls <<'HTML'
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="ProgId" content="Excel.Sheet"></head>
<body><table>
<tr><td>x:num</td><td x:num="0.97788">97.8%</td><td x:num="1234.5678">1,235</td><td x:str>0012</td></tr>
<tr><td>sdval</td><td sdval="0.97788" sdnum="1033;0;0.0%">97.8%</td><td sdval="1234.5678" sdnum="1033;0;#,##0">1,235</td><td sdnum="1033;0;@">0012</td></tr>
</table></body></html>
HTML
cat >read.py <<'PY'
from importlib.metadata import version

import openpyxl
import pandas

for row in openpyxl.load_workbook("office/page.xlsx").active.values:
    print(f"LibreOffice: {list(row)}")
for row in pandas.read_html("page.xls", flavor="lxml", encoding="utf-8")[0].values.tolist():
    print(f"pandas {version('pandas')} + lxml {version('lxml')}: {row}")
PY

soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to xlsx --outdir office page.xls >office.log 2>&1 ||
    { cat office.log >&2; exit 1; }
cat >stated <<'END'
LibreOffice 7.4
LibreOffice: ['x:num', '97.8%', 1235, 12]
LibreOffice: ['sdval', 0.97788, 1234.5678, '0012']
pandas 3.1.1 + lxml 6.1.3: ['x:num', '97.8%', 1235, 12]
pandas 3.1.1 + lxml 6.1.3: ['sdval', '97.8%', 1235, 12]
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
