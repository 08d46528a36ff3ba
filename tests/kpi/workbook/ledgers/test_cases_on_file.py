"""A ledger beside what is on file: no case that was accepted goes without a CHECK that counts it, and none counts twice."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.documents.filing_documents import ingest_document
from kpi.errors import OutdatedError, RequestError
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.filing.questions import Asking, keep, undo
from kpi.filing.submissions import Standing, history, lock, withdraw
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.report import QuestionKind
from tests.kpi.workbook.ledgers.books import food, food_rows, workbook

TODAY = date(2023, 12, 3)


def send(bureau: Bureau, *uploads: Upload, cases: str = "") -> list[Prepared]:
    """File ledgers, each with a 说明 of its own."""
    prepared = prepare(bureau, [replace(upload, cases=cases) for upload in uploads], today=TODAY)
    accept(bureau, [replace(one, note="已核对") for one in prepared if one.status is not Outcome.REJECTED], "王统计")
    return prepared


@pytest.fixture(scope="module")
def ten_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with January to October on file, ten batches a month."""
    folder = tmp_path_factory.mktemp("filed") / "data"
    with open_bureau(folder) as bureau:
        send(bureau, food("2023年1—10月食品抽检台账", [row for month in range(1, 11) for row in food_rows("A", 2023, month, 10)]))
    return folder


@pytest.fixture
def filed(ten_months: Path, tmp_path: Path) -> Iterator[Bureau]:
    """A bureau over a copy of the ten months."""
    with open_bureau(shutil.copytree(ten_months, tmp_path / "data")) as bureau:
        yield bureau


def taken(bureau: Bureau, first: int = 1, last: int = 12) -> dict[int, tuple[int, int]]:
    """The batches of each month of 2023 that is known: 本月数 and 本年累计."""
    known = {month: bureau.store.background(Month(2023, month)).present.get("food_samples_taken") for month in range(first, last + 1)}
    return {month: (int(one.month or 0), int(one.ytd or 0)) for month, one in known.items() if one is not None}


def missing(prepared: list[Prepared]) -> list[tuple[str, str, str]]:
    return [(str(one.period), f.severity.value, f.seen) for one in prepared for f in one.findings if f.code == "cases-missing"]


def codes(prepared: list[Prepared], code: str) -> list[str]:
    return [f.seen for one in prepared for f in one.findings if f.code == code]


def statuses(prepared: list[Prepared]) -> dict[str, str]:
    return {str(one.period): one.status.value for one in prepared}


def test_a_mistyped_date_changes_no_month(filed):
    """An untitled ledger of November with one case dated 2023-01-15: ten months stay as they are, not even stored again."""
    before = taken(filed)

    prepared = send(filed, food("食品抽检台账", [*food_rows("A", 2023, 11, 10), ["X", "2023-01-15", "合格"]]))

    assert [str(one.period) for one in prepared] == ["2023-11"]
    assert taken(filed) == before | {11: (10, 110)}


def test_a_case_of_the_month_before_is_added_to_it(filed):
    """One batch of 28 September in October's ledger: September has eleven, and October's 本年累计 follows."""
    prepared = send(filed, food("食品抽检台账", [*food_rows("A", 2023, 10, 10), ["X", "2023-09-28", "合格"]]))

    assert statuses(prepared) == {"2023-09": "ready", "2023-10": "ready"}
    [hint] = [f for f in prepared[0].findings if f.code == "lone-date"]
    assert (hint.severity.value, str(hint.place)) == ("hint", "台账!B13")
    assert taken(filed, 8) == {8: (10, 80), 9: (11, 91), 10: (10, 101)}
    [source] = [s for s in filed.store.sources(["food_samples_taken"], Month(2023, 9), Month(2023, 9)) if s.column == "month"]
    assert source.raw == "11（本份 1 行，在库 10 行）"


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)], ids=["first", "last"])
@pytest.mark.parametrize("on_file", [False, True])
def test_a_stray_row_of_a_month_of_the_same_batch_is_told_alike_in_any_order(request, order, on_file):
    """September's ledger and October's with one case of 28 September: September is what its own ledger holds, and the row is asked about."""
    filed = request.getfixturevalue("filed" if on_file else "empty")
    september = food("2023年9月食品抽检台账", food_rows("A", 2023, 9, 12), "九月.xlsx")
    october = food("食品抽检台账", [*food_rows("A", 2023, 10, 11), ["X", "2023-09-28", "合格"]], "十月.xlsx")

    prepared = send(filed, *[september, october][order])

    assert codes(prepared, "lone-date") == ["第 14 行的抽样日期 2023-09-28 只有这样很少几行在 9 月；2023 年 9 月由本批另一份台账报，这一行没有计入"]
    [asked] = [one for one in prepared if one.status is Outcome.NEEDS_CONFIRMATION]
    assert (asked.file, str(asked.period)) == ("十月.xlsx", "2023-10")
    assert [month for month, _ in taken(filed, 9, 10).values()] == [12, 11]


