"""
The letters of notices (通知): to each person of an office one letter with all that office has to do, sent once a day.

A letter that was not sent is not noted as sent: the next round sends it.  One that was sent is noted at once, before the next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from kpi.access.account import Account
from kpi.access.audit import Audited
from kpi.access.roles import AccountRole
from kpi.admin.mail_server import MailServer, send
from kpi.admin.reminder_record import ReminderRecord, ReminderRound
from kpi.admin.reminders import Reminder, reminders
from kpi.bureau import LiveBureau
from kpi.catalog.model import Catalog
from kpi.errors import KpiError, RequestError

_MOST_FAULTS = 3  # letters that fail one after the other before a round is given up: the server is not there
_sending = Lock()


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is to be told."""

    account: Account
    reminders: tuple[Reminder, ...]

    def subject(self, bureau: str) -> str:
        """What stands above it: ``【示例局】有 2 件事要办``."""
        return f"【{bureau}】有 {len(self.reminders)} 件事要办"

    def text(self, bureau: str) -> str:
        """The letter: no figure, only what is to be done and where."""
        lines = [f"{number}. {reminder.name}：{reminder.text}。" for number, reminder in enumerate(self.reminders, 1)]
        return "\n".join([f"{self.account.name}：", "", "有下面的事要办：", *lines, "", f"请打开{bureau}指标看板办理。这封信由看板自动发出，请不要回复。", ""])


def letters(accounts: Iterable[Account], catalog: Catalog, known: Sequence[Reminder]) -> list[Letter]:
    """Of all that is to be told one letter to each 填报员 whom some of it concerns, in the order of accounts."""
    every = [
        Letter(account, tuple(reminder for reminder in known if concerns(account, reminder, catalog)))
        for account in sorted(accounts, key=lambda account: account.account)
    ]
    return [letter for letter in every if letter.reminders]


def concerns(account: Account, reminder: Reminder, catalog: Catalog) -> bool:
    """Whether a person is to be told a thing: a 填报员 in use of that office, whose organisation it is or lies below."""
    if account.role is not AccountRole.FILER or account.disabled or reminder.office not in ("", account.office):
        return False
    return not account.org or not reminder.org or catalog.is_below(reminder.org, account.org)


def send_letters(bureau: LiveBureau, accounts: Iterable[Account], server: MailServer, root: Path, at: datetime) -> ReminderRound:
    """
    Send to everybody with an address what they were not told today.

    Args:
        bureau: The bureau.
        accounts: All accounts.
        server: The mail server.
        root: The data folder, with the record of what was sent before.
        at: The moment, by the clock of the bureau.

    Returns:
        How many letters went, and why others did not.

    Raises:
        DeniedError: The caller may not send notices.
        RequestError: There is nothing but the demonstration, of which nobody owes anything.
        StoreError: The record cannot be written: nothing more is sent.

    """
    if bureau.store.demonstration().unmixed:
        raise RequestError("数据目录里是演示数据（虚构），不发邮件；请先清空演示数据。")
    known = reminders(bureau, at.date())
    with _sending:
        record = ReminderRecord(root)  # as who sent just now left it: by the clock and by the button nobody is told twice
        record.keep_round(ReminderRound(at, 0, ("没有发完",), bureau.caller.name or "本机"))  # before a letter goes that could not be noted
        made = _sent(bureau, letters(accounts, bureau.catalog, known), server, record, at)
        record.keep_round(made)
    bureau.note_done(Audited.REMINDER, f"邮件发出 {made.sent} 封，没有发出 {len(made.faults)} 封")
    return made


def keep_failed_round(root: Path, made: ReminderRound) -> None:
    """
    Note that a round could not be made.

    Raises:
        StoreError: The disk refuses.

    """
    with _sending:
        ReminderRecord(root).keep_round(made)


def _sent(bureau: LiveBureau, every: Sequence[Letter], server: MailServer, record: ReminderRecord, at: datetime) -> ReminderRound:
    sent, faults, name = 0, list[str](), bureau.catalog.bureau
    in_a_row = 0
    for letter in _new(every, lambda account, key: record.is_sent(at.date(), account, key)):
        try:
            send(server, letter.account.email, letter.subject(name), letter.text(name))
        except KpiError as fault:
            faults.append(f"{letter.account.account}：{fault}")
            in_a_row += 1
            if in_a_row == _MOST_FAULTS:
                break
            continue
        in_a_row = 0
        sent += 1
        record.keep_sent(at.date(), letter.account.account, [reminder.key for reminder in letter.reminders])
    return ReminderRound(at, sent, tuple(faults), bureau.caller.name or "本机")


def _new(every: Sequence[Letter], is_sent: Callable[[str, str], bool]) -> list[Letter]:
    """The letters to people with an address, each without what they were told today."""
    shortened = [
        Letter(letter.account, tuple(reminder for reminder in letter.reminders if not is_sent(letter.account.account, reminder.key)))
        for letter in every
        if letter.account.email
    ]
    return [letter for letter in shortened if letter.reminders]
