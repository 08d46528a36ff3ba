#!/usr/bin/env bash
# By seven measures of likeness a Chinese label and its opposite are as alike as the label and its own misspelling, or more so.
#
# One would guess: a high enough threshold on one of rapidfuzz's measures accepts slips of the pen in the labels of a sheet and
# keeps different indicators apart.
# What happens: 合格批次 (lots that passed) and 不合格批次 (lots that failed) differ by one inserted character, usual slips in
# labels of eight characters replace one by another of the same sound or shape.  Each of seven measures puts every opposite
# at or above every slip; partial_ratio gives 100 to 按期办结投诉件 / 未按期办结投诉件 (closed in time, not in time), since the
# one contains the other.  So no threshold on any of them separates the two kinds.
# Why it matters: a row typed over as "failed" is filed under "passed" as a near miss of its name.  Words that turn a
# meaning (不 未 非 无 逾) have to be compared before likeness is asked.
# Seen 2026-11-27 with rapidfuzz 3.14.6.
set -euo pipefail

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
export LC_ALL=C.UTF-8
python3.11 -m venv venv
venv/bin/pip install -q --disable-pip-version-check rapidfuzz==3.14.6 2>pip.log || { cat pip.log >&2; exit 1; }

cat >read.py <<'PY'
from importlib.metadata import version

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, OSA

MEASURES = {
    "ratio": fuzz.ratio,
    "WRatio": fuzz.WRatio,
    "partial_ratio": fuzz.partial_ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "token_set_ratio": fuzz.token_set_ratio,
    "Jaro-Winkler": lambda a, b: 100 * JaroWinkler.similarity(a, b),
    "OSA": lambda a, b: 100 * OSA.normalized_similarity(a, b),
}
OPPOSITES = [("食品快检合格批次", "食品快检不合格批次"), ("按期办结投诉件", "未按期办结投诉件")]
SLIPS = [("食品快检合格批次", "食品快捡合格批次"), ("投诉举报受理件数", "投诉举报授理件数"), ("特种设备检验台数", "特种设备捡验台数")]
print(f"rapidfuzz {version('rapidfuzz')}")
for name, measure in MEASURES.items():
    opposites = [round(measure(a, b), 1) for a, b in OPPOSITES]
    slips = [round(measure(a, b), 1) for a, b in SLIPS]
    print(f"{name}: opposites {opposites}, slips {slips}, a threshold between them: {max(opposites) < min(slips)}")
PY

cat >stated <<'END'
rapidfuzz 3.14.6
ratio: opposites [94.1, 93.3], slips [87.5, 87.5, 87.5], a threshold between them: False
WRatio: opposites [94.1, 93.3], slips [87.5, 87.5, 87.5], a threshold between them: False
partial_ratio: opposites [87.5, 100.0], slips [87.5, 87.5, 87.5], a threshold between them: False
token_sort_ratio: opposites [94.1, 93.3], slips [87.5, 87.5, 87.5], a threshold between them: False
token_set_ratio: opposites [94.1, 93.3], slips [87.5, 87.5, 87.5], a threshold between them: False
Jaro-Winkler: opposites [97.8, 95.8], slips [94.2, 95.0, 95.0], a threshold between them: False
OSA: opposites [88.9, 87.5], slips [87.5, 87.5, 87.5], a threshold between them: False
END
venv/bin/python read.py | tee seen
diff stated seen >&2 || { echo "differs from what is stated above" >&2; exit 1; }
echo "as stated"
