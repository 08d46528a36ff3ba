"""Whatever the log holds, the store opens, serves the rest, and names what it cannot use."""

import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpi.catalog.organisation import Organisation
from kpi.errors import StoreError
from kpi.period import Month
from kpi.store.clock import now
from kpi.store.database import Store, rebuild
from kpi.store.folder import DataFolder
from kpi.store.log import Log
from kpi.store.log_reading import read_log
from tests.kpi.store.reports import accepted, catalog_of

HUGE = "999999999999999"  # fifteen digits: eleven of them are more than sixteen can hold


def passed(store: Store, period: str) -> object:
    """The cumulative figure of a measure that nothing is wrong with."""
    return store.background(Month.parse(period)).present["food_sampling_passed"].ytd


def fill(store: Store, months: int, huge: str = HUGE) -> None:
    for month in range(1, months + 1):
        store.commit([accepted(f"2024-{month:02}", food_sampling_tested=huge, food_sampling_passed="1")])


def entry_of(folder: Path) -> dict[str, object]:
    """The first entry of the log."""
    entry: dict[str, object] = json.loads((folder / "log" / "00000001.json").read_text("utf-8"))["entries"][0]
    return entry


def planted(folder: Path, *entries: dict[str, object]) -> None:
    """Let the log go on with entries that no release of this program writes."""
    data = DataFolder(folder)
    log = Log(data)
    log.mend(read_log(data, {}), now())
    log.append([SimpleNamespace(written=lambda entry=entry: entry) for entry in entries])


def logged_with_an_overflow(folder: Path) -> None:
    """A log that holds ten huge months and an eleventh that the figures cannot hold, then a small office's sheet."""
    with Store.open(folder, catalog_of()) as store:
        fill(store, 10)
        with pytest.raises(StoreError):
            store.commit([accepted("2024-11", food_sampling_tested=HUGE, food_sampling_passed="1")])
        store.commit([accepted("2024-11", "drug", drug_samples_tested="3")])


def test_a_figure_that_cannot_be_summed_is_set_aside_and_the_process_goes_on(store: Store) -> None:
    """The log has it, the tables have not; the sender is told which cell, and the next write, read and proof work."""
    fill(store, 10)

    with pytest.raises(StoreError) as refused:
        store.commit([accepted("2024-11", food_sampling_tested=HUGE, food_sampling_passed="1")])

    assert str(refused.value) == (
        "已登入日志，但第 11 号报送（「food2024-11.xlsx」，食品安全协调科 2024 年 11 月）没有计入（同月先前有报送的，先前那一份算数），其余数据照常："
        f"其中的数太大，不能合计（最大的是 月报表!C3 的「{HUGE}」）；请该科室改正后重新报送这个月的报表。"
    )
    assert [s.seq for s in store.commit([accepted("2024-11", "drug", drug_samples_tested="3")])] == [12]
    assert passed(store, "2024-10") == 10
    assert store.verify() == [str(refused.value).removeprefix("已登入日志，但")]


def test_a_store_whose_log_holds_such_an_entry_opens_and_names_it(folder: Path) -> None:
    """At every opening, after a rebuild, and when the database is gone."""
    logged_with_an_overflow(folder)

    for again in range(3):
        if again == 1:
            assert rebuild(folder, catalog_of()) == 11
        if again == 2:
            (folder / "kpi.duckdb").unlink()
        with Store.open(folder, catalog_of()) as store:
            assert [s.seq for s in store.submissions()] == [*range(1, 11), 12]
            assert passed(store, "2024-10") == 10
            notice = store.notices[-1]
            assert store.notices[:-1] == (("数据库文件不在了，已由日志和批次重建。",) if again == 2 else ())
            assert notice.startswith(
                "第 11 号报送（「food2024-11.xlsx」，食品安全协调科 2024 年 11 月）没有计入（同月先前有报送的，先前那一份算数），其余数据照常：其中的数太大"
            )
            assert store.verify() == [notice]


def test_a_correction_brings_the_entry_back(folder: Path) -> None:
    """Once a smaller figure stands in its place nothing overflows, and the entry is on record as any superseded one."""
    logged_with_an_overflow(folder)
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-11", food_sampling_tested="7", food_sampling_passed="1")])
        assert passed(store, "2024-11") == 11
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [*range(1, 14)]
        assert "已由日志和批次补入" in store.notices[0]
        assert passed(store, "2024-11") == 11
        assert store.verify() == []


def test_the_least_is_set_aside_of_many(folder: Path) -> None:
    """Of twenty-four months of a log read at once two are too much; the twenty-two others are served."""
    with Store.open(folder, catalog_of()) as store:
        fill(store, 9)
    with Store.open(folder, catalog_of()) as store:
        for month in (10, 11, 12):
            with pytest.raises(StoreError) if month > 10 else nullcontext():
                store.commit([accepted(f"2024-{month}", food_sampling_tested=HUGE, food_sampling_passed="1")])
        for month in range(1, 13):
            store.commit([accepted(f"2025-{month:02}", food_sampling_tested="2", food_sampling_passed="1")])
    (folder / "kpi.duckdb").unlink()
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [*range(1, 11), *range(13, 25)]
        assert [notice.partition("（")[0] for notice in store.notices[1:]] == ["第 11 号报送", "第 12 号报送"]
        assert passed(store, "2025-12") == 12


