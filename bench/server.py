"""Servers of the same pages, each a process of its own on a free port with a store of its own: ours, the build before, an empty page, Dash."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import psutil

from bench import earlier_build, manners
from bench.earlier_build import ROOT
from bench.manners import Manner
from bench.material import Material
from bench.measure import cpu_of

_HERE = Path(__file__).parent
_START_SECONDS = 120
_IDLE_CPU = 0.02  # seconds in half a second; less is no work
_IDLE_LOOKS = 4  # in a row, for on a busy machine a server that works may not get its turn for a while
_LOCAL = ("--server.headless=true", "--server.address=127.0.0.1", "--browser.serverAddress=127.0.0.1", "--browser.gatherUsageStats=false")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and how its pages are used."""

    port: int
    process: int
    manner: Manner

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        """CPU seconds it has used so far."""
        return cpu_of(self.process)

    @property
    def memory(self) -> tuple[int, int]:
        """Bytes that it has resident, and with its children."""
        process = psutil.Process(self.process)
        own = int(process.memory_info().rss)
        return own, own + sum(int(child.memory_info().rss) for child in process.children(recursive=True))


@contextmanager
def ours(material: Material) -> Iterator[Server]:
    """The application as it is delivered: our settings, our layer in front."""
    with material.store(material.demonstrated) as data, serve(ROOT / "app.py", ROOT, data, manners.OURS) as server:
        yield server


@contextmanager
def earlier(commit: str) -> Iterator[Server]:
    """
    The application of an earlier commit, by the same interpreter, over the demonstration as that commit stores it.

    Raises:
        subprocess.CalledProcessError: There is no such commit here, or it cannot fill a data folder.
    """
    with earlier_build.tree(commit) as code, TemporaryDirectory(prefix="kpi-bench-") as folder:
        data = Path(folder) / "data"
        earlier_build.demonstrate(code, data)
        with serve(code / "app.py", code, data, manners.EARLIER) as server:
            yield server


@contextmanager
def empty(material: Material) -> Iterator[Server]:
    """A page of one picker and one line under our settings: what any page must cost."""
    with material.store(material.demonstrated) as data, serve(_HERE / "empty_page.py", ROOT, data, manners.EMPTY) as server:
        yield server


@contextmanager
def dash(material: Material) -> Iterator[Server]:
    """The same pages in Dash, with Dash's own server."""
    port = _free_port()
    with (
        material.store(material.demonstrated) as data,
        _running([sys.executable, str(_HERE / "dash_page.py"), str(port)], ROOT, data, port, manners.DASH) as server,
    ):
        yield server


@contextmanager
def serve(script: Path, folder: Path, data: Path, manner: Manner = manners.OURS) -> Iterator[Server]:
    """
    Serve a script of the page library until the block ends.

    Args:
        script: The script.
        folder: The folder to start in, with the settings and the code.
        data: The data folder.
        manner: How its pages are used.

    Raises:
        RuntimeError: It does not start, or ended before its time.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *_LOCAL]
    with _running(command, folder, data, port, manner) as server:
        yield server


@contextmanager
def _running(command: Sequence[str], folder: Path, data: Path, port: int, manner: Manner) -> Iterator[Server]:
    environment = {**earlier_build.environment(folder), "KPI_DATA": str(data)}
    with TemporaryFile(prefix="kpi-bench-") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            server = Server(port, process.pid, manner)
            _await(server, process)
            yield server
        finally:
            ended = process.poll()
            process.terminate()
            process.wait()
            if ended is not None:
                output.seek(0)
                raise RuntimeError(f"{' '.join(command)} ended by itself with code {ended}: {output.read().decode(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(server: Server, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers, and has done what it does of itself after a start: that is no visitor's CPU."""
    end = time.monotonic() + _START_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the server at {server.url} does not start")
        time.sleep(0.1)
    used, idle = server.cpu, 0
    while idle < _IDLE_LOOKS and time.monotonic() < end:
        time.sleep(0.5)
        idle = idle + 1 if server.cpu - used < _IDLE_CPU else 0
        used = server.cpu


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/", timeout=1):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
