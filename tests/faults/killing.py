"""
A process that takes in, accepts, refers, returns, withdraws, freezes, closes, backs up or looks into the inbox, and is killed before every such call.

``python -m tests.faults.killing FOLDER ACT PICKLE`` works on ``FOLDER/data`` and waits, traced by its parent, where the act
begins; a backup goes to ``FOLDER/out``.  Afterwards all of the act is there or nothing of it, and what was acknowledged is.
"""

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau
from kpi.errors import KpiError
from kpi.filing import acceptance, submissions, two_steps
from kpi.filing.inbox import SETTLE, Inbox
from kpi.filing.inbox_folder import InboxFolder
from kpi.filing.intake import accept as take_in
from kpi.filing.intake import prepare
from kpi.meeting import editions
from kpi.period import Month
from kpi.store.backup import back_up
from kpi.store.backup_archive import check_archive
from kpi.store.clock import now
from tests.faults.accepting import Click, accept, desk, wait_for_parent
from tests.faults.filled import OCTOBER, TODAY, form, opened
from tests.faults.served import Served, open_once
from tests.faults.stepping import Instant, instants
from tests.faults.surviving import Survival
from tests.faults.worker import Worker

_DROPPED = "南湖信用.xlsx"
_WITHDRAWN = 8  # number of a report
_FILER = Caller("wang", "王统计", AccountRole.FILER, "nanhu", "food")
_BEFORE = {"checkpoint": "accept", "accept referred": "refer", "return": "refer"}  # what was done before an act begins


def _ingest(bureau: LiveBureau, click: Click, out: Path) -> None:
    """What ``ingest`` does with one file, from its bytes on."""
    del out
    take_in(bureau, prepare(bureau, [click[0][0]], today=TODAY), "王统计", "情况属实")


def _accept(bureau: LiveBureau, click: Click, out: Path) -> None:
    del out
    accept(desk(bureau, click))


def _refer(bureau: LiveBureau, click: Click, out: Path) -> None:
    """What a 填报员 does where reports are accepted in two steps."""
    del out
    os.environ[two_steps.SETTING] = "yes"
    take_in(bureau.of(_FILER), prepare(bureau, [click[0][0]], today=TODAY), "", "情况属实")


def _accept_referred(bureau: LiveBureau, click: Click, out: Path) -> None:
    del click, out
    [referral] = bureau.store.referrals()
    acceptance.accept_referred(bureau, referral.code, "李审核")


def _return(bureau: LiveBureau, click: Click, out: Path) -> None:
    del click, out
    [referral] = bureau.store.referrals()
    acceptance.return_referred(bureau, referral.code, "李审核", "请附说明")


def _withdraw(bureau: LiveBureau, click: Click, out: Path) -> None:
    del click, out
    submissions.withdraw(bureau, _WITHDRAWN, "王统计", "报错了")


def _freeze(bureau: LiveBureau, click: Click, out: Path) -> None:
    del click, out
    editions.freeze(bureau, OCTOBER, "王统计", "十月例会")


def _checkpoint(bureau: LiveBureau, click: Click, out: Path) -> None:
    """Closing, which writes what lies in the write-ahead log into the database."""
    del click, out
    bureau.close()


def _back_up(bureau: LiveBureau, click: Click, out: Path) -> None:
    del bureau, click
    back_up(out.parent / "data", out, now())


def _inbox(bureau: LiveBureau, click: Click, out: Path) -> None:
    """Two looks over the inbox, in which one report was dropped."""
    del click
    _look(bureau, out.parent)


def _look(bureau: LiveBureau, place: Path) -> None:
    moment = datetime.combine(TODAY, time(10))
    watched = Inbox(InboxFolder(place / "inbox"), place / "data")
    for _ in range(2):
        moment += SETTLE
        watched.look(bureau, moment)


def _look_again(place: Path) -> tuple[int, int]:
    """How often the dropped report is in the store after the next looks, and how many answers lie beside it."""
    [dropped] = (place / "inbox").glob(f"*/{_DROPPED}")
    with opened(place / "data") as bureau:
        _look(bureau, place)
        digest = sha256(dropped.read_bytes()).hexdigest()
        return [submission.sha256 for submission in bureau.store.submissions()].count(digest), len(list(dropped.parent.glob("*核对意见*")))


