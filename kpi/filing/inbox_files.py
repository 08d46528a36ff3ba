"""Files of one folder of the inbox on their way in: read and checked together like a drop, and stored where the rule allows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from threading import Event

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole, Right
from kpi.bureau import LiveBureau
from kpi.errors import KpiError, OutdatedError, RequestError, StoreError
from kpi.filing.batch_check import NOT_STARTED, RECORD_DAMAGED
from kpi.filing.inbox_folder import DroppedFile, InboxOwner
from kpi.filing.inbox_record import InboxOutcome
from kpi.filing.intake import Outcome, Prepared, Upload, Watch, accept, parser_of, prepare_each
from kpi.filing.two_steps import refers, to_the_sender
from kpi.finding import Finding, Severity, few
from kpi.store.submission import Submission

_MACHINE = (NOT_STARTED, RECORD_DAMAGED)  # findings about this machine and what is on file, not about the file
_AGAIN = "改好以后存回原来的文件，会再读一次"


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of the inbox that was read."""

    file: DroppedFile
    data: bytes

    @property
    def digest(self) -> str:
        """The sha256 of its bytes."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class InboxVerdict:
    """What becomes of a file; ``later`` says why it is tried again instead."""

    outcome: InboxOutcome | None
    sentence: str
    findings: tuple[Finding, ...] = ()
    reports: tuple[str, ...] = ()
    later: str = ""
    referral: str = ""


def caller_of(owner: InboxOwner) -> Caller:
    """Whom the inbox acts for: a 填报员 of the office whose folder it is."""
    return Caller(name=f"收件箱（{owner.name}）", role=AccountRole.FILER, org=owner.org or "", office=owner.office or "", address="收件箱")


def take(bureau: LiveBureau, owner: InboxOwner, files: Sequence[InboxFile], today: date, *, accepts: bool, stopped: Event) -> list[InboxVerdict]:
    """
    Read, check and, where the rule allows it, store the files of one folder.

    Args:
        bureau: The bureau.
        owner: Whose folder it is.
        files: The files.
        today: The day of submission.
        accepts: Whether what nothing speaks against is stored.
        stopped: Set when no further file is to be read.

    Returns:
        What becomes of each, in order.

    """
    asked = bureau.of(caller_of(owner))
    each = _prepared(asked, owner, files, today, stopped)
    verdicts = [_verdict(asked, owner, reports) for reports in each]
    ready = [at for at, verdict in enumerate(verdicts) if verdict.outcome is InboxOutcome.READY]
    if not accepts or not ready or stopped.is_set():
        return verdicts
    for at, verdict in _stored(asked, {at: each[at] or [] for at in ready}):
        verdicts[at] = replace(verdict, findings=verdict.findings or verdicts[at].findings, reports=verdict.reports or verdicts[at].reports)
    return verdicts


def _prepared(bureau: LiveBureau, owner: InboxOwner, files: Sequence[InboxFile], today: date, stopped: Event) -> list[list[Prepared] | None]:
    """The reports of files, read and checked; None for a file that was not read because it was stopped."""
    uploads = [Upload(file.file.name, file.data, office=owner.office, org=owner.org, folders=(file.file.folder,)) for file in files]
    watch = Watch(parse=parser_of(bureau, f"inbox {owner.name}"), stopped=stopped)
    each = prepare_each(bureau, uploads, today, watch)
    return [None] * len(files) if stopped.is_set() else each  # children that were stopped have said so of files that are whole


def _findings_of(reports: Sequence[Prepared]) -> tuple[Finding, ...]:
    """What is to be said of a file, each once."""
    return tuple(dict.fromkeys(finding for report in reports for finding in report.findings))


def _called(bureau: LiveBureau, reports: Sequence[Prepared]) -> str:
    """Of whom and of which months a file is, as far as it is known."""
    known = [report for report in reports if report.office and report.period]
    offices = list(dict.fromkeys(bureau.catalog.called(report.office, report.org) for report in known))
    months = sorted({report.period for report in known if report.period})
    when = f"{months[0].chinese}{f'到 {months[-1].chinese}' if months[1:] else ''}" if months else ""
    return " ".join(filter(None, [few(offices, "个科室") if offices else "", when]))


def _verdict(bureau: LiveBureau, owner: InboxOwner, reports: Sequence[Prepared] | None) -> InboxVerdict:
    """What a file that was checked comes to, before anything is stored."""
    if reports is None:
        return InboxVerdict(None, "", later="系统正在停止")
    findings = _findings_of(reports)
    if machine := next((finding for finding in findings if finding.code in _MACHINE), None):
        return InboxVerdict(None, "", findings, later=machine.seen)
    if foreign := _foreign(bureau, owner, reports):
        return InboxVerdict(InboxOutcome.REFUSED, foreign, findings)
    whose = _called(bureau, reports)
    digests = tuple(sha256(report.data).hexdigest() for report in reports if report.status is not Outcome.UNCHANGED)
    if all(report.status is Outcome.READY or report.status is Outcome.UNCHANGED for report in reports) and (code := _referred_before(bureau, digests)):
        return _referred(whose, code, findings, digests)
    earlier = {at: submission for at, report in enumerate(reports) if (submission := _sent_before(bureau, report))}
    if all(at in earlier or report.status is Outcome.UNCHANGED for at, report in enumerate(reports)):
        return _known(bureau, whose, reports, [*earlier.values()], findings)
    asks = [report for report in reports if report.locked or report.status is Outcome.NEEDS_CONFIRMATION or (report.report and report.report.questions)]
    blocked = [report for report in reports if report.status is Outcome.REJECTED and report not in asks]
    if blocked:
        why = blocked[0].message.removeprefix(f"「{blocked[0].file}」").removesuffix("。").removesuffix("；改正后请重新上传")
        return InboxVerdict(InboxOutcome.REFUSED, f"{why}；{_AGAIN}。", findings)
    if asks:
        checks = sum(finding.severity is Severity.CHECK for finding in findings)
        what = f"有 {checks} 处请核对" if checks else "有要先回答的问题" if not asks[0].locked else "设了打开密码"
        remedy = f"数没有错的，在看板「报表导入」打开收件箱里的这一份，写明说明或回答后入库；数错了的，{_AGAIN}"
        remedy = to_the_sender(bureau.caller, remedy)
        return InboxVerdict(InboxOutcome.ASKS, f"{whose or '这一份'}没有入库：{what}；{remedy}。", findings, digests)
    act = "送审" if refers(bureau.caller) else "入库"
    sentence = f"{whose}核对没有问题，还没有{act}；请科室的人在看板「报表导入」打开收件箱里的这一份{act}。"
    return InboxVerdict(InboxOutcome.READY, sentence, findings, digests)


def _foreign(bureau: LiveBureau, owner: InboxOwner, reports: Sequence[Prepared]) -> str:
    """Why a file does not belong in its folder; empty where it does."""
    for report in reports:
        other = next((finding for finding in report.findings if finding.code == "wrong-office"), None)
        if other:
            return f"这是{owner.name}的文件夹，而{other.seen}；请放到那个科室的文件夹里。"
        try:
            if report.office:
                bureau.require(Right.SUBMIT, report.org, report.office)
        except DeniedError:
            return f"这是{owner.name}的文件夹，而这一份是{bureau.catalog.called(report.office, report.org)}的；请放到那个科室的文件夹里。"
    return ""


def _sent_before(bureau: LiveBureau, report: Prepared) -> Submission | None:
    """The latest submission of the very same report, whatever became of it since."""
    if report.office is None or report.period is None or report.report is None:
        return None
    digest, template = sha256(report.data).hexdigest(), report.report.template or bureau.catalog.offices[report.office].template
    sent = bureau.store.submissions(report.period, report.office, report.org)
    return next((submission for submission in reversed(sent) if submission.sha256 == digest and submission.template == template), None)


def _referred(whose: str, code: str, findings: tuple[Finding, ...] = (), digests: tuple[str, ...] = ()) -> InboxVerdict:
    """A file that waits for somebody who accepts."""
    return InboxVerdict(InboxOutcome.REFERRED, f"{whose}已送审，审核员审核以后才入库，有没有退回在「审核」页看。", findings, digests, referral=code)


def _referred_before(bureau: LiveBureau, digests: tuple[str, ...]) -> str:
    """The referral under which the very same reports wait already; empty where there is none."""
    for referral in bureau.store.referrals():
        if referral.by == bureau.caller.name and digests and {report.batch.sha256 for report in referral.reports}.issuperset(digests):
            return referral.code
    return ""


def returned(bureau: LiveBureau, code: str) -> InboxVerdict | None:
    """What is said of a file whose referral was returned; None of one that was not."""
    referral = next((referral for referral in bureau.store.referrals() if code and referral.code == code), None)
    if referral is None or referral.returned is None:
        return None
    back = referral.returned
    return InboxVerdict(InboxOutcome.RETURNED, f"由{back.by}于 {back.at:%Y-%m-%d %H:%M} 退回：{back.reason.rstrip('。')}；{_AGAIN}。", referral=code)


def _known(bureau: LiveBureau, whose: str, reports: Sequence[Prepared], earlier: Sequence[Submission], findings: tuple[Finding, ...]) -> InboxVerdict:
    """A file of which all is on file: stored by the inbox itself before it could answer, or by whomever."""
    sent = {submission.seq: submission for submission in [*earlier, *(report.replaces for report in reports if report.replaces)]}
    submissions = [sent[number] for number in sorted(sent)]
    months = {(report.period, report.office, report.org) for report in reports if report.period}
    in_force = {submission.seq for place in months for submission in bureau.store.current_submissions(*place)}
    if not submissions or not in_force.issuperset(sent):
        since = "，后来已被替换或撤回，没有再次入库；要再报一次，请在看板「报表导入」拖入" if submissions else ""
        return InboxVerdict(InboxOutcome.UNCHANGED, f"{whose}已经报送过{since}。", findings)
    if all(submission.by == bureau.caller.name for submission in submissions):
        return InboxVerdict(InboxOutcome.STORED, _stored_sentence(whose, submissions), findings)
    people = "、".join(dict.fromkeys(submission.by for submission in submissions))
    return InboxVerdict(InboxOutcome.UNCHANGED, f"{whose}已由{people}报送，就是第 {_numbers(submissions)} 号，在库的数没有变。", findings)


def _stored_sentence(whose: str, stored: Iterable[Submission]) -> str:
    """That a file is stored, under which numbers, and when."""
    submissions = sorted(stored, key=lambda submission: submission.seq)
    return f"{whose}已入库，报送第 {_numbers(submissions)} 号，{submissions[-1].at:%Y-%m-%d %H:%M}。"


def _numbers(submissions: Iterable[Submission]) -> str:
    return "、".join(str(submission.seq) for submission in submissions)


def _stored(bureau: LiveBureau, ready: dict[int, list[Prepared]]) -> list[tuple[int, InboxVerdict]]:
    """Store files together, or where that is refused each alone, so that none stops another; what became of each."""
    try:
        return _stored_together(bureau, ready)
    except (OutdatedError, StoreError) as fault:
        return [(at, InboxVerdict(None, "", later=str(fault))) for at in ready]
    except RequestError as fault:
        if len(ready) == 1:
            return [(at, InboxVerdict(InboxOutcome.REFUSED, f"没有入库：{fault}")) for at in ready]
    except KpiError as fault:
        return [(at, InboxVerdict(InboxOutcome.REFUSED, f"没有入库：{fault}")) for at in ready]
    return [verdict for at, reports in ready.items() for verdict in _stored(bureau, {at: reports})]


def _stored_together(bureau: LiveBureau, ready: dict[int, list[Prepared]]) -> list[tuple[int, InboxVerdict]]:
    """
    Store what is new of some files, in one commit.

    Raises:
        KpiError: As `accept`.

    """
    takes = {at: [report for report in reports if report.status is Outcome.READY and not _sent_before(bureau, report)] for at, reports in ready.items()}
    stored = accept(bureau, [report for reports in takes.values() for report in reports], bureau.caller.name)
    own = {(submission.org, submission.office, submission.period, submission.sha256): submission for submission in stored}
    verdicts = []
    for at, reports in takes.items():
        whose = _called(bureau, ready[at])
        numbers = [own[key] for report in reports if (key := (report.org, report.office, report.period, sha256(report.data).hexdigest())) in own]
        if numbers and numbers[0].referral and not numbers[0].seq:
            verdicts.append((at, _referred(whose, numbers[0].referral)))
            continue
        verdicts.append((at, InboxVerdict(InboxOutcome.STORED, _stored_sentence(whose, numbers) if numbers else f"{whose}已入库。")))
    return verdicts