def test_a_batch_or_an_entry_that_cannot_be_read_is_set_aside(folder: Path) -> None:
    """One batch torn; two log entries of an unknown form, which another release may have written."""
    with Store.open(folder, catalog_of()) as store:
        fill(store, 4, huge="5")
    (folder / "kpi.duckdb").unlink()
    [torn] = folder.glob("batches/food/2024-02/*.parquet")
    torn.write_bytes(torn.read_bytes()[:-1])
    planted(folder, {"act": "explode", "period": "2024-03"}, {})

    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1, 3, 4]
        assert [notice.partition("，其余")[0] for notice in store.notices[1:]] == [
            "第 2 号报送（食品安全协调科 2024 年 2 月）没有计入（同月先前有报送的，先前那一份算数）",
            "第 5 号没有计入（是更正或撤回的，先前那一份报送又算数；是锁定的，那个月又能改）",
            "第 6 号没有计入（是更正或撤回的，先前那一份报送又算数；是锁定的，那个月又能改）",
        ]
        assert passed(store, "2024-04") == 3
        assert store.commit([accepted("2024-05", food_sampling_passed="1")])[0].seq == 7
        assert len(store.verify()) == 3


def test_bytes_that_are_no_batch_under_a_name_that_fits_them(folder: Path) -> None:
    """The digest is right and the content is none of ours."""
    with Store.open(folder, catalog_of()) as store:
        fill(store, 1)
        path = store._folder.batch("food", "2024-02", b"PAR1")
        store._folder.write({path: b"PAR1"})
    planted(folder, entry_of(folder) | {"batch": path.relative_to(folder).as_posix()})
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1]
        assert "内容不是批次" in store.notices[0]
        assert "请从备份恢复该文件" in store.notices[0]


def test_a_measure_that_the_catalogue_no_longer_has_is_named(folder: Path) -> None:
    """Its figures count for nothing, which nobody would notice on a board that simply lacks them."""
    with Store.open(folder, catalog_of(old=catalog_of().measures["food_sampling_tested"].kind)) as store:
        store.commit([accepted("2024-01", old="7", food_sampling_passed="1")])
        assert store.notices == ()
    with Store.open(folder, catalog_of("second")) as store:
        assert store.notices == ("指标目录里没有数据项「old」，第 1 号报送中的这些数没有计入；请核对指标目录。",)
        assert passed(store, "2024-01") == 1
        assert store.verify() == [*store.notices]


def test_an_organisation_that_the_catalogue_no_longer_has_is_named(folder: Path) -> None:
    """Its figures are in no sum, at every start and for `verify` until the catalogue is put right; so are those of one that does not report any more."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-01", food_sampling_tested="9", food_sampling_passed="1")])
    renamed = Organisation(code="donghu", name="东湖区市场监管局", level="区")
    with Store.open(folder, replace(catalog_of("second"), orgs={renamed.code: renamed})) as store:
        [notice] = store.notices
        assert notice.startswith("指标目录里没有机构「bureau」，在库却有它 2024 年 1 月的 2 个数（第 1 号报送），没有计入；")
        assert store.verify() == [notice]
    above = Organisation(code="bureau", name="东湖区市场监管局", level="区")
    below = Organisation(code="station", name="城南所", level="所", parent="bureau")
    with Store.open(folder, replace(catalog_of("third"), orgs={org.code: org for org in (above, below)})) as store:
        assert store.notices[0].startswith(
            "指标目录 orgs.toml 里东湖区市场监管局（bureau）自己不报数，在库却有它 2024 年 1 月的 2 个数（第 1 号报送），没有计入；"
        )
    with Store.open(folder, catalog_of()) as store:
        assert (store.notices, store.verify(), passed(store, "2024-01")) == ((), [], 1)


def test_a_copy_that_somebody_made_of_a_log_entry_is_named_and_passed_over(folder: Path) -> None:
    """A file manager or a cloud folder leaves such names; so does an entry that points out of the data folder, or nowhere."""
    with Store.open(folder, catalog_of()) as store:
        fill(store, 1, huge="5")
    planted(folder, *(entry_of(folder) | {"batch": batch} for batch in ("/etc/hostname", "../../x.parquet", ".")))
    text = (folder / "log" / "00000001.json").read_text("utf-8")
    for name in ("00000001 - 副本.json", "00000001 (1).json", "desktop.ini"):
        (folder / "log" / name).write_text(text, "utf-8")
    (folder / "log" / "00000005.json").write_text("[[1]]", "utf-8")
    (folder / "log" / "00000006.json").mkdir()

    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1]
        named = {"00000001 - 副本.json", "00000001 (1).json", "desktop.ini"}
        assert set(store.notices[2:5]) == {f"日志目录里的「{name}」不是日志，没有读；请移到别处。" for name in named}
        assert [notice.partition("；启动时已移为")[0] for notice in store.notices[:2]] == [
            "日志目录里的「00000005.json」接不上前后的记录，没有计入",
            "日志目录里的「00000006.json」是文件夹，不是登记文件，没有读",
        ]
        assert [notice[:3] for notice in store.notices[5:]] == ["第 2", "第 3", "第 4"]
        assert sorted(store.verify()) == sorted(store.notices)
