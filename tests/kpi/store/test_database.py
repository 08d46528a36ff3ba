"""Taking in and giving back: exactly what came, once, with everything that leads back to its cell."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Event

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store import replay
from kpi.store.database import Store
from kpi.store.earlier_figures import EarlierFigure
from kpi.value import Qualifier, State, Value
from kpi.workbook.report import Column
from tests.kpi.store.reports import accepted, catalog_of

MARCH = Month(2024, 3)
TESTED = "food_sampling_tested"
FINDING = Finding(
    "results-do-not-add-up", Severity.CHECK, Place("月报表", "C3"), "44 + 7 = 51，检验 54", "请核对在检批次", "R051", (TESTED, "food_sampling_passed")
)


def count(store: Store, table: str) -> int:
    [(rows,)] = store.rows(f"select count(*) from {table}")
    return int(rows)


def test_a_submission_comes_back_as_it_was_given(store: Store) -> None:
    """Who, when, 说明, findings and the bytes themselves are on record."""
    item = accepted("2024-03", note="含在检 3 批", findings=(FINDING, replace(FINDING, relation=None, measures=())), food_sampling_tested="54")

    [submission] = store.commit([item], at=datetime(2024, 4, 2, 9, 30))  # noqa: DTZ001 - the store keeps local time

    assert (submission.seq, submission.office, submission.period) == (1, "food", MARCH)
    assert submission.template == "食品安全协调科月报表"
    assert (submission.by, submission.note, str(submission.at)) == ("张三", "含在检 3 批", "2024-04-02 09:30:00")
    assert not submission.unchanged
    assert store.submissions() == [submission]
    assert store.current("food", MARCH) == submission
    assert store.original(submission.sha256) == item.data
    assert store.version == 1
    assert store.verify() == []


def test_a_newer_submission_supersedes_and_nothing_is_deleted(store: Store) -> None:
    """The figures are the correction's; the first one stays on record, rows and all."""
    first, second = (store.commit([accepted("2024-03", food_sampling_tested=text)])[0] for text in ("54 54", "51 51"))

    assert store.submissions(MARCH, "food") == [first, second]
    assert store.current_submissions(MARCH) == [second]
    assert [stated.value.number for stated in store.sources([TESTED], MARCH)] == [51, 51, None]
    assert count(store, "fact") == 6
    assert store.background(MARCH).present == {TESTED: EarlierFigure(Decimal(51), State.NUMBER, date(2024, 3, 31), Decimal(51))}


def test_a_measure_that_a_correction_leaves_out_is_not_reported(store: Store) -> None:
    """What only the superseded submission said no longer counts, whichever office owns the measure."""
    store.commit([accepted("2024-03", food_sampling_tested="54", drug_samples_tested="7")])
    store.commit([accepted("2024-03", food_sampling_tested="54", food_producers="– 3")])

    assert store.rows("select ytd_state from figure where measure = 'drug_samples_tested' and period = '2024-03-01'") == [("未报",)]
    assert store.verify() == []


def test_going_back_to_the_first_version_is_a_new_submission(store: Store) -> None:
    """Only the same bytes as those that count now are nothing new."""
    first, second = accepted("2024-03", food_sampling_tested="54"), accepted("2024-03", food_sampling_tested="51")
    submissions = [store.commit([item])[0] for item in (first, second, first)]

    assert [s.seq for s in submissions] == [1, 2, 3]
    assert store.sources([TESTED], MARCH)[0].value.number == 54


def test_the_same_bytes_are_stored_once(store: Store) -> None:
    """An upload repeated, by a doubtful click or in one batch, answers with the submission on record."""
    item = accepted("2024-03", findings=(FINDING,), food_sampling_tested="54")

    twice = store.commit([item, item])
    again = store.commit([item])

    assert [s.unchanged for s in [*twice, *again]] == [False, True, True]
    assert {replace(s, unchanged=False) for s in [*twice, *again]} == {twice[0]}
    assert (count(store, "submission"), store.version) == (1, 1)


