"""A ledger through the one intake: stored by month, superseded by a later one, held against the sheet, and nobody's name anywhere."""

import io
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from cryptography.fernet import Fernet

from kpi.bureau import Bureau, open_bureau, rebuild_store
from kpi.documents.filing_documents import ingest_document
from kpi.documents.json_document import document_text
from kpi.errors import StoreError
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.filing.submissions import withdraw
from kpi.finding import Severity
from kpi.period import Month
from kpi.review.board import board
from kpi.store.submission import KeptAs
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.workbook.ledgers.books import ADDRESS, COMPLAINTS, IDENTITY, PERSON, PHONE, complaints, workbook

TODAY = date(2023, 12, 3)
MARCH = Month(2023, 3)
PLANTED = (PERSON, PHONE, IDENTITY, ADDRESS)

YEAR = """
2023年1—3月食品抽检台账
抽样单编号 | 抽样日期   | 检验结论 | 被抽样单位联系人 | 联系电话
A1         | 2023-01-05 | 合格     | 欧阳试样         | 13900139000
A2         | 2023-02-05 | 合格     | 欧阳试样         | 13900139000
A3         | 2023-03-05 | 不合格   | 欧阳试样         | 13900139000
A4         | 2023-03-06 | 在检     | 欧阳试样         | 13900139000
"""


def send(bureau: Bureau, *uploads: Upload, note: str = "已核对") -> list[Prepared]:
    prepared = prepare(bureau, uploads, today=TODAY)
    accept(bureau, [one for one in prepared if one.status is not Outcome.REJECTED], "王统计", note)
    return prepared


def year(drawn: str = YEAR, name: str = "抽检.xlsx") -> Upload:
    return workbook(name, 台账=drawn)


def sheet(bureau: Bureau, period: Month = MARCH, **figures: int) -> Upload:
    values = {(code.partition("__")[0], Column(code.partition("__")[2] or "ytd")): D(figure) for code, figure in figures.items()}
    return Upload("食品月报.xlsx", write_template(bureau.catalog, "food_coordination", period, Filling(values)))


def figure(bureau: Bureau, measure: str, period: Month = MARCH) -> tuple[D | None, D | None]:
    """本月数 and 本年累计 in force."""
    known = bureau.store.background(period).present.get(measure)
    return (known.month, known.ytd) if known else (None, None)


def test_a_year_to_date_ledger_is_one_submission_a_month(empty):
    prepared = send(empty, year())

    assert [(str(one.period), one.figures) for one in prepared] == [("2023-01", 8), ("2023-02", 8), ("2023-03", 8)]
    assert [(s.office, s.template, str(s.period)) for s in empty.store.submissions()] == [
        ("food_coordination", "food_sampling_ledger", f"2023-0{month}") for month in (1, 2, 3)
    ]
    assert figure(empty, "food_samples_taken") == (2, 4)
    assert figure(empty, "food_samples_passed") == (0, 2)


def test_a_figure_leads_to_its_rows(empty):
    send(empty, year())

    [month, _] = empty.store.sources(["food_samples_taken"], MARCH)

    assert (month.file, month.sheet, month.cell, month.raw) == ("抽检.xlsx", "台账", "A5:C6", "2（2 行）")


def test_months_that_did_not_change_are_not_stored_again(empty):
    """In April's file the batch of March got its result: March and what adds up from it are new, January and February are not."""
    send(empty, year())

    later = prepare(empty, [year(YEAR.replace("在检", "合格"), "抽检（四月）.xlsx")], today=TODAY)

    assert [one.status for one in later] == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.READY]
    accept(empty, later, "王统计")
    assert figure(empty, "food_samples_passed") == (1, 3)
    assert len(empty.store.submissions()) == 4


def test_a_later_version_of_a_case_supersedes_and_is_no_duplicate(empty):
    send(empty, year())

    later = prepare(empty, [year(YEAR.replace("2023-03-06", "2023-02-06"))], today=TODAY)

    assert [f.code for one in later for f in one.findings if f.code == "case-filed-before"] == []


def test_a_case_in_another_months_ledger_is_asked_about(empty):
    send(empty, year())
    april = "2023年4月食品抽检台账\n抽样单编号 | 抽样日期 | 检验结论\nA9 | 2023-04-01 | 合格\nA3 | 2023-04-05 | 合格"

    [prepared] = prepare(empty, [workbook("四月.xlsx", 台账=april)], today=TODAY)

    [finding] = [f for f in prepared.findings if f.code == "case-filed-before"]
    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "台账!A4")
    assert finding.seen.startswith("与第 3 号报送（2023 年 3 月，「抽检.xlsx」）第 5 行是同一件：")