def test_a_later_version_of_an_earlier_case_updates_its_month(empty):
    """A January batch in November's ledger with its result: it stays January's and is passed there."""
    send(empty, food("2023年1月食品抽检台账", food_rows("A", 2023, 1, 10, "在检")))

    send(empty, food("食品抽检台账", [*food_rows("A", 2023, 11, 10), ["A230103", "2023-01-03", "合格"]]))

    assert taken(empty) == {1: (10, 10), 11: (10, 20)}
    assert empty.store.background(Month(2023, 1)).present["food_samples_passed"].month == 1


def test_a_mistyped_date_of_a_case_on_file_leaves_it_where_it_is(filed):
    """Resent with 2023-01-05 for 2023-11-05: November keeps it, as it is on file, and January gets none."""
    send(filed, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    rows = [[key, "2023-01-05" if day == "2023-11-05" else day, result] for key, day, result in food_rows("A", 2023, 11, 10)]

    prepared = send(filed, food("食品抽检台账", rows))

    assert missing(prepared) == []
    assert [f.seen for one in prepared for f in one.findings if f.code == "lone-date"] == [
        "第 7 行的抽样日期 2023-01-05 离其余很远；在库的同一件是别的日期，仍按在库的计"
    ]
    assert taken(filed, 10) == {10: (10, 100), 11: (10, 110)}
    assert taken(filed, 1, 1) == {1: (10, 10)}


def test_a_ledger_that_lacks_cases_names_and_counts_them(filed):
    """October on file has ten, this ledger one of them: nine would be gone, and that is asked before they are."""
    prepared = prepare(filed, [food("2023年10月食品抽检台账", food_rows("A", 2023, 10, 1))], today=TODAY)

    words = "2023 年 10 月在库 10 件：其中 9 件这份里没有；没有的是 A231002、A231003、A231004、A231005、A231006等；入库后这 9 件不再计"
    assert missing(prepared) == [("2023-10", "check", words)]
    assert (prepared[0].status, prepared[0].takes_away) == (Outcome.NEEDS_CONFIRMATION, True)
    with pytest.raises(RequestError, match="让在库的件不再计，请先为这一份写明说明再入库"):
        accept(filed, prepared, "王统计")
    assert taken(filed, 10) == {10: (10, 100)}


def test_a_title_of_the_year_over_november_takes_no_month_in_silence(filed):
    """「2023年度…台账」 over November's rows: each of ten months on file is named with its ten cases."""
    prepared = prepare(filed, [food("2023年度食品抽检台账", food_rows("A", 2023, 11, 10))], today=TODAY)

    assert [(period, seen.partition("；")[0]) for period, _, seen in missing(prepared)] == [
        (f"2023-{month:02d}", f"2023 年 {month} 月在库 10 件：其中 10 件这份里没有") for month in range(1, 11)
    ]


@pytest.mark.parametrize(("answer", "november"), [("adds", (17, 117)), ("replaces", (7, 107))])
def test_a_second_station_adds_or_replaces(filed, answer, november):
    """Seven batches of another station for a month with ten on file: seventeen, or, confirmed, seven."""
    send(filed, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))

    prepared = send(filed, food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7)), cases=answer)

    assert taken(filed, 11) == {11: november}
    assert statuses(prepared) == {"2023-11": "ready" if answer == "adds" else "needs-confirmation"}
    assert len(missing(prepared)) == (answer == "replaces")


