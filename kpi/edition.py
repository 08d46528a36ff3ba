"""
Editions (会议版): the board of a month frozen for a meeting, under a code that can be printed and read out.

What is frozen never changes, whatever is submitted, withdrawn or redefined later; `kpi.drift` says what has become of it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256

from kpi.board import board
from kpi.bureau import Bureau
from kpi.compute.frozen import Frozen, thaw
from kpi.compute.frozen import freeze as written
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.outlook import signalled
from kpi.period import Month, Span
from kpi.present import formulas, words
from kpi.store.clock import now
from kpi.store.edition import Edition, spelled
from kpi.value import State


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition and which one of its month and span it is: 第 2 版."""

    edition: Edition
    number: int


def freeze(bureau: Bureau, period: Month, by: str, title: str = "", span: Span = Span.YTD) -> Issue:
    """
    Freeze the board of a month as it stands now.

    Args:
        bureau: The bureau.
        period: The month.
        by: Who freezes it.
        title: The occasion.
        span: How many months the values cover.

    Returns:
        The edition; the one before it, as ``unchanged``, when that holds the same figures.

    Raises:
        RequestError: Nobody is named, the month has no figures, or something came in meanwhile.
        StoreError: The store cannot take it.

    """
    if not by.strip():
        raise RequestError("会议版定稿要写明姓名，姓名会一直留在记录里。")
    known = bureau.store.version
    rows = signalled(bureau, board(bureau, period, span))
    if all(row.state is State.UNREPORTED for row in rows):
        raise RequestError(f"{period.chinese}还没有数据，不能定稿；请先导入报表。")
    data = written(period, span, [_frozen(bureau, row) for row in rows])
    edition = Edition(period, span, title.strip(), sha256(data).hexdigest(), known, bureau.catalog.digest, by.strip(), now())
    taken = bureau.store.freeze(edition, data)
    [issue] = [issue for issue in editions(bureau, period) if issue.edition.seq == taken.seq]
    return replace(issue, edition=taken)


def editions(bureau: Bureau, period: Month | None = None) -> list[Issue]:
    """Every edition, or those of a month, the latest first."""
    counted: Counter[tuple[Month, Span]] = Counter()
    issues = []
    for edition in bureau.store.editions(period):
        counted[edition.period, edition.span] += 1
        issues.append(Issue(edition, counted[edition.period, edition.span]))
    return issues[::-1]


def find(bureau: Bureau, code: str) -> Issue:
    """
    The edition with a code, as it was printed or read out; the latest, where the same figures were frozen more than once.

    Raises:
        RequestError: There is none.

    """
    for issue in editions(bureau):
        if spelled(issue.edition.code) == spelled(code):
            return issue
    raise RequestError(f"没有编号为「{code}」的会议版；请核对编号（里面没有数字 0、1 和字母 I、O），或列出全部会议版查找。")


def shown(bureau: Bureau, edition: Edition) -> list[Frozen]:
    """
    The rows of an edition, exactly as they were shown.

    Raises:
        StoreError: Their file is missing or damaged.

    """
    return thaw(bureau.store.frozen(edition))


def definition(bureau: Bureau, code: str) -> str:
    """How an indicator is computed, in words; what an edition keeps of it."""
    return formulas.indicator(bureau.catalog.indicators[code], bureau.catalog.measures)


def _frozen(bureau: Bureau, row: BoardRow) -> Frozen:
    decimals = bureau.catalog.indicators[row.indicator].decimals
    return Frozen(row, decimals, definition(bureau, row.indicator), words.row_sentence(row, decimals))
