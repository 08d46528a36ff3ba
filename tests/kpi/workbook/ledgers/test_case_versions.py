"""A case that is on file and comes again: no correction takes a case from a month, or one case for another, without a CHECK."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from kpi.bureau import Bureau
from kpi.documents.filing_documents import ingest_document
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.writing.marked_copy import FINDINGS_SHEET, mark
from tests.kpi.workbook.ledgers.books import food, food_rows, workbook

TODAY = date(2023, 12, 3)
NOVEMBER = "2023年11月食品抽检台账"


def look(bureau: Bureau, upload: Upload, cases: str = "") -> list[Prepared]:
    return prepare(bureau, [replace(upload, cases=cases)], today=TODAY)


def send(bureau: Bureau, upload: Upload, cases: str = "") -> list[Prepared]:
    prepared = look(bureau, upload, cases)
    accept(bureau, [replace(one, note="已核对") for one in prepared if one.status is not Outcome.REJECTED], "王统计")
    return prepared


def seen(prepared: list[Prepared], code: str) -> list[tuple[str, str, str]]:
    return [(str(one.period), f.severity.value, f.seen) for one in prepared for f in one.findings if f.code == code]


def taken(bureau: Bureau, month: int) -> int:
    return int(bureau.store.background(Month(2023, month)).present["food_samples_taken"].month or 0)


def test_a_case_whose_date_is_corrected_into_the_next_month_is_told_in_both(empty):
    """Ten of October, the last of them of the 31st; sent again for both months it is of 1 November: 9 and 1."""
    october = [*food_rows("A", 2023, 10, 9), ["A31", "2023-10-31", "合格"]]
    send(empty, food("2023年10月食品抽检台账", october))

    prepared = send(empty, food("2023年10—11月食品抽检台账", [*october[:-1], ["A31", "2023-11-01", "合格"]]))

    words = "有 1 件的抽样日期改了月份，入库后从 2023 年 10 月移到 2023 年 11 月，两个月的数都随之变动：A31（2023-10-31 → 2023-11-01）"
    assert seen(prepared, "case-moved") == [("2023-10", "check", words), ("2023-11", "check", words)]
    assert seen(prepared, "cases-missing") == []
    assert (taken(empty, 10), taken(empty, 11)) == (9, 1)


def test_a_case_that_moves_into_a_ledger_of_one_month_counts_in_both_until_the_other_is_sent(empty):
    """November's ledger does not touch October: the words say so, and with October's sent again the case counts once."""
    october = [*food_rows("A", 2023, 10, 9), ["A31", "2023-10-31", "合格"]]
    send(empty, food("2023年10月食品抽检台账", october))

    prepared = send(empty, food(NOVEMBER, [["A31", "2023-11-01", "合格"]]))

    [(_, _, words)] = seen(prepared, "case-filed-before")
    assert words.endswith("：A31（2023-10-31 → 2023-11-01）；这份台账不改 2023 年 10 月，入库后 2023 年 10 月和 2023 年 11 月各计一次")
    assert (taken(empty, 10), taken(empty, 11)) == (10, 1)
    send(empty, food("2023年10月食品抽检台账", october[:-1]))
    assert (taken(empty, 10), taken(empty, 11)) == (9, 1)


def test_under_these_too_a_case_of_its_own_earlier_sheet_is_asked_about(empty):
    """一所 has ten and 二所 seven beside them; 二所 sends six: the seventh stays counted, and that is asked; 一所's ten are not its own."""
    first, second = food(NOVEMBER, food_rows("A", 2023, 11, 10), "一所.xlsx"), food_rows("B", 2023, 11, 7)
    send(empty, first)
    assert seen(send(empty, food(NOVEMBER, second, "二所.xlsx"), "adds"), "own-cases-missing") == []

    prepared = send(empty, food(NOVEMBER, second[:-1], "二所.xlsx"), "adds")

    words = "2023 年 11 月有 1 件在这份台账以前报的里面有，这份里没有：B231107；按「这些也算」，照旧计入"
    assert seen(prepared, "own-cases-missing") == [("2023-11", "check", words)]
    assert prepared[0].status is Outcome.NEEDS_CONFIRMATION
    assert taken(empty, 11) == 17
    assert seen(look(empty, first, "adds"), "own-cases-missing") == []
    assert look(empty, food(NOVEMBER, second[:-1], "二所.xlsx"), "adds")[0].status is Outcome.UNCHANGED  # confirmed, it is not asked again