def test_two_templates_of_an_office_stand_side_by_side(store: Store) -> None:
    """A second form of the office does not supersede the first; where both hold a measure, the later one speaks."""
    store.commit([accepted("2024-03", food_sampling_tested="54", food_sampling_passed="44")])
    store.commit([replace(accepted("2024-03", food_sampling_tested="51"), template="专项表")])

    assert [s.template for s in store.current_submissions(MARCH)] == ["食品安全协调科月报表", "专项表"]
    assert store.current("food", MARCH, "食品安全协调科月报表") == store.submissions()[0]
    found = {(s.measure, s.seq): s.value.number for s in store.sources([TESTED, "food_sampling_passed"], MARCH) if s.column is Column.MONTH}
    assert found == {(TESTED, 2): 51, ("food_sampling_passed", 1): 44}
    assert store.stated("food", MARCH)[TESTED, Column.MONTH] == Value.of(51)


def test_which_of_two_submissions_speaks_is_one_rule_for_every_reader(store: Store) -> None:
    """Of each cell the last that states something, 54 of the first and 51 of the second; where none does, the last: cells, checks and figures alike."""
    codes = [TESTED, "food_sampling_passed", "food_producers"]
    store.commit([accepted("2024-03", food_sampling_tested="54 54", food_sampling_passed="44 44", food_producers="– –")])
    later = accepted("2024-03", food_sampling_tested="– –", food_sampling_passed="51 51", food_producers="– –")
    store.commit([replace(later, template="专项表")])

    expected = [(TESTED, 54, 1), ("food_sampling_passed", 51, 2), ("food_producers", None, 2)]
    assert [(cell.measure, cell.value.number, cell.seq) for cell in store.sources(codes, MARCH) if cell.column is Column.YTD] == expected
    filed = [(measure, cell.value.number, cell.seq) for measure, column, _, cell in store.filed_cells(codes, MARCH, MARCH, "bureau") if column is Column.YTD]
    assert sorted(filed) == sorted(expected)
    stated = store.stated("food", MARCH)
    assert [(code, stated[code, Column.YTD].number) for code in codes] == [(code, number) for code, number, _ in expected]
    figures = dict(store.rows("select measure, ytd from figure where period = date '2024-03-01'"))
    assert [(code, figures[code]) for code in codes] == [(code, number) for code, number, _ in expected]


@pytest.mark.parametrize("number", ["0.1", "37.7663", "12345678901234.123456", "9999999999999999.999999", "-0.000001", "97.80"])
def test_decimals_are_kept_to_the_digit(store: Store, number: str) -> None:
    """What was written comes back with its value, its precision and its qualifier."""
    store.commit([accepted("2024-03", food_pass_rate=f"– ≥{number}")])

    [_, stated, _] = store.sources(["food_pass_rate"], MARCH)
    assert stated.value == Value.of(number, Qualifier.AT_LEAST)
    assert str(stated.value.number) == number
    assert store.rows("select ytd from figure where measure = 'food_pass_rate' and ytd is not null") == [(Decimal(number),)]


@pytest.mark.parametrize("number", ["0.1234567", "10000000000000000", "0." + "0" * 200])
def test_a_number_that_cannot_be_kept_exactly_is_refused(store: Store, number: str) -> None:
    """Seven decimals are not rounded to six; the message names the cell and nothing is stored."""
    with pytest.raises(StoreError, match=r"「food2024-03.xlsx」月报表!C3 的「.*不能原样保存"):
        store.commit([accepted("2024-03", food_pass_rate=number)])
    assert (store.submissions(), store.verify()) == ([], [])