def test_a_case_in_two_files_of_one_batch_is_asked_about(empty):
    march = "2023年3月食品抽检台账\n抽样单编号 | 抽样日期 | 检验结论\nA1 | 2023-03-01 | 合格"
    april = "2023年4月食品抽检台账\n抽样单编号 | 抽样日期 | 检验结论\nA1 | 2023-04-01 | 合格"

    first, second = prepare(empty, [workbook("三月.xlsx", 台账=march), workbook("四月.xlsx", 台账=april)], today=TODAY)

    assert "case-filed-before" not in {f.code for f in first.findings}
    assert [f.seen for f in second.findings if f.code == "case-filed-before"] == [
        "与本批「三月.xlsx」的 台账!A3是同一件：A1（2023-03-01 → 2023-04-01）；这份台账不改 2023 年 3 月，入库后 2023 年 3 月和 2023 年 4 月各计一次"
    ]


def test_sheet_and_ledger_that_agree_raise_nothing(empty):
    send(empty, year())

    [prepared] = prepare(empty, [sheet(empty, food_samples_taken=4, food_samples_taken__month=2)], today=TODAY)

    assert "sheet-and-ledger-differ" not in {f.code for f in prepared.findings}


@pytest.mark.parametrize("together", [False, True])
def test_where_sheet_and_ledger_differ_both_cells_are_named(empty, together):
    """The sheet says 5 for the year, the ledger counts 4: whoever comes second is asked, and once explained it counts."""
    if together:
        *_, prepared = prepare(empty, [sheet(empty, food_samples_taken=5, food_samples_taken__month=2), year()], today=TODAY)
        place, seen = "台账!A3:C6", "食品监督抽检批次的本年累计：这里是 4，「食品月报.xlsx」的 食品安全协调科月报表!"
    else:
        send(empty, year())
        [prepared] = prepare(empty, [sheet(empty, food_samples_taken=5, food_samples_taken__month=2)], today=TODAY)
        place, seen = "食品安全协调科月报表!", "食品监督抽检批次的本年累计：这里是 5，「抽检.xlsx」的 台账!A3:C6 是 4"

    [finding] = [f for f in prepared.findings if f.code == "sheet-and-ledger-differ"]
    assert finding.severity is Severity.CHECK
    assert str(finding.place).startswith(place)
    assert finding.seen.startswith(seen)


def test_of_sheet_and_ledger_the_later_counts_and_silence_does_not(empty):
    """
    What a statistician filed last, and explained where it differs, counts; a blank row of the sheet leaves the ledger's figure.

    The 上年同期 that only the sheet states stays in force under the ledger that came after.
    """
    send(empty, sheet(empty, food_samples_taken=5, food_samples_taken__month=2, food_samples_taken__prior=3))
    send(empty, year())
    assert figure(empty, "food_samples_taken") == (2, 4)
    [prior] = [s.value.number for s in empty.store.sources(["food_samples_taken"], MARCH) if s.column is Column.PRIOR]
    assert prior == 3

    send(empty, sheet(empty, food_rapid_tests=7))
    assert figure(empty, "food_samples_taken") == (2, 4)
    assert figure(empty, "food_rapid_tests")[1] == 7

    send(empty, sheet(empty, food_samples_taken=6, food_samples_taken__month=3))
    assert figure(empty, "food_samples_taken") == (3, 6)


def test_a_withdrawn_ledger_leaves_the_sheet_in_force(empty):
    send(empty, sheet(empty, food_samples_taken=5, food_samples_taken__month=2))
    send(empty, year())
    [march] = [s for s in empty.store.current_submissions(MARCH) if s.template == "food_sampling_ledger"]

    withdraw(empty, march.seq, "王统计", "台账不全")

    assert figure(empty, "food_samples_taken")[1] == 5


def test_the_kept_cases_lie_beside_the_batches_as_parquet(empty, tmp_path):
    send(empty, year())

    [march] = empty.store.current_submissions(MARCH)
    table = pq.read_table(tmp_path / "data" / "cases" / f"{march.sha256}.parquet")

    assert table.column_names == ["key", "day", "sheet", "row", "source", "抽样单编号", "抽样日期", "检验结论"]
    assert table.select(["key", "row", "检验结论"]).to_pylist() == [
        {"key": "A3", "row": 5, "检验结论": "不合格"},
        {"key": "A4", "row": 6, "检验结论": "在检"},
    ]


