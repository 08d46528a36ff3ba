"""
The reports of files that came together (一批), each checked against the store and against those before it.

They are checked in the order of their months, as if each replaced what it would replace; nothing is stored.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from kpi.bureau import LiveBureau
from kpi.errors import PasswordNeeded, RecordError, UnforeseenError, UnstartedError, WorkbookError
from kpi.filing.prepared import Outcome, Prepared, Upload, unforeseen
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.case_files import encode
from kpi.store.signature import signature
from kpi.store.submission import Submission
from kpi.validation.backgrounds import Backgrounds, Candidate
from kpi.validation.batch_records import BatchRecords
from kpi.validation.checks import check
from kpi.validation.counterparts import Counterparts
from kpi.validation.elsewhere import Elsewhere
from kpi.validation.month_reach import out_of_reach
from kpi.validation.renamed_sheets import still_counting
from kpi.validation.taken_away import TAKEN_AWAY, Change, changes, no_figures, speaks, taken_away
from kpi.workbook.forms.left_out import original_not_kept
from kpi.workbook.ledgers.on_file_faults import MISSING, replaces
from kpi.workbook.personal.masking import mask_with_signers
from kpi.workbook.report import Report

NOT_STARTED = "reader-not-started"  # the machine could not read the file
_REFUSED: Mapping[type[WorkbookError], tuple[str, str]] = {
    PasswordNeeded: ("password-needed", "请在报表导入页输入打开密码；密码不会保存"),
    UnstartedError: (NOT_STARTED, "请稍后再上传一次；仍然如此的，请管理员检查这台机器的内存、进程数和 Python 程序"),
    RecordError: ("record-damaged", "这份文件没有问题；请管理员恢复在库的文件后再上传，系统内的数据没有变动"),
    UnforeseenError: ("unexpected-error", "请在 Excel 或 WPS 中另存为新的 .xlsx 再上传；仍然如此的，请把文件交给管理员，错误已写入日志"),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A report, with the submission in force that it would replace and whether it says the very same."""

    upload: Upload
    report: Report | WorkbookError
    current: Submission | None = None
    unchanged: bool = False
    beside: frozenset[int] = frozenset()  # the numbers of all that is in force for its office and month
    upload_id: int = 0  # the same for all reports of one upload


def answers(bureau: LiveBureau, single: Sequence[tuple[Upload, Report | WorkbookError]], today: date) -> list[Prepared]:
    """
    Check the reports of a batch, in the order of their months, as if each replaced what it would replace.

    One that is refused replaces nothing after all; where others were held against a batch with it, they are held anew.
    """
    recorded = BatchRecords(bureau.store, bureau.catalog, [report for _, report in single if isinstance(report, Report)])
    placed = [replace(_placed(bureau, recorded, upload, report), upload_id=id(upload)) for upload, report in single]
    refused: set[int] = set()
    while True:
        backgrounds, counterparts = Backgrounds(recorded, bureau.catalog), Counterparts(recorded, bureau.catalog)
        elsewhere = Elsewhere(bureau.store, bureau.catalog)
        for i, file in enumerate(placed):
            if file.current is not None and not file.unchanged and i not in refused:
                backgrounds.expect(file.current)
        checked: dict[int, Prepared] = {}
        for i in sorted(range(len(placed)), key=lambda i: _order(placed[i].report)):
            try:
                checked[i] = _answer(bureau, placed[i], recorded, backgrounds, counterparts, elsewhere, today)
            except Exception as error:
                upload = placed[i].upload
                checked[i] = _answer(bureau, _Placed(upload, unforeseen(upload, error)), recorded, backgrounds, counterparts, elsewhere, today)
        fresh = {i for i, answer in checked.items() if answer.status is Outcome.REJECTED and placed[i].current is not None} - refused
        if not fresh or len(placed) == 1:
            every = [checked[i] for i in range(len(placed))]
            return every if bureau.store.seals else _with_notes(placed, every)
        refused |= fresh


