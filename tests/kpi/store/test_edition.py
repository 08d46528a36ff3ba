"""Editions: figures frozen for a meeting outlive everything that comes later, a crash and a lost database included."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.catalog.organisation import BUREAU
from kpi.errors import RequestError, StoreError
from kpi.period import Month, Span
from kpi.store.database import Store, rebuild
from kpi.store.edition import Edition, spelled
from kpi.store.notice import gaps
from tests.kpi.store.dying import AFTER_ALL, killed
from tests.kpi.store.reports import accepted, catalog_of

MARCH = Month(2024, 3)
NOON = datetime(2024, 4, 8, 12, 0)  # noqa: DTZ001 - the store keeps local time
ROWS = b'{"rows": [54]}'


def edition(known: int, rows: bytes = ROWS, span: Span = Span.YTD, title: str = "局务会") -> Edition:
    return Edition(MARCH, span, title, sha256(rows).hexdigest(), known, "first", "李主任", NOON)


def filled(store: Store) -> None:
    store.commit([accepted("2024-03", food_sampling_tested="54")])


def test_an_edition_is_an_entry_of_the_log(store: Store) -> None:
    """It has a number, its rows are a file, and neither changes by what comes later."""
    filled(store)

    taken = store.freeze(edition(1), ROWS)
    store.commit([accepted("2024-03", food_sampling_tested="51")])

    assert (taken.seq, taken.unchanged) == (2, False)
    assert store.editions() == store.editions(MARCH) == [taken]
    assert store.editions(Month(2024, 2)) == []
    assert store.frozen(taken) == ROWS
    assert store.verify() == []


def test_a_folder_that_is_gone_is_not_made_again_for_an_edition(store: Store, folder: Path) -> None:
    """Its disk may come back: writing an edition's file anew would leave another folder in its place."""
    filled(store)
    taken = store.freeze(edition(1), ROWS)
    folder.rename(folder.with_name("away"))
    with pytest.raises(StoreError, match="不在了或用不了"):
        store.mend(taken, ROWS)
    assert not folder.exists()
    folder.with_name("away").rename(folder)


def test_the_code_is_of_the_figures_alone() -> None:
    """The first thirty bits of their sha256, five to a sign: 00000 00001 … of 32 signs without 0, O, 1 and I."""
    digest = f"{0b00000_00001_00010_11111_01000_11110_0000000000000000000000000000000000:016x}".ljust(64, "f")
    one = Edition(MARCH, Span.YTD, "", digest, 1, "", "", NOON)
    assert one.code == "2024-03-234Z-AY"
    assert edition(1).code == edition(9, title="另一个会").code
    assert edition(1).code != edition(1, b"{}").code
    assert not set("01OI") & set("".join(edition(1, str(n).encode()).code[8:] for n in range(200)))


@pytest.mark.parametrize("typed", ["2024-03-234Z-AY", "2024-03-234z-ay", " 2024 03 234ZAY ", "202403 234Z—AY", "２０２４－０３－２３４Ｚ－ＡＹ"])
def test_a_code_may_be_read_out_and_typed_anyhow(typed: str) -> None:
    """Case, width, spaces and hyphens do not matter."""
    assert spelled(typed) == "202403234ZAY"


def test_the_same_figures_are_not_frozen_twice_in_a_row(store: Store) -> None:
    """Another span, or other figures in between, make another edition."""
    filled(store)
    first = store.freeze(edition(1), ROWS)

    again = store.freeze(edition(2, title="另一个会"), ROWS)
    month = store.freeze(edition(2, span=Span.MONTH), ROWS)
    second = store.freeze(edition(3, b"{}"), b"{}")
    third = store.freeze(edition(4), ROWS)

    assert (again.seq, again.unchanged, again.code) == (2, True, first.code)
    assert [one.seq for one in (month, second, third)] == [3, 4, 5]
    assert third.code == first.code
    assert [one.seq for one in store.editions()] == [2, 3, 4, 5]
    assert store.verify() == []


def test_figures_that_may_be_outdated_are_not_frozen(store: Store) -> None:
    """Somebody reported while they were computed."""
    filled(store)
    store.commit([accepted("2024-03", food_sampling_tested="51")])
    with pytest.raises(RequestError, match="2024 年 3 月的会议版没有定稿：刚有新的报送或处理记入日志；请再定稿一次。"):
        store.freeze(edition(1), ROWS)
    assert (store.editions(), store.version) == ([], 2)
    assert not (store._folder.root / "editions").exists()


