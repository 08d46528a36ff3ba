"""
The privacy run: marks planted everywhere, every byte searched after accepting, refusing, drafts, marked copies, errors and log.

What is kept where stands in docs/retention.md; nothing else may be found.
"""

import io

import openpyxl
import pytest
from cryptography.fernet import Fernet

from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT
from kpi.filing.intake import Outcome, prepare
from kpi.store.submission import KeptAs
from tests.kpi.workbook.ledgers.books import workbook
from tests.privacy import books
from tests.privacy.marks import Marks
from tests.privacy.run import TODAY, business_numbers, listening, planted, searched, sent
from tests.privacy.searching import found


@pytest.fixture
def log():
    with listening() as handler:
        yield handler


def test_no_planted_mark_is_found_in_any_byte(empty, tmp_path, log):
    """Some two hundred marks: accepted, refused, left as a draft, marked, failed upon; none of them is anywhere."""
    marks, desk = planted(empty)

    assert len(marks.planted) >= 200
    assert {mark.kind for mark in marks.planted} == {"mobile", "landline", "identity", "card", "name", "address", "other"}
    assert any("ValueError" in line for line in log.lines)
    assert found(marks.planted, searched(tmp_path / "data", empty, log)) == []
    desk.discard()
    assert not list((tmp_path / "data" / "drafts").rglob("*-*"))
    assert empty.store.verify() == []


def test_a_mark_that_is_kept_would_be_found(empty, tmp_path, log):
    """The search itself: an unlabelled name in a kept text is what docs say may stay, and it is found."""
    marks = Marks()
    name = marks.name()
    sent(empty, workbook("投诉.xlsx", 台账=[["2023年3月投诉举报台账"], books.HEADINGS[:5], ["T1", "2023-03-01", "投诉", "12315", f"与{name}有关"]]))

    assert found(marks.planted, searched(tmp_path / "data", empty, log))


def test_under_the_key_the_upload_of_a_form_is_sealed(tmp_path, log, monkeypatch):
    """Without the key the copy is had, with it the very bytes; nothing of the persons is in the clear."""
    key, folder, marks = tmp_path / "台账.key", tmp_path / "data", Marks()
    key.write_bytes(Fernet.generate_key())
    monkeypatch.setenv("KPI_LEDGER_ORIGINALS", "encrypt")
    monkeypatch.setenv("KPI_LEDGER_KEY", str(key))
    with open_bureau(folder, DEFAULT) as bureau:
        upload = books.form(bureau.catalog, marks)
        sent(bureau, upload)
        [one] = bureau.store.submissions()
        assert bureau.store.original(one.sha256) == upload.data
        assert found(marks.planted, searched(folder, bureau, log)) == []
        assert bureau.store.verify() == []

    monkeypatch.delenv("KPI_LEDGER_ORIGINALS")
    with open_bureau(folder, DEFAULT) as bureau:
        assert bureau.store.kept_as(one.sha256) is KeptAs.COPY
        assert openpyxl.load_workbook(io.BytesIO(bureau.store.original(one.sha256))).sheetnames[-1] == "留存说明"


def test_the_same_bytes_sent_again_are_unchanged(empty):
    """The sha256 of the upload tells it, also where a copy is kept."""
    upload = books.form(empty.catalog, Marks())
    sent(empty, upload)

    [again] = prepare(empty, [upload], today=TODAY)

    assert again.status is Outcome.UNCHANGED
    [one] = empty.store.submissions()
    assert empty.store.kept_as(one.sha256) is KeptAs.COPY
    assert empty.store.kept_as(one.sha256) is not KeptAs.WHOLE


def test_business_numbers_keep_their_cases_apart(empty):
    """Numbers that look like somebody's, each one case: none merged, and the same again when sent in another order."""
    numbers = business_numbers()
    rows = [[number, "2023-03-01", "投诉", "12315", "食品", numbers[-1 - at]] for at, number in enumerate(numbers)]
    head = [["2023年3月投诉举报台账"], books.HEADINGS[:6]]

    [march] = sent(empty, workbook("投诉.xlsx", 台账=[*head, *rows]))

    assert len(numbers) == len(set(numbers)) == 3_900
    assert march.report.cases is not None
    assert len(set(march.report.cases.keys)) == 3_900
    assert len(set(march.report.cases.columns["被诉主体代码"])) == 3_900
    assert {r.value.number for r in march.report.readings if r.measure == "complaints_12315"} == {3_900}
    assert "duplicate-case" not in {finding.code for finding in march.findings}
    [again] = prepare(empty, [workbook("投诉.xlsx", 台账=[*head, *reversed(rows)])], today=TODAY)
    assert set(again.report.cases.keys) == set(march.report.cases.keys)
    assert again.changes == ()


def test_the_sender_is_told_before_what_of_the_original_will_be_nowhere(empty):
    """The note names sheets and columns, and is for the sender alone: the record has none of the names."""
    upload = books.form(empty.catalog, Marks())
    [prepared] = prepare(empty, [upload], today=TODAY)

    [told] = [finding for finding in prepared.findings if finding.code == "original-not-kept"]
    assert told.severity.value == "hint"
    assert "工作表「投诉人名单」整张" in told.seen
    assert "的 K 列「联系人」" in told.seen
    sent(empty, upload)
    assert "original-not-kept" not in {finding.code for finding in empty.store.submissions()[0].findings}

    [march] = prepare(empty, [workbook("投诉.xlsx", 台账=[["2023年3月投诉举报台账"], books.HEADINGS[:4], ["T1", "2023-03-01", "投诉", "12315"]])], today=TODAY)
    [told] = [finding for finding in march.findings if finding.code == "original-not-kept"]
    assert "「登记编号」" in told.seen
