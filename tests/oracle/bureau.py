"""A store filled with a log, and its board beside that of the model: every difference in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from kpi.bureau import LiveBureau, open_bureau, rebuild_store
from kpi.compute.flat_row import field_of
from kpi.compute.row import BoardRow
from kpi.figures.indicators import indicators
from kpi.period import Month, Span, months
from kpi.place import Place
from kpi.review.scoring import score
from kpi.store.decision import Act, Decision
from kpi.store.submission import Accepted
from kpi.workbook.report import Column, Reading, Report
from tests.oracle.model.definitions import Definitions, read
from tests.oracle.model.log import Cells, Entry, Sent, Withdrawn
from tests.oracle.model.row import Model, Row
from tests.oracle.reporter import FIRST, LAST

CATALOG = Path(__file__).with_name("catalog")
SPANS = (Span.YTD, Span.MONTH, Span.QUARTER, Span.HALF)
_AT = datetime(2025, 1, 6, 9)  # noqa: DTZ001  # local time, as the store keeps it


@dataclass
class Comparison:
    """What was compared, and what differs."""

    figures: int = 0  # values, values of last year and changes between, absent ones included
    numbers: int = 0  # those of them that are numbers
    verdicts: int = 0
    differences: list["Difference"] = field(default_factory=list)

    def add(self, other: "Comparison") -> None:
        self.figures += other.figures
        self.numbers += other.numbers
        self.verdicts += other.verdicts
        self.differences += other.differences


@dataclass(frozen=True)
class Difference:
    """One field of one row."""

    org: str
    code: str
    month: Month
    span: Span
    name: str
    product: object
    model: object

    def __str__(self) -> str:
        return f"{self.org} {self.month} {self.code} {self.span.chinese} {self.name}: product {_plain(self.product)}, model {_plain(self.model)}"


def definitions() -> Definitions:
    return read(CATALOG)


def fill(bureau: LiveBureau, entries: Sequence[Entry]) -> None:
    """Enter a log: what is sent in runs, what is taken back one by one."""
    waiting: list[Accepted] = []
    for number, entry in enumerate(entries):
        if isinstance(entry, Sent):
            waiting.append(_accepted(entry, number))
        else:
            bureau.store.commit(waiting, _AT)
            waiting = []
            _take_back(bureau, entry)
    bureau.store.commit(waiting, _AT)


def _take_back(bureau: LiveBureau, entry: Withdrawn) -> None:
    key = (entry.org, entry.office, entry.month)
    [stands] = [one for one in bureau.store.current_submissions() if (one.org, one.office, one.period) == key]
    bureau.store.decide(Decision(Act.WITHDRAW, entry.month, entry.office, stands.seq, "王统计", _AT, "报错了", org=entry.org))


def _accepted(entry: Sent, number: int) -> Accepted:
    readings = tuple(
        Reading(code, column, getattr(cells, column.value), Place("月报表", f"{letter}{row}"), "", cells.day)
        for row, (code, cells) in enumerate(entry.cells.items(), start=6)
        for column, letter in zip(Column, "CDE", strict=True)
    )
    report = Report(entry.office, entry.month, readings, {}, (), org=entry.org)
    return Accepted(report, repr((number, entry)).encode(), f"{entry.org}-{entry.office}-{entry.month}-{number}.xlsx", "王统计", "", ())


@contextmanager
def filled(folder: Path, entries: Sequence[Entry]) -> Iterator[LiveBureau]:
    """An open bureau that holds a log."""
    with open_bureau(folder, CATALOG) as bureau:
        fill(bureau, entries)
        yield bureau


def rebuilt(folder: Path) -> None:
    """The database made again from the log."""
    rebuild_store(folder, CATALOG)


def compare(
    bureau: LiveBureau,
    model: Model,
    spans: Sequence[Span] = SPANS,
    orgs: Sequence[str] = (),
    points: Sequence[Month] = months(FIRST, LAST),
    codes: Sequence[str] = (),
) -> Comparison:
    """Every month, organisation, indicator and span, or those that are named."""
    found = Comparison()
    for org in orgs or tuple(model.definitions.leaves):
        for span in spans:
            rows = indicators(bureau.store, bureau.catalog, points, codes or list(model.definitions.indicators), span, org)
            earned = {(one.row.period, one.row.indicator): one.points for board in _boards(rows) for one in score(bureau, board)} if span is Span.YTD else {}
            for row in rows:
                _compare_row(found, row, model.row(org, row.indicator, row.period, span), span, earned.get((row.period, row.indicator)))
    return found


def _boards(rows: Sequence[BoardRow]) -> list[list[BoardRow]]:
    """The rows of each month."""
    return [[row for row in rows if row.period == month] for month in dict.fromkeys(row.period for row in rows)]


def _compare_row(found: Comparison, row: BoardRow, expected: Row, span: Span, points: object) -> None:
    names = ["state", "value", "yoy", "missing", "counted"]
    if expected.value is not None:  # else one part alone may be known
        names += ["numerator", "low", "high", "prior_value", "prior_missing", "compared"]
    if expected.value is not None and row.indicator != "death_rate":  # of a rate per year it is multiplied with days
        names.append("denominator")
    pairs = [(name, field_of(row, name), getattr(expected, name)) for name in names]
    pairs += [("status", row.status.value, expected.status), ("points", points, expected.points)]
    figures = [own for name, _, own in pairs if name in ("value", "prior_value", "yoy")]
    found.figures += len(figures)
    found.numbers += sum(own is not None for own in figures)
    found.verdicts += expected.status != "无目标"
    for name, product, own in pairs:
        if not same(product, own):
            found.differences.append(Difference(row.org, row.indicator, row.period, span, name, product, own))


def same(product: object, own: object) -> bool:
    """Equal, a number to every digit that a quotient of 28 digits can have."""
    if isinstance(own, Fraction) and isinstance(product, Decimal):
        return abs(Fraction(product) - own) <= max(abs(own), Fraction(1)) / 10**22
    return product == own


def words(entry: Entry, measures: Sequence[str] = ()) -> str:
    """An entry as one would tell it."""
    if isinstance(entry, Withdrawn):
        return f"{entry.org} {entry.office} {entry.month}: 撤回"
    told = [
        f"{code} {_cells(cells)}"
        for code, cells in entry.cells.items()
        if not (cells.blank and cells.prior.number is None) and (not measures or code in measures)
    ]
    return f"{entry.org} {entry.office} {entry.month}: {'；'.join(told) or '全空'}"


def _cells(cells: Cells) -> str:
    figures = [("本月", cells.month), ("累计", cells.ytd), ("上年", cells.prior)]
    texts = [
        f"{head} {value.qualifier.value.replace('=', '')}{value.number if value.number is not None else value.state.value}"
        for head, value in figures
        if value.number is not None or value.state.value != "未报"
    ]
    return f"{' '.join(texts)}（至 {cells.day:%m-%d}）"


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "无"
    return f"{float(value):.6g} ({value})" if isinstance(value, Fraction) else str(value)
