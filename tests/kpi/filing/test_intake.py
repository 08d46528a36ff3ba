"""Intake of real workbooks: what is refused, what is questioned, what is stored, and that nothing changes in between."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from threading import Event

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.bureau import Bureau
from kpi.errors import RequestError
from kpi.filing import batch_check, intake, questions
from kpi.filing.intake import Outcome, Prepared, Upload, Watch, accept, prepare, prepare_each
from kpi.finding import Severity
from kpi.period import Month
from kpi.review.board import board
from kpi.value import State
from kpi.workbook.process.parser import Book
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

NOVEMBER = Month(2023, 11)
TODAY = date(2023, 12, 3)
COAL = {"taken": 78, "tested": 51, "passed": 44, "failed": 7, "pending": 27}


def workbook(bureau: Bureau, office: str, period: Month = NOVEMBER, /, **figures: object) -> Upload:
    """A filled template: ``coal_samples_taken=78`` is 本年累计, ``coal_samples_taken__month=5`` 本月数, ``__prior`` 上年同期."""
    values = {}
    for name, figure in figures.items():
        code, _, column = name.partition("__")
        values[code, Column(column or "ytd")] = figure if isinstance(figure, str) else D(figure)
    return Upload(f"{office}{period}.xlsx", write_template(bureau.catalog, office, period, Filling(values)))


def coal(bureau: Bureau, period: Month = NOVEMBER, **changed: object) -> Upload:
    return workbook(bureau, "product_quality", period, **{f"coal_samples_{name}": figure for name, figure in (COAL | changed).items()})


def renamed(bureau: Bureau, period: Month = NOVEMBER, **changed: object) -> Upload:
    """The coal sheet with a row whose name only resembles that of its measure, and without the hidden code."""
    book = openpyxl.load_workbook(io.BytesIO(coal(bureau, period, **changed).data))
    sheet = book["质量监管科月报表"]
    name = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "商品煤合格批次")
    name.value = "商品煤合格的批次数"
    for cell in sheet[name.row]:
        if cell.value == "coal_samples_passed":
            cell.value = None
    sink = io.BytesIO()
    book.save(sink)
    return Upload(f"改过名{period}.xlsx", sink.getvalue())


def one(bureau: Bureau, upload: Upload, **told: object) -> Prepared:
    [prepared] = prepare(bureau, [replace(upload, **told)], today=TODAY)
    return prepared


def faults(prepared: Prepared, severity: Severity) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in prepared.findings if f.severity is severity]


def test_a_sheet_in_order_is_stored_and_seen_on_the_board(empty):
    """From cells to the board: 44 of 51 tested, and each figure keeps the cell it came from."""
    prepared = one(empty, coal(empty))
    assert (prepared.status, prepared.office, prepared.period, prepared.figures) == (Outcome.READY, "product_quality", NOVEMBER, 5)

    [submission] = accept(empty, [prepared], "王统计")

    row = next(row for row in board(empty, NOVEMBER) if row.indicator == "coal_sampling_pass_rate")
    assert (row.figure.numerator, row.figure.denominator) == (44, 51)
    [stated] = [s for s in empty.store.sources(["coal_samples_passed"], NOVEMBER) if s.column is Column.YTD]
    assert (stated.raw, stated.by, stated.seq, stated.sheet) == ("44", "王统计", submission.seq, "质量监管科月报表")
    assert empty.store.original(submission.sha256) == coal(empty).data


@pytest.mark.parametrize(
    ("office", "figures", "told", "code"),
    [
        ("consumer", {"complaints_12315": 5}, {"office": "catering"}, "wrong-office"),
        ("product_quality", {"coal_samples_taken": "七十八左右吧"}, {}, "not-a-number"),
        ("product_quality", {"coal_samples_taken": "无"}, {}, "not-a-number"),
        ("product_quality", {"coal_samples_tested": 54, "coal_samples_passed": 60}, {}, "part-exceeds-whole"),
        ("product_quality", {"coal_samples_taken": "-3"}, {}, "impossible-value"),
        ("food_coordination", {"food_sampling_pass_rate": 978}, {}, "impossible-value"),
    ],
)
def test_a_wrong_workbook_is_refused_at_its_cell(empty, office, figures, told, code):
    """Another office's sheet, words for a number, a part above its whole: file, sheet, cell and the way out; nothing stored."""
    prepared = one(empty, workbook(empty, office, **figures), **told)

    found = [f for f in prepared.findings if f.code == code]
    assert found, prepared.findings
    assert found[0].severity is Severity.BLOCK
    assert found[0].place.sheet
    assert found[0].place.cell or code == "wrong-office"
    assert found[0].seen
    assert found[0].remedy
    assert prepared.status is Outcome.REJECTED
    with pytest.raises(RequestError, match=prepared.file):
        accept(empty, [prepared], "王统计", "已核对")
    assert (empty.store.version, empty.store.submissions()) == (0, [])


