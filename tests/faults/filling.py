"""
A process whose disk is full: four files are accepted and a report withdrawn with so many bytes left, then there is room again.

``python -m tests.faults.filling FOLDER PICKLE LEVELS`` runs where it may mount a disk in memory that nobody else sees
(`fill_levels` starts it so); each level is judged on a fresh copy of the folder, and the verdicts are printed as JSON.
"""

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from unittest.mock import patch

from kpi.bureau import LiveBureau
from kpi.errors import KpiError, StoreError
from kpi.filing import submissions
from kpi.store.backup import back_up
from kpi.store.clock import now
from kpi.store.folder import DataFolder
from kpi.store.log_chain import LogFile
from kpi.store.notice import gaps
from tests.faults.accepting import NUMBERS, Click, accept, desk
from tests.faults.filled import opened
from tests.faults.served import served
from tests.faults.surviving import Survival

_SIZE = 64_000_000  # bytes of the disk
_IN_A_SPACE_OF_ITS_OWN = ("unshare", "--user", "--map-root-user", "--mount")
_WITHDRAWN, _REASON = 8, "报错了"  # number of the report, and why
_IN_LOG = "已登入日志"


def possible() -> bool:
    """Whether this machine lets a process mount a disk of its own."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    tried = [*_IN_A_SPACE_OF_ITS_OWN, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def fill_levels(folder: Path, click: Click, work: Path, levels: Sequence[int]) -> Iterator[Survival]:
    """What became of a folder at each of these levels, in bytes that are left."""
    disk, pickled = work / "disk", work / "full-click"
    disk.mkdir()
    pickled.write_bytes(pickle.dumps(click))
    inner = [sys.executable, "-m", __spec__.name, str(folder), str(pickled), str(disk), ",".join(map(str, levels))]
    outer = [*_IN_A_SPACE_OF_ITS_OWN, "sh", "-c", f'mount -t tmpfs -o size={_SIZE} tmpfs "$0" && exec "$@"', str(disk), *inner]
    done = subprocess.run(outer, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    yield from (Survival(**verdict) for verdict in json.loads(done.stdout.splitlines()[-1]))


def levels_of(count: int, step: int = 8192) -> list[int]:
    """So many fill levels, from none on, in steps of two pages: within a few of them each file of the acts ends; the last has room for all."""
    return [turn * step for turn in range(count - 1)] + [3_000_000]


def main(folder: Path, pickled: Path, disk: Path, levels: Sequence[int]) -> None:
    """Judge each level."""
    click = pickle.loads(pickled.read_bytes())
    with patch.object(DataFolder, "require_space"):  # there was room when it was asked, and another program was quicker
        verdicts = [asdict(_judged(folder, click, disk, level, restart=turn % 4 == 3)) for turn, level in enumerate(levels)]
    sys.stdout.write(f"{json.dumps(verdicts)}\n")


def _judged(folder: Path, click: Click, disk: Path, level: int, *, restart: bool) -> Survival:
    words = f"{level} bytes left{', closed while full' if restart else ''}"
    data = Path(shutil.copytree(folder, disk / "data"))
    try:
        return Survival(words, _live_through(data, click, disk, level, restart=restart))
    except (AssertionError, KpiError) as failure:
        return Survival(words, "FAILED", f"{type(failure).__name__}: {failure}")
    finally:
        (disk / "ballast").unlink(missing_ok=True)
        shutil.rmtree(data)


def _live_through(data: Path, click: Click, disk: Path, level: int, *, restart: bool) -> str:
    bureau = opened(data)
    try:
        laid, figures = desk(bureau, click), served(bureau).figures
        with _filled(disk, level):
            accepted = _truly(data, lambda: accept(laid), len(NUMBERS))
            withdrawn = _truly(data, lambda: _withdraw(bureau), 1)
            _backup_is_whole_or_nothing(data, disk)
            seen = served(bureau).figures  # reading goes on
            assert accepted or withdrawn or seen == figures, "nothing was entered and the figures changed"
            if restart:
                bureau.close()
        if restart:
            bureau = opened(data)
            lacking = [gap for gap in gaps(bureau.store.notices) if "没有登入日志" not in gap]  # batches of a click that was never entered may lie there
            assert not lacking, lacking
        if not accepted:
            stored = desk(bureau, click).accept("王统计", "情况属实", {})
            assert len(stored) == len(NUMBERS), stored
        if not withdrawn:
            _withdraw(bureau)
        assert bureau.store.version == len(_entered(data)), "the tables are not as far as the log"
        assert bureau.store.verify() == [], bureau.store.verify()
    finally:
        bureau.close()
    with opened(data) as again:
        assert not gaps(again.store.notices), again.store.notices
        assert again.store.verify() == [], again.store.verify()
        assert [one.seq for one in again.store.submissions()][-len(NUMBERS) :] == _submitted(data)[-len(NUMBERS) :]
    return f"{'all' if accepted else 'none'} and {'withdrawn' if withdrawn else 'not withdrawn'}"


def _withdraw(bureau: LiveBureau) -> None:
    submissions.withdraw(bureau, _WITHDRAWN, "王统计", _REASON)


def _truly(data: Path, act: Callable[[], object], entries: int) -> bool:
    """Do something; whether it is in the log.  What was said of it has to be true."""
    before, words = _entered(data), ""
    try:
        act()
    except StoreError as error:
        words = str(error)
    fresh = _entered(data)[len(before) :]
    assert words or len(fresh) == entries, "it was acknowledged and is not in the log"
    assert len(fresh) in (0, entries), f"{len(fresh)} of {entries} entries"
    assert not words or bool(fresh) == (_IN_LOG in words and "没有登入日志" not in words), f"{len(fresh)} entries, and it was said: {words}"
    return bool(fresh)


def _entered(data: Path) -> list[dict[str, object]]:
    """The entries of the log on the disk."""
    files = [LogFile.parse(int(path.stem), path.read_bytes()) for path in sorted((data / "log").glob("*.json"))]
    return [dict(entry) for file in files for entry in file.entries]


def _submitted(data: Path) -> list[int]:
    return [number for number, entry in enumerate(_entered(data), start=1) if "batch" in entry]


def _backup_is_whole_or_nothing(data: Path, disk: Path) -> None:
    out, words = disk / "b.tar", ""
    try:
        back_up(data, out, now())
    except StoreError as error:
        words = str(error)
    assert out.exists() == (words == ""), "a refused backup is there"
    assert not words or "没有备份" in words, words
    out.unlink(missing_ok=True)
    assert not list(disk.glob("*.part")), "a refused backup left something"


@contextmanager
def _filled(disk: Path, level: int) -> Iterator[None]:
    """A file beside the folder that leaves so many bytes of the disk free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(disk).free - level, 1))
    try:
        yield
    finally:
        ballast.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), [int(level) for level in sys.argv[4].split(",")])
