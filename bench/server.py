"""Servers of the same pages in three guises, each a process of its own on a free port with a store of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from bench.material import Material
from bench.measure import cpu_of

ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 60
_IDLE_CPU = 0.02  # seconds in half a second; less is no work
_LOCAL = ("--server.headless=true", "--server.address=127.0.0.1", "--browser.serverAddress=127.0.0.1", "--browser.gatherUsageStats=false")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        """CPU seconds it has used so far."""
        return cpu_of(self.process)


@contextmanager
def ours(material: Material) -> Iterator[Server]:
    """The application as it is delivered: our settings, our layer in front."""
    with material.store() as data, serve(ROOT / "app.py", ROOT, data) as server:
        yield server


@contextmanager
def stock(material: Material) -> Iterator[Server]:
    """The same pages and the same store under the page library's defaults; no setting and no layer of ours."""
    with material.store() as data, TemporaryDirectory(prefix="kpi-bench-") as nowhere, serve(ROOT / "pages" / "shell.py", Path(nowhere), data) as server:
        yield server


@contextmanager
def empty(material: Material) -> Iterator[Server]:
    """A page of one picker and one line under our settings: what any page must cost."""
    with material.store() as data, serve(Path(__file__).with_name("empty_page.py"), ROOT, data) as server:
        yield server


@contextmanager
def serve(script: Path, folder: Path, data: Path) -> Iterator[Server]:
    """
    Serve a script until the block ends.

    Raises:
        RuntimeError: It does not start, or ended before its time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "KPI_DATA": str(data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *_LOCAL]
    with TemporaryFile(prefix="kpi-bench-") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            server = Server(port, process.pid)
            _await(server, process)
            yield server
        finally:
            ended = process.poll()
            process.terminate()
            process.wait()
            if ended is not None:
                output.seek(0)
                raise RuntimeError(f"{script.name} ended by itself with code {ended}: {output.read().decode(errors='replace')[-2000:]}")


def _await(server: Server, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers, and has done what it does of itself after a start: that is no visitor's CPU."""
    end = time.monotonic() + _START_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the server at {server.url} does not start")
        time.sleep(0.1)
    used = -1.0
    while server.cpu - used > _IDLE_CPU and time.monotonic() < end:
        used = server.cpu
        time.sleep(0.5)


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