def test_a_month_in_the_future_is_refused(empty):
    """January 2024 on 3 December 2023."""
    prepared = one(empty, coal(empty, Month(2024, 1)))

    assert ("future-period", "质量监管科月报表") in faults(prepared, Severity.BLOCK)
    assert prepared.status is Outcome.REJECTED


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 torn", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_a_reason(empty, data):
    """Never an exception, always a sentence with the file's name."""
    prepared = one(empty, Upload("报表.xlsx", data))

    assert prepared.status is Outcome.REJECTED
    assert "报表.xlsx" in prepared.message
    assert empty.store.version == 0


def test_a_sum_that_does_not_add_up_needs_a_word(empty):
    """44 + 7 is not 54: stored once confirmed with 说明, and flagged as long as it stands."""
    prepared = one(empty, coal(empty, tested=54, pending=24))
    assert prepared.status is Outcome.NEEDS_CONFIRMATION
    assert {f.relation for f in prepared.findings if f.severity is Severity.CHECK} == {"R051", "R052"}

    with pytest.raises(RequestError, match="请先写明说明"):
        accept(empty, [prepared], "王统计", "  ")
    assert empty.store.version == 0

    [submission] = accept(empty, [prepared], "王统计", "3 批次结论有争议，复检中")
    kept = empty.store.current("product_quality", NOVEMBER)
    assert kept is not None
    assert kept.note == "3 批次结论有争议，复检中"
    assert {f.relation for f in kept.findings} >= {"R051", "R052"}
    assert kept.seq == submission.seq


def test_the_same_file_twice_is_stored_once(empty):
    """Idempotent by content."""
    accept(empty, [one(empty, coal(empty))], "王统计")

    again = one(empty, coal(empty))

    assert again.status is Outcome.UNCHANGED
    assert accept(empty, [again], "王统计") == []
    assert len(empty.store.submissions()) == 1


def test_the_same_file_read_with_another_answer_is_not_the_same(empty):
    """Stored without its unknown row, answered, dropped again: read to more, so it is a correction; then it is unchanged."""
    upload = renamed(empty)
    accept(empty, [one(empty, upload)], "王统计", "改过名")
    assert one(empty, upload).status is Outcome.UNCHANGED
    [asking] = questions.asked(empty, [one(empty, upload)])

    questions.keep(empty, [(asking, "coal_samples_passed")], "王统计")

    corrected = one(empty, upload)
    assert corrected.status is Outcome.READY
    assert [(c.measure, c.column, c.old, c.new.number) for c in corrected.changes if c.new.number is not None] == [
        ("coal_samples_passed", Column.YTD, None, 44)
    ]
    [stored] = accept(empty, [corrected], "王统计")
    assert (stored.seq, stored.unchanged) == (3, False)
    assert one(empty, upload).status is Outcome.UNCHANGED