def test_what_adds_is_one_with_what_is_on_file_where_it_is_the_same_case(empty):
    """Of twelve batches of the second station two are on file; one of them has its result now: 10 + 10, and passed."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10, "在检")))

    send(empty, food("2023年11月食品抽检台账", [*food_rows("B", 2023, 11, 10, "在检"), *food_rows("A", 2023, 11, 2)]), cases="adds")

    assert taken(empty) == {11: (20, 20)}
    assert empty.store.background(Month(2023, 11)).present["food_samples_passed"].month == 2


def test_two_stations_in_one_batch(empty):
    """The second file is held against the first; answered, both count and either alone does not bring the other's."""
    first, second = (
        food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10), "一所.xlsx"),
        food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "二所.xlsx"),
    )
    assert [seen.partition("；")[0] for _, _, seen in missing(prepare(empty, [first, second], today=TODAY))] == [
        "2023 年 11 月本批「一所.xlsx」有 10 件：其中 10 件这份里没有，另有 7 件是新的"
    ]

    prepared = prepare(empty, [first, replace(second, cases="adds")], today=TODAY)
    assert missing(prepared) == []
    with pytest.raises(RequestError, match=r"「二所\.xlsx」和同批的「一所\.xlsx」合在一起计；请一起入库"):
        accept(empty, prepared[1:], "王统计", "已核对")
    accept(empty, prepared, "王统计", "已核对")

    assert taken(empty) == {11: (17, 17)}


def test_the_answer_is_remembered_for_files_of_one_name(empty):
    """「二所11月台账」 adds; so does 「二所12月台账」, and 三所's is asked; undone, it asks again."""
    send(empty, food("2023年10月食品抽检台账", food_rows("A", 2023, 10, 10)), food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    [asked] = prepare(empty, [food("2023年10月食品抽检台账", food_rows("B", 2023, 10, 7), "二所10月台账.xlsx")], today=TODAY)
    [question] = asked.report.questions if asked.report else ()
    assert (question.kind, [answer for answer, _ in question.candidates]) == (QuestionKind.CASES, ["adds", "replaces"])

    [answer] = keep(empty, [(Asking(question, asked.office, ((asked.file, question.place),), ()), "adds")], "王统计")

    november = food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "二所11月台账.xlsx")
    assert missing(prepare(empty, [november], today=TODAY)) == []
    assert len(missing(prepare(empty, [replace(november, name="三所11月台账.xlsx")], today=TODAY))) == 1
    undo(empty, answer, "王统计")
    assert len(missing(prepare(empty, [november], today=TODAY))) == 1


def test_a_remembered_replacing_still_names_what_goes(empty):
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))

    prepared = prepare(empty, [replace(food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7)), cases="replaces")], today=TODAY)

    assert [severity for _, severity, _ in missing(prepared)] == ["check"]


def test_what_a_title_of_days_does_not_cover_stays(empty):
    """On file 1 to 10 October; a ledger from the 8th to 25 November holds the 9th and two more: 8 and 10 October would be gone."""
    send(empty, food("2023年10月食品抽检台账", food_rows("A", 2023, 10, 10)))
    rows = [["A231009", "2023-10-09", "合格"], ["P1", "2023-10-26", "合格"], ["P2", "2023-11-20", "合格"]]

    prepared = send(empty, food("2023年10月8日—11月25日食品抽检台账", rows))

    assert [seen for _, _, seen in missing(prepared)] == [
        "2023 年 10 月在库 10 件：其中 2 件这份里没有，另有 1 件是新的；没有的是 A231008、A231010；入库后这 2 件不再计"
    ]
    assert taken(empty) == {10: (9, 9), 11: (1, 10)}  # seven of 1 to 7 October, the 9th and the 26th


def test_unchanged_months_are_not_stored_again_wherever_their_rows_stand(filed):
    """The newest first, and one more batch in October: nine months are as they were, whatever their rows are now."""
    rows = [["N", "2023-10-20", "合格"], *[row for month in range(10, 0, -1) for row in food_rows("A", 2023, month, 10)]]

    prepared = send(filed, food("2023年1—10月食品抽检台账", rows, "新.xlsx"))

    assert statuses(prepared) == {f"2023-{month:02d}": "unchanged" for month in range(1, 10)} | {"2023-10": "ready"}
    assert len(filed.store.submissions()) == 11


