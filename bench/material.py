"""
What is measured on: the demonstration's workbooks as files, and a store that has taken them in.

Both are made once, through the same intake as any others, before a clock is started.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.demo.fill import fill
from kpi.demo.workbooks import workbooks
from kpi.filing import intake
from kpi.period import Month
from kpi.store.submission import Submission

MONTH = Month(2023, 11)  # the month of the published summary: every office has figures and most indicators a target
NOTE = "测速"
BUILD = "3e08f2d"  # the build before the pages of today


class Material:
    """Files and filled data folders below one folder; what lies there from an earlier run with the same catalogue is used again."""

    def __init__(self, folder: Path, build: str = BUILD) -> None:
        self.build = build  # the commit beside whose pages ours are measured
        self.catalog: Catalog = load.load(load.DEFAULT)
        self.folder = folder
        self._folder = folder / self.catalog.digest[:12]
        self._folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def files(self) -> list[Path]:
        """The 437 workbooks, 19 offices in 23 months, in the order in which they would have come in."""
        folder = self._folder / "workbooks"
        if not folder.is_dir():
            partial = self._folder / "workbooks.partial"
            partial.mkdir(exist_ok=True)
            for name, _, _, data in workbooks(self.catalog):
                (partial / name).write_bytes(data)
            partial.rename(folder)
        return sorted(folder.iterdir())

    @cached_property
    def filled(self) -> Path:
        """A data folder that holds them all; closed, and only to be copied from."""
        return self._filled("data", lambda bureau: take_in(bureau, self.files))

    @cached_property
    def filled_before(self) -> Path:
        """The same without `MONTH`."""
        return self._filled("before", lambda bureau: take_in(bureau, [path for path in self.files if path not in self.month]))

    @cached_property
    def month(self) -> list[Path]:
        """The workbooks of `MONTH`, one of each office."""
        return [path for path in self.files if path.name.startswith(str(MONTH))]

    def _filled(self, name: str, fill: Callable[[LiveBureau], object]) -> Path:
        folder, partial = self._folder / name, self._folder / f"{name}.partial"
        if not folder.is_dir():
            shutil.rmtree(partial, ignore_errors=True)
            with open_bureau(partial, load.DEFAULT) as bureau:
                fill(bureau)
            partial.rename(folder)
        open_bureau(folder, load.DEFAULT).close()  # one kept from an earlier run may have to be made anew
        return folder

    @cached_property
    def demonstrated(self) -> Path:
        """A data folder filled as ``kpi demo`` does it, whose pages say that it is fictional; closed, and only to be copied from."""
        return self._filled("demonstration", fill)

    @property
    def largest(self) -> str:
        """The office that owes most."""
        return max(self.catalog.offices, key=lambda office: len(self.catalog.office_measures(office)))

    def file(self, office: str) -> Path:
        """The workbook of an office for `MONTH`."""
        return next(path for path in self.files if path.name == f"{MONTH}_{self.catalog.offices[office].template}.xlsx")

    @contextmanager
    def store(self, filled: Path | None = None) -> Iterator[Path]:
        """A filled data folder of one's own, with every month unless told."""
        with TemporaryDirectory(prefix="kpi-bench-") as folder:
            yield Path(shutil.copytree(filled or self.filled, Path(folder) / "data"))


def take_in(bureau: LiveBureau, files: list[Path]) -> list[Submission]:
    """Files into the store, as 报表导入 does it."""
    prepared = intake.prepare(bureau, [intake.Upload(path.name, path.read_bytes()) for path in files])
    return intake.accept(bureau, prepared, "bench", NOTE)