def test_figures_that_are_gone_are_named(empty):
    """Stored with five figures, sent again without three rows: those become 未报."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    text = f"质量监管科 {NOVEMBER.chinese}月报表\n数据项,本年累计\n商品煤抽检批次,78\n商品煤已检测批次,51\n"

    corrected = one(empty, Upload("更正.csv", text.encode()))

    gone = [(c.measure, c.old.number) for c in corrected.changes if c.new.state is State.UNREPORTED and c.old]
    assert gone == [("coal_samples_passed", 44), ("coal_samples_failed", 7), ("coal_samples_pending", 27)]


def test_each_file_may_have_a_note_of_its_own(empty):
    """The note for all is for those without one."""
    doubtful = [one(empty, coal(empty, period, tested=54, pending=24)) for period in (Month(2023, 10), NOVEMBER)]
    with pytest.raises(RequestError, match="请先写明说明"):
        accept(empty, [replace(doubtful[0], note="复检中"), doubtful[1]], "王统计")

    stored = accept(empty, [replace(doubtful[0], note="复检中"), doubtful[1]], "王统计", "见附件")

    assert [submission.note for submission in stored] == ["复检中", "见附件"]


def test_office_and_month_may_be_told_of_one_file(empty):
    """Beside files that say it themselves."""
    text = "项目,本年累计\n新登记市场主体,5000\n".encode()
    prepared = prepare(empty, [Upload("无.csv", text, office="registration", period=NOVEMBER), coal(empty)], today=TODAY)
    assert [(p.office, p.period) for p in prepared] == [("registration", NOVEMBER), ("product_quality", NOVEMBER)]


def test_reading_can_be_stopped(empty):
    """Files not yet read are left out of the answer, those read are in it; nothing is stored."""
    stopped = Event()
    uploads = [coal(empty, Month(2023, month)) for month in range(1, 7)]

    def parse(data: bytes, name: str, password: str | None) -> Book:
        if name != uploads[0].name:
            stopped.wait()  # as a file that takes long
        return empty.parser.read(data, name, password)

    prepared = prepare_each(empty, uploads, TODAY, Watch(lambda done: stopped.set(), parse, stopped))

    assert [[(p.file, p.status) for p in reports] if reports else None for reports in prepared] == [[(uploads[0].name, Outcome.READY)]] + [None] * 5
    assert empty.store.version == 0


def test_a_correction_supersedes_and_shows_what_changes(empty):
    """Old and new per figure; the old submission is still on record."""
    accept(empty, [one(empty, coal(empty))], "王统计")

    corrected = one(empty, coal(empty, passed=45, failed=6))
    assert [(c.measure, c.old.number, c.new.number) for c in corrected.changes] == [("coal_samples_passed", 44, 45), ("coal_samples_failed", 7, 6)]
    accept(empty, [corrected], "王统计")

    assert len(empty.store.submissions()) == 2
    assert next(row.figure.numerator for row in board(empty, NOVEMBER) if row.indicator == "coal_sampling_pass_rate") == 45


def test_a_batch_is_checked_month_after_month(empty):
    """Dropped together in any order, October is November's 上月累计."""
    october = workbook(empty, "ip", Month(2023, 10), trademarks_registered_new=200)
    november = workbook(empty, "ip", NOVEMBER, trademarks_registered_new=246, trademarks_registered_new__month=40)

    second, first = prepare(empty, [november, october], today=TODAY)

    assert first.status is Outcome.READY
    assert [f.seen for f in second.findings if f.code == "cumulative-differs"] == ["新增商标注册本年累计 246，应为上月累计 200 + 本月数 40 = 240"]


def test_the_same_report_twice_in_a_batch_is_questioned(empty):
    """Two different sheets of one office and month: only one can be meant."""
    _, second = prepare(empty, [coal(empty), coal(empty, passed=45, failed=6)], today=TODAY)

    assert "same-report-twice" in {f.code for f in second.findings}


def test_last_years_record_stands_against_the_base_typed_in(empty):
    """上年同期 that differs from our record is questioned; accepted, it is the comparable base and ours is noted."""
    accept(empty, [one(empty, workbook(empty, "ip", Month(2022, 11), trademarks_registered_new=200))], "王统计")

    restated = one(empty, workbook(empty, "ip", NOVEMBER, trademarks_registered_new=246, trademarks_registered_new__prior=205))
    assert [code for code, _ in faults(restated, Severity.CHECK)] == ["base-differs"]
    accept(empty, [restated], "王统计", "2022 年含撤回后重新注册的 5 件")

    row = next(row for row in board(empty, NOVEMBER) if row.indicator == "trademarks_registered_new")
    assert (row.last_year.value, row.last_year.own, row.last_year.yoy) == (205, 200, D(20))


@pytest.mark.parametrize(
    ("written", "state"),
    [("", State.UNREPORTED), ("0", State.ZERO), ("*", State.WITHHELD), ("在检", State.PENDING), ("未开展", State.NOT_STARTED), ("/", State.NOT_APPLICABLE)],
)
def test_each_face_of_no_number_reaches_the_board_as_itself(empty, written, state):
    """Seven faces from the cell to the page; none of them becomes 0."""
    figures = {"trademarks_registered_new": written} if written else {}
    prepared = one(empty, workbook(empty, "ip", NOVEMBER, patents_granted=61, **figures))
    accept(empty, [prepared], "王统计", "如实填报")

    row = next(row for row in board(empty, NOVEMBER) if row.indicator == "trademarks_registered_new")

    assert row.figure.state is state
    assert row.figure.value == (0 if state is State.ZERO else None)


