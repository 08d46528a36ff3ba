"""
Several ways of doing one thing, timed by turns.

They run A B A B …, so that whatever else the machine is doing hits all of them alike; of each the median counts.
CPU time is read beside the clock on the wall, since on a loaded machine only the first belongs to the work.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType

import psutil


def cpu_of(process: int) -> float:
    """
    CPU seconds that a process has used, all its threads included, those that have ended too.

    Linux has a clock for each process that counts nanoseconds; elsewhere the system's ticks must do.
    """
    if sys.platform == "linux":
        return time.clock_gettime((~process << 3) | 2)  # the number that clock_getcpuclockid(3) gives
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def cpu_of_children() -> float:
    """CPU seconds of all children of this process, those that have ended and those that live."""
    ended = os.times()
    return ended.children_user + ended.children_system + sum(map(_living, psutil.Process().children(recursive=True)))


def _living(child: psutil.Process) -> float:
    try:
        return cpu_of(child.pid)
    except (OSError, psutil.Error):  # it ended just now, and counts among the ended at the next look
        return 0.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Runs of one way: seconds on the wall and of CPU, or amounts of something else with no CPU to them."""

    values: Sequence[float]
    cpu: Sequence[float] = ()

    @property
    def median(self) -> float:
        """What counts."""
        return statistics.median(self.values)

    @property
    def cpu_median(self) -> float | None:
        """The CPU of a middling run; None where none was read."""
        return statistics.median(self.cpu) if self.cpu else None

    def times(self, factor: float) -> "Timing":
        """The timing of a part, scaled up to the whole."""
        return Timing([value * factor for value in self.values], [value * factor for value in self.cpu])


class Stopwatch:
    """Times what stands inside ``with``; what a way has to lay out or clear away stands outside."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.cpu: list[float] = []

    def __enter__(self) -> "Stopwatch":
        self._children = cpu_of_children()  # takes a millisecond itself, so it stands outermost
        self._own = time.process_time()
        self._start = time.perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.values.append(time.perf_counter() - self._start)
        own = time.process_time() - self._own
        self.cpu.append(own + cpu_of_children() - self._children)

    def timing(self, warm_ups: int) -> Timing:
        """The runs after the first few."""
        return Timing(self.values[warm_ups:], self.cpu[warm_ups:])


Way = Callable[[Stopwatch], object]


def race(ways: Mapping[str, Way], rounds: int, warm_ups: int = 1) -> dict[str, Timing]:
    """
    Run every way in turn, round after round.

    Args:
        ways: Each starts the stopwatch it is given once a call.
        rounds: How many runs of each count.
        warm_ups: How many rounds go before them.

    Returns:
        The timing of each way.
    """
    watches = {name: Stopwatch() for name in ways}
    for _ in range(warm_ups + rounds):
        for name, way in ways.items():
            way(watches[name])
    return {name: watch.timing(warm_ups) for name, watch in watches.items()}