@pytest.mark.parametrize("answer", ["", "adds"])
def test_two_stations_that_number_their_own_from_one_are_not_merged_in_silence(empty, answer):
    """1, 2, 3 of 一所 on other days than 1, 2, 3 of 二所; the fourth is of the same day and another product."""
    head = ["抽样单编号", "抽样日期", "检验结论", "样品名称"]
    mine = [["1", "2023-11-01", "合格", "大米"], ["2", "2023-11-02", "合格", "面粉"], ["3", "2023-11-03", "合格", "食醋"], ["4", "2023-11-04", "合格", "酱油"]]
    theirs = [
        ["1", "2023-11-11", "合格", "大米"],
        ["2", "2023-11-12", "合格", "面粉"],
        ["3", "2023-11-13", "合格", "食醋"],
        ["4", "2023-11-04", "合格", "白酒"],
    ]
    send(empty, workbook("一所.xlsx", 台账=[[NOVEMBER], head, *mine]))

    prepared = look(empty, workbook("二所.xlsx", 台账=[[NOVEMBER], head, *theirs]), answer)

    words = (
        "有 4 件的编号与在库的相同，「抽样日期」、「样品名称」却不同，按同一件的更正计，在库的不再另计："
        "1（2023-11-01 → 2023-11-11）、2（2023-11-02 → 2023-11-12）、3（2023-11-03 → 2023-11-13）、4"
    )
    assert seen(prepared, "number-of-other-case") == [("2023-11", "check", words)]


def test_a_case_that_goes_on_is_no_other_case(empty):
    """In testing, then passed; a number of three digits of its own: the newer version, without a question."""
    send(empty, food(NOVEMBER, [["101", "2023-11-01", "在检"], ["102", "2023-11-02", "合格"]]))

    [prepared] = send(empty, food(NOVEMBER, [["101", "2023-11-01", "合格"], ["102", "2023-11-02", "合格"]]))

    assert prepared.status is Outcome.READY


def test_cases_that_go_back_to_being_open_are_counted(empty):
    """Three with a result on file are in testing in what is sent again."""
    send(empty, food(NOVEMBER, [*food_rows("A", 2023, 11, 6), ["B1", "2023-11-20", "不合格"]]))
    rows = [*food_rows("A", 2023, 11, 4), *[[key, day, "在检"] for key, day, _ in food_rows("A", 2023, 11, 6)[4:]], ["B1", "2023-11-20", "待检"]]

    prepared = look(empty, food(NOVEMBER, rows))

    assert seen(prepared, "case-went-back") == [
        ("2023-11", "check", "有 2 件的「检验结论」在库的是「合格」，这一份退回到「在检」：A231105、A231106"),
        ("2023-11", "check", "有 1 件的「检验结论」在库的是「不合格」，这一份退回到「在检」：B1"),
    ]


def test_every_missing_case_can_be_read_and_what_was_chosen_is_not_offered_again(empty):
    """Ten are gone: the sentence names five, the document of the command line all; 「替换在库的」 was chosen, so 「这些也算」 is not offered."""
    send(empty, food(NOVEMBER, food_rows("A", 2023, 11, 10)))

    asked, chosen = (look(empty, food(NOVEMBER, food_rows("B", 2023, 11, 7)), answer) for answer in ("", "replaces"))

    [file] = ingest_document(asked, [])["files"]
    [finding] = [finding for finding in file["findings"] if finding["code"] == "cases-missing"]
    assert finding["cases"] == [key for key, _, _ in food_rows("A", 2023, 11, 10)]
    assert "或选「这些也算」" in asked[0].message
    assert "这些也算" not in chosen[0].message + "".join(f.remedy + f.seen for f in chosen[0].findings)
    assert chosen[0].message.endswith("会让在库的件不再计，为这一份单独写明说明后可以入库。")


def test_the_list_of_cases_is_in_the_marked_copy_and_not_on_record(empty):
    """What a finding lists in full stands on the sheet of findings; a submission keeps the sentence alone."""
    send(empty, food(NOVEMBER, food_rows("A", 2023, 11, 10)))
    upload = food(NOVEMBER, food_rows("B", 2023, 11, 7))
    [prepared] = send(empty, upload)
    sheet = openpyxl.load_workbook(io.BytesIO(mark(upload.data, prepared.findings)))[FINDINGS_SHEET]
    assert any("A231110" in str(row[3].value) for row in sheet.iter_rows())
    [stored] = empty.store.current_submissions(Month(2023, 11))
    assert [f.cases for f in stored.findings if f.severity is Severity.CHECK] == [()]


def test_cases_that_count_under_another_word_are_named(empty):
    """Seven complaints; two come again as 咨询 and one from 12345: the figures of both words change, and each change is counted."""
    title, head = ["2023年11月投诉举报台账"], ["登记编号", "受理日期", "诉求类型", "来源"]
    rows = [[f"TS1123{number:04d}", f"2023-11-{number:02d}", "投诉", "12315平台"] for number in range(1, 8)]
    send(empty, workbook("台账.xlsx", 台账=[title, head, *rows]))
    again = [*([*row[:2], "咨询", row[3]] for row in rows[:2]), [*rows[2][:3], "12345热线"], *rows[3:]]

    [prepared] = look(empty, workbook("台账.xlsx", 台账=[title, head, *again]))

    assert seen([prepared], "case-reclassified") == [
        ("2023-11", "check", "有 2 件的「诉求类型」在库的是「投诉」，这一份改成「咨询」，按它们计的数随之变动：TS11230001、TS11230002"),
        ("2023-11", "check", "有 1 件的「来源」在库的是「12315」，这一份改成「12345」，按它们计的数随之变动：TS11230003"),
    ]
    assert prepared.status is Outcome.NEEDS_CONFIRMATION


