"""Follow-ups, what happens to them and meeting notes: entries of the log that outlive a crash, a lost database and the end of a demonstration."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import RequestError
from kpi.period import Month
from kpi.store.database import Store, rebuild
from kpi.store.decision import Act, Decision
from kpi.store.demonstration import DemoEnd
from kpi.store.follow_up import FollowUp, Matter, MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.log_entry import read_entry
from kpi.store.meeting_note import MeetingNote, NoteKind
from kpi.store.past import Pasts
from kpi.store.submission import SheetDate
from tests.kpi.store.dying import AFTER_ALL, killed
from tests.kpi.store.followed import NOON, NOVEMBER, PROBLEM, entry, every_kind, opened
from tests.kpi.store.reports import accepted, catalog_of

CODE = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
NUMBER = st.decimals(allow_nan=False, allow_infinity=False)
COUNT = st.integers(0, 9)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MATTER = st.builds(
    Matter,
    st.sampled_from(MatterKind),
    st.builds(Month, st.integers(2000, 2100), st.integers(1, 12)),
    WORDS,
    *map(st.none().__or__, (CODE, NUMBER, NUMBER, DAY, CODE, COUNT, CODE, WORDS, COUNT, COUNT, COUNT)),
)
STEPS = st.lists(st.builds(Step, WORDS, st.none() | DAY), max_size=3).map(tuple)
PROMISED = st.none() | NUMBER
FOLLOW_UP = st.builds(FollowUp, MATTER, WORDS, CODE, WORDS, DAY, WORDS, MOMENT, WORDS, PROMISED, STEPS, WORDS, CODE, st.booleans())
ENTRY = st.builds(
    FollowUpEntry,
    st.sampled_from(FollowUpAct),
    COUNT,
    WORDS,
    MOMENT,
    WORDS,
    *map(st.none().__or__, (DAY, WORDS, NUMBER, COUNT, st.booleans(), COUNT)),
    WORDS,
    st.booleans(),
)
NOTE = st.builds(MeetingNote, st.sampled_from(NoteKind), st.just(NOVEMBER), WORDS, WORDS, MOMENT, WORDS, CODE, st.booleans())


@given(FOLLOW_UP | ENTRY | NOTE)
def test_the_log_gives_back_what_it_was_given(act: FollowUp | FollowUpEntry | MeetingNote) -> None:
    """As JSON and read again: every field, every digit."""
    written = json.loads(json.dumps(act.written()))
    assert read_entry(7, written) == replace(act, seq=7)


def log_all(store: Store) -> list[FollowUp | FollowUpEntry | MeetingNote]:
    return [store.follow(act) for act in every_kind()]


def read_all(store: Store) -> list[FollowUp | FollowUpEntry | MeetingNote]:
    return sorted([*store.follow_ups(), *store.follow_up_entries(), *store.meeting_notes()], key=lambda act: act.seq)


def test_each_is_an_entry_of_the_log_with_its_number(store: Store) -> None:
    """Read from the tables they are what was entered; no figure changes by them."""
    logged = log_all(store)

    assert logged == [replace(act, seq=number) for number, act in enumerate(every_kind(), 1)]
    assert read_all(store) == logged
    assert store.follow_ups(1) == logged[:1]
    assert store.follow_ups(2) == []
    assert store.follow_up_entries(1) == logged[1:8]
    assert store.meeting_notes(Month(2023, 12)) == []
    assert [note.kind for note in store.meeting_notes(NOVEMBER)] == [NoteKind.DECISION, NoteKind.MINUTE]
    assert (store.version, store.months(), store.verify()) == (10, None, [])


def test_the_log_says_only_what_applies(store: Store, folder: Path) -> None:
    """An entry is read by people too."""
    store.follow(opened())
    store.follow(entry(FollowUpAct.NOTE, words="已完成一项"))
    first, second = (json.loads((folder / "log" / f"0000000{number}.json").read_text("utf-8"))["entries"][0] for number in (1, 2))
    assert first == {
        "follow_up": "open",
        "matter": {"kind": "problem", "period": "2023-11", "words": "整改 2 项完成 1 项，预计 12 月完成", "total": 2, "done": 1},
        "title": "两项整改",
        "office": "food",
        "person": "张三",
        "due": "2023-12-31",
        "by": "李主任",
        "at": "2023-12-06T12:00:00",
        "promise": "12 月全部完成",
    }
    assert second == {"follow_up": "note", "of": 1, "by": "李主任", "at": "2023-12-06T12:00:00", "words": "已完成一项"}


@pytest.mark.parametrize("fault", ["deleted", "damaged", "rebuilt", "outdated"])
def test_they_are_replayed_with_the_log(folder: Path, fault: str) -> None:
    """A database that is lost, cut, or of a release without these tables is made again from the log."""
    with Store.open(folder, catalog_of()) as store:
        logged = log_all(store)
    path = folder / "kpi.duckdb"
    match fault:
        case "deleted":
            path.unlink()
        case "damaged":
            path.write_bytes(path.read_bytes()[:700])
        case "rebuilt":
            assert rebuild(folder, catalog_of()) == 0
        case "outdated":
            with duckdb.connect(str(path)) as database:
                database.execute("drop view entry; drop table follow_up; drop table follow_up_entry; drop table meeting_note")
                database.execute("update property set value = 'of an earlier release' where name = 'schema'")
    with Store.open(folder, catalog_of()) as store:
        assert read_all(store) == logged
        assert (store.version, store.verify()) == (10, [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("update follow_up set due = '2024-12-31'", "第 1 号督办与日志"),
        ("update follow_up set steps = []", "第 1 号督办与日志"),
        ("delete from follow_up_entry where act = 'sign'", "第 7 号督办的办理记录与日志"),
        ("update meeting_note set words = '不办了' where seq = 9", "第 9 号会议记录与日志"),
    ],
)
def test_verify_names_a_row_that_was_altered(store: Store, change: str, fault: str) -> None:
    """The tables say nothing that the log does not say."""
    log_all(store)
    store._connection.execute(change)
    assert store.verify() == [f"数据库中{fault}不一致；请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"]


def test_verify_names_an_entry_that_was_altered(folder: Path) -> None:
    """A later day in the file of the log; the next opening writes the true text back."""
    with Store.open(folder, catalog_of()) as store:
        log_all(store)
        path = folder / "log" / "00000003.json"
        text = path.read_bytes()
        path.write_bytes(text.replace(b"2024-01-31", b"2024-12-31"))
        assert store.verify() == ["日志文件「log/00000003.json」被改动过或读不出，别处有它的原文；重新启动看板时会恢复。"]
    with Store.open(folder, catalog_of()) as store:
        assert path.read_bytes() == text
        assert store.follow_up_entries(1)[1].due == date(2024, 1, 31)
        assert store.verify() == []


def following(store: Store) -> Iterator[int | None]:
    """A follow-up and two entries about it."""
    yield None
    for act in every_kind()[:3]:
        yield store.follow(act).seq


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(1, 10, 2), AFTER_ALL])
def test_a_killed_writer_loses_nothing_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk, between log and tables too; the rest can be entered again."""
    acknowledged = killed(following, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = read_all(store)
        assert [act.seq for act in kept][: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        assert store.verify() == []
        for act in every_kind()[len(kept) : 3]:
            store.follow(act)
        assert read_all(store) == [replace(act, seq=number) for number, act in enumerate(every_kind()[:3], 1)]


def test_a_past_knows_what_was_entered_by_then(store: Store) -> None:
    """A note of the 7th is in none of the days before; the figures of the past are as ever."""
    store.commit([accepted("2023-11", food_sampling_tested="54 454")], at=NOON)
    number = store.follow(opened()).seq
    store.follow(entry(FollowUpAct.NOTE, number, words="已完成一项", at=NOON + timedelta(days=1)))
    pasts = Pasts()
    try:
        then = pasts.on(store, NOON.date())
        assert then is not store
        assert [act.seq for act in (*then.follow_ups(), *then.follow_up_entries())] == [2]
        assert then.rows("select * from figure order by all") == store.rows("select * from figure order by all")
        assert pasts.on(store, NOON.date() + timedelta(days=1)) is store
    finally:
        pasts.close()


def test_the_end_of_a_demonstration_leaves_what_rests_on_nothing_of_it(store: Store, folder: Path) -> None:
    """What says that it is of the demonstration goes with it; the rest stays under its number, also when the tables are made anew."""
    store.commit([accepted("2023-10", food_sampling_tested="40 400")], demo=True)
    store.follow(opened(demo=True))  # 2
    store.follow(entry(FollowUpAct.NOTE, 2, demo=True))
    kept = [store.follow(opened()), store.follow(entry(FollowUpAct.NOTE, 4, words="已发函"))]
    store.follow(MeetingNote(NoteKind.MINUTE, NOVEMBER, "演示", "王记录", NOON, demo=True))
    store.end_demonstration(DemoEnd("王主任", NOON))
    later = store.follow(entry(FollowUpAct.SIGN, 4, words="办完"))

    assert (read_all(store), store.submissions(), store.verify()) == ([*kept, later], [], [])
    store.close()
    rebuild(folder, catalog_of())
    with Store.open(folder, catalog_of()) as again:
        assert (read_all(again), again.version, again.verify()) == ([*kept, later], 8, [])


def test_a_leader_who_signed_has_closed_it(store: Store) -> None:
    """Nothing is added to it until it is taken up again; the way out is named."""
    store.follow(opened())
    store.follow(entry(FollowUpAct.SIGN, words="办完"))
    refusal = r"^第 1 号督办（两项整改）已由李主任于 2023-12-06 12:00 签字办结，不再登记；还没有办好的，请先写明理由重新督办。$"  # fmt: skip
    for act in (FollowUpAct.NOTE, FollowUpAct.SIGN, FollowUpAct.PROMISE):
        with pytest.raises(RequestError, match=refusal):
            store.follow(entry(act))
    store.follow(entry(FollowUpAct.REOPEN, words="又有投诉"))
    assert store.follow(entry(FollowUpAct.NOTE, words="已约谈")).seq == 4


def test_a_step_is_one_that_there_is(store: Store) -> None:
    """Said once done, it is not said again; neither is what was never done taken back."""
    store.follow(opened(steps=(Step("发函"),)))
    store.follow(entry(FollowUpAct.ADD_STEP, words="复查"))
    store.follow(entry(FollowUpAct.STEP, step=2, done=True))
    for step, done, fault in (
        (3, True, "第 1 号督办没有第 3 步（只有 2 个步骤）；请核对步骤，或先增加步骤。"),
        (2, True, "第 1 号督办的第 2 步已经登记完成，不必再登记。"),
        (1, False, "第 1 号督办的第 1 步还没有登记完成，不必再登记。"),
    ):
        with pytest.raises(RequestError) as refused:
            store.follow(entry(FollowUpAct.STEP, step=step, done=done))
        assert str(refused.value) == fault
    with pytest.raises(RequestError, match=r"^没有第 2 号督办；请在督办清单中核对编号。$"):
        store.follow(entry(FollowUpAct.NOTE, 2))
    assert store.version == 3


def test_text_that_no_file_can_hold_is_refused(store: Store) -> None:
    """Also in a step."""
    for act in (opened(steps=(Step("\ud800"),)), opened(replace(PROBLEM, words="\ud800"))):
        with pytest.raises(RequestError, match="有读不出的字"):
            store.follow(act)
    assert store.version == 0


def test_when_sheets_came_and_changed(store: Store) -> None:
    """The first sheet, a correction, and the moment at which that was taken back."""
    store.commit([accepted("2023-11", food_sampling_tested="54")], at=NOON)
    store.commit([accepted("2023-12", food_sampling_tested="5"), accepted("2023-12", "drug", drug_samples_tested="5")], at=NOON)
    corrected = NOON + timedelta(days=2)
    store.commit([accepted("2023-11", food_sampling_tested="55")], at=corrected)
    store.decide(Decision(Act.WITHDRAW, NOVEMBER, "food", 4, "李主任", corrected + timedelta(days=1), "报错了"))

    assert store.sheet_dates(["bureau"], ["food"], NOVEMBER, Month(2023, 12)) == [
        SheetDate("bureau", "food", NOVEMBER, NOON),
        SheetDate("bureau", "food", Month(2023, 12), NOON),
        SheetDate("bureau", "food", NOVEMBER, corrected),
        SheetDate("bureau", "food", NOVEMBER, corrected + timedelta(days=1)),
    ]
    assert store.sheet_dates(["elsewhere"], ["food"], NOVEMBER, NOVEMBER) == []