def test_a_locked_month_refuses_a_change_only(filed):
    """January to May locked: sent again with a new batch of April, the others are no refusal, and April's names itself."""
    for month in range(1, 6):
        lock(filed, Month(2023, month), "王统计", "已通报")
    rows = [row for month in range(1, 11) for row in food_rows("A", 2023, month, 10)]

    assert set(statuses(prepare(filed, [food("2023年1—10月食品抽检台账", rows[::-1])], today=TODAY)).values()) == {"unchanged"}
    prepared = prepare(filed, [food("2023年1—10月食品抽检台账", [*rows, ["N", "2023-04-20", "合格"]])], today=TODAY)

    assert [period for period, status in statuses(prepared).items() if status == "rejected"] == ["2023-04", "2023-05"]
    assert statuses(prepared)["2023-03"] == "unchanged"
    assert "2023 年 4 月的数据" in next(f.seen for f in prepared[3].findings if f.code == "period-locked")


def test_a_month_that_is_refused_counts_in_no_other(filed):
    """September is locked: the batch of 28 September in October's ledger cannot be added to it, so October's 本年累计 is without it."""
    lock(filed, Month(2023, 9), "王统计", "已通报")

    prepared = prepare(filed, [food("食品抽检台账", [*food_rows("A", 2023, 10, 11), ["X", "2023-09-28", "合格"]])], today=TODAY)

    assert statuses(prepared) == {"2023-09": "rejected", "2023-10": "ready"}
    accept(filed, prepared[1:], "王统计")
    assert taken(filed, 9) == {9: (10, 90), 10: (11, 101)}


def test_what_was_filed_after_the_reading_is_not_lost(empty):
    """Two stations read at one time: who accepts second is told to read again."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    waiting = prepare(empty, [replace(food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7)), cases="adds")], today=TODAY)
    send(empty, food("2023年11月食品抽检台账", food_rows("C", 2023, 11, 5)), cases="adds")

    with pytest.raises(RequestError, match="又有新的报送；请重新读取"):
        accept(empty, waiting, "王统计")

    assert taken(empty) == {11: (15, 15)}


def test_two_files_of_one_name_are_two(empty):
    """一所/台账 waits for its 说明, 二所/台账 counts its batches besides: alone it is refused, and nothing of either counts."""
    waits = food("2023年1月食品抽检台账", [*food_rows("A", 2023, 1, 10), ["", "2023-01-20", "合格"]], "台账.xlsx")
    adds = replace(food("2023年1月食品抽检台账", food_rows("B", 2023, 1, 7), "台账.xlsx"), cases="adds")

    prepared = prepare(empty, [replace(waits, folders=("一所",)), replace(adds, folders=("二所",))], today=TODAY)

    assert [one.status for one in prepared] == [Outcome.NEEDS_CONFIRMATION, Outcome.READY]
    with pytest.raises(RequestError, match=r"「台账\.xlsx」和同批的「台账\.xlsx」（本批第 1 份）合在一起计"):
        accept(empty, prepared[1:], "王统计")
    assert taken(empty) == {}
    accept(empty, prepared, "王统计", "编号已补查")
    assert taken(empty) == {1: (18, 18)}


def test_of_a_file_of_months_that_very_month_has_to_be_stored(empty):
    """一所 brings January and February; 二所's January counts 一所's besides, and 一所's February does not make up for it."""
    both = food("2023年1—2月食品抽检台账", [*food_rows("A", 2023, 1, 10), *food_rows("A", 2023, 2, 10)], "一所.xlsx")
    adds = replace(food("2023年1月食品抽检台账", food_rows("B", 2023, 1, 7), "二所.xlsx"), cases="adds")
    january, february, *second = prepare(empty, [both, adds], today=TODAY)

    with pytest.raises(RequestError, match="合在一起计"):
        accept(empty, [february, *second], "王统计", "已核对")

    accept(empty, [january, february, *second], "王统计", "已核对")
    assert taken(empty) == {1: (17, 17), 2: (10, 27)}