def test_one_file_over_months_is_one_report_a_month(empty):
    """A year's table as CSV: each month prepared for itself, all stored from the same bytes, each figure with its cell."""
    text = "登记注册科2023年各月登记情况\n项目,9月,10月,11月\n新登记市场主体,350,400,500\n"

    prepared = prepare(empty, [Upload("各月.csv", text.encode("gb18030"))], today=TODAY)

    assert [(p.file, str(p.period), p.figures, p.status) for p in prepared] == [
        ("各月.csv", f"2023-{month:02}", 1, Outcome.NEEDS_CONFIRMATION) for month in (9, 10, 11)
    ]
    submissions = accept(empty, prepared, "王统计", "其余数据项另报")
    assert len({submission.sha256 for submission in submissions}) == 1
    [stated] = [s for s in empty.store.sources(["market_entities_new"], NOVEMBER) if s.column is Column.MONTH]
    assert (stated.raw, stated.sheet, stated.cell) == ("500", "表", "D3")


def test_a_locked_file_is_opened_with_the_password_sent_with_it(empty):
    """The password opens the file and is nowhere afterwards."""
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(coal(empty).data)).encrypt("开门", sink)

    closed = one(empty, Upload("锁.xlsx", sink.getvalue()))
    assert (closed.status, closed.locked, closed.findings[0].code) == (Outcome.REJECTED, True, "password-needed")
    wrong = one(empty, Upload("锁.xlsx", sink.getvalue(), "错的"))
    assert (wrong.locked, "密码不对" in wrong.message) == (True, True)
    opened = one(empty, Upload("锁.xlsx", sink.getvalue(), "开门"))
    assert opened.figures == 5
    assert "开门" not in repr(opened)
    assert "开门" not in repr(Upload("锁.xlsx", b"", "开门"))


def test_answers_to_questions_are_taken_into_account(empty):
    """What was asked about one month is read the next."""
    text = "登记注册科2023年{}月报表\n项目,数量\n新登记市场主体,5000\n"
    [asked] = prepare(empty, [Upload("一.csv", text.format(10).encode())], today=TODAY)
    assert asked.status is Outcome.REJECTED
    assert asked.report
    [question] = asked.report.questions

    questions.keep(empty, [(questions.Asking(question, "registration", (("一.csv", question.place),), ()), "ytd")], "王统计")
    [answered] = prepare(empty, [Upload("二.csv", text.format(11).encode())], today=TODAY)
    assert (answered.figures, answered.report.questions if answered.report else None) == (1, ())


def test_a_row_that_cannot_be_told_is_asked_about_and_never_dropped_in_silence(empty):
    """A name that only resembles a measure is not read; the finding names the cell, the question the likeliest measure."""
    prepared = one(empty, renamed(empty))

    [finding] = [f for f in prepared.findings if f.code == "unknown-row"]
    assert (finding.severity, finding.place.cell) == (Severity.CHECK, "C11")
    assert "请在报表导入页说明" in finding.remedy
    assert "商品煤合格的批次数" in finding.seen
    assert [question.candidates[0][0] for question in prepared.report.questions] == ["coal_samples_passed"]
    assert prepared.status is Outcome.NEEDS_CONFIRMATION
    assert "coal_samples_passed" not in {reading.measure for reading in prepared.report.readings}


def test_an_error_of_ours_in_reading_one_file_stops_no_other(empty, monkeypatch, caplog):
    """A file whose reading fails unforeseen is refused with a way out and logged; the rest of the batch is none the worse."""
    read_reports = intake.read_reports

    def failing(sheets, *more, hints, **told):
        if hints[0] == "坏.xlsx":
            raise ValueError("invalid literal for int()")
        return read_reports(sheets, *more, hints=hints, **told)

    monkeypatch.setattr(intake, "read_reports", failing)
    bad, good = prepare(empty, [replace(coal(empty), name="坏.xlsx"), coal(empty)], today=TODAY)

    assert (bad.status, good.status) == (Outcome.REJECTED, Outcome.READY)
    [finding] = bad.findings
    assert (finding.code, finding.severity, finding.place.sheet) == ("unexpected-error", Severity.BLOCK, "坏.xlsx")
    assert "读取时出了意料之外的错误" in finding.seen
    assert "另存为" in finding.remedy
    assert "invalid literal" in caplog.text


def test_an_error_of_ours_in_checking_one_file_stops_no_other(empty, monkeypatch, caplog):
    """The same for a file that is read, but whose checks fail."""
    check = batch_check.check

    def failing(report, *more):
        if report.period == Month(2023, 10):
            raise ZeroDivisionError
        return check(report, *more)

    monkeypatch.setattr(batch_check, "check", failing)
    bad, good = prepare(empty, [coal(empty, Month(2023, 10)), coal(empty)], today=TODAY)

    assert (bad.status, [finding.code for finding in bad.findings], good.status) == (Outcome.REJECTED, ["unexpected-error"], Outcome.READY)
    assert "ZeroDivisionError" in caplog.text
