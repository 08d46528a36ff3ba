"""Started by the path of this file and with ``python -I``: nothing but the project itself is put on the search path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from kpi.papers.reading.child.serve_papers import answer_job
from kpi.workbook.process.serving import serve

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, answer_job)