def _with_notes(placed: Sequence[_Placed], every: Sequence[Prepared]) -> list[Prepared]:
    """The answers, the last of each file that brings something new with the note that its original is not kept."""
    of_file: defaultdict[int, list[int]] = defaultdict(list)
    for i, (file, answer) in enumerate(zip(placed, every, strict=True)):
        if answer.report is not None and answer.status is not Outcome.UNCHANGED and None not in (answer.office, answer.period, answer.org):
            of_file[file.upload_id].append(i)
    done = list(every)
    for those in of_file.values():
        last = max(those, key=lambda i: (done[i].status is not Outcome.REJECTED, i))
        notes = original_not_kept([report for i in those if (report := done[i].report) is not None])
        done[last] = replace(done[last], findings=(*done[last].findings, *notes))
    return done


def _placed(bureau: LiveBureau, recorded: BatchRecords, upload: Upload, report: Report | WorkbookError) -> _Placed:
    """A report and what it would replace, of the upload what may be kept; an error stops this report alone."""
    if isinstance(report, WorkbookError):
        return _Placed(upload, report)
    try:
        kept = _kept(bureau, upload, report)
        if report.office is None or report.period is None or report.org is None:
            return _Placed(kept, report)
        template = report.template or bureau.catalog.offices[report.office].template
        standing = recorded.submissions(report.org, report.period, report.office)
        current = next((one for one in standing if one.template == template), None)
        same = current is not None and current.sha256 == sha256(kept.data).hexdigest()
        unchanged = bool(report.same_as) if report.cases is not None else same and current is not None and bureau.store.says(current.seq, report)
    except Exception as error:
        return _Placed(upload, unforeseen(upload, error))
    return _Placed(kept, report, current, unchanged, frozenset(one.seq for one in standing))


def _order(report: Report | WorkbookError) -> tuple[bool, Month, str]:
    """By month, then by office; what cannot be placed comes last."""
    if isinstance(report, WorkbookError) or report.period is None:
        return True, Month(9999, 12), ""
    return False, report.period, report.office or ""


