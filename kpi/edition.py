"""
Editions (会议版): an organisation's board of a month frozen for a meeting, under a code that can be printed and read out.

What is frozen never changes, whatever is submitted, withdrawn or redefined later; `kpi.drift` says what has become of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from kpi.board import board
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
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
    """An edition and which one of its organisation, month and span it is: 第 2 版."""

    edition: Edition
    number: int
    whose: str  # the name of its organisation, empty where there is but one


def freeze(bureau: Bureau, period: Month, by: str, title: str = "", span: Span = Span.YTD, org: str | None = None) -> Issue:
    """
    Freeze the board of a month as it stands now.

    Args:
        bureau: The bureau.
        period: The month.
        by: Who freezes it.
        title: The occasion.
        span: How many months the values cover.
        org: Whose board, the root's unless told.

    Returns:
        The edition; the one before it, as ``unchanged``, when that holds the same figures.

    Raises:
        RequestError: Nobody is named, the month has no figures, or something came in meanwhile.
        StoreError: The store cannot take it.

    """
    if not by.strip():
        raise RequestError("会议版定稿要写明姓名，姓名会一直留在记录里。")
    known = bureau.store.version
    node = org or bureau.catalog.root
    rows = signalled(bureau, board(bureau, period, span, org=node))
    if all(row.state is State.UNREPORTED for row in rows):
        name = _whose(bureau.catalog, node)
        raise RequestError(f"{name}{' ' if name else ''}{period.chinese}还没有数据，不能定稿；请先导入报表。")
    data = written(period, span, printed(bureau, rows))
    edition = Edition(period, span, title.strip(), sha256(data).hexdigest(), known, bureau.catalog.digest, by.strip(), now(), org=node)
    taken = bureau.store.freeze(edition, data)
    [issue] = [issue for issue in editions(bureau, period) if issue.edition.seq == taken.seq]
    return replace(issue, edition=replace(issue.edition, unchanged=taken.unchanged))


def editions(bureau: Bureau, period: Month | None = None, org: str | None = None) -> list[Issue]:
    """Every edition, or those of a month or of an organisation, the latest first; each with the organisation that is meant today."""
    counted: Counter[tuple[Month, Span, str]] = Counter()
    issues = []
    for edition in bureau.store.editions(period):
        node = bureau.catalog.meant(edition.org)
        counted[edition.period, edition.span, node] += 1
        issues.append(Issue(replace(edition, org=node), counted[edition.period, edition.span, node], _whose(bureau.catalog, node)))
    return [issue for issue in issues[::-1] if org in (None, issue.edition.org)]


def find(bureau: Bureau, code: str, org: str | None = None) -> Issue:
    """
    The edition with a code, as it was printed or read out; the latest, where the same figures were frozen more than once.

    Args:
        bureau: The bureau.
        code: The code, in any case and with any hyphens.
        org: Whose it has to be; anybody's unless told.

    Raises:
        RequestError: There is none, or it is of another organisation.

    """
    found = [issue for issue in editions(bureau) if spelled(issue.edition.code) == spelled(code)]
    if not found:
        raise RequestError(f"没有编号为「{code}」的会议版；请核对编号（里面没有数字 0、1 和字母 I、O），或列出全部会议版查找。")
    of = [issue for issue in found if org in (None, issue.edition.org)]
    if not of:
        asked = _whose(bureau.catalog, org or "")
        raise RequestError(f"会议版 {found[0].edition.code} 是{found[0].whose}的，不是{asked}的；编号已经说明是哪个单位，不必再写单位。")
    return of[0]


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


def printed(bureau: Bureau, rows: Iterable[BoardRow]) -> list[Frozen]:
    """Rows of a board with what they are printed with."""
    digits = {code: indicator.decimals for code, indicator in bureau.catalog.indicators.items()}
    return [Frozen(row, digits[row.indicator], definition(bureau, row.indicator), words.row_sentence(row, digits[row.indicator])) for row in rows]


def _whose(catalog: Catalog, org: str) -> str:
    """The name of an organisation, the code of one that the tree has lost; nothing for the bureau that stands alone."""
    return catalog.called(None, org) or ("" if org == catalog.root else org)
