"""What is to be told (通知), kept by the version of the data and the day; what was returned and the inbox are asked anew each time."""

from datetime import date

from kpi.access.account import Account
from kpi.admin import reminders
from kpi.admin.reminder_letters import concerns
from kpi.admin.reminders import Reminder
from kpi.store import clock
from pages.widgets import running, session


def own() -> list[Reminder]:
    """What concerns who looks: of a 填报员 what the own office has to do, of who sends notices all."""
    bureau = session.bureau()
    referred = tuple(bureau.store.referral_codes())  # whether a sheet is owed depends on it
    known = [*session.kept(_of_the_data, clock.today(), referred), *reminders.of_the_moment(bureau, clock.today())]
    return reminders.own_reminders(bureau, reminders.ordered(known))


def people(reminder: Reminder) -> list[Account]:
    """Who is to be told a thing."""
    catalog = session.bureau().catalog
    return [account for account in running.admission().accounts if concerns(account, reminder, catalog)]


def _of_the_data(day: date, _referrals: tuple[str, ...]) -> tuple[Reminder, ...]:
    return tuple(reminders.of_the_data(session.bureau(), day))
