"""Every byte of a data folder as text, and which planted marks stand there."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

from kpi.bureau import LiveBureau
from tests.privacy.marks import Mark

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def pieces(folder: Path, bureau: LiveBureau) -> Iterator[tuple[str, bytes]]:
    """Where and what: the bytes of each file, and unpacked what is packed in them."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield f"{name} (name)", name.encode()
            data = path.read_bytes()
            yield name, data
            if data.startswith(b"PAR1"):
                yield f"{name} (rows)", repr(pq.read_table(path).to_pylist()).encode()
                yield f"{name} (head)", b" ".join(key + value for key, value in (pq.read_schema(path).metadata or {}).items())
            if data.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(data)) as container:
                    yield from ((f"{name}/{entry}", container.read(entry)) for entry in container.namelist())
    for (table,) in bureau.store.rows("select table_name from duckdb_tables()"):
        yield f"table {table}", repr(bureau.store.rows(f"select * from {table}")).encode()


def found(marks: Iterable[Mark], searched: Iterable[tuple[str, bytes]]) -> list[str]:
    """Each mark that stands somewhere, and where."""
    traces = [(mark, {trace.encode(encoding) for trace in mark.traces for encoding in _ENCODINGS}) for mark in marks]
    return [f"{mark.kind} 「{mark.text}」 in {where}" for where, data in searched for mark, forms in traces if any(form in data for form in forms)]