def ledger_of_persons() -> Upload:
    rows = complaints(7, 300, date(2023, 1, 1), date(2023, 3, 31))
    rows.append(["TS9", date(2023, 3, 1), PERSON, "12315平台", PERSON, PHONE, IDENTITY, ADDRESS, PERSON, PERSON, PHONE])
    rows.append([IDENTITY, date(2023, 3, 1), "投诉", PHONE, PERSON, PHONE, IDENTITY, ADDRESS, "", "", IDENTITY])
    rows.append([f"填表人：{PERSON}", f"电话：{PHONE}"])
    return workbook("投诉.xlsx", 台账=[[f"2023年1—3月12315投诉举报台账（{PERSON} {PHONE}）"], COMPLAINTS, *rows])


def assert_nobody_is_named(folder: Path, prepared: list[Prepared], bureau: Bureau) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in PLANTED if word.encode() in data or word.encode("utf-16-le") in data or word.encode("gb18030") in data], path
            if path.suffix == ".parquet":
                text = repr(pq.read_table(path).to_pylist()) + repr(pq.read_schema(path).metadata)
                assert not [word for word in PLANTED if word in text], path
    assert not [word for word in PLANTED if word in document_text(ingest_document(prepared, bureau.store.submissions()))]
    assert not [word for word in PLANTED if word in repr(prepared)]
    tables = [row[0] for row in bureau.store.rows("select table_name from duckdb_tables()")]
    for table in tables:
        assert not [word for word in PLANTED if word in repr(bureau.store.rows(f"select * from {table}"))], table


def test_nobody_is_named_anywhere_in_the_data_folder(empty, tmp_path, caplog):
    """Names, telephones, identity numbers and addresses, also where they slipped into other columns, the title and the foot."""
    prepared = send(empty, ledger_of_persons())

    assert [one.status for one in prepared] == [Outcome.READY, Outcome.READY, Outcome.NEEDS_CONFIRMATION]
    assert len(empty.store.submissions()) == 3
    assert_nobody_is_named(tmp_path / "data", prepared, empty)
    assert not [word for word in PLANTED if word in caplog.text]


def test_a_dropped_upload_cannot_be_had_and_everything_else_agrees(empty):
    send(empty, ledger_of_persons())
    [march] = empty.store.current_submissions(MARCH)

    with pytest.raises(StoreError, match=r"「投诉\.xlsx」是台账，含有个人信息，原件没有保留"):
        empty.store.original(march.sha256)
    assert empty.store.kept_as(march.sha256) is not KeptAs.WHOLE
    assert empty.store.verify() == []


def test_lost_cases_are_noticed(empty, tmp_path):
    send(empty, year())
    [march] = empty.store.current_submissions(MARCH)
    (tmp_path / "data" / "cases" / f"{march.sha256}.parquet").write_bytes(b"x")

    [fault] = empty.store.verify()

    whose = f"第 {march.seq} 号报送（「抽检.xlsx」，食品安全协调科 2023 年 3 月）"
    assert fault == f"{whose}：台账明细「cases/{march.sha256}.parquet」已损坏，内容与校验码不符；请从备份恢复该文件。"


def test_a_batch_that_is_gone_does_not_take_the_others_away(empty, tmp_path):
    """Whether an upload can be had is asked for every row of a page; of this one nobody can tell."""
    send(empty, year())
    submissions = empty.store.current_submissions()
    (tmp_path / "data" / submissions[1].batch).unlink()

    assert [empty.store.kept_as(one.sha256) is KeptAs.WHOLE for one in submissions] == [False, False, False]
    [fault] = empty.store.verify()
    assert fault.startswith(f"第 {submissions[1].seq} 号报送（食品安全协调科 2023 年 2 月）：批次「{submissions[1].batch}」不存在或无法读取")


def test_the_database_is_rebuilt_without_the_uploads(tmp_path):
    folder = tmp_path / "data"
    with open_bureau(folder) as bureau:
        send(bureau, year())

    assert rebuild_store(folder) == 3
    with open_bureau(folder) as bureau:
        assert figure(bureau, "food_samples_taken") == (2, 4)
        assert bureau.store.verify() == []


