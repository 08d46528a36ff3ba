"""The code of an earlier commit, to be run by the same interpreter beside ours."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def tree(commit: str) -> Iterator[Path]:
    """
    A folder with the code of an earlier commit.

    Raises:
        subprocess.CalledProcessError: There is no such commit here.
    """
    with TemporaryDirectory(prefix="kpi-bench-") as folder:
        archive = subprocess.run(["git", "archive", "--format=tar", commit], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def demonstrate(code: Path, data: Path) -> None:
    """
    Fill a data folder with the demonstration, as this code stores it.

    Raises:
        subprocess.CalledProcessError: It cannot.
    """
    subprocess.run([sys.executable, "-m", "kpi", "demo", "--data", str(data)], cwd=code, env=environment(code), check=True, capture_output=True)


def environment(code: Path) -> Mapping[str, str]:
    """What a process needs to import this code and no other."""
    return {**os.environ, "PYTHONPATH": str(code)}
