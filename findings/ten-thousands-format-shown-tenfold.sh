#!/usr/bin/env bash
# The usual Chinese number format for ten thousands, `0!.0,"万元"`, shows ten times what it is meant to in LibreOffice and two
# JavaScript formatters, and saving through LibreOffice makes that last.
#
# One would guess: `!` in a number format shows the next character as it is, as `\` does; guides to Excel teach `0!.0,"万元"`
# for showing a sum of yuan in ten thousands (35,000,000 as 3500.0万元: a thousandth, with a point set before its last digit).
# Excel itself was not run for this.
# What happens: LibreOffice, ssf and numfmt all take `!` for an exclamation mark to be shown and the point after it
# for the decimal point: 35000!.0万元.  LibreOffice saves it back as `0\!.0,"万元"`, with the mark quoted, so the point stays
# a decimal point in whatever opens the file next.  The spelling `0\.0,"万元"` is right in LibreOffice and numfmt, and ssf
# shows a tenth of it (350.00万元).
# Why it matters: whoever copies the figure from the screen, or derives the unit of a cell from its format, is a power of ten
# off, and a reader that knows the meant reading no longer finds it in a file that went through LibreOffice once.
# Seen 2026-11-27 with LibreOffice 7.4.7 (Debian 12), openpyxl 3.1.5, npm packages ssf 0.11.2 and numfmt 4.0.1.
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
command -v soffice >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }
command -v npm >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; }
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check openpyxl==3.1.5 2>pip.log || { cat pip.log >&2; exit 1; }
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund ssf@0.11.2 numfmt@4.0.1 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }

cat >build.py <<'PY'
import openpyxl

book = openpyxl.Workbook()
for row, code in enumerate(['0!.0,"万元"', '0\\.0,"万元"'], 1):
    book.active.cell(row, 1, 35_000_000).number_format = code
book.save("sums.xlsx")
PY
cat >read.py <<'PY'
import re
from pathlib import Path

import openpyxl

shown = re.findall(r"<td[^>]*sdval=[^>]*>(?:<[^>]*>)*([^<]*)<", Path("office/sums.html").read_text(encoding="utf-8"))
before, after = (
    [cell.number_format for cell in openpyxl.load_workbook(path).active["A"]] for path in ("sums.xlsx", "office/sums.xlsx")
)
for code, text, kept in zip(before, shown, after, strict=True):
    print(f"LibreOffice: 35000000 as {code} shows {text}, saved as {kept}")
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { format } from "numfmt";
import ssf from "ssf";

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
for (const [name, show] of [["ssf", ssf.format], ["numfmt", format]])
  for (const code of ['0!.0,"万元"', '0\\.0,"万元"'])
    console.log(`${name} ${version(name)}: 35000000 as ${code} shows ${show(code, 35000000)}`);
JS

venv/bin/python build.py
for kind in xlsx html; do
    soffice --headless "-env:UserInstallation=file://$tmp/profile" --convert-to "$kind" --outdir office sums.xlsx >office.log 2>&1 ||
        { cat office.log >&2; exit 1; }
done
cat >stated <<'END'
LibreOffice 7.4
LibreOffice: 35000000 as 0!.0,"万元" shows 35000!.0万元, saved as 0\!.0,"万元"
LibreOffice: 35000000 as 0\.0,"万元" shows 3500.0万元, saved as 0\.0,"万元"
ssf 0.11.2: 35000000 as 0!.0,"万元" shows 35000!.0万元
ssf 0.11.2: 35000000 as 0\.0,"万元" shows 350.00万元
numfmt 4.0.1: 35000000 as 0!.0,"万元" shows 35000!.0万元
numfmt 4.0.1: 35000000 as 0\.0,"万元" shows 3500.0万元
END
{ soffice --version 2>/dev/null | grep -oE '^LibreOffice [0-9]+\.[0-9]+'; venv/bin/python read.py; node read.mjs; } | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
