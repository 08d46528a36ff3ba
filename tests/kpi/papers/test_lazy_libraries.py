"""Libraries that read and write papers are loaded by who opens a paper, and by nobody else."""

import subprocess
import sys

ASK = """
import sys
import kpi.cli.app
import kpi.papers.checking.paper_check
import kpi.papers.marking.finding_marks
import kpi.papers.marking.paper_marking
from kpi.papers.reading.paper_reading import pasted_paper, read_paper
pasted_paper("受理38件。")
read_paper("受理38件。".encode(), "x.txt")
print(sorted({"docx", "pptx", "pypdfium2", "lxml"} & set(sys.modules)))
"""


def test_no_command_and_no_page_pays_for_them():
    """The command line, a check of text, and the server itself, which leaves files to a child."""
    assert subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout.strip() == "[]"
