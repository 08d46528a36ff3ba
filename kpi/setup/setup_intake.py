"""The sheets of a setup, taken in like any others once its catalogue is in force; what asks something waits for the desk of 报表导入."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.filing.intake import accept, prepare
from kpi.filing.prepared import Outcome, Prepared, Upload
from kpi.setup.setting_up import SettingUp
from kpi.store.setup_folder import SetupFile


@dataclass(frozen=True, slots=True)
class SetupIntake:
    """How many sheets were taken in (or referred), and which wait for somebody to answer."""

    stored: int
    waiting: tuple[SetupFile, ...]


def waiting_sheets(bureau: LiveBureau, setup: SettingUp) -> tuple[SetupFile, ...]:
    """The readable sheets of a setup in force that nobody has taken in or referred yet; none for who may not submit for all offices."""
    if setup.state.in_force is None or bureau.caller.office or not bureau.may(Right.SUBMIT):
        return ()
    return not_taken_in(bureau, setup)


def not_taken_in(bureau: LiveBureau, setup: SettingUp) -> tuple[SetupFile, ...]:
    """The readable sheets of a setup in force that nobody has taken in or referred yet, whoever asks."""
    if setup.state.in_force is None:
        return ()
    taken = {submission.sha256 for submission in bureau.store.submissions()}
    taken |= {report.batch.sha256 for referral in bureau.store.referrals() for report in referral.reports}
    return tuple(file for file in setup.files if file.digest not in taken and file.key not in setup.state.unread)


def take_in(bureau: LiveBureau, setup: SettingUp, by: str, progress: Callable[[int, int], None] = lambda done, total: None) -> SetupIntake:
    """
    Read the sheets by the catalogue in force and store all that nothing is asked about, in one commit.

    Args:
        bureau: The bureau, asked by who submits.
        setup: The setup.
        by: Who submits, where there is no login.
        progress: Told how many sheets of how many are read.

    Raises:
        DeniedError: The caller may not submit for all offices.
        StoreError: The store cannot take them; nothing was stored.

    """
    bureau.require(Right.SUBMIT)
    files = waiting_sheets(bureau, setup)
    uploads = [_upload(file) for file in files]
    prepared = prepare(bureau, uploads, progress=lambda done: progress(done, len(uploads)))
    ready = _ready(prepared)
    stored = accept(bureau, ready, by)
    done = {report.at for report in ready}
    waiting = tuple(file for at, file in enumerate(files) if at not in done)
    return SetupIntake(len(stored), waiting)


def _ready(prepared: Sequence[Prepared]) -> list[Prepared]:
    """The reports of files of which every report is ready, with all that have to be stored together with them."""
    doubtful = {report.at for report in prepared if report.status not in (Outcome.READY, Outcome.UNCHANGED)}
    ready = [report for report in prepared if report.at is not None and report.at not in doubtful]
    while True:
        sent = {report.key for report in ready}
        whole = [report for report in ready if set(report.mates) <= sent]
        if len(whole) == len(ready):
            return ready
        ready = whole


def _upload(file: SetupFile) -> Upload:
    *folders, name = file.name.split("/")
    return Upload(name, file.data, folders=tuple(folders[::-1]))
