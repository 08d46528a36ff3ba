"""What a data folder serves when it is opened: everything that counts, and every file that is kept beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from traceback import format_exc
from typing import Literal

from kpi.bureau import LiveBureau, rebuild_store
from kpi.documents.figure_documents import board_document
from kpi.errors import KpiError, RequestError, StoreError
from kpi.meeting import editions
from kpi.period import Span
from kpi.review.board import board
from tests.faults.filled import CATALOG, DRAFT, NOVEMBER, OCTOBER, opened

Verify = Literal["always", "where silent", "never"]
SPANS = (Span.YTD, Span.MONTH)
_FACTS = ("fact", "finding", "remark")


@dataclass(frozen=True)
class Served:
    """``entries`` by the number of the log, ``figures`` by what was asked, the others by their names; ``None`` of a file: it is refused."""

    entries: dict[int, str]
    figures: dict[str, str]
    files: dict[str, str | None]
    drafts: dict[str, str]
    referrals: dict[str, str]


@dataclass(frozen=True)
class Opening:
    """One opening of a folder: refused with a sentence, broken with a traceback, or served."""

    served: Served | None = None
    notices: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()  # of `verify`
    refusal: str = ""
    traceback: str = ""


def open_once(folder: Path, *, verify: Verify = "always", rebuild: bool = False) -> Opening:
    """Make the database again if asked, open, ask for everything, verify (or only where opening said nothing), close."""
    try:
        if rebuild:
            rebuild_store(folder, CATALOG)
        bureau = opened(folder)
    except KpiError as error:
        return Opening(refusal=str(error))
    except BaseException:
        return Opening(traceback=format_exc())
    try:
        with bureau:
            wanted = verify == "always" or (verify == "where silent" and not bureau.store.notices)
            return Opening(served(bureau), bureau.store.notices, tuple(bureau.store.verify()) if wanted else ())
    except BaseException:  # what is open has to answer
        return Opening(traceback=format_exc())


def served(bureau: LiveBureau) -> Served:
    """Everything that a bureau answers."""
    store = bureau.store
    submissions, frozen = store.submissions(), store.editions()
    entries = {one.seq: repr((one, _rows_of(bureau, one.seq))) for one in submissions}
    entries |= {decision.seq: repr(decision) for decision in store.decisions()}
    entries |= {answer.seq: repr(answer) for answer in store.answers()}
    entries |= {one.seq: repr(one) for one in frozen}
    for followed in (store.meeting_notes(), store.follow_ups(), store.follow_up_entries()):
        entries |= {entry.seq: repr(entry) for entry in followed}
    figures = {"table": repr(store.rows("select * from figure order by all")), "in force": repr([one.seq for one in store.current_submissions()])}
    for org in (bureau.catalog.root, "donghu"):
        for period in (OCTOBER, NOVEMBER):
            for span in SPANS:
                document = board_document(period, span, board(bureau, period, span, org=org), bureau.catalog, org=org)
                figures[f"board of {org} {period} {span}"] = json.dumps(document, ensure_ascii=False, default=str)
    files = {f"upload {one.sha256}": _kept(partial(store.original, one.sha256)) for one in submissions if one.template != "market_ledger"}
    files |= {f"edition {one.code}": _kept(partial(editions.shown, bureau, one)) for one in frozen}
    files |= {f"cases of {org}": _kept(partial(store.filed_ledger, "food", "market_ledger", org)) for org in bureau.catalog.leaves(bureau.catalog.root)}
    drafts = {kept.name: sha256(kept.data).hexdigest() for kept in store.drafts.files(DRAFT)}
    return Served(entries, figures, files, drafts, {referral.code: repr(referral) for referral in store.referrals()})


def _rows_of(bureau: LiveBureau, number: int) -> list[list[tuple[object, ...]]]:
    return [bureau.store.rows(f"select * from {table} where seq = $seq order by all", {"seq": number}) for table in _FACTS]


def _kept(read: Callable[[], object]) -> str | None:
    try:
        return sha256(repr(read()).encode()).hexdigest()
    except (StoreError, RequestError):
        return None
