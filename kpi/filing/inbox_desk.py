"""What of the inbox waits for a decision (需要说明、等待入库): offered to who may submit for the office, who puts it on the desk."""

from hashlib import sha256
from pathlib import Path

from kpi.access.caller import DeniedError
from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import RequestError
from kpi.filing.inbox_folder import InboxFolder, UnreadableFileError, dropped_in, owner_of, read_dropped
from kpi.filing.inbox_record import InboxEntry, key_of, read_inbox_record


def open_entries(bureau: LiveBureau, root: Path) -> list[InboxEntry]:
    """
    The files of the inbox that wait for somebody to decide, and that the caller may submit; those that are on file by now left out.

    Args:
        bureau: The bureau.
        root: Its data folder.

    """
    waiting = [entry for entry in read_inbox_record(root) if entry.outcome.open and not entry.gone and _may_submit(bureau, entry)]
    if not waiting:
        return []
    stored = {submission.sha256 for submission in bureau.store.submissions()}
    return [entry for entry in waiting if not entry.reports or not stored.issuperset(entry.reports)]


def fetch(bureau: LiveBureau, inbox: InboxFolder, entry: InboxEntry) -> tuple[str, bytes]:
    """
    Name and bytes of a file that waits, for the desk.

    Raises:
        DeniedError: The caller may not submit for its office.
        RequestError: It was changed or taken away since it was read.

    """
    _require(bureau, entry)
    files, _ = dropped_in(inbox, 0.0)
    for file in files:
        if key_of(file.folder, file.name) == entry.key:
            try:
                data = read_dropped(file)
            except UnreadableFileError as fault:
                raise RequestError(f"收件箱里的「{entry.name}」{fault}；请稍后再试。") from None
            if sha256(data).hexdigest() == entry.digest:
                return file.name, data
    raise RequestError(f"收件箱里的「{entry.name}」刚才改过或移走了；改过的会再读一次，请稍后刷新。")


def _may_submit(bureau: LiveBureau, entry: InboxEntry) -> bool:
    try:
        _require(bureau, entry)
    except (DeniedError, RequestError):
        return False
    return True


def _require(bureau: LiveBureau, entry: InboxEntry) -> None:
    """Refuse who may not submit for the office of a folder; of a folder that names no organisation it may be any."""
    owner = owner_of(bureau.catalog, entry.folder)
    bureau.require(Right.SUBMIT, owner.org or bureau.caller.org or None, owner.office)