def test_a_figure_written_twice_is_refused(store: Store) -> None:
    """Which of two cells counts is not for us to choose."""
    item = accepted("2024-03", food_sampling_tested="5", food_sampling_passed="4")
    report = replace(item.report, readings=tuple(replace(r, measure=TESTED) for r in item.report.readings))

    with pytest.raises(StoreError, match=r"本月数写了两处：月报表!C3 和 月报表!C4"):
        store.commit([replace(item, report=report)])


@pytest.mark.parametrize(
    ("office", "period", "message"),
    [(None, MARCH, "没有写明科室或期间"), ("food", None, "没有写明科室或期间"), ("../x", MARCH, "不在指标目录中")],
)
def test_a_report_of_nobody_is_refused(store: Store, office: str | None, period: Month | None, message: str) -> None:
    """Without office and month a figure belongs nowhere."""
    item = accepted("2024-03", food_sampling_tested="5")

    with pytest.raises(StoreError, match=message):
        store.commit([replace(item, report=replace(item.report, office=office, period=period))])


def test_every_face_of_a_figure_is_kept(store: Store) -> None:
    """Six ways of having no number, a zero and a number: none turns into another."""
    words = ["未报", "未公开", "在检/在办", "未开展", "不适用", "0", "12"]
    for month, word in enumerate(words, start=1):
        store.commit([accepted(f"2024-{month:02}", food_sampling_tested=word.replace("未报", "–"))])

    found = [store.stated("food", Month(2024, month))[TESTED, Column.MONTH] for month in range(1, 8)]
    assert [value.state for value in found] == [*words[:5], "零", "数值"]
    assert [value.number for value in found] == [None] * 5 + [0, 12]


def test_a_source_names_cell_file_person_and_remark(store: Store) -> None:
    """From a figure to its cell, over several months, in the order asked."""
    item = accepted("2024-02", food_sampling_tested="约5 9", food_producers="– 3")
    store.commit([replace(item, report=replace(item.report, remarks={TESTED: "含抽检"})), accepted("2024-03", food_sampling_tested="6")])

    found = store.sources(["food_producers", TESTED], MARCH, first=Month(2024, 2))
    assert [(s.measure, str(s.period), s.cell) for s in found] == [
        *[("food_producers", "2024-02", f"{letter}4") for letter in "CDE"],
        *[(TESTED, "2024-02", f"{letter}3") for letter in "CDE"],
        *[(TESTED, "2024-03", f"{letter}3") for letter in "CDE"],
    ]
    assert (found[3].raw, found[3].file, found[3].remark, found[3].by, found[3].sheet) == ("约5", "food2024-02.xlsx", "含抽检", "张三", "月报表")
    assert found[3].value == Value.of(5, Qualifier.ABOUT)
    assert store.sources([], MARCH) == []


def test_the_background_of_a_report_leaves_out_what_was_carried(store: Store) -> None:
    """A figure that only stands on from an earlier month was not reported and cannot contradict."""
    store.commit(
        [
            accepted("2023-03", food_sampling_tested="– 9.50"),
            accepted("2024-01", food_sampling_tested="1"),
            accepted("2024-03", "drug", drug_samples_tested="2"),
        ]
    )

    background = store.background(MARCH)
    assert set(background.present) == {"drug_samples_tested"}
    assert background.previous == {}
    assert str(background.last_year[TESTED].ytd) == "9.50"


def test_rows_hold_decimals_and_whole_counts(store: Store) -> None:
    """No float where the table has none."""
    store.commit([accepted("2024-01", food_sampling_tested="0.1")])

    [(ytd, seq)] = store.rows("select ytd, seq from figure where measure = $m", {"m": TESTED})
    assert (ytd, seq) == (Decimal("0.1"), 1)
    assert type(ytd) is Decimal


def test_definitions_become_tables(folder: Path) -> None:
    """Tables computed from the catalogue are there to be joined, and replaced when they change."""
    for values in ([1, 2], [Decimal("2.5"), None]):
        with Store.open(folder, catalog_of(), {"term": {"coefficient": values, "due": [None, None]}}) as store:
            assert store.rows("select * from term") == [(value, None) for value in values]


