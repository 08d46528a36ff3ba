"""The desk: what was dropped and not yet accepted, read aside, found again, opened once, and cleared."""

import io
from datetime import date
from threading import Event

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.errors import OutdatedError, RequestError, WorkbookError
from kpi.filing import questions
from kpi.filing.desk import Desk
from kpi.filing.intake import Outcome, accept, prepare
from kpi.finding import Severity
from kpi.period import Month
from kpi.validation.taken_away import TAKEN_AWAY
from kpi.workbook.report import QuestionKind
from tests.kpi.filing import test_intake
from tests.kpi.filing.test_intake import coal, renamed
from tests.kpi.workbook.ledgers.books import COMPLAINTS, complaints, workbook

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)


def read(desk: Desk) -> Desk:
    """Everything on it read."""
    while reading := desk.reading():
        assert reading.finished(60)
    return desk


def dropped(bureau, *uploads) -> Desk:
    desk = Desk(bureau)
    assert desk.put((upload.name, upload.data) for upload in uploads) == []
    return read(desk)


def locked(data: bytes) -> bytes:
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("开门", sink)
    return sink.getvalue()


def statuses(desk: Desk) -> list[tuple[str, list[Outcome]]]:
    return [(file.name, [report.status for report in file.known]) for file in desk.files]


def test_good_and_bad_files_lie_side_by_side_and_the_good_ones_are_accepted(empty):
    """The refused one stays with its findings, the draft with it; the accepted one is gone from both."""
    good = coal(empty)
    desk = Desk(empty)
    desk.put([(good.name, good.data), ("坏.docx", b"x")])
    assert statuses(read(desk)) == [(good.name, [Outcome.READY]), ("坏.docx", [Outcome.REJECTED])]

    stored = desk.accept("王统计", "", {})

    assert [(one.office, one.by) for one in stored] == [("product_quality", "王统计")]
    assert [file.name for file in desk.files] == ["坏.docx"]
    assert [one.name for one in empty.store.drafts.files(desk.draft or "")] == ["坏.docx"]
    draft = desk.draft
    desk.remove(desk.files[0])
    assert (desk.draft, empty.store.drafts.files(draft or "")) == (None, [])


def test_a_new_visit_with_the_address_finds_the_files(empty):
    """And one with another address finds nothing."""
    desk = dropped(empty, coal(empty), renamed(empty, OCTOBER))

    found = read(Desk(empty, desk.draft))

    assert statuses(found) == statuses(desk)
    assert found.draft == desk.draft
    assert Desk(empty, "0" * 32).files == Desk(empty).files == []
    found.discard()
    assert Desk(empty, desk.draft).files == []


def test_an_answer_is_followed_without_parsing_again(empty, monkeypatch):
    """The sheets are kept; only what they mean is asked anew."""
    desk = dropped(empty, renamed(empty))
    [asking] = questions.asked(empty, desk.reports)
    monkeypatch.setattr(empty.parser, "read", None)

    questions.keep(empty, [(asking, "coal_samples_passed")], "王统计")

    assert questions.asked(empty, read(desk).reports) == []
    assert [report.figures for report in desk.reports] == [5]


def test_a_password_opens_a_file_once_and_is_nowhere_afterwards(empty):
    """A wrong one is said to be wrong; the file lies locked in the draft, and open on the desk until it is accepted."""
    desk = Desk(empty)
    desk.put([("锁.xlsx", locked(coal(empty).data))])
    [file] = read(desk).files
    assert file.locked

    desk.unlock(file, "错的")
    assert "密码不对" in read(desk).reports[0].message
    desk.unlock(file, "开门")
    assert [report.figures for report in read(desk).reports] == [5]
    assert "开门" not in repr(vars(desk)) + repr(vars(file))

    assert read(Desk(empty, desk.draft)).files[0].locked
    questions_of_others = renamed(empty, OCTOBER)
    desk.put([(questions_of_others.name, questions_of_others.data)])
    assert [report.figures for report in read(desk).reports] == [5, 4]  # no second password
    assert len(desk.accept("王统计", "已核对", {})) == 2


def test_what_a_sheet_does_not_say_is_told_of_it(empty):
    """Office and month, for this file."""
    desk = Desk(empty)
    desk.put([("无.csv", "项目,本年累计\n新登记市场主体,5000\n".encode())])
    [file] = read(desk).files
    assert set(file.untold) == {QuestionKind.OFFICE, QuestionKind.PERIOD}
    desk.tell(file, office="registration")
    assert list(read(desk).files[0].untold) == [QuestionKind.PERIOD]
    desk.tell(file, period=NOVEMBER)
    [report] = read(desk).reports
    assert (report.office, report.period, report.figures) == ("registration", NOVEMBER, 1)


def test_a_mended_file_takes_the_place_of_the_refused_one(empty):
    """By its name; what could be accepted is never pushed aside, and the same file again is passed over."""
    desk = Desk(empty)
    desk.put([("质量.xlsx", coal(empty, taken="七十八左右吧").data)])
    assert statuses(read(desk)) == [("质量.xlsx", [Outcome.REJECTED])]
    desk.put([("质量.xlsx", coal(empty).data)])
    assert statuses(read(desk)) == [("质量.xlsx", [Outcome.READY])]
    desk.put([("质量.xlsx", coal(empty).data)])
    desk.put([("质量.xlsx", coal(empty, OCTOBER).data)])
    assert [report.period for report in read(desk).reports] == [NOVEMBER, OCTOBER]


