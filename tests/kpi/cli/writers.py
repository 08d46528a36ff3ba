"""Reports sent beside a running server, by the command line and by the interface, each in its own process or connection."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

from kpi.catalog.model import Catalog
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

ROOT = Path(__file__).parents[3]
OFFICE, MEASURE = "certification", "testing_labs_inspected"


def sheet(catalog: Catalog, month: Month, figure: int) -> bytes:
    """A report of one figure, 本年累计, in which nothing has to be confirmed."""
    return write_template(catalog, OFFICE, month, Filling({(MEASURE, Column.YTD): figure}))


def typed(data: Path, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """A command over a data folder, in a process and a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kpi", *words, "--data", str(data)],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )


def ingested(data: Path, path: Path) -> list[str]:
    """What became of a file by the command line: the status of each report."""
    process = typed(data, "ingest", str(path), "--confirm", "补报", "--json")
    out, err = process.communicate(timeout=300)
    assert out, err
    return [file["status"] for file in json.loads(out)["files"]]


def sent(base: str, token: str, name: str, content: bytes, words: Mapping[str, str] | None = None) -> list[str]:
    """What became of a file by the interface, likewise."""
    query = urlencode({"file": name, "confirm": "补报"} | dict(words or {}))
    request = urllib.request.Request(f"{base}/api/v1/submissions?{query}", content, {"authorization": f"Bearer {token}"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            document = json.load(answer)
    except HTTPError as error:
        with error:
            document = json.load(error)
    assert "files" in document, document
    return [file["status"] for file in document["files"]]