@pytest.mark.parametrize("fault", ["deleted", "damaged", "rebuilt"])
def test_editions_are_replayed_with_the_log(folder: Path, fault: str) -> None:
    """From log and file, like everything else."""
    with Store.open(folder, catalog_of()) as store:
        filled(store)
        taken = store.freeze(edition(1), ROWS)
    path = folder / "kpi.duckdb"
    match fault:
        case "deleted":
            path.unlink()
        case "damaged":
            path.write_bytes(path.read_bytes()[:700])
        case "rebuilt":
            assert rebuild(folder, catalog_of()) == 1
    with Store.open(folder, catalog_of("another")) as store:
        assert store.editions() == [taken]
        assert store.frozen(taken) == ROWS
        assert store.version == 2
        assert store.verify() == []


def test_verify_names_an_edition_that_was_altered(folder: Path) -> None:
    """Its row, its file, its entry."""
    with Store.open(folder, catalog_of()) as store:
        filled(store)
        taken = store.freeze(edition(1), ROWS)
        store._connection.execute("update edition set title = '另一个会'")
        assert store.verify() == ["数据库中第 2 号会议版与日志不一致；请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"]
        store._connection.execute("update edition set title = '局务会'")

        [path] = folder.glob("editions/2024-03/*.json")
        path.write_bytes(b'{"rows": [51]}')
        [said] = store.verify()
        assert said.startswith(f"第 2 号会议版 {taken.code}（局务会，")
        assert f"定稿文件「editions/2024-03/{taken.figures}.json」已损坏，内容与校验码不符；请从备份恢复该文件。留下的是" in said
        assert "数算到日志第 1 号" in said
        with pytest.raises(StoreError, match="已损坏"):
            store.frozen(taken)
        path.unlink()
        assert "不存在或无法读取" in store.verify()[0]

        (folder / "log" / "00000002.json").write_text('{"figures": "forged"}', "utf-8")
        assert any("log/00000002.json" in fault for fault in store.verify())


def test_an_edition_whose_file_is_gone_is_named_at_every_start(folder: Path) -> None:
    """One of an earlier release cannot be computed again: what is left of it, and what can be done, is said without anybody opening it."""
    with Store.open(folder, catalog_of()) as store:
        filled(store)
        taken = store.freeze(edition(1), ROWS)
    [path] = folder.glob("editions/2024-03/*.json")
    path.unlink()
    for _ in range(2):
        with Store.open(folder, catalog_of()) as store:
            [said] = gaps(store.notices)
            assert taken.code in said
            assert store.verify() == [said]
    path.write_bytes(ROWS)
    with Store.open(folder, catalog_of()) as store:
        assert store.notices == ()


def freezing(store: Store) -> Iterator[int | None]:
    """Two meetings on the figures of one report."""
    filled(store)
    yield None
    for number, rows in enumerate((b"{}", b"[]"), start=1):
        yield store.freeze(edition(number, rows), rows).seq


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(2, 15, 4), AFTER_ALL])
def test_a_killed_writer_loses_no_edition_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk; no entry is ever without its rows, and what is missing can be frozen again."""
    acknowledged = killed(freezing, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = store.editions()
        assert [one.seq for one in kept][: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        assert [fault for fault in store.verify() if "没有登入日志" not in fault] == []  # rows may lie there of which no entry was made
        for number, rows in list(enumerate((b"{}", b"[]"), start=1))[len(kept) :]:
            store.freeze(edition(number, rows), rows)
        assert [(one.seq, store.frozen(one)) for one in store.editions()] == [(2, b"{}"), (3, b"[]")]
        assert store.verify() == []
        assert not os.listdir(folder / "partial")


def test_an_entry_says_its_organisation_only_in_a_tree(folder: Path) -> None:
    """One that was written before there were organisations still reads: it is of the bureau that stands alone."""
    with Store.open(folder, catalog_of()) as store:
        filled(store)
        store.freeze(edition(1), ROWS)
        store.freeze(replace(edition(2), org="donghu"), ROWS)
    [alone], [one] = (json.loads((folder / "log" / f"0000000{number}.json").read_text("utf-8"))["entries"] for number in (2, 3))
    assert sorted(alone) == ["at", "by", "catalog", "figures", "known", "period", "span", "title"]
    assert one == alone | {"known": 2, "org": "donghu"}
    assert (Edition.read(2, alone).org, Edition.read(3, one).org) == (BUREAU, "donghu")


def test_the_same_figures_of_another_organisation_are_another_edition(store: Store) -> None:
    """Each has its own one before it."""
    filled(store)
    taken = [store.freeze(replace(edition(known), org=org), ROWS) for known, org in ((1, "donghu"), (2, "gangkou"), (3, "donghu"))]
    assert [(one.seq, one.org, one.unchanged) for one in taken] == [(2, "donghu", False), (3, "gangkou", False), (2, "donghu", True)]
    assert [one.org for one in store.editions(MARCH)] == ["donghu", "gangkou"]
    assert store.verify() == []