def _answer(
    bureau: LiveBureau, file: _Placed, recorded: BatchRecords, backgrounds: Backgrounds, counterparts: Counterparts, elsewhere: Elsewhere, today: date
) -> Prepared:
    upload, report, name = file.upload, file.report, mask_with_signers(file.upload.name)  # what is said of it is kept
    if isinstance(report, WorkbookError):
        locked = isinstance(report, PasswordNeeded)
        code, remedy = _REFUSED.get(type(report), ("unreadable-file", "请改正后重新上传；系统内的数据没有变动"))
        finding = Finding(code, Severity.BLOCK, Place(upload.name), str(report), remedy)
        message = "「{}」没有入库：{}".format(upload.name, str(report).removeprefix(f"「{upload.name}」："))
        return Prepared(upload.name, upload.data, None, None, None, (finding,), (), None, Outcome.REJECTED, message, locked)
    if report.office is None or report.period is None or report.org is None:
        return Prepared(
            upload.name, upload.data, report.office, report.period, report, report.findings, (), None, Outcome.REJECTED,
            f"「{upload.name}」看不出是{_open_words(report)}的报表，没有入库；请选定后再读一遍。", org=report.org,
        )  # fmt: skip
    org, current, digest = report.org, file.current, sha256(upload.data).hexdigest()
    template = report.template or bureau.catalog.offices[report.office].template
    what = f"{bureau.catalog.called(report.office, org)} {report.period.chinese}{bureau.catalog.ledgers[report.template].name if report.template else '报表'}"
    earlier = backgrounds.earlier(report)
    twin = earlier if earlier is not None and earlier.digest == digest and earlier.report.readings == report.readings else None
    if file.unchanged or twin is not None:
        words = report.same_as or ("已入库的" if file.unchanged or twin is None else f"本批中的「{twin.file}」")
        message = f"{what}与{words}完全相同，不再重复入库。"
        return Prepared(upload.name, upload.data, report.office, report.period, report, report.findings, (), current, Outcome.UNCHANGED, message, org=org)
    far = out_of_reach(report.period, bureau.catalog, recorded.months, Month.of(today))
    closed, findings = (*_closed(recorded, report.office, report.period, org), *far), report.findings
    found: tuple[Change, ...] = ()
    if not report.period.comparable:
        findings = (*closed, *findings)
    elif speaks(report):
        if current or earlier:
            replaced = {(r.measure, r.column): r.value for r in earlier.report.readings} if earlier else bureau.store.stated_in(current.seq) if current else {}
            stated = {**bureau.store.stated(report.office, report.period, org), **(replaced if earlier else {})}
            found = changes(report, stated, replaced, recorded.counterparts(report.office, report.period, template, org).keys())
        findings = (*closed, *taken_away(report, found, bureau.catalog), *findings, *_twice(earlier), *counterparts.findings(report))
        findings += (*elsewhere.findings(report, digest), *still_counting(report, recorded.submissions(org, report.period), bureau.store, bureau.catalog))
        findings += check(report, bureau.catalog, backgrounds.against(report.office, report.period, org, current), today)
    else:
        findings = (*closed, no_figures(report), *findings)
    severities = {finding.severity for finding in findings}
    if not speaks(report):
        status, message = Outcome.REJECTED, f"{what}没有读出任何数，没有入库；已入库的数没有变动。"
    elif Severity.BLOCK in severities:
        status, message = Outcome.REJECTED, f"{what}有必须修改的问题，没有入库；改正后请重新上传。"
    else:
        backgrounds.add(name, digest, report, current)
        counterparts.add(name, report)
        elsewhere.add(name, digest, report)
        read = f"{what}读出 {sum(r.value.number is not None for r in report.readings)} 个数"
        read += f"，将替换 {current.at:%Y-%m-%d %H:%M} 的报送" if current else ""
        if any(finding.code == MISSING for finding in findings):
            ways = "" if replaces(report) else "，或选「这些也算」"
            status, message = Outcome.NEEDS_CONFIRMATION, f"{read}；会让在库的件不再计，为这一份单独写明说明{ways}后可以入库。"
        elif any(finding.code == TAKEN_AWAY for finding in findings):
            status, message = Outcome.NEEDS_CONFIRMATION, f"{read}；会让已入库的数变为未报或 0，为这一份单独写明说明后可以入库。"
        elif Severity.CHECK in severities:
            status, message = Outcome.NEEDS_CONFIRMATION, f"{read}；有请核对的问题，写明说明后可以入库。"
        else:
            status, message = Outcome.READY, f"{read}，可以入库。"
    return Prepared(
        upload.name, upload.data, report.office, report.period, report, findings, found, current, status, message,
        original=upload.original, org=org, beside=file.beside,
    )  # fmt: skip


def _open_words(report: Report) -> str:
    return "、".join(words for words, known in (("哪个单位", report.org), ("哪个科室", report.office), ("哪个月份", report.period)) if known is None)


def _twice(other: Candidate | None) -> tuple[Finding, ...]:
    if other is None or other.report.cases is not None:  # of a ledger the cases that the later one lacks are named
        return ()
    seen = f"本批中「{other.file}」也是这个科室这个月的报表"
    return (Finding("same-report-twice", Severity.CHECK, Place(""), seen, "两份只应入库一份：请移除不要的一份；写明说明后都入库的，后一份替换前一份"),)


def _closed(recorded: BatchRecords, office: str, period: Month, org: str) -> tuple[Finding, ...]:
    lock = recorded.locked(office, period, org)
    if lock is None:
        return ()
    seen = f"{period.chinese}的数据{signature(lock.by, lock.at, '已由')} 锁定（理由：{lock.reason}）"
    return (Finding("period-locked", Severity.BLOCK, Place(""), seen, "确需更正时，请管理员先解锁再上传"),)


def _kept(bureau: LiveBureau, upload: Upload, report: Report) -> Upload:
    """What may be kept of an upload: of a form what the store settles, of a ledger the allowed columns of the month."""
    if report.cases is None:
        return upload
    return Upload(upload.name, encode(report, bureau.catalog.ledgers[report.cases.ledger]), original=upload.data if bureau.store.seals else None)
