"""The demonstration is what its entries say, never who sent it; its end leaves a store as before the first entry."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import RequestError
from kpi.period import Month
from kpi.store.batch import Batch
from kpi.store.database import Store, rebuild
from kpi.store.decision import Act, Decision
from kpi.store.demonstration import AUTHOR, FICTIONAL, DemoEnd, Demonstration, of_earlier_release
from kpi.store.notice import gaps
from kpi.store.submission import Accepted
from tests.kpi.store.reports import accepted, catalog_of

TESTED = "food_sampling_tested"
NOON = datetime(2024, 1, 4, 12)  # noqa: DTZ001 - the store keeps local time
END = DemoEnd("王主任", NOON)


def sheet(period: str, tested: str, by: str = AUTHOR) -> Accepted:
    return replace(accepted(period, food_sampling_tested=tested), by=by)


@pytest.fixture
def shown(store: Store) -> Store:
    """A store with a demonstration of two sheets: 40 in October, 54 in November."""
    store.commit([sheet("2023-10", "40 400"), sheet("2023-11", "54 454")], demo=True)
    return store


def test_the_log_says_so_and_a_database_made_from_it_too(shown: Store, folder: Path) -> None:
    """Each entry carries it, so rebuild and verify keep it; other entries are written as ever."""
    shown.commit([sheet("2023-12", "6 460", by="李统计")])
    assert shown.demonstration() == Demonstration(2, 1)
    shown.close()

    entries = [entry for path in sorted((folder / "log").iterdir()) for entry in json.loads(path.read_text())["entries"]]
    assert [entry.get("demo") for entry in entries] == [True, True, None]
    rebuild(folder, catalog_of())
    with Store.open(folder, catalog_of()) as store:
        assert [submission.demo for submission in store.submissions()] == [True, True, False]
        assert store.verify() == []


def batch(by: str, at: datetime, file: str, remarks: dict[str, str]) -> Batch:
    item = replace(accepted("2023-11", food_sampling_tested="54 454"), by=by, file=file)
    return Batch.of(replace(item, report=replace(item.report, remarks=remarks)), "月报表", at)


ITS_OWN = {"by": AUTHOR, "at": datetime(2023, 12, 5, 9, 37), "file": "2023-11_月报表.xlsx", "remarks": {TESTED: f"本月数不填；{FICTIONAL}"}}  # noqa: DTZ001
OTHERS = {
    "by": st.sampled_from(["演示员", "王统计", ""]),
    "at": st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    "file": st.sampled_from(["2023-10_月报表.xlsx", "演示.xlsx", "2023-11_月报表(1).xlsx"]),
    "remarks": st.sampled_from([{}, {TESTED: "演示"}, {TESTED: FICTIONAL, "food_producers": "据实"}]),
}


@given(st.data(), st.sets(st.sampled_from(sorted(OTHERS)), min_size=1))
def test_what_differs_in_anything_from_an_earlier_demonstration_is_none(data: st.DataObject, differing: set[str]) -> None:
    """Its sender, day, file name and remarks together are known; whoever types 演示 today has not even the day in common."""
    written = {name: data.draw(OTHERS[name]) if name in differing else value for name, value in ITS_OWN.items()}
    assert not of_earlier_release(batch(**written))


def test_a_demonstration_of_an_earlier_release_is_known(store: Store, folder: Path) -> None:
    """Its entries say nothing; the database that is made anew knows it all the same, and it can be ended."""
    item = replace(accepted("2023-11", food_sampling_tested="54 454"), by=AUTHOR, file="2023-11_食品安全协调科月报表.xlsx", at=datetime(2023, 12, 5, 9, 37))  # noqa: DTZ001
    store.commit([replace(item, report=replace(item.report, remarks={TESTED: FICTIONAL}))])

    assert store.demonstration() == Demonstration(1, 0)
    assert store.verify() == []
    store.end_demonstration(END)
    assert store.submissions() == []


@pytest.mark.parametrize("note", ["", "演示数据：与公开的 2023 年工作总结一致，原文如此，差额未作更正"])
def test_who_types_the_name_of_the_demonstration_sends_a_sheet_like_any_other(store: Store, note: str) -> None:
    """The figures of a bureau are never called fictional, and never ended."""
    store.commit([replace(sheet("2023-11", "54 454"), note=note, file="2023-11_食品安全协调科月报表.xlsx")])
    assert store.demonstration() == Demonstration(0, 1)
    with pytest.raises(RequestError, match="没有清空：已有 1 份正式报送（第 1 号"):
        store.end_demonstration(END)


def test_after_the_end_nothing_of_it_is_left(shown: Store, folder: Path) -> None:
    """No submission, decision, month or figure; what is entered next goes on in the log, and is all there is."""
    shown.decide(Decision(Act.LOCK, Month(2023, 11), None, None, "李主任", NOON, "试一试"))
    assert shown.version == 3

    assert shown.end_demonstration(END) == replace(END, seq=4)

    assert (shown.version, shown.demonstration(), shown.entered(), shown.months()) == (4, Demonstration(0, 0), None, None)
    assert (shown.submissions(), shown.decisions(), shown.calendar()) == ([], [], ())
    for table in ("submission", "fact", "finding", "remark", "decision", "figure", "part", "remarkable", "uneven", "calendar"):
        assert shown.rows(f"select * from {table}") == []
    assert shown.verify() == []

    [first] = shown.commit([sheet("2023-11", "7 30", by="李统计")])
    assert (first.seq, first.demo) == (5, False)
    assert shown.rows("select month, ytd from figure where measure = 'food_sampling_tested' and period = '2023-11-01'") == [(7, 30)]
    shown.close()
    with Store.open(folder, catalog_of()) as store:
        assert (store.notices, store.verify(), store.version) == ((), [], 5)
        assert store.submissions() == [first]


def test_a_sheet_of_it_that_came_back_into_the_tables_is_a_fault(shown: Store, folder: Path) -> None:
    """Nothing of it counts after the end, so a row of it is one that the log does not give."""
    [row, *_] = shown.rows("select * from submission order by seq")
    shown.end_demonstration(END)
    shown.close()
    with duckdb.connect(str(folder / "kpi.duckdb")) as database:
        database.execute(f"insert into submission values ({', '.join('?' * len(row))})", list(row))
    with Store.open(folder, catalog_of()) as store:
        assert store.verify() == ["数据库中第 1 号报送与批次不一致；请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"]


def test_a_database_that_is_made_anew_begins_at_the_end(shown: Store, folder: Path) -> None:
    """Rebuilt from a log with a demonstration, its end and one sheet: that sheet alone."""
    shown.end_demonstration(END)
    shown.commit([sheet("2023-11", "7 30", by="李统计")])
    shown.close()
    assert rebuild(folder, catalog_of()) == 1
    with Store.open(folder, catalog_of()) as store:
        assert [(submission.seq, submission.by) for submission in store.submissions()] == [(4, "李统计")]
        assert (store.version, store.verify()) == (4, [])


def test_the_end_that_the_tables_do_not_have_yet_is_brought_in_at_the_next_start(shown: Store, folder: Path, tmp_path: Path) -> None:
    """The log is ahead of the database after a crash: the demonstration is gone all the same."""
    shown.close()
    shutil.copyfile(folder / "kpi.duckdb", tmp_path / "before")
    with Store.open(folder, catalog_of()) as store:
        store.end_demonstration(END)
    shutil.copyfile(tmp_path / "before", folder / "kpi.duckdb")
    (folder / "kpi.size").unlink()
    with Store.open(folder, catalog_of()) as store:
        assert (store.submissions(), store.calendar(), store.verify()) == ([], (), [])


@pytest.mark.parametrize("gone", [True, False])
def test_what_a_demonstration_lacks_that_has_ended_nobody_misses(shown: Store, folder: Path, gone: bool) -> None:
    """Neither its files nor its part of the log, gone or altered, keep a bureau from opening, or from being proved; nothing is said of them."""
    shown.end_demonstration(END)
    [own] = shown.commit([sheet("2023-11", "7 30", by="李统计")])
    shown.close()
    log = folder / "log/00000001.json"
    for path in [folder / "kpi.duckdb", *([log] if gone else []), *(folder / "batches").rglob("*.parquet")]:
        if path != folder / own.batch:
            path.unlink()
    if not gone:
        log.write_bytes(log.read_bytes().replace(AUTHOR.encode(), "展示".encode()))
    with Store.open(folder, catalog_of()) as store:
        assert [submission.seq for submission in store.submissions()] == [4]
        assert (store.left_out, gaps(store.notices), store.verify()) == (0, (), [])


def test_one_sheet_of_an_office_is_enough_to_refuse_the_end(shown: Store) -> None:
    """Even when it was withdrawn since: it is on record, with the way out."""
    [own] = shown.commit([sheet("2023-12", "6 460", by="李统计")])
    shown.decide(Decision(Act.WITHDRAW, Month(2023, 12), "food", own.seq, "李统计", NOON, "报错了"))

    with pytest.raises(RequestError) as refused:
        shown.end_demonstration(END)

    assert str(refused.value) == (
        "没有清空：已有 1 份正式报送（第 3 号，「food2023-12.xlsx」，食品安全协调科 2023 年 12 月），清空会连它们一起拿掉；"
        "请停下看板，用环境变量 KPI_DATA 或 --data 另写一个空的文件夹再启动，把正式报表报送到那里。"
    )
    assert (shown.version, shown.demonstration()) == (4, Demonstration(2, 1))


def test_nothing_ends_where_nothing_was_shown(store: Store) -> None:
    with pytest.raises(RequestError, match="没有清空：数据目录里没有演示数据"):
        store.end_demonstration(END)
    assert store.version == 0


def test_what_nobody_can_read_may_be_a_sheet_of_an_office(shown: Store, folder: Path) -> None:
    """With an entry that was left out the end is refused: it cannot be known what would go with it."""
    shown.commit([sheet("2023-12", "6 460", by="李统计")])
    shown.close()
    [lost] = (folder / "batches/food/2023-12").iterdir()
    lost.unlink()
    (folder / "kpi.duckdb").unlink()
    with Store.open(folder, catalog_of()) as store:
        with pytest.raises(RequestError, match="没有清空：有 1 条记录读不出，看不出是不是正式报送"):
            store.end_demonstration(END)
        assert store.demonstration() == Demonstration(2, 0)


def test_it_is_filled_into_an_empty_store_alone_and_once_more_after_its_end(shown: Store) -> None:
    """Neither beside sheets of offices nor beside itself; the second is known like the first."""
    with pytest.raises(RequestError, match="演示数据只能装入空的数据目录"):
        shown.commit([sheet("2023-09", "1 1")], demo=True)
    shown.end_demonstration(END)
    shown.commit([sheet("2023-10", "40 400")], demo=True)
    assert shown.demonstration() == Demonstration(1, 0)
    shown.end_demonstration(END)
    assert (shown.submissions(), shown.verify()) == ([], [])
