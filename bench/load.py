"""
``python -m bench load``: fifty leaders and five uploads at once, then as many visits as a working day brings, as fast as they go.

Budgets: 19 of 20 pages within a second while uploads are read and stored, no error; memory that does not grow with visits, and
stays below 300 MB.  A leader is as in ``bench leaders``; an upload is typed beside the server, so that it reads and stores it.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psutil

from bench import server
from bench.earlier_build import ROOT
from bench.leaders import LEADERS, MONTHS, Leader, p95
from bench.material import MONTH, Material
from bench.server import Server
from kpi.catalog import load
from kpi.demo.workbooks import workbooks

_UPLOADS = 5
_DAY = 12_000  # visits: fifty leaders, eight hours, one every two minutes
_EVERY = 50  # visits between two looks at the memory
_WITHIN, _MOST = 1.0, 300e6  # seconds; bytes
_SEED = 20261129


def main(arguments: Sequence[str]) -> int:
    """
    Load, soak, print.

    Returns:
        The exit code: 1 when a budget was not kept, else 0.

    """
    parser = argparse.ArgumentParser(prog="python -m bench load", description="Fifty leaders and five uploads at once; a day of visits as fast as they go.")
    parser.add_argument("--rounds", type=int, default=5, help="how often all leaders go to another month while uploads run")
    parser.add_argument("--visits", type=int, default=_DAY // 10, help=f"visits of the soak; a day has {_DAY}")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kpi-bench-") as work, server.ours(Material(Path(work))) as served:
        return asyncio.run(_run(served, asked.rounds, asked.visits))


async def _run(served: Server, rounds: int, visits: int) -> int:
    chance = random.Random(_SEED)
    titles = list(served.manner.paths.items())
    leaders = [Leader(served, path, title) for title, path in (titles[place % len(titles)] for place in range(LEADERS))]
    async with AsyncExitStack() as stack:
        await asyncio.gather(*(leader.open(stack) for leader in leaders))
        took = await _beside_uploads(served, leaders, rounds, chance)
    memory = await _soaked(served, titles, visits, chance)
    slope = _slope(memory) * 1000
    most = max(size for _, size in memory)
    print(f"machine: {os.cpu_count()} CPUs, load average {os.getloadavg()[0]:.1f}")
    print(f"{len(took)} pages of {LEADERS} leaders beside {_UPLOADS} uploads at a time, no error: p95 {p95(took):.2f} s, budget {_WITHIN} s")
    print(f"{visits} visits: memory {memory[0][1] / 1e6:.0f} MB at first, {memory[-1][1] / 1e6:.0f} MB at last, {most / 1e6:.0f} MB at most, budget 300 MB")
    print(f"slope over the second half: {slope / 1e6:+.2f} MB per 1,000 visits")
    return int(p95(took) > _WITHIN or most > _MOST)


async def _beside_uploads(served: Server, leaders: Sequence[Leader], rounds: int, chance: random.Random) -> list[float]:
    """How long each page took while five uploads at a time are read and stored."""
    took: list[float] = []
    clock = asyncio.get_running_loop().time
    done = asyncio.Event()

    async def lead(leader: Leader) -> None:
        for _ in range(rounds):
            await asyncio.sleep(chance.uniform(2.0, 5.0))
            began = clock()
            await leader.choose(MONTH.plus(-chance.randrange(1, MONTHS)))
            took.append(clock() - began)

    async def upload(turn: int) -> None:
        while not done.is_set():
            await asyncio.to_thread(_ingest, served, turn)

    uploads = [asyncio.create_task(upload(turn)) for turn in range(_UPLOADS)]
    await asyncio.gather(*(lead(leader) for leader in leaders))
    done.set()
    await asyncio.gather(*uploads)
    return took


def _ingest(served: Server, turn: int) -> None:
    """One workbook of the demonstration, sent again in other bytes, as a correction."""
    data = psutil.Process(served.process).environ()["KPI_DATA"]
    with TemporaryDirectory(prefix="kpi-bench-") as work:
        name, _, _, content = [book for book in workbooks(load.load(load.DEFAULT)) if book[2] == MONTH][turn]
        file = Path(work) / Path(name).name
        file.write_bytes(content)
        with zipfile.ZipFile(file, "a") as container:
            container.comment = uuid4().bytes
        typed = [sys.executable, "-m", "kpi", "ingest", str(file), "--data", data, "--confirm", "测速", "--json"]
        subprocess.run(typed, check=True, capture_output=True, cwd=ROOT)


async def _soaked(served: Server, titles: Sequence[tuple[str, str]], visits: int, chance: random.Random) -> list[tuple[int, int]]:
    """The memory of the server after so many visits, each opened, led to another month and left."""
    memory = [(0, served.memory[0])]
    for number in range(1, visits + 1):
        title, path = titles[number % len(titles)]
        async with AsyncExitStack() as stack:
            leader = Leader(served, path, title)
            await leader.read()
            await leader.open(stack)
            await leader.choose(MONTH.plus(-chance.randrange(1, MONTHS)))
        if number % _EVERY == 0:
            memory.append((number, served.memory[0]))
    return memory


def _slope(memory: Sequence[tuple[int, int]]) -> float:
    """Bytes a visit, by least squares over the second half: the first fills what is kept."""
    half = memory[len(memory) // 2 :]
    mean_visit, mean_size = (sum(column) / len(half) for column in zip(*half, strict=True))
    spread = sum((visit - mean_visit) ** 2 for visit, _ in half)
    return sum((visit - mean_visit) * (size - mean_size) for visit, size in half) / spread if spread else 0.0
