"""What who sends reports waits for, and who looks at the board after them, beside an earlier build: each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.earlier_build import ROOT, demonstrate, environment, tree
from bench.measure import Stopwatch, Way, race
from bench.results import Budget, Comparison

_SENDER = Path(__file__).with_name("sender.py")
_OURS = "ours"
BEFORE = "fc9baed"  # the last build whose senders waited for the tables
FIRST = "3e08f2d"  # the one of which the goal was set
_ANSWERED = "commit 1, answered"
CASES = {
    _ANSWERED: ("one",),
    "commit 1, then the board": ("one", "board"),
    "commit 20 one after the other, then the board": ("in a row", "board"),
    "commit the 19 of a month at once, then the board": ("month", "board"),
}  # what is printed, and the orders


def measure(rounds: int) -> Iterator[Comparison]:
    """
    Each case, by turns; what one of them leaves for later is done before another has its turn.

    Raises:
        subprocess.CalledProcessError: The earlier builds are not in this repository.
    """
    with ExitStack() as stack:
        senders = {_OURS: stack.enter_context(_sender(ROOT))}
        senders |= {build: stack.enter_context(_sender(stack.enter_context(tree(build)))) for build in (BEFORE, FIRST)}
        for case, orders in CASES.items():
            asked = senders if case == _ANSWERED else {name: senders[name] for name in (_OURS, BEFORE)}
            budget = Budget(0.3 if case == _ANSWERED else 1, as_ratio=True)
            timings = race({name: _way(sender, orders) for name, sender in asked.items()}, rounds, warm_ups=2)
            for build in (BEFORE, FIRST):
                if build in timings:
                    yield Comparison(case, timings[_OURS], f"build {build}", timings[build], budget)


def _way(sender: "subprocess.Popen[str]", orders: Sequence[str]) -> Way:
    def obey(clock: Stopwatch) -> None:
        with clock:
            for order in orders:
                _tell(sender, order)
        _tell(sender, "rest")

    return obey


def _tell(sender: "subprocess.Popen[str]", order: str) -> None:
    assert sender.stdin
    sender.stdin.write(f"{order}\n")
    sender.stdin.flush()
    _hear(sender)


def _hear(sender: "subprocess.Popen[str]") -> None:
    assert sender.stdout
    if not sender.stdout.readline():
        raise RuntimeError(f"a sender ended by itself: {sender.args!r}")


@contextmanager
def _sender(code: Path) -> "Iterator[subprocess.Popen[str]]":
    """A sender that has the demonstration as its build stores it."""
    with TemporaryDirectory(prefix="kpi-bench-") as folder:
        data = Path(folder) / "data"
        demonstrate(code, data)
        command = [sys.executable, str(_SENDER), str(data)]
        with subprocess.Popen(command, cwd=code, env=environment(code), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sender:
            _hear(sender)
            yield sender
            assert sender.stdin
            sender.stdin.close()
