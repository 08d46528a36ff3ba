"""Who has reported (报送情况): every sheet owed for a month, in time, late, or still missing; and the 催报 list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import product

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.filing.deadline import due_date, is_provisional
from kpi.finding import Severity
from kpi.period import Month
from kpi.store import clock
from kpi.store.submission import Submission
from kpi.validation.renamed_sheets import filed_under_unknown


class Arrival(StrEnum):
    """Where a sheet stands on a day; the order is the order of urgency."""

    OVERDUE = "逾期未报"
    PENDING = "未到期"
    LATE = "迟报"
    ON_TIME = "按时"


@dataclass(frozen=True, slots=True)
class Owed:
    """One sheet that an office of an organisation owes for a month."""

    org: str
    org_name: str  # as it is printed: empty where there is but one
    office: str
    name: str  # of the office
    template: str
    period: Month
    due: date
    received: datetime | None  # when the first submission came that was not withdrawn; a later correction is not late
    current: Submission | None  # the one in force
    state: Arrival
    days: int  # late or overdue by so many days
    findings_open: int  # 请核对 that the submission in force was accepted with
    ledgers: tuple[str, ...] = ()  # the names of the office's ledgers in force for the month; the sheet is owed besides
    referred: bool = False  # it waits for somebody to accept it
    renamed: tuple[int, ...] = ()  # the submissions of its measures by an office or of a template that the catalogue no longer has

    @property
    def referred_words(self) -> str:
        """That it waits for somebody to accept it; else empty."""
        return "（已送审，等审核）" if self.referred else ""

    @property
    def ledger_words(self) -> str:
        """That a ledger came although the sheet did not; else empty."""
        return f"（{'、'.join(self.ledgers)}已报，还差这张报表）" if self.ledgers and self.received is None else ""

    @property
    def provisional(self) -> bool:
        """Whether the day it is due may still move, as the holidays of that year are not published."""
        return is_provisional(self.due)

    @property
    def due_words(self) -> str:
        """The day it is due: 2023-12-05, 2027-02-05（暂定）."""
        return f"{self.due.isoformat()}（暂定）" if self.provisional else self.due.isoformat()

    @property
    def state_words(self) -> str:
        """The bare state: 迟报, 迟报（暂定）."""
        return f"{self.state.value}（暂定）" if self.provisional else self.state.value

    @property
    def words(self) -> str:
        """The state in words: 迟报 3 天, 12 月 5 日到期, 按暂定期限逾期 2 天未报."""
        return f"{'按暂定期限' if self.provisional else ''}{self._words}{self.renamed_words if self.received is None else ''}"

    @property
    def renamed_words(self) -> str:
        """That the figures are on file under a name that the catalogue no longer has, and what to do; else empty."""
        numbers = "、".join(map(str, self.renamed))
        return f"（在库的第 {numbers} 号报送有它的数，科室或报表的代码改过，对不上；请在指标目录里改回代码，或撤回后重新报送）" if numbers else ""

    @property
    def _words(self) -> str:
        match self.state:
            case Arrival.OVERDUE:
                return f"逾期 {self.days} 天未报"
            case Arrival.LATE:
                return f"迟报 {self.days} 天"
            case Arrival.PENDING:
                return f"{self.due.month} 月 {self.due.day} 日到期"
            case Arrival.ON_TIME:
                return "按时报送"


def completeness(bureau: Bureau, period: Month, today: date | None = None, org: str | None = None) -> list[Owed]:
    """
    Every sheet that is owed for a month, in the order of the organisations and then of the offices.

    Args:
        bureau: The bureau.
        period: The month.
        today: The day to judge by; else the clock's.
        org: Only those of the organisations at or below this one.

    Whoever is not yet set up, or dissolved already, owes nothing.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """
    bureau.require(Right.READ, org)
    catalog, day = bureau.catalog, today or clock.today()
    in_force = bureau.store.current_submissions(period)
    current = {(submission.org, submission.office, submission.template): submission for submission in in_force}
    received, renamed, referred = _first_received(bureau, period), _renamed(bureau, in_force), bureau.store.referred_sheets()
    offices = sorted(catalog.offices_in(period), key=lambda office: office.order)
    dues = {office.code: due_date(period, office.due_day) for office in offices}
    owed = []
    for leaf, office in product(catalog.leaves(org or catalog.root, period, period), offices):
        sheet = leaf, office.code, office.template
        state, days = _arrival(received.get(sheet), dues[office.code], day)
        submission = current.get(sheet)
        owed.append(
            Owed(
                org=leaf,
                org_name=catalog.called(None, leaf),
                office=office.code,
                name=office.name,
                template=office.template,
                period=period,
                due=dues[office.code],
                received=received.get(sheet),
                current=submission,
                state=state,
                days=days,
                findings_open=sum(finding.severity is Severity.CHECK for finding in submission.findings) if submission else 0,
                ledgers=tuple(ledger.name for ledger in catalog.ledgers.values() if (leaf, office.code, ledger.code) in current),
                referred=(leaf, office.code, period, office.template) in referred,
                renamed=renamed.get((leaf, office.code), ()),
            )
        )
    return owed


def _first_received(bureau: Bureau, period: Month) -> dict[tuple[str, str, str], datetime]:
    """When the first submission that was not withdrawn came, by organisation, office and template."""
    withdrawn = {decision.submission for decision in bureau.store.decisions(period)}
    first: dict[tuple[str, str, str], datetime] = {}
    for submission in bureau.store.submissions(period):
        if submission.seq not in withdrawn:
            first.setdefault((submission.org, submission.office, submission.template), submission.sent_at)
    return first


def _arrival(received: datetime | None, due: date, today: date) -> tuple[Arrival, int]:
    """Where a sheet stands on a day, and by how many days it is late or overdue."""
    days = ((received.date() if received else today) - due).days
    if received:
        return (Arrival.LATE if days > 0 else Arrival.ON_TIME), max(days, 0)
    return (Arrival.OVERDUE if days > 0 else Arrival.PENDING), max(days, 0)


def _renamed(bureau: Bureau, filed: Iterable[Submission]) -> dict[tuple[str, str], tuple[int, ...]]:
    """By organisation and office the numbers of submissions that state its measures under a name that the catalogue no longer has."""
    renamed: dict[tuple[str, str], tuple[int, ...]] = {}
    for submission, _, measures in filed_under_unknown(bureau.store, bureau.catalog, filed):
        for office in {bureau.catalog.measures[code].office for code in measures if code in bureau.catalog.measures}:
            renamed[submission.org, office] = (*renamed.get((submission.org, office), ()), submission.seq)
    return renamed


def provisional_words(rows: Iterable[Owed]) -> str:
    """Why deadlines are provisional, as a sentence; empty when none is."""
    years = sorted({row.due.year for row in rows if row.provisional})
    return f"国务院办公厅的 {'、'.join(map(str, years))} 年节假日安排尚未收入本系统，应报日只避开了周末，是暂定的。" if years else ""


def reminder(rows: Iterable[Owed]) -> str:
    """
    The 催报 list, as a text to copy into a message; empty when nothing is missing.

    What waits for somebody to accept it is not asked for.  Those who are overdue come first, the longest overdue on top, then those whose day is still to come.
    """
    missing = sorted((row for row in rows if row.received is None and not row.referred), key=lambda row: (row.state is not Arrival.OVERDUE, row.due))
    lines = [
        f"{i}. {row.org_name}{row.name}：《{row.template}》（{row.period.chinese}），期限 {row.due_words}，{row.words}{row.ledger_words}"
        for i, row in enumerate(missing, start=1)
    ]
    if not lines:
        return ""
    return "\n".join(
        [f"以下 {len(lines)} 份报表尚未收到，请尽快报送：", *lines, "报送方法：在看板「报表导入」页上传；没有数的格写明未报、未开展等情形，不填 0。"]
    )