def test_an_empty_store_has_no_months(store: Store) -> None:
    """Nothing reported is a state, not an error."""
    assert store.months() is None
    assert (store.current("food", MARCH), store.submissions(), store.version, store.verify()) == (None, [], 0, [])
    assert store.commit([]) == []


def test_an_unknown_original_is_refused(store: Store) -> None:
    """A digest leads to an upload or to a sentence, never to another file."""
    with pytest.raises(StoreError, match="不存在"):
        store.original(sha256(b"nothing").hexdigest())
    with pytest.raises(StoreError, match="不是原始文件的校验码"):
        store.original("../kpi.duckdb")


def test_what_is_opened_once_more_is_not_computed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures are made anew where what they are made with is something else, and only there: else each command would take as long."""
    with Store.open(tmp_path, catalog_of()) as store:
        store.commit([accepted("2024-03", food_sampling_tested="5")])
        figures = store.rows("select * from figure order by all")
    monkeypatch.setattr(replay, "renew", _disk_full)

    with Store.open(tmp_path, catalog_of()) as store:
        assert store.rows("select * from figure order by all") == figures


def test_a_failed_transaction_is_caught_up_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the log has is not lost when the tables refuse; the same upload again is then nothing new."""
    item = accepted("2024-03", food_sampling_tested="5")
    with monkeypatch.context() as patch:
        patch.setattr(replay, "enter", _disk_full)
        assert store.commit([item])[0].seq == 1
        for ask in (store.submissions, lambda: store.version):
            with pytest.raises(StoreError, match="日志第 1 号已经登入，还没有补入数据库，看到的会是以前的数，所以先不显示"):
                ask()

    [submission] = store.commit([item])

    assert (submission.seq, submission.unchanged) == (1, True)
    assert store.verify() == []


def test_a_database_that_cannot_even_roll_back_is_opened_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed checkpoint makes the engine refuse everything until the file is opened anew."""

    def fatal(cursor: duckdb.DuckDBPyConnection, catalog: object, logged: object) -> None:
        cursor.close()
        raise duckdb.FatalException("database has been invalidated")

    store.commit([accepted("2024-02", food_sampling_tested="4")])
    with monkeypatch.context() as patch:
        assert store.version == 1
        patch.setattr(replay, "enter", fatal)
        store.commit([accepted("2024-03", food_sampling_tested="5")])
        with pytest.raises(StoreError, match="日志第 2 号已经登入"):
            store.submissions()

    assert [s.seq for s in store.submissions()] == [1, 2]
    assert store.commit([accepted("2024-04", food_sampling_tested="6")])[0].seq == 3
    assert [s.seq for s in store.submissions()] == [1, 2, 3]
    assert store.verify() == []


def test_readers_never_see_facts_and_figures_apart(store: Store) -> None:
    """While one thread writes, eight read: every answer is one state of the store, and every figure fits its fact."""
    sql = """
        select (select count(*) from submission), (select count(*) from fact) / 3, (select max(ytd) from figure where measure = $measure)
    """
    done = Event()

    def read() -> int:
        reads = 0
        while not done.is_set() or reads == 0:
            [(submissions, reports, ytd)] = store.rows(sql, {"measure": TESTED})
            assert submissions == reports
            assert (ytd or 0) == submissions
            reads += 1
        return reads

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        for i in range(1, 13):
            store.commit([accepted(f"2024-{i:02}", food_sampling_tested="1")])
        done.set()
        assert all(reader.result() for reader in readers)


def test_a_closed_store_says_so(folder: Path) -> None:
    """A question after closing is answered with a sentence."""
    store = Store.open(folder, catalog_of())
    store.close()
    store.close()
    with pytest.raises(StoreError, match="数据库读取失败"):
        store.months()


def _disk_full(*_: object) -> None:
    raise duckdb.IOException("No space left on device")