@pytest.mark.parametrize("behind", [True, False])
def test_a_case_that_a_file_of_the_batch_takes_away_counts_once_in_words_too(empty, behind):
    """A31 moves from 31 October to 1 November: both months come in one batch, in either order, and no word says that it counts twice."""
    october = [*food_rows("A", 2023, 10, 9), ["A31", "2023-10-31", "合格"]]
    send(empty, food("2023年10月食品抽检台账", october))
    files = [food(NOVEMBER, [["A31", "2023-11-01", "合格"]], "十一.xlsx"), food("2023年10月食品抽检台账", october[:-1], "十.xlsx")]

    prepared = prepare(empty, files if behind else files[::-1], today=TODAY)

    words = [words for _, _, words in seen(prepared, "case-filed-before")]
    assert [one.partition("；")[2] for one in words] == (
        ["本批「十.xlsx」里 2023 年 10 月不再有它，两份都入库后只在 2023 年 11 月计一次，只入库这一份的两个月各计一次"] if behind else []
    )
    accept(empty, [replace(one, note="已核对") for one in prepared], "王统计")
    assert (taken(empty, 10), taken(empty, 11)) == (9, 1)


def test_a_file_of_the_batch_that_keeps_the_case_does_not_take_it_away(empty):
    """October's file comes behind and still has A31: it does count twice."""
    october = [*food_rows("A", 2023, 10, 9), ["A31", "2023-10-31", "合格"]]
    send(empty, food("2023年10月食品抽检台账", october))
    files = [food(NOVEMBER, [["A31", "2023-11-01", "合格"]], "十一.xlsx"), food("2023年10月食品抽检台账", [*october, ["B", "2023-10-30", "合格"]], "十.xlsx")]

    [words] = [words for month, _, words in seen(prepare(empty, files, today=TODAY), "case-filed-before") if month == "2023-11"]

    assert words.endswith("；这份台账不改 2023 年 10 月，入库后 2023 年 10 月和 2023 年 11 月各计一次")


def test_cases_whose_result_comes_in_are_counted_and_need_no_confirmation(empty):
    """Ten of November, two in testing; sent again one has passed and one failed: a note for each word, ready, 9 passed and 1 failed."""
    rows = food_rows("A", 2023, 11, 8)
    send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", "在检"], ["P2", "2023-11-21", "在检"]]))

    prepared = send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", "合格"], ["P2", "2023-11-21", "不合格"]]))

    assert prepared[0].status is Outcome.READY
    assert seen(prepared, "case-went-on") == [
        ("2023-11", "hint", "有 1 件的「检验结论」在库的是「在检」，这一份是「合格」，从这一份起按「合格」计：P1"),
        ("2023-11", "hint", "有 1 件的「检验结论」在库的是「在检」，这一份是「不合格」，从这一份起按「不合格」计：P2"),
    ]
    present = empty.store.background(Month(2023, 11)).present
    assert [int(present[code].month or 0) for code in ("food_samples_passed", "food_samples_failed")] == [9, 1]


def test_a_blank_that_becomes_a_counted_word_is_noted(empty):
    """Nine of November, one without a result; sent again it has passed: 9 passed in place of 8, ready, and a note that names it."""
    rows = food_rows("A", 2023, 11, 8)
    send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", ""]]))

    prepared = send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", "合格"]]))

    assert prepared[0].status is Outcome.READY
    assert seen(prepared, "case-went-on") == [("2023-11", "hint", "有 1 件在库的没有写「检验结论」，这一份是「合格」，从这一份起按「合格」计：P1")]
    assert int(empty.store.background(Month(2023, 11)).present["food_samples_passed"].month or 0) == 9


def test_a_word_that_nobody_knows_takes_no_case_away_in_silence(empty):
    """A batch in testing, then 「合恪」: still ten taken, nine tested, and a CHECK at the cell and one that names the case."""
    rows = food_rows("A", 2023, 11, 9)
    send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", "在检"]]))

    prepared = send(empty, food(NOVEMBER, [*rows, ["P1", "2023-11-20", "合恪"]]))

    assert prepared[0].status is Outcome.NEEDS_CONFIRMATION
    assert [severity for _, severity, _ in seen(prepared, "unknown-value")] == ["check"]
    assert seen(prepared, "case-went-back") == [("2023-11", "check", "有 1 件在库的写了「检验结论」，这一份是空白：P1")]