ACTS: Mapping[str, Callable[[LiveBureau, Click, Path], None]] = {
    "ingest": _ingest,
    "accept": _accept,
    "refer": _refer,
    "accept referred": _accept_referred,
    "return": _return,
    "withdraw": _withdraw,
    "freeze": _freeze,
    "checkpoint": _checkpoint,
    "backup": _back_up,
    "inbox": _inbox,
}


def killed_at(folder: Path, act: str, click: Click, work: Path) -> list[Instant]:
    """What is left by a kill before every call of an act that changes the disk, and at its end."""
    place, into = work / f"{act}-live", work / f"{act}-instants"
    shutil.copytree(folder, place / "data")
    (place / "out").mkdir()
    into.mkdir()
    pickled = work / f"{act}-click"
    pickled.write_bytes(pickle.dumps(click))
    return instants(place, into, __spec__.name, act, str(pickled))


def survivals_of(act: str, found: Sequence[Instant], worker: Worker, count: int = 0) -> Iterator[Survival]:
    """What became of these instants, or of so many of them, the first and the last among them."""
    before, after = (worker.ask(open_once, _copy_of(found[at]) / "data") for at in (0, -1))
    assert before.served, before
    assert after.served, after
    chosen = range(len(found)) if not count or count >= len(found) else sorted({round(step * (len(found) - 1) / max(count - 1, 1)) for step in range(count)})
    for number in chosen:
        instant = found[number]
        words = f"{act}, call {number} of {len(found)}, {instant.call}"
        with TemporaryDirectory() as work:
            copy = Path(shutil.copytree(instant.folder, Path(work) / "left"))
            try:
                yield Survival(words, _judged(act, copy, instant, before.served, after.served, worker))
            except AssertionError as failure:
                yield Survival(words, "FAILED", str(failure))


def _copy_of(instant: Instant) -> Path:
    """A copy that may be opened, beside the instant."""
    copy = instant.folder.with_name(f"{instant.folder.name}-opened")
    return copy if copy.exists() else Path(shutil.copytree(instant.folder, copy))


def _judged(act: str, left: Path, instant: Instant, before: Served, after: Served, worker: Worker) -> str:
    whole = _backup_left(left / "out")
    opening = worker.ask(open_once, left / "data")
    assert opening.served, opening.traceback.strip() or opening.refusal
    faults = [fault for fault in opening.faults if "没有登入日志" not in fault]  # batches of an act that was never entered may lie there
    assert not faults, f"verify: {faults}"
    served = opening.served
    fresh = set(after.entries) - set(before.entries)
    there = fresh & set(served.entries)
    assert there in (set(), fresh), f"of {sorted(fresh)} only {sorted(there)} are there"
    assert all(served.entries.get(number) == entry for number, entry in before.entries.items()), "earlier entries changed"
    assert served.figures == (after if there or not fresh else before).figures, "the figures are those of neither"
    if act == "backup":
        assert whole or not instant.answered, "the backup was acknowledged and is not there"
        return "all" if whole else "none"
    assert served.referrals in ([after.referrals if there else before.referrals] if fresh else [before.referrals, after.referrals]), "something else waits"
    done = served.referrals == after.referrals if not fresh else there == fresh
    assert done or not instant.answered, "it was acknowledged and is not there"
    return "all" if done else "none"


def _backup_left(out: Path) -> bool:
    """Whether there is a backup; one that has its name is whole."""
    for path in out.glob("*.tar"):
        try:
            check_archive(path)
        except KpiError as error:
            raise AssertionError(f"half a backup has its name: {error}") from error
        return True
    return False


def main(place: Path, act: str, pickled: Path) -> None:
    """Stop where the act begins; the parent goes on from there call by call."""
    click = pickle.loads(pickled.read_bytes())
    with opened(place / "data") as bureau:
        if act in _BEFORE:
            ACTS[_BEFORE[act]](bureau, click, place / "out")
        if act == "inbox":
            (place / "inbox" / "nanhu").mkdir(parents=True)
            upload = form(bureau, "nanhu", "credit", Month(2023, 12), visits="60 660", entities="– 900")
            (place / "inbox" / "nanhu" / _DROPPED).write_bytes(upload.data)
        wait_for_parent()
        ACTS[act](bureau, click, place / "out")
        os.kill(os.getpid(), 0)  # tells the parent that it was acknowledged


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
