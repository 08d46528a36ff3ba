"""
What is set aside: an entry of the log that cannot be read, or whose figures cannot be computed.

The store opens without it and says so, by number, file, office and month, with what to do; at each opening it is tried
again, so that a file restored or a figure corrected since brings it back.
"""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.store.gaps import whose
from kpi.store.logged import Entered, Logged

FAULTS_OF_ENTRIES = (duckdb.DataError, duckdb.IntegrityError, pa.ArrowException, ArithmeticError, LookupError, TypeError, ValueError)
_NAMED = 5  # numbers and names that a sentence can hold


class IncomputableError(Exception):
    """What was logged cannot be brought into the tables, whatever the state of the disk."""


def unreadable(number: int, why: str, about: str = "") -> str:
    """The sentence about an entry whose files are missing or damaged; why names the file and the way out, about is office and month."""
    return f"第 {number} 号{f'报送（{about}）' if about else ''}没有计入，其余数据照常：{why}"


def incomputable(entry: Entered, catalog: Catalog, error: IncomputableError) -> str:
    """The sentence about an entry whose figures cannot be computed."""
    if not isinstance(entry, Logged):
        return f"日志第 {entry.seq} 号没有计入，其余数据照常：{_cause(error)}；请核对日志。"
    batch = entry.batch
    why = f"其中的数太大，不能合计{_largest(batch.facts)}" if isinstance(error.__cause__, duckdb.DataError) else _cause(error)
    about = f"「{batch.file}」，{whose(catalog, batch.office, str(batch.period), batch.org)}"
    return f"第 {entry.seq} 号报送（{about}）没有计入，其余数据照常：{why}；请该科室改正后重新报送这个月的报表。"


def unknown(measures: Sequence[str], numbers: Sequence[int]) -> str:
    """The sentence about figures of measures that the catalogue in force does not have."""
    names = "、".join(f"「{code}」" for code in measures[:_NAMED]) + (f"等 {len(measures)} 个" if len(measures) > _NAMED else "")
    where = "、".join(map(str, numbers[:_NAMED])) + (f" 等 {len(numbers)} 份" if len(numbers) > _NAMED else " 号")
    return f"指标目录里没有数据项{names}，第 {where}报送中的这些数没有计入；请核对指标目录。"


def _cause(error: IncomputableError) -> str:
    return f"内容不能用（{str(error.__cause__).splitlines()[0]}）"


def _largest(facts: pa.Table) -> str:
    """The cell of the largest figure, which is the likeliest to be wrong."""
    cells = zip(*(facts[name].to_pylist() for name in ("value", "sheet", "cell", "raw")), strict=True)
    value, sheet, cell, raw = max(((abs(value or Decimal(0)), *rest) for value, *rest in cells), default=(0, "", "", ""))
    return f"（最大的是 {sheet}!{cell} 的「{raw}」）" if value else ""