def test_a_sealed_upload_opens_with_the_key_only(tmp_path, monkeypatch):
    """KPI_LEDGER_ORIGINALS=encrypt: one sealed file for the three months, in clear nowhere."""
    key, folder = tmp_path / "台账.key", tmp_path / "data"
    key.write_bytes(Fernet.generate_key())
    monkeypatch.setenv("KPI_LEDGER_ORIGINALS", "encrypt")
    monkeypatch.setenv("KPI_LEDGER_KEY", str(key))
    upload = ledger_of_persons()
    with open_bureau(folder) as bureau:
        prepared = send(bureau, upload)
        [march] = bureau.store.current_submissions(MARCH)
        assert bureau.store.kept_as(march.sha256) is KeptAs.WHOLE
        assert bureau.store.original(march.sha256) == upload.data
        assert bureau.store.verify() == []
        assert len(list((folder / "uploads").iterdir())) == 1
        assert_nobody_is_named(folder, prepared, bureau)

    monkeypatch.delenv("KPI_LEDGER_ORIGINALS")
    with open_bureau(folder) as bureau:
        assert bureau.store.verify() == []
        assert bureau.store.kept_as(march.sha256) is not KeptAs.WHOLE
        with pytest.raises(StoreError, match="加密保留"):
            bureau.store.original(march.sha256)

    key.write_bytes(Fernet.generate_key())
    monkeypatch.setenv("KPI_LEDGER_ORIGINALS", "encrypt")
    with open_bureau(folder) as bureau, pytest.raises(StoreError, match="密钥不对"):
        bureau.store.original(march.sha256)


@pytest.mark.parametrize(
    ("setting", "key", "words"),
    [
        ("keep", "", "KPI_LEDGER_ORIGINALS 的值「keep」不对"),
        ("encrypt", "", "加密保留台账原件要有密钥文件"),
        ("encrypt", "data/台账.key", "放在数据目录里，等于没有加密"),
        ("encrypt", "没有.key", "打不开密钥文件"),
        ("encrypt", "坏.key", "密钥文件的内容不是密钥"),
    ],
)
def test_a_wrong_setting_is_said_at_the_start(tmp_path, monkeypatch, setting, key, words):
    (tmp_path / "坏.key").write_text("不是密钥", encoding="utf-8")
    monkeypatch.setenv("KPI_LEDGER_ORIGINALS", setting)
    monkeypatch.setenv("KPI_LEDGER_KEY", str(tmp_path / key) if key else "")

    with pytest.raises(StoreError, match=words):
        open_bureau(tmp_path / "data")


def test_a_form_is_no_ledger_and_keeps_its_upload(empty):
    upload = sheet(empty, food_samples_taken=5)
    send(empty, upload)

    [one] = empty.store.submissions()

    assert one.template == "食品安全协调科月报表"
    assert empty.store.original(one.sha256) == upload.data
    assert empty.store.kept_as(one.sha256) is KeptAs.WHOLE


def test_the_order_of_the_rows_does_not_matter(empty):
    """Sorted otherwise the figures are the same, so nothing is asked; only where each case stands is new."""
    send(empty, year())
    book = openpyxl.load_workbook(io.BytesIO(year().data))
    rows = [[cell.value for cell in row] for row in book["台账"].iter_rows()]

    again = prepare(empty, [workbook("抽检.xlsx", 台账=[*rows[:2], *reversed(rows[2:])])], today=TODAY)

    assert [one.changes for one in again] == [(), (), ()]


def test_the_mean_time_of_closing_comes_with_the_ledger_alone(empty):
    """3 working days over 2 cases are 1.5; before the ledger came the board has no such row, and no sheet asks for it."""
    assert "complaint_handling_time" not in [row.indicator for row in board(empty, Month(2023, 1))]
    assert "complaint_cases_closed" not in [measure.code for measure in empty.catalog.office_measures("consumer")]
    drawn = """
    2023年1月投诉举报台账
    登记编号 | 受理日期   | 诉求类型 | 来源  | 办结日期
    T1       | 2023-01-13 | 投诉     | 12315 | 2023-01-16
    T2       | 2023-01-20 | 举报     | 12315 | 2023-01-29
    """

    send(empty, workbook("投诉.xlsx", 台账=drawn))

    [row] = [row for row in board(empty, Month(2023, 1)) if row.indicator == "complaint_handling_time"]
    assert (row.figure.value, row.figure.numerator, row.figure.denominator, row.unit) == (D("1.5"), 3, 2, "工作日")