def test_stopping_leaves_what_was_not_read_until_somebody_resumes(empty, monkeypatch):
    """The first is shown and may be accepted, the second is left."""
    parse, slow = empty.parser.read, Event()

    def slowly(data: bytes, name: str, *rest: object) -> object:
        if "2023-11" in name:
            slow.wait()
        return parse(data, name, *rest)

    monkeypatch.setattr(empty.parser, "read", slowly)
    desk = Desk(empty)
    desk.put((upload.name, upload.data) for upload in (coal(empty, OCTOBER), coal(empty)))
    reading = desk.reading()
    assert reading is not None
    while reading.done < 1:
        assert not reading.finished(0.01)
    assert (reading.now, reading.done, reading.total) == ("product_quality2023-11.xlsx", 1, 2)

    reading.stop()

    assert reading.finished(60)
    assert desk.reading() is None
    assert [file.name for file in desk.left] == ["product_quality2023-11.xlsx"]
    assert [report.period for report in desk.takable] == [OCTOBER]
    slow.set()
    desk.resume()
    assert [report.period for report in read(desk).reports] == [OCTOBER, NOVEMBER]


def test_a_fault_of_ours_is_raised_once_and_leaves_the_desk_usable(empty, monkeypatch):
    """One that no file brings about: nothing is read again until somebody asks; the files can be discarded."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kpi.filing.file_reading.prepare_each", fail)
    desk = Desk(empty)
    desk.put([("质量.xlsx", coal(empty).data)])
    reading = desk.reading()
    assert reading is not None
    assert reading.finished(60)
    with pytest.raises(ZeroDivisionError):
        desk.reading()
    assert desk.reading() is None
    assert [file.name for file in desk.left] == ["质量.xlsx"]
    desk.discard()
    assert desk.files == []


def test_a_broken_file_is_parsed_once(empty, monkeypatch):
    """One that takes thirty seconds to fail does not do so at every change of the store."""
    count = []

    def fail(data: bytes, name: str, *_: object) -> None:
        count.append(name)
        raise WorkbookError("「坏.xlsx」：文件内容异常。")

    monkeypatch.setattr(empty.parser, "read", fail)
    desk = Desk(empty)
    desk.put([("坏.xlsx", b"x")])
    read(desk)
    desk.put([("坏二.xlsx", b"y")])
    read(desk)
    assert sorted(count) == ["坏.xlsx", "坏二.xlsx"]


def test_nothing_is_accepted_where_one_has_no_note(empty):
    """All or nothing; the desk is as it was."""
    desk = dropped(empty, coal(empty, OCTOBER, tested=54, pending=24), coal(empty, tested=54, pending=24))
    first, second = desk.files
    with pytest.raises(RequestError, match="请先写明说明"):
        desk.accept("王统计", "", {first.key: "复检中"})
    assert (empty.store.version, len(desk.files)) == (0, 2)
    assert [one.note for one in desk.accept("王统计", "", {first.key: "复检中", second.key: "争议中"})] == ["复检中", "争议中"]


def test_a_form_overtaken_by_another_is_read_again_and_then_asks(empty):
    """Read first with one figure, stored second after one with five: it is refused by name, and the next reading names what it takes away."""
    desk = dropped(empty, test_intake.workbook(empty, "product_quality", NOVEMBER, coal_samples_taken=78))
    assert not desk.files[0].takes_away
    accept(empty, prepare(empty, [coal(empty)]), "李统计", "已核对")

    with pytest.raises(OutdatedError, match=r"「product_quality2023-11\.xlsx」没有入库：读取以后，2023 年 11 月的报表又有新的报送；请重新读取"):
        desk.accept("王统计", "已核对", {})

    assert len(empty.store.submissions()) == 1
    assert read(desk).files[0].takes_away
    [stored] = desk.accept("王统计", "更正", {})
    assert TAKEN_AWAY in {finding.code for finding in stored.findings}


def test_the_findings_of_a_file_over_months_are_said_once(empty):
    """Twelve reports of one sheet share what is wrong with its header."""
    text = "登记注册科2023年各月登记情况\n项目,9月,10月,11月,备注甲\n新登记市场主体,350,400,500,7\n"
    desk = Desk(empty)
    desk.put([("各月.csv", text.encode())])
    [file] = read(desk).files
    assert len(file.known) == 3
    assert [finding.code for finding in file.findings].count("unknown-column") == 1
    assert [finding.code for finding in file.findings].count("original-not-kept") == 1
    assert {finding.severity for finding in file.findings if finding.code != "original-not-kept"} == {Severity.CHECK}
    assert file.marked()[:2] == b"PK"
    assert not file.copy.cells


def test_a_draft_keeps_no_ledger(empty):
    """It may name people; beside it the form stays in the draft, and this visit can still accept both."""
    ledger = workbook("12315投诉举报台账.xlsx", 台账=[COMPLAINTS, *complaints(1, 3, date(2023, 11, 1), date(2023, 11, 20))])
    desk = dropped(empty, coal(empty), ledger)
    assert [file.personal for file in desk.files] == [False, True]

    assert [file.name for file in Desk(empty, desk.draft).files] == [coal(empty).name]

    assert len(desk.accept("王统计", "已核对", {})) == 2


def test_a_file_that_the_machine_could_not_read_is_read_once_it_can(empty, monkeypatch):
    """The sender is told that nothing is wrong with the file, and dropping it again is enough."""
    good = coal(empty)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    with monkeypatch.context() as full:
        empty.parser.close()
        monkeypatch.setattr(empty.parser, "_closed", False)
        full.setattr("kpi.workbook.process.worker.subprocess.Popen", refuse)
        desk = dropped(empty, good)
        [finding] = desk.files[0].findings
        assert (finding.code, finding.severity) == ("reader-not-started", Severity.BLOCK)
        assert "与文件无关" in finding.seen
        assert finding.remedy.startswith("请稍后再上传一次")
    desk.put([(good.name, good.data)])
    assert statuses(read(desk)) == [(good.name, [Outcome.READY])]
