"""The store: keeping submissions for good, opening it, and making the database anew from its batches."""

import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq

from bench import sending
from bench.material import NOTE, Material
from bench.measure import Stopwatch, race
from bench.results import Comparison
from kpi.catalog.model import Catalog
from kpi.figures.definitions import definitions
from kpi.store.database import Store, rebuild
from kpi.store.refresh import Definitions
from kpi.store.submission import Accepted
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.process.parser import Parser

ROUNDS = 7
_ENTRY = 300  # bytes of a log entry


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """One submission, all of them, opening and rebuilding."""
    tables = definitions(material.catalog)
    everything = _accepted(material.catalog, material.files)
    yield from _commit_one(material, tables, rounds)
    yield from sending.measure(2 * rounds)
    yield from _commit_all(material, tables, everything, rounds)
    with material.store() as data, material.store() as other:
        yield from _open(material, tables, data, other, len(everything), rounds)
        yield from _rebuild(material, tables, data, other, len(everything), rounds)


def _commit_one(material: Material, tables: Definitions, rounds: int) -> Iterator[Comparison]:
    (largest,) = _accepted(material.catalog, [material.file(material.largest)])
    with material.store() as data, Store.open(data, material.catalog, tables) as store, TemporaryDirectory(prefix="kpi-bench-") as plain:
        numbers = count()

        def commit(clock: Stopwatch) -> None:
            item = _changed(largest, next(numbers))
            with clock:
                store.commit([item])
            store.submissions()  # once the tables have it, which is what the next one would meet

        def files_alone(clock: Stopwatch) -> None:
            with clock:
                _keep(Path(plain), [largest.data], next(numbers))

        timings = race({"ours": commit, "files": files_alone}, 3 * rounds, warm_ups=2)
    yield Comparison("commit 1", timings["ours"], "its three files, forced to disk", timings["files"])


def _commit_all(material: Material, tables: Definitions, everything: Sequence[Accepted], rounds: int) -> Iterator[Comparison]:
    def commit(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as fresh, Store.open(Path(fresh), material.catalog, tables) as store, clock:
            store.commit(everything)
            store.submissions()  # and brought into the tables

    def files_alone(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as plain, clock:
            _keep(Path(plain), [item.data for item in everything], 0)

    timings = race({"ours": commit, "files": files_alone}, rounds)
    yield Comparison(f"commit {len(everything)} at once", timings["ours"], "their files, forced to disk", timings["files"])


def _open(material: Material, tables: Definitions, data: Path, other: Path, logged: int, rounds: int) -> Iterator[Comparison]:
    def opening(clock: Stopwatch) -> None:
        with clock:
            store = Store.open(data, material.catalog, tables)
        store.close()

    def bare_opening(clock: Stopwatch) -> None:
        with clock:
            connection = duckdb.connect(str(other / "kpi.duckdb"), config={"threads": 2})
            connection.execute("select count(*) from submission").fetchall()
        connection.close()

    timings = race({"ours": opening, "bare": bare_opening}, rounds)
    yield Comparison(f"open, {logged} in the log", timings["ours"], "DuckDB connect and count", timings["bare"])


def _rebuild(material: Material, tables: Definitions, data: Path, other: Path, logged: int, rounds: int) -> Iterator[Comparison]:
    def building(clock: Stopwatch) -> None:
        with clock:
            rebuild(data, material.catalog, tables)
        for replaced in data.glob("kpi.duckdb.replaced*"):
            replaced.unlink()

    def reading_batches(clock: Stopwatch) -> None:
        with clock:
            for path in (other / "batches").rglob("*.parquet"):
                pq.read_table(path)

    timings = race({"ours": building, "reading": reading_batches}, rounds)
    yield Comparison(f"rebuild from {logged} batches", timings["ours"], "reading the batches alone", timings["reading"])


def _accepted(catalog: Catalog, files: Sequence[Path]) -> list[Accepted]:
    """The files read, as the store gets them."""
    with Parser() as parser:
        accepted = []
        for path in files:
            data = path.read_bytes()
            [report] = read_reports(parser.parse(data, path.name), catalog)
            accepted.append(Accepted(report, data, path.name, "bench", NOTE, ()))
        return accepted


def _changed(item: Accepted, number: int) -> Accepted:
    """The same report in other bytes, so that it is a correction and not the same upload again."""
    return Accepted(item.report, item.data + f"{number}".encode(), item.file, item.by, item.note, item.findings)


def _keep(folder: Path, uploads: Sequence[bytes], number: int) -> None:
    """
    What keeping costs before any database: upload, batch and log entry, each whole or absent after a power cut.

    The batch is taken to be as large as the upload.
    """
    for place, data in enumerate(uploads):
        for kind, content in (("upload", data), ("batch", data), ("log", data[:_ENTRY])):
            path = folder / f"{number}-{place}.{kind}"
            partial = path.with_suffix(".partial")
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
