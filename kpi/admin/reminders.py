"""
Notices (通知): what an office has to do that it may not know of, each in one sentence without a figure.

A sheet that is owed, a follow-up that is late, a file of the inbox that waits.  Each is asked of what lists it anyway (报送情况,
督办, 收件箱), to which it leads; none is kept here.  What else is to be told, a sheet that was returned for one, is a line in
`SOURCES`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kpi.access.caller import WITHOUT_LOGIN
from kpi.access.roles import Right
from kpi.admin.inbox_watch import inbox_watch
from kpi.bureau import Bureau, LiveBureau
from kpi.compute.follow_up_course import FollowUpStatus
from kpi.errors import RequestError
from kpi.filing.completeness import Arrival, completeness
from kpi.filing.inbox_folder import owner_of
from kpi.filing.inbox_record import InboxOutcome
from kpi.filing.two_steps import two_steps
from kpi.meeting.follow_ups import follow_ups
from kpi.period import Month
from kpi.review.board import periods

_SOON = timedelta(days=3)  # before a sheet is due
_MONTHS = 2  # that are over, of which sheets are asked for


class ReminderKind(StrEnum):
    """What is to be done; the order is the order of urgency."""

    OVERDUE = "报表逾期"
    FOLLOW_UP = "督办逾期"
    RETURNED = "报送退回"
    INBOX = "收件箱待办"
    DUE = "报表将到期"
    FOLLOW_UP_SOON = "督办将到期"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that an office has to do."""

    kind: ReminderKind
    org: str  # of which organisation; empty where nothing says so
    office: str  # its code; empty: of every office of the organisation
    name: str  # as people call it
    matter: str  # what tells it from others, the same from day to day
    text: str
    page: str  # the address of the page that lists it
    period: str = ""  # of which month, where the page has months

    @property
    def key(self) -> str:
        """What it is known by in the record of what was sent."""
        return f"{self.kind.name} {self.org} {self.office} {self.matter}"


ReminderSource = Callable[[Bureau, date], Iterator[Reminder]]


def reminders(bureau: LiveBureau, day: date) -> list[Reminder]:
    """
    All that is to be told on a day of the organisations that the caller looks after, the most urgent first.

    Raises:
        DeniedError: The caller may not send notices.

    """
    bureau.require(Right.REMIND, bureau.caller.org or None)
    return _below(bureau, everything(bureau, day))


def own_reminders(bureau: Bureau, known: Iterable[Reminder]) -> list[Reminder]:
    """Of all that is to be told, what concerns the caller: of a 填报员 what the own office has to do, of who sends notices all."""
    caller = bureau.caller
    if caller.may(Right.REMIND):
        return _below(bureau, known)
    if not caller.may(Right.SUBMIT):
        return []
    return [reminder for reminder in _below(bureau, known) if not caller.office or reminder.office in ("", caller.office)]


def everything(bureau: LiveBureau, day: date) -> list[Reminder]:
    """All that is to be told on a day, the most urgent first, whoever asks: nobody is given it as it is."""
    return ordered([*of_the_data(bureau, day), *of_the_moment(bureau, day)])


def of_the_moment(bureau: LiveBureau, day: date) -> list[Reminder]:
    """What lies beside the data and may be another at the next moment: what was returned, and the inbox."""
    return [*returned_sheets(bureau, day), *inbox_files(bureau, day)]


def of_the_data(bureau: Bureau, day: date) -> list[Reminder]:
    """What the data alone say, the same as long as they and the day are."""
    asked = bureau.of(WITHOUT_LOGIN)  # there is no figure in it
    return [reminder for source in SOURCES for reminder in source(asked, day)]


def ordered(known: Iterable[Reminder]) -> list[Reminder]:
    """The most urgent first."""
    order = list(ReminderKind)
    return sorted(known, key=lambda reminder: order.index(reminder.kind))


def copied(known: Sequence[Reminder]) -> str:
    """The list as a text to copy into a message."""
    lines = [f"{number}. {reminder.name}：{reminder.text}" for number, reminder in enumerate(known, 1)]
    return "\n".join([f"以下 {len(lines)} 件事请尽快办：", *lines])


def owed_sheets(bureau: Bureau, day: date) -> Iterator[Reminder]:
    """The sheets of the last months that are overdue, or due within three days; none before the first sheet ever."""
    known = periods(bureau)
    last = Month.of(day).plus(-1)
    for month in (last.plus(-back) for back in reversed(range(_MONTHS))) if known else ():
        if month < known[0]:
            continue
        for row in completeness(bureau, month, day):
            if row.received is not None or row.referred or (row.state is not Arrival.OVERDUE and row.due - day > _SOON):
                continue
            kind = ReminderKind.OVERDUE if row.state is Arrival.OVERDUE else ReminderKind.DUE
            text = f"《{row.template}》（{month.chinese}）{row.words}，期限 {row.due_words}{row.ledger_words}"
            yield Reminder(kind, row.org, row.office, f"{row.org_name}{row.name}", f"{row.template} {month}", text, "completeness", str(month))


def late_follow_ups(bureau: Bureau, day: date) -> Iterator[Reminder]:
    """The follow-ups that are overdue, behind or due soon; by number and day alone, for what they are about may be a figure."""
    kinds = {
        FollowUpStatus.OVERDUE: ReminderKind.FOLLOW_UP,
        FollowUpStatus.BEHIND: ReminderKind.FOLLOW_UP_SOON,
        FollowUpStatus.DUE_SOON: ReminderKind.FOLLOW_UP_SOON,
    }
    for slip in follow_ups(bureau, day):
        if slip.status in kinds:
            text = f"督办第 {slip.number} 号{slip.status.value}，期限 {slip.due.isoformat()}"
            yield Reminder(kinds[slip.status], slip.org, slip.follow_up.office, f"{slip.whose}{slip.office}", str(slip.number), text, "follow-ups")


def inbox_files(bureau: Bureau, day: date) -> Iterator[Reminder]:
    """The files of the inbox that wait for somebody of the office, as the last look of this server has them."""
    del day
    look, act = inbox_watch.last, "送审" if two_steps() else "入库"
    for entry in look.open if look else ():
        if entry.outcome is InboxOutcome.RETURNED:  # which is told of every referral
            continue
        try:
            owner = owner_of(bureau.catalog, entry.folder)
        except RequestError:  # the office has another name by now
            continue
        text = f"收件箱里的「{entry.name}」{entry.outcome.value}：在「报表导入」写明说明或回答后{act}"
        yield Reminder(ReminderKind.INBOX, owner.org or "", owner.office or "", owner.name, entry.key, text, "imports")


def returned_sheets(bureau: LiveBureau, day: date) -> Iterator[Reminder]:
    """The sheets that a 审核员 returned and of which their sender has not taken note; why is on the page."""
    del day
    for referral in bureau.store.referrals():
        for sheet in referral.sheets if referral.returned else ():
            name = bureau.catalog.called(sheet.office, sheet.org)
            text = f"《{sheet.template}》（{sheet.period.chinese}）已退回，改好后重新送审"
            yield Reminder(ReminderKind.RETURNED, sheet.org, sheet.office, name, f"{referral.code} {sheet.period}", text, "referrals")


SOURCES: Sequence[ReminderSource] = (owed_sheets, late_follow_ups)


def _below(bureau: Bureau, known: Iterable[Reminder]) -> list[Reminder]:
    """Those of the organisation of the caller and what is below it."""
    own, catalog = bureau.caller.org, bureau.catalog
    return [reminder for reminder in known if not own or not reminder.org or catalog.is_below(reminder.org, own)]