def test_what_hides_a_missing_case_has_to_be_stored(empty):
    """Ten on file; the first of a batch lacks them all and asks, the second is whole beside the first only: alone it would replace ten unasked."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    lacks, whole = (
        food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "一.xlsx"),
        food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 8), "二.xlsx"),
    )
    prepared = prepare(empty, [lacks, whole], today=TODAY)

    assert [one.status for one in prepared] == [Outcome.NEEDS_CONFIRMATION, Outcome.READY]
    with pytest.raises(RequestError, match="合在一起计"):
        accept(empty, prepared[1:], "王统计")
    assert taken(empty) == {11: (10, 10)}


def test_two_stations_stored_at_one_moment(empty):
    """Both were put beside nothing: one is stored, the other is told to read again, by name; read again it asks."""
    stations = [food("2023年1月食品抽检台账", food_rows(prefix, 2023, 1, count), f"{prefix}所.xlsx") for prefix, count in (("A", 10), ("B", 7))]
    waiting = [prepare(empty, [station], today=TODAY) for station in stations]
    start, refused = Barrier(2), []

    def store(prepared: list[Prepared]) -> None:
        start.wait()
        try:
            accept(empty, prepared, "王统计")
        except OutdatedError as error:
            refused.append((prepared[0].file, str(error)))

    threads = [Thread(target=store, args=(prepared,)) for prepared in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [(name, sentence)] = refused
    assert sentence == f"「{name}」没有入库：读取以后，它的台账又有新的报送；请重新读取，再核对一次。"
    [later] = prepare(empty, [station for station in stations if station.name == name], today=TODAY)
    assert [severity for _, severity, _ in missing([later])] == ["check"]


def test_a_case_that_was_filed_elsewhere_meanwhile_counts_once(empty):
    """March's ten are read; February's ledger with the same ten is stored: March is not, until it is read again and asks."""
    send(empty, food("2023年1月食品抽检台账", food_rows("A", 2023, 1, 10)))
    march = food("2023年3月食品抽检台账", food_rows("C", 2023, 3, 10))
    waiting = prepare(empty, [march], today=TODAY)
    send(empty, food("2023年2月食品抽检台账", [[key, f"2023-02-{at:02d}", result] for at, (key, _, result) in enumerate(food_rows("C", 2023, 3, 10), 1)]))

    with pytest.raises(OutdatedError, match="它的台账又有新的报送"):
        accept(empty, waiting, "王统计", "已核对")

    assert taken(empty) == {1: (10, 10), 2: (10, 20)}
    assert "case-filed-before" in {f.code for f in prepare(empty, [march], today=TODAY)[0].findings}


def test_a_second_click_stores_nothing_and_a_withdrawal_is_seen(empty):
    """The same two months once more are unchanged; a ledger that adds to what was withdrawn meanwhile is not stored."""
    prepared = prepare(empty, [food("2023年1—2月食品抽检台账", [*food_rows("A", 2023, 1, 10), *food_rows("A", 2023, 2, 10)])], today=TODAY)
    accept(empty, prepared, "王统计")
    assert [one.unchanged for one in accept(empty, prepared, "王统计")] == [True, True]

    waiting = prepare(empty, [replace(food("2023年2月食品抽检台账", food_rows("B", 2023, 2, 7)), cases="adds")], today=TODAY)
    withdraw(empty, max(one.seq for one in empty.store.current_submissions(Month(2023, 2))), "王统计", "重复")
    with pytest.raises(OutdatedError, match="有报送撤回了；请重新读取"):
        accept(empty, waiting, "王统计")
    assert taken(empty) == {1: (10, 10)}


def test_an_older_export_over_a_newer_one_is_asked_about(empty):
    """On file a batch has its result; sent again without one, it would be in testing once more."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 3)))

    prepared = prepare(empty, [food("2023年11月食品抽检台账", [*food_rows("A", 2023, 11, 2), ["A231103", "2023-11-03", ""]])], today=TODAY)

    [finding] = [f for f in prepared[0].findings if f.code == "case-went-back"]
    assert (finding.severity.value, str(finding.place)) == ("check", "台账!C5")
    assert finding.seen == "有 1 件在库的写了「检验结论」，这一份是空白：A231103"


