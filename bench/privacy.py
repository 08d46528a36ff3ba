"""
``python -m bench privacy``: marks of persons are planted, and every byte that the product keeps or writes is searched.

It measures no speed.  Each round fills a data folder of its own with other numbers; then numbers of the office that only
look like somebody's are sent as a ledger, and the cases counted; texts of business that name nobody must stay as they were.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.bureau import open_bureau
from tests.kpi.workbook.ledgers.books import workbook
from tests.privacy.books import HEADINGS
from tests.privacy.run import business_numbers, business_words, listening, planted, searched, sent
from tests.privacy.searching import found

_APART = 600  # numbers between the marks of two rounds


def main(arguments: Sequence[str]) -> int:
    """
    Plant and search.

    Returns:
        The number of marks found, of texts no longer legible and of cases merged, at most 1: the exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m bench privacy", description="Planted marks, and every byte searched for them.")
    parser.add_argument("--rounds", type=int, default=5, help="how many data folders to fill")
    asked = parser.parse_args(arguments)

    marks = places = 0
    left: list[str] = []
    for number in range(asked.rounds):
        with TemporaryDirectory(prefix="kpi-privacy-") as folder, listening() as log, open_bureau(Path(folder) / "data") as bureau:
            sown, _ = planted(bureau, 1 + number * _APART)
            pieces = searched(Path(folder) / "data", bureau, log)
            marks, places = marks + len(sown.planted), places + len(pieces)
            left += found(sown.planted, pieces)
        print(f"round {number + 1}; so far {marks} marks, {places} places searched, {len(left)} found", file=sys.stderr, flush=True)
    numbers = business_numbers()
    with TemporaryDirectory(prefix="kpi-privacy-") as folder, open_bureau(Path(folder) / "data") as bureau:
        rows = [[number, "2023-03-01", "投诉", "12315"] for number in numbers]
        [march] = sent(bureau, workbook("投诉.xlsx", 台账=[["2023年3月投诉举报台账"], HEADINGS[:4], *rows]))
        words = business_words()
        lines = [[f"W{row:03d}", "2023-04-01", "投诉", "12315", text] for row, text in enumerate(words)]
        april = sent(bureau, workbook("四月.xlsx", 台账=[["2023年4月投诉举报台账"], HEADINGS[:5], *lines]))
        kept = {text for part in april if part.report and part.report.cases for text in part.report.cases.columns["商品或服务类别"]}
        changed = [word for word in words if word not in kept]
        cases = len(set(march.report.cases.keys)) if march.report and march.report.cases else 0
    print(f"{marks} marks planted, {places} places searched, {len(left)} found")
    print(f"{len(numbers)} numbers that look like somebody's, {len(numbers) - cases} merged")
    print(f"{len(words)} texts of business, {len(changed)} not legible")
    for line in (*left, *changed):
        print(f"  {line}")
    return min(1, len(left) + len(changed) + len(numbers) - cases)
