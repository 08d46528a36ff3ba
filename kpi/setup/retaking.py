"""
Taking stored originals in again under another catalogue, in a store that is thrown away.

Each submission that counts is read anew from its upload, or from the copy that is kept of a form, as if its file came
again.  Of a ledger whose upload is not kept the figures that were counted then are carried over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.errors import KpiError, StoreError
from kpi.filing.intake import accept, prepare
from kpi.filing.prepared import Outcome, Prepared, Upload
from kpi.period import Month
from kpi.store.answer import Answer
from kpi.store.submission import KeptAs, Submission

_AT_ONCE = 40  # files that are read together
_BY = _NOTE = "试算"
SheetKey = tuple[str, str, Month]  # organisation, office, month


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that the other catalogue does not take, and why."""

    submission: Submission
    why: str


@dataclass
class Retaken:
    """What became of the submissions that count."""

    taken: list[Submission] = field(default_factory=list)  # as they stand in the store of before
    carried: list[Submission] = field(default_factory=list)  # with the figures of then: nothing is kept to read again
    refused: list[Refused] = field(default_factory=list)


def take_again(bureau: Bureau, scratch: LiveBureau, progress: Callable[[int, int], None] = lambda done, total: None) -> Retaken:
    """
    Take every submission that counts in again.

    Args:
        bureau: Where they stand.
        scratch: An empty bureau with the other catalogue; it takes them in.
        progress: Told how many files of how many are done.

    Raises:
        StoreError: The disk refuses.

    """
    retaken = Retaken()
    scratch.store.keep_answers([answer for answer in bureau.store.answers_in_force() if _is_known(answer, bureau.catalog, scratch.catalog)])
    by_file: defaultdict[str, list[Submission]] = defaultdict(list)
    for submission in bureau.store.current_submissions():
        by_file[submission.sha256].append(submission)
    files = sorted(by_file.values(), key=lambda own: own[-1].seq)  # as they came, for each is checked against those before it
    for start in range(0, len(files), _AT_ONCE):
        progress(start, len(files))
        chunk = files[start : start + _AT_ONCE]
        kept = {own[0].sha256: bureau.store.kept_as(own[0].sha256) for own in chunk}
        _carry(bureau, scratch, [submission for own in chunk if kept[own[0].sha256] is KeptAs.NOTHING for submission in own], retaken)
        _take(bureau, scratch, [own for own in chunk if kept[own[0].sha256] is not KeptAs.NOTHING], retaken)
    progress(len(files), len(files))
    return retaken


def _is_known(answer: Answer, before: Catalog, after: Catalog) -> bool:
    """Whether what was answered can still be meant: an answer may name a measure or an office that the other catalogue has not."""
    names = {*before.measures, *before.offices}
    return answer.said not in names or answer.said in {*after.measures, *after.offices}


def _carry(bureau: Bureau, scratch: LiveBureau, submissions: Sequence[Submission], retaken: Retaken) -> None:
    """Take submissions over with the figures of then."""
    for submission in submissions:
        if submission.office not in scratch.catalog.offices or submission.org not in scratch.catalog.orgs:
            retaken.refused.append(Refused(submission, "新的目录里没有这个科室或单位"))
            continue
        try:
            scratch.store.carry(bureau.store, submission)
        except KpiError as error:
            retaken.refused.append(Refused(submission, str(error)))
        else:
            retaken.carried.append(submission)


def _take(bureau: Bureau, scratch: LiveBureau, files: Sequence[Sequence[Submission]], retaken: Retaken) -> None:
    """Read files again and take in what counts of each."""
    uploads: list[Upload] = []
    readable: list[Mapping[SheetKey, Submission]] = []
    for own in files:
        try:
            data = bureau.store.original(own[0].sha256)
        except StoreError as error:
            retaken.refused += [Refused(submission, str(error)) for submission in own]
            continue
        uploads.append(_upload(scratch.catalog, own, data))
        readable.append({(submission.org, submission.office, submission.period): submission for submission in own})
    storable: list[Prepared] = []
    met: set[int] = set()
    for file, submission in _matched(prepare(scratch, uploads), readable):
        met.add(submission.seq)
        if file.status is Outcome.REJECTED:
            retaken.refused.append(Refused(submission, file.message))
        else:
            storable.append(replace(file, note=submission.note or _NOTE))
            retaken.taken.append(submission)
    retaken.refused += [
        Refused(submission, "照新的目录读，这一份里没有这个科室这个月的数") for own in readable for submission in own.values() if submission.seq not in met
    ]
    moments = {(file.at, file.key): submission.at for file, submission in _matched(storable, readable)}
    accept(scratch, storable, _BY, _NOTE, at=lambda file: moments[file.at, file.key])


def _matched(prepared: Sequence[Prepared], readable: Sequence[Mapping[SheetKey, Submission]]) -> Iterator[tuple[Prepared, Submission]]:
    """The reports that were read, each with the submission it was; another report of its file counts no longer, and is left out."""
    for file in prepared:
        if file.at is None:
            continue
        own = readable[file.at]
        if file.org is not None and file.office is not None and file.period is not None and (file.org, file.office, file.period) in own:
            yield file, own[file.org, file.office, file.period]
        elif file.status is Outcome.REJECTED and len(own) == 1:  # it was not even known whose it is
            yield file, next(iter(own.values()))


def _upload(catalog: Catalog, own: Sequence[Submission], data: bytes) -> Upload:
    """A file as it was sent, with what is known of it where that is one thing."""
    offices, periods, orgs = ({getattr(submission, name) for submission in own} for name in ("office", "period", "org"))
    return Upload(
        name=own[-1].file,
        data=data,
        office=next((office for office in offices if office in catalog.offices and len(offices) == 1), None),
        period=next(iter(periods)) if len(periods) == 1 else None,
        org=next((org for org in orgs if org in catalog.orgs and len(orgs) == 1), None),
    )