def test_an_amount_that_is_blank_the_second_time_is_asked_about(empty):
    """Ten cases on file with 100 元 each, nine of them sent again without: 900 元 would be gone without a word."""
    head = ["登记编号", "受理日期", "诉求类型", "来源", "挽回经济损失（元）"]
    rows = [[f"T{day}", f"2023-11-{day:02d}", "投诉", "12315", 100] for day in range(1, 11)]
    send(empty, workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], head, *rows]))

    prepared = prepare(empty, [workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], head, rows[0], *(row[:4] for row in rows[1:])])], today=TODAY)

    [finding] = [f for f in prepared[0].findings if f.code == "case-went-back"]
    assert (finding.severity.value, str(finding.place)) == ("check", "台账!E4")
    assert finding.seen == "有 9 件在库的写了「挽回经济损失」，这一份是空白：T2、T3、T4、T5、T6等"


def test_a_ledger_without_a_column_names_the_figures_and_the_month(empty):
    """Sent again without 检验结论: three figures of November would be 未报."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 3)))
    rows = [row[:2] for row in food_rows("A", 2023, 11, 3)]

    prepared = prepare(empty, [workbook("抽检.xlsx", 台账=[["2023年11月食品抽检台账"], ["抽样单编号", "抽样日期"], *rows])], today=TODAY)

    [finding] = [f for f in prepared[0].findings if f.code == "figures-taken-away"]
    assert finding.severity.value == "check"
    assert finding.seen == "入库后，2023 年 11 月已入库的 3 个数会变为未报：「食品抽检检验批次」、「食品抽检合格批次」、「食品抽检不合格批次」"


def test_cases_of_two_ledgers_with_other_columns_count_where_both_have_them(empty):
    """The second station's ledger has no 检验结论: 17 were taken, of how many the result is known nobody can say."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    rows = [row[:2] for row in food_rows("B", 2023, 11, 7)]
    second = workbook("二所.xlsx", 台账=[["2023年11月食品抽检台账"], ["抽样单编号", "抽样日期"], *rows])

    prepared = send(empty, second, cases="adds")

    assert taken(empty) == {11: (17, 17)}
    assert [f.severity.value for f in prepared[0].findings if f.code == "figures-taken-away"] == ["check"]
    assert "food_samples_passed" not in empty.store.background(Month(2023, 11)).present


def test_a_case_without_a_key_is_known_by_what_it_says(empty):
    """A batch without its number, sent again as it was, is neither missing nor counted twice."""
    rows = [*food_rows("A", 2023, 11, 3), ["", "2023-11-09", "合格"]]
    send(empty, food("2023年11月食品抽检台账", rows))

    prepared = prepare(empty, [food("2023年11月食品抽检台账", rows[::-1])], today=TODAY)

    assert statuses(prepared) == {"2023-11": "unchanged"}


def test_the_document_of_the_command_line_asks(empty):
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10)))
    prepared = prepare(empty, [food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7))], today=TODAY)

    [file] = ingest_document(prepared, [])["files"]

    assert file["questions"] == [{"kind": "cases", "place": "台账", "seen": "抽检", "candidates": ["adds", "replaces"]}]


def test_a_figure_that_is_not_settled_is_kept(empty, tmp_path):
    """A case closed in a year without published holidays is pending, and the ledger is stored all the same."""
    rows = [["T1", "2026-11-02", "投诉", "12315", "2027-01-04"]]
    heading = ["登记编号", "受理日期", "诉求类型", "来源", "办结日期"]
    upload = workbook("投诉.xlsx", 台账=[["2026年11月投诉举报台账"], heading, *rows])

    prepared = prepare(empty, [upload], today=date(2027, 4, 1))
    accept(empty, prepared, "王统计", "已核对")

    assert [one.status for one in prepare(empty, [upload], today=date(2027, 4, 1))] == [Outcome.UNCHANGED]
    assert Path(tmp_path / "data" / "cases").exists()


