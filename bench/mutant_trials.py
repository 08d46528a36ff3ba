"""A copy of the tree in which mutants are tried one after the other, by the tests that can notice them."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from bench.mutant_kinds import Mutant

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "time limit"
_PARTS = ("kpi", "pages", "bench", "tests", "data", "docs", "app.py", "pyproject.toml", "GLOSSARY.md", "README.md", "CHANGELOG.md")
_WIDE = (
    "tests/oracle/test_random.py",
    "tests/kpi/review/test_rollup.py",
    "tests/test_indicators_page.py",
    "tests/kpi/review/test_changing_tree.py",
    "tests/soundness",
)
# of each room the tests beside it, and those of the figures and words that it ends in; the quick ones first
TESTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "kpi/compute": (("tests/kpi/compute",), ("tests/kpi/figures", *_WIDE)),
    "kpi/figures": (("tests/kpi/figures", "tests/kpi/review/test_prospects.py"), _WIDE),
    "kpi/store/sql": (
        ("tests/kpi/figures", "tests/kpi/store/test_figure.py", "tests/kpi/store/test_database.py"),
        (*_WIDE, "tests/kpi/filing/test_orgs.py", "tests/pages/test_demo_end.py"),
    ),
    "kpi/validation": (("tests/kpi/validation",), ("tests/kpi/filing/test_intake.py", "tests/kpi/filing/test_orgs.py", "tests/soundness")),
}
_FILLS_THE_DEMONSTRATION = ("test_demo.py", "test_batch_records.py")  # half a minute each, before their first test
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
_PASSED, _NO_TESTS = 0, 5  # what pytest exits with


class Copy:
    """A copy of what tests need."""

    def __init__(self, root: Path, folder: Path, limit: int) -> None:
        self._root, self._folder, self._limit = root, folder, limit
        self._written = 0
        for name in _PARTS:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                folder.mkdir(exist_ok=True)
                shutil.copyfile(root / name, folder / name)

    def failing(self, tests: Iterable[str], jobs: int) -> tuple[str, ...]:
        """Those of the tests that fail in the copy as it is, and so tell nothing of a mutant."""
        code, printed = self._run("-n", str(jobs), "--dist", "loadfile", *sorted(set(tests)), limit=None)
        failed = tuple(_FAILED.findall(printed))
        if code not in (_PASSED, _NO_TESTS) and not failed:
            raise RuntimeError(f"the tests do not run without a mutant:\n{printed}")
        return failed

    def outcome(self, mutant: Mutant, several: Iterable[Sequence[str]], left_out: Iterable[str]) -> str:
        """What becomes of a mutant under several runs of tests, one after the other; the file is afterwards as it was."""
        text = (self._root / mutant.path).read_text(encoding="utf-8")
        self._write(mutant.path, mutant.applied(text))
        try:
            for tests in several:
                code, _ = self._run("-n", "0", "-x", *(f"--deselect={name}" for name in left_out), *tests, limit=self._limit)
                if code is None:
                    return TIMED_OUT
                if code not in (_PASSED, _NO_TESTS):
                    return KILLED
            return SURVIVED
        finally:
            self._write(mutant.path, text)

    def _write(self, path: str, text: str) -> None:
        """Each text gets a time of its own, so that no compiled file of another one counts."""
        self._written += 1
        target = self._folder / path
        target.write_text(text, encoding="utf-8")
        os.utime(target, (self._written * 10, self._written * 10))

    def _run(self, *options: str, limit: int | None) -> tuple[int | None, str]:
        """The exit code of pytest, None where it did not end in time, and what it printed."""
        without = [f"--ignore-glob=*/{name}" for name in _FILLS_THE_DEMONSTRATION]
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-rfE", "-m", "not browser", *without, *options],
            cwd=self._folder,
            env=os.environ | {"CI": "1", "PYTHONPATH": str(self._folder)},  # hypothesis draws the same examples each time
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, ""
        return process.returncode, printed


@cache
def tiers(root: Path, path: str) -> tuple[tuple[str, ...], ...]:
    """The tests for a file: first those named after it or that import it by name, without a store of their own; then those of its room; then the wide ones."""
    room, stem = path.rpartition("/")[0], Path(path).stem
    module = path.removesuffix(".py").replace("/", ".")
    beside, wide = TESTS[room]
    near = [test for test in _test_files(root) if Path(test).stem == f"test_{stem}" or module in _imported(root / test)]
    first = tuple(test for test in near if test.startswith(beside))
    return (*([first] if first else []), beside, wide)


@cache
def _test_files(root: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(root).as_posix() for path in (root / "tests").rglob("test_*.py")))


@cache
def _imported(file: Path) -> frozenset[str]:
    """The modules that a file imports."""
    return frozenset(_names(ast.parse(file.read_text(encoding="utf-8"))))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
