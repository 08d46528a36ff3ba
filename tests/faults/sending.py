"""
Eight who send at once, each by several ways, two of them always for the same sheet, and an inbox: all that was acknowledged is there, once.

``python -m tests.faults.sending DATA EACH`` serves the application over a data folder with accounts, lets eight threads send so
many forms each, and prints what became of them as JSON.  A new way to send joins by a line in `CHANNELS`.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http import HTTPStatus
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Lock
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.audit import Audited
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau
from kpi.catalog import load
from kpi.errors import OutdatedError
from kpi.filing import inbox_folder
from kpi.filing.desk import Desk
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month
from kpi.store import clock
from kpi.store.database import Store
from kpi.web import submission_api
from tests.faults.asking import Asked, answer_to, application, in_a_process
from tests.faults.filled import CATALOG, form
from tests.faults.surviving import Survival

WRITERS = 8
_FIRST, _FIRST_DROPPED = Month(2016, 1), Month(2024, 1)  # the latter follow what is on file, so that nothing is to be said of them
_INBOX, _DROPPER, _MOST_DROPPED = "inbox", 9, 30
_TRIES = 40  # times that somebody reads a sheet again because another was quicker
_PATIENCE = 120  # seconds
_NOTE = "情况属实"
_OUTDATED = "请重新读取"  # what is said where something else came in between
_PASSWORD = "Good-pass-9"
_SHEETS = (("donghu", "food"), ("nanhu", "food"), ("donghu", "credit"), ("nanhu", "credit"))


@dataclass
class Sending:
    """What senders share: the bureau of the running server, its application and loop, and what was acknowledged."""

    bureau: LiveBureau
    served: Any  # the application, for ways that ask it
    loop: asyncio.AbstractEventLoop  # in which it runs; who asks from a thread hands a coroutine to it
    data: Path
    tokens: Mapping[str, str]  # by the account in whose name a system sends
    start: Barrier = field(default_factory=lambda: Barrier(WRITERS + 1))
    lock: Lock = field(default_factory=Lock)
    acknowledged: list[str] = field(default_factory=list)  # the sha256 of each upload
    again: Counter[str] = field(default_factory=Counter)  # how often one had to be read again, by the way it was sent


Channel = Callable[[Sending, Caller, Upload], None]
"""Sends one form as somebody and returns once it was acknowledged; `OutdatedError` where what it was compared with has changed."""


def by_use_case(sending: Sending, caller: Caller, upload: Upload) -> None:
    """As a command or a program does it."""
    bureau = sending.bureau.of(caller)
    [stored] = accept(bureau, prepare(bureau, [upload]), caller.name, _NOTE)
    assert stored.by == caller.name


def by_desk(sending: Sending, caller: Caller, upload: Upload) -> None:
    """As 报表导入 does it: dropped, read beside the page, accepted by a click."""
    desk = Desk(sending.bureau.of(caller))
    assert desk.put([(upload.name, upload.data)]) == []
    try:
        while reading := desk.reading():
            assert reading.finished(_PATIENCE)
        [_] = desk.accept(caller.name, _NOTE, {})
    finally:
        desk.discard()


def by_interface(sending: Sending, caller: Caller, upload: Upload) -> None:
    """As another system does it, with a token of its own."""
    headers = [("authorization", f"Bearer {sending.tokens[caller.account]}")]
    asked = Asked("POST", submission_api.PATH, urlencode({"file": upload.name, "confirm": _NOTE}), headers, upload.data)
    answer = asyncio.run_coroutine_threadsafe(answer_to(sending.served, asked), sending.loop).result(_PATIENCE)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or _OUTDATED in answer.text:
        raise OutdatedError(answer.text)
    assert (answer.status, json.loads(answer.text)["files"][0]["status"]) == (HTTPStatus.OK, "accepted"), answer.text


def by_command(sending: Sending, caller: Caller, upload: Upload) -> None:
    """As somebody types it beside the server."""
    with TemporaryDirectory() as work:
        file = Path(work) / upload.name
        file.write_bytes(upload.data)
        typed = [sys.executable, "-m", "kpi", "ingest", str(file), "--confirm", _NOTE, "--json", "--data", str(sending.data), "--catalog", str(CATALOG)]
        done = subprocess.run(typed, capture_output=True, text=True, check=False)
    if _OUTDATED in done.stderr + done.stdout:
        raise OutdatedError(done.stderr)
    assert (done.returncode, json.loads(done.stdout)["files"][0]["status"]) == (0, "accepted"), f"{caller.name}: {done.stdout} {done.stderr}"


CHANNELS: Mapping[str, Channel] = {"use case": by_use_case, "desk": by_desk, "interface": by_interface, "command line": by_command}


def sent_by(sending: Sending, writer: int, each: int, ways: Mapping[str, Channel]) -> None:
    """All forms of one writer, month by month, each until it is acknowledged."""
    org, office = _SHEETS[writer % len(_SHEETS)]
    caller = Caller(f"writer{writer}", f"报送员{writer}", AccountRole.REVIEWER, address="10.0.0.1")
    sending.start.wait(_PATIENCE)
    for number, (name, way) in zip(range(each), cycle([*ways.items()][writer % len(ways) :] + [*ways.items()][: writer % len(ways)]), strict=False):
        month = _FIRST.plus(number)
        upload = replace(_form(sending.bureau, org, office, month, writer), name=f"{writer}-{month}.xlsx")
        for _ in range(_TRIES):
            try:
                way(sending, caller, upload)
                break
            except OutdatedError:
                sending.again[name] += 1
        else:
            raise AssertionError(f"{upload.name} was never taken")
        with sending.lock:
            sending.acknowledged.append(sha256(upload.data).hexdigest())


def dropped_by(sending: Sending, each: int) -> None:
    """A ninth drops sheets of its own into the inbox, all at once, and waits until each is answered: by its rule only what nothing speaks against is stored."""
    folder = sending.data.parent / _INBOX / "nanhu"
    uploads = [_form(sending.bureau, "nanhu", "credit", _FIRST_DROPPED.plus(number), _DROPPER) for number in range(min(each, _MOST_DROPPED))]
    sending.start.wait(_PATIENCE)
    for upload in uploads:
        partial = folder.parent / f"{upload.name}.part"
        partial.write_bytes(upload.data)
        partial.rename(folder / upload.name)
    began = monotonic()
    while len(list(folder.glob("*核对意见*"))) < len(uploads):
        assert monotonic() < began + _PATIENCE * 5, f"answered are {sorted(path.name for path in folder.glob('*核对意见*'))}"
        sleep(0.2)
    with sending.lock:
        sending.acknowledged += [sha256(upload.data).hexdigest() for upload in uploads]


def _form(bureau: LiveBureau, org: str, office: str, month: Month, writer: int) -> Upload:
    """A form whose figures tell who sent it; those of two writers for one sheet differ, and none repeats those of last year."""
    a = 100 + writer + month.year - _FIRST.year
    so_far = a * month.month
    if office == "food":
        return form(bureau, org, office, month, food_tested=f"{a} {so_far}", food_passed=f"{a} {so_far}", food_shops="– 900")
    return form(bureau, org, office, month, visits=f"{a} {so_far}", entities="– 900")


def prepare_accounts(data: Path) -> Mapping[str, str]:
    """An account for each writer, and a token for each: what opens it."""
    admission, catalog = Admission(data), load.load(CATALOG)
    admission.accounts.add_first("admin1", "赵管理", _PASSWORD)
    for writer in range(WRITERS):
        admission.accounts.add(Account(f"writer{writer}", f"报送员{writer}", AccountRole.REVIEWER), catalog, "赵管理")
    wanted = [ApiToken(f"writer{writer}", AccountRole.REVIEWER, clock.today()) for writer in range(WRITERS)]
    tokens = {token.name: admission.tokens.add(token, catalog, "赵管理")[1] for token in wanted}
    admission.close()
    return tokens


async def send(data: Path, each: int) -> dict[str, Any]:
    """Let all send, and compare what was acknowledged with what is there, now and after the next opening."""
    tokens = prepare_accounts(data)
    (data.parent / _INBOX / "nanhu").mkdir(parents=True)
    os.environ[inbox_folder.FOLDER] = str(data.parent / _INBOX)
    async with application(data, CATALOG) as served:
        from pages.widgets import running

        bureau = running.opened()
        before = {submission.seq for submission in bureau.store.submissions()}
        sending = Sending(bureau, served, asyncio.get_running_loop(), data, tokens)
        with ThreadPoolExecutor(WRITERS + 1) as pool:
            jobs = [pool.submit(sent_by, sending, writer, each, CHANNELS) for writer in range(WRITERS)] + [pool.submit(dropped_by, sending, each)]
            failed = [f"{type(error).__name__}: {error}" for job in jobs if (error := await asyncio.to_thread(job.exception))]
        wrong = failed + compared(bureau.store, before, sending.acknowledged) + bureau.store.verify()
        noted = " ".join(entry.about for entry in running.admission().audit.entries() if entry.what is Audited.SUBMIT)
        wrong += [
            f"not in the audit: {submission.seq}"
            for submission in bureau.store.submissions()
            if submission.seq not in before and f"第 {submission.seq} 号" not in noted
        ]
    with Store.open(data, load.load(CATALOG)) as store:
        wrong += [f"after a restart: {words}" for words in compared(store, before, sending.acknowledged)]
    return {"sent": len(sending.acknowledged), "again": sending.again, "wrong": wrong}


def compared(store: Store, before: set[int], acknowledged: list[str]) -> list[str]:
    """What is not as it was acknowledged: each upload once, and of each sheet the last in the log in force."""
    fresh = [submission for submission in store.submissions() if submission.seq not in before]
    there = Counter(submission.sha256 for submission in fresh)
    wrong = [f"acknowledged and not there: {digest}" for digest in acknowledged if digest not in there]
    wrong += [f"there {times} times: {digest}" for digest, times in there.items() if times > 1]
    wrong += [f"there and not acknowledged: {digest}" for digest in there if digest not in acknowledged]
    last = {(submission.org, submission.template, submission.period): submission.seq for submission in sorted(fresh, key=lambda each: each.seq)}
    in_force = {submission.seq for submission in store.current_submissions()} - before
    return wrong + ([] if in_force == set(last.values()) else [f"in force {sorted(in_force ^ set(last.values()))} are not the last"])


def survivals(data: Path, each: int) -> Iterator[Survival]:
    """What became of the forms of eight writers."""
    found = in_a_process(__spec__.name, str(data), str(each))
    yield Survival(f"{WRITERS} writers and an inbox, {each} forms each; read again {found['again']}", "there once", times=found["sent"])
    yield from (Survival("writers", "FAILED", words) for words in found["wrong"])
    if found["sent"] != WRITERS * each + min(each, _MOST_DROPPED):
        yield Survival("writers", "FAILED", f"only {found['sent']} were acknowledged")


def main(data: Path, each: int) -> None:
    """Send, and print what was found."""
    sys.stdout.write(f"\n{json.dumps(asyncio.run(send(data, each)), ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