def test_rows_without_a_number_of_a_second_station_count_besides_those_that_say_the_same(empty):
    """一所 has 10 and two alike without a number, 二所 2 alike and 3 under 「这些也算」: 12 + 5 = 17; 二所's sent again are its own."""
    twins = [["", "2023-11-05", "合格"]] * 2
    send(empty, food("2023年11月食品抽检台账", [*twins, *food_rows("A", 2023, 11, 10)], "一所.xlsx"))
    second = food("2023年11月食品抽检台账", [*twins, *food_rows("B", 2023, 11, 3)], "二所.xlsx")

    prepared = send(empty, second, cases="adds")

    assert taken(empty)[11] == (17, 17)
    assert codes(prepared, "nameless-alike") == [
        "有 2 行没有写「抽样单编号」（第 3、4 行），与在库的逐格相同："
        "第 1 号报送（2023 年 11 月，「一所.xlsx」）第 3 行、第 1 号报送（2023 年 11 月，「一所.xlsx」）第 4 行；按「这些也算」，两边都计"
    ]
    assert codes(prepared, "missing-key") == []
    again = send(empty, second, cases="adds")
    assert [one.status for one in again] == [Outcome.UNCHANGED]
    assert taken(empty)[11] == (17, 17)


def test_rows_without_a_number_that_are_taken_as_on_file_are_counted_in_a_check(empty):
    """Two alike and nothing else, of 一所 and then of 二所: a sheet sent again or two more cases, which nobody can see; the words say which it is."""
    twins = [["", "2023-11-05", "合格"]] * 2
    send(empty, food("2023年11月食品抽检台账", twins, "一所.xlsx"))

    [prepared] = send(empty, food("2023年11月食品抽检台账", twins, "二所.xlsx"), cases="adds")

    [words] = codes([prepared], "nameless-on-file")
    assert words.startswith("有 2 行没有写「抽样单编号」（第 3、4 行），与在库的逐格相同：第 1 号报送")
    assert words.endswith("；按已在库的计，不再另计")
    assert codes([prepared], "missing-key") == []
    assert prepared.status is Outcome.NEEDS_CONFIRMATION
    assert taken(empty)[11] == (2, 2)
    send(empty, food("2023年11月食品抽检台账", [*twins, *food_rows("C", 2023, 11, 5)], "三所.xlsx"), cases="adds")
    assert taken(empty)[11] == (7, 7)


def test_the_records_say_whose_cases_count(empty):
    """Ten, seven and five batches put together, one of the ten renewed by the last: 5 + 1, 7 and 9; withdrawn, the state before is back."""
    send(empty, food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10, "在检"), "一所.xlsx"))
    send(empty, food("2023年11月食品抽检台账", food_rows("B", 2023, 11, 7), "二所.xlsx"), cases="adds")
    send(empty, food("2023年11月食品抽检台账", [*food_rows("C", 2023, 11, 5), *food_rows("A", 2023, 11, 1)], "三所.xlsx"), cases="adds")

    third, second, first = history(empty)
    one, two, three = (record.submission.seq for record in (first, second, third))
    assert [record.standing for record in (first, second, third)] == [Standing.MERGED, Standing.MERGED, Standing.IN_FORCE]
    assert (third.origins, third.brought) == ({one: 9, two: 7, three: 6}, (one, two))
    assert [(record.counts_in, record.merged, record.on_top) for record in (first, second)] == [(three, 9, (three, two)), (three, 7, (three,))]

    withdraw(empty, three, "王统计", "拿错了")
    third, second, first = history(empty)
    assert [record.standing for record in (first, second, third)] == [Standing.MERGED, Standing.IN_FORCE, Standing.WITHDRAWN]
    assert second.origins == {one: 10, two: 7}


def test_a_month_recounted_without_a_case_of_its_own_is_still_the_first_ones(filed):
    """A batch late in September only changes 本年累计 of October: its ten cases are those of the first submission still; a replaced one has none."""
    send(filed, food("2023年9月食品抽检台账", food_rows("B", 2023, 9, 3)), cases="adds")

    october = history(filed, period=Month(2023, 10))
    assert [record.standing for record in october] == [Standing.IN_FORCE, Standing.MERGED]
    assert october[0].origins == {october[1].submission.seq: 10}
    send(filed, food("2023年10月食品抽检台账", food_rows("D", 2023, 10, 4)), cases="replaces")
    assert [record.standing for record in history(filed, period=Month(2023, 10))] == [Standing.IN_FORCE, Standing.SUPERSEDED, Standing.SUPERSEDED]


