"""Kept answers: entries of the one log like any other, in force until another word, never lost and never deleted."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpi.errors import RequestError
from kpi.place import Place
from kpi.store.answer import Answer
from kpi.store.database import Store, rebuild
from kpi.store.submission import Accepted
from kpi.value import Value
from kpi.workbook.answer_mapping import SKIP
from kpi.workbook.report import QuestionKind
from tests.kpi.store.dying import AFTER_ALL, killed
from tests.kpi.store.reports import accepted, catalog_of

NOON = datetime(2024, 4, 8, 12, 0)  # noqa: DTZ001 - the store keeps local time


def answer(key: str = "row|food|合格数", said: str | None = "food_sampling_passed", layout: str = "a1") -> Answer:
    return Answer(QuestionKind.ROW, "food", layout, key, "合格数", "三月.xlsx", Place("月报表", "B7"), said, "张三", NOON)


def test_an_answer_is_an_entry_of_the_log_and_a_word_for_the_reader(store: Store) -> None:
    """Numbered after the submission before it, with who, when, where and what."""
    store.commit([accepted("2024-03", food_sampling_tested="54")])

    [kept] = store.keep_answers([answer()])

    assert (kept.seq, store.version) == (2, 2)
    assert store.answers() == [kept] == [replace(answer(), seq=2)]
    assert store.mapping().answer("a1", "row|food|合格数") == "food_sampling_passed"
    assert store.mapping().answer("another", "row|food|合格数") is None
    assert store.verify() == []


def test_the_latest_word_holds_and_an_undoing_is_a_word_too(store: Store) -> None:
    """Answered, answered otherwise, undone: three entries, nothing in force, nothing deleted."""
    store.keep_answers([answer(), answer("row|food|检验数", SKIP)])
    store.keep_answers([answer(said="food_sampling_tested")])
    assert store.mapping().answers == {"a1": {"row|food|检验数": SKIP, "row|food|合格数": "food_sampling_tested"}}

    store.keep_answers([answer(said=None)])

    assert store.mapping().answers == {"a1": {"row|food|检验数": SKIP}}
    assert [one.seq for one in store.answers()] == [1, 2, 3, 4]
    assert [one.key for one in store.answers_in_force()] == ["row|food|检验数"]
    with pytest.raises(RequestError, match="「合格数」的对应关系已经撤销"):
        store.keep_answers([answer(said=None)])
    assert store.version == 4
    assert store.keep_answers([]) == []


def test_the_same_answer_again_is_no_entry(store: Store, folder: Path) -> None:
    """The button pressed twice, or two people at once: one entry, and the answer that holds is given back."""
    [first] = store.keep_answers([answer()])
    later = replace(answer(), by="李四", file="四月.xlsx")
    assert store.keep_answers([later]) == [first]
    other = answer("row|food|检验数", SKIP)
    assert [one.seq for one in store.keep_answers([later, other, other])] == [1, 2, 2]
    assert [len(list((folder / "log").iterdir())), store.version] == [2, 2]
    store.keep_answers([answer(said=None)])
    assert [one.seq for one in store.keep_answers([answer()])] == [4]


@pytest.mark.parametrize("how", ["open", "deleted", "damaged", "rebuilt"])
def test_answers_are_replayed_from_the_log(folder: Path, how: str) -> None:
    """A database opened again, gone, cut short or made anew knows the same."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-03", food_sampling_tested="54")])
        store.keep_answers([answer(), answer("row|food|检验数", SKIP)])
        store.keep_answers([answer(said=None)])
        known = store.answers()
    path = folder / "kpi.duckdb"
    match how:
        case "deleted":
            path.unlink()
        case "damaged":
            path.write_bytes(path.read_bytes()[:700])
        case "rebuilt":
            assert rebuild(folder, catalog_of()) == 1
    with Store.open(folder, catalog_of()) as store:
        assert store.answers() == known
        assert store.mapping().answers == {"a1": {"row|food|检验数": SKIP}}
        assert (store.version, store.verify()) == (4, [])


def test_verify_names_an_answer_that_was_altered(folder: Path) -> None:
    """In the table, or torn in the log."""
    with Store.open(folder, catalog_of()) as store:
        store.keep_answers([answer(), answer("row|food|检验数", SKIP)])
        store._connection.execute("update answer set said = 'another' where seq = 1")
        assert store.verify() == ["数据库中第 1 号对应关系与日志不一致；请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"]
        (folder / "log" / "00000002.json").write_text('{"said": "x"}', "utf-8")
        assert any("log/00000002.json" in fault for fault in store.verify())


def answering(store: Store) -> Iterator[tuple[int, str | None] | None]:
    """Answered, undone, answered otherwise."""
    yield None
    for said in ("food_sampling_passed", None, "food_sampling_tested"):
        [kept] = store.keep_answers([answer(said=said)])
        yield kept.seq, kept.said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(1, 8, 3), AFTER_ALL])
def test_a_killed_writer_loses_no_answer_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk."""
    acknowledged = killed(answering, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = [(one.seq, one.said) for one in store.answers()]
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        assert store.verify() == []
        assert not os.listdir(folder / "partial")


def reread(item: Accepted, **figures: str) -> Accepted:
    """The same bytes, read to other figures."""
    readings = tuple(replace(one, value=Value.of(figures.get(one.measure, str(one.value.number)))) if one.value.number else one for one in item.report.readings)
    return replace(item, report=replace(item.report, readings=readings))


def test_the_same_bytes_read_to_other_figures_are_a_new_submission(store: Store) -> None:
    """An answer has changed what a file says; what it said stays on record."""
    item = accepted("2024-03", food_sampling_tested="54")
    other = reread(item, food_sampling_tested="51")
    again = replace(item, report=replace(item.report, remarks={"food_sampling_tested": "含复检"}))

    answers = [store.commit([one])[0] for one in (item, item, other, other, again)]

    assert [one.unchanged for one in answers] == [False, True, False, True, False]
    assert [one.seq for one in answers] == [1, 1, 2, 2, 3]
    assert len({one.sha256 for one in answers}) == 1
    assert [one.unchanged for one in store.commit([other, other, item])] == [False, True, False]
    assert store.verify() == []
