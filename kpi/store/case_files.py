"""
The kept cases of a ledger: one immutable Parquet file per month, named by the digest of its bytes.

It is the redacted copy that stands for the upload, whose names, telephones and addresses are nowhere kept: the allowed
columns of each case, and in its metadata the figures counted from the whole ledger.  So a month whose cases and figures
are the same gives the same bytes.
"""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from kpi.catalog.ledger import Ledger, Role
from kpi.catalog.organisation import BUREAU
from kpi.workbook.ledgers.cases_on_file import FiledFigures
from kpi.workbook.report import Column, KeptCases, Reading, Report

_KEY, _DAY, _SHEET, _ROW, _SOURCE, _LACKS = "key", "day", "sheet", "row", "source", "lacks"  # besides the columns of the ledger, whose names are Chinese
_METADATA = b"kpi"
_TYPES = {
    Role.CODE: pa.string(),
    Role.DATE: pa.date32(),
    Role.CATEGORY: pa.dictionary(pa.int32(), pa.string()),
    Role.NUMBER: pa.decimal128(22, 6),
    Role.TEXT: pa.string(),
}


def encode(report: Report, ledger: Ledger) -> bytes:
    """The bytes that are kept of a month of a ledger."""
    kept = report.cases
    if kept is None:
        raise ValueError("no ledger")
    columns: dict[str, pa.Array] = {
        _KEY: pa.array(kept.keys, pa.string()),
        _DAY: pa.array(kept.days, pa.date32()),
        _SHEET: pa.array(kept.sheets, pa.string()).dictionary_encode(),
        _ROW: pa.array(kept.rows, pa.int32()),
        _SOURCE: pa.array(kept.sources or [""] * len(kept.keys), pa.string()).dictionary_encode(),
    }
    columns |= {_LACKS: pa.array(kept.lacks, pa.string()).dictionary_encode()} if any(kept.lacks) else {}
    columns |= {name: _array(values, _TYPES[ledger.column(name).role]) for name, values in kept.columns.items()}
    figures = [[r.measure, r.column.value, _number(r), str(r.place), r.as_of.isoformat()] for r in report.readings]
    head = {"ledger": kept.ledger, "office": report.office, "period": str(report.period), "figures": figures}
    head |= {"org": report.org} if report.org != BUREAU else {}
    table = pa.table(columns).replace_schema_metadata({_METADATA: json.dumps(head, ensure_ascii=False).encode()})
    buffer = BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def decode(data: bytes, ledger: Ledger) -> tuple[KeptCases, FiledFigures]:
    """The cases of a month as they are kept, and the figures that were counted from them."""
    table = pq.read_table(BytesIO(data))
    head = json.loads((table.schema.metadata or {})[_METADATA])
    words = {name: table[name].to_pylist() for name in table.column_names}
    columns = {name: values for name, values in words.items() if name not in (_KEY, _DAY, _SHEET, _ROW, _SOURCE, _LACKS)}
    figures = {(measure, Column(column)): (number, date.fromisoformat(as_of)) for measure, column, number, _, as_of in head["figures"]}
    kept = KeptCases(
        ledger.code, words[_KEY], words[_DAY], words[_SHEET], words[_ROW], columns, place="", sources=words.get(_SOURCE, ()), lacks=words.get(_LACKS, ())
    )
    return kept, {key: (f"{Decimal(number).normalize():f}" if number else "", as_of) for key, (number, as_of) in figures.items()}


def decode_keys(data: bytes) -> frozenset[tuple[str, date]]:
    """The keys of the cases of a month, each with its day; those without a key are left out."""
    table = pq.read_table(BytesIO(data), columns=[_KEY, _DAY])
    return frozenset((key, day) for key, day in zip(table[_KEY].to_pylist(), table[_DAY].to_pylist(), strict=True) if key)


def decode_marks(data: bytes) -> list[str]:
    """Of each case of a month the mark of the sheet that brought it; the same empty one where none was kept yet."""
    column = pq.read_table(BytesIO(data), columns=[_SOURCE, _KEY])
    return column[_SOURCE].to_pylist() if _SOURCE in column.column_names else [""] * len(column)


def _number(reading: Reading) -> str:
    """The number of a reading, nothing where it has none yet."""
    return "" if reading.value.number is None else f"{reading.value.number:f}"


def _array(values: Sequence[str | date | Decimal | None], kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)