def test_months_without_a_row_are_asked_about_once(empty):
    """
    Twenty cases each of January and February under a title up to April: one CHECK for March and April, no more of old forms or of
    noughts; each waits for its 说明; sent again it is on file as it is and nothing is asked.
    """
    columns = ["登记编号", "受理日期", "诉求类型", "来源", "办结日期", "挽回经济损失（元）"]
    kinds, channels = ("投诉", "举报", "咨询"), ("12315平台", "12345热线")
    rows = [
        [f"T{month}{day:02d}", f"2023-{month:02d}-{day:02d}", kinds[day % 3], channels[day % 2], f"2023-{month:02d}-{day + 5:02d}", 10]
        for month in (1, 2)
        for day in range(1, 21)
    ]
    upload = workbook("投诉.xlsx", 台账=[["2023年1—4月投诉举报台账"], columns, *rows])
    prepared = send(empty, upload)

    checks = [{(f.code, f.seen) for f in one.findings if f.severity is Severity.CHECK} for one in prepared]
    of_both = {("months-without-cases", "标题写的期间里，2023 年 3—4 月没有一行，按 0 计")}
    assert checks == [set(), set(), of_both, of_both]
    assert statuses(prepared) == {"2023-01": "ready", "2023-02": "ready", "2023-03": "needs-confirmation", "2023-04": "needs-confirmation"}
    assert set(statuses(prepare(empty, [upload], today=TODAY)).values()) == {"unchanged"}


def test_a_month_alone_without_a_row_is_asked_about_where_there_always_were_some(filed):
    """A sheet that says November and has no row, over ten months of ten batches: the noughts are asked about."""
    sheets = {
        "11月": [["2023年11月食品抽检台账"], ["样品编号", "抽样日期", "检验结论"]],
        "10月": [["2023年10月食品抽检台账"], ["样品编号", "抽样日期", "检验结论"], *food_rows("A", 2023, 10, 10)],
    }

    prepared = prepare(filed, [workbook("食品.xlsx", **sheets)], today=TODAY)

    assert statuses(prepared) == {"2023-10": "unchanged", "2023-11": "needs-confirmation"}
    assert [f.code for f in prepared[1].findings if f.severity is Severity.CHECK] == ["figures-fall-to-zero"]


def test_a_column_that_a_ledger_on_file_lacked_stays_unreported(empty):
    """February without results, then March and April with them: February is not stored again, and its passed batches are never 0."""
    send(empty, food("2023年1月食品抽检台账", food_rows("A", 2023, 1, 10)))
    send(empty, workbook("抽检.xlsx", 台账=[["2023年2月食品抽检台账"], ["抽样单编号", "抽样日期"], *(row[:2] for row in food_rows("A", 2023, 2, 9))]))

    march = send(empty, food("2023年3月食品抽检台账", food_rows("A", 2023, 3, 8)))
    april = send(empty, food("2023年4月食品抽检台账", food_rows("A", 2023, 4, 7)))

    assert [list(statuses(sent)) for sent in (march, april)] == [["2023-03"], ["2023-04"]]
    assert "food_samples_passed" not in empty.store.background(Month(2023, 2)).present


def test_cases_without_a_column_beside_others_with_it_keep_the_month_unreported(empty):
    """One station's ledger has no results: the month has none either, not even after the next month is filed."""
    send(empty, workbook("抽检.xlsx", 台账=[["2023年1月食品抽检台账"], ["抽样单编号", "抽样日期"], *(row[:2] for row in food_rows("A", 2023, 1, 9))]))
    send(empty, food("2023年1月食品抽检台账", food_rows("B", 2023, 1, 7)), cases="adds")

    february = send(empty, food("2023年2月食品抽检台账", food_rows("B", 2023, 2, 5)))

    assert list(statuses(february)) == ["2023-02"]
    assert "food_samples_passed" not in empty.store.background(Month(2023, 1)).present
    assert taken(empty, 1, 2) == {1: (16, 16), 2: (5, 21)}
