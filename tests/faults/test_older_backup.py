"""What is not damaged and yet not of one moment: an older backup beside newer batches, a disk that fills at start, a folder that was moved away."""

import shutil
from pathlib import Path

import duckdb
import pytest

from kpi.bureau import open_bureau
from kpi.errors import StoreError
from kpi.filing import submissions
from kpi.filing.intake import accept, prepare
from kpi.meeting import differences, editions
from kpi.store import connection
from tests.faults.filled import CATALOG, NOVEMBER, OCTOBER, TODAY, begin, form, four, go_on, opened, send
from tests.faults.packing import FOLDERS, unpack


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Numbers 1 to 10."""
    folder = tmp_path_factory.mktemp("earlier") / "data"
    with opened(folder) as bureau:
        begin(bureau)
    return folder


@pytest.mark.parametrize("database", [True, False])
def test_an_older_log_beside_newer_batches_says_what_it_does_not_know(earlier: Path, tmp_path: Path, database: bool) -> None:
    """Log, head and database of a backup, or the database made anew from them: four sheets accepted since are in no figure, and named."""
    later = Path(shutil.copytree(earlier, tmp_path / "data"))
    with opened(later) as bureau:
        send(bureau, *four(bureau))
    shutil.rmtree(later / "log")
    shutil.copytree(earlier / "log", later / "log")
    for name in ("head.json", "kpi.duckdb", "kpi.size"):
        shutil.copyfile(earlier / name, later / name)
    if not database:
        (later / "kpi.duckdb").unlink()
    with opened(later) as bureau:
        [said] = [notice for notice in bureau.store.notices if "没有登入日志" in notice]
        assert all(f"「{name}.xlsx」" in said for name in ("nanhu-food-2023-11", "donghu-credit-2023-11", "donghu-food-2023-12", "donghu-credit-2023-12"))
        submissions.lock(bureau, OCTOBER, "王统计", "已定", org="donghu")  # the log goes on, and they are lacking all the same
    with opened(later) as bureau:
        assert bureau.store.notices == (said,)
        assert bureau.store.verify() == [said]
        send(bureau, *four(bureau))
        assert bureau.store.verify() == []
    with opened(later) as bureau:
        assert bureau.store.notices == ()


def test_a_database_that_cannot_be_made_for_want_of_space_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an upgrade the old one is moved aside and the disk has no room for the new one; nothing is lost."""
    folder = unpack(sorted(FOLDERS.glob("*.zip"))[0], tmp_path / "data")

    def full(_: duckdb.DuckDBPyConnection) -> None:
        raise duckdb.TransactionException("Failed to commit: No space left on device")

    prepare_tables = connection._prepare
    with monkeypatch.context() as patch:
        calls = iter([prepare_tables])
        patch.setattr(connection, "_prepare", lambda one: next(calls, full)(one))
        with pytest.raises(StoreError, match=r"建不起来（.*No space left on device）；请检查磁盘空间和权限后重新启动"):
            opened(folder)
    with opened(folder) as bureau:
        assert len(bureau.store.submissions()) == 9
        assert bureau.store.verify() == []


def test_a_folder_moved_away_while_it_is_open_is_said_in_words(earlier: Path, tmp_path: Path) -> None:
    """Renamed, or on a disk that went away: what is done then is not logged, and says so."""
    folder = Path(shutil.copytree(earlier, tmp_path / "data"))
    with opened(folder) as bureau:
        read = prepare(bureau, [form(bureau, "nanhu", "credit", OCTOBER, visits="70 540")], today=TODAY)
        folder.rename(tmp_path / "elsewhere")
        for act in (
            lambda: accept(bureau, read, "王统计", "属实"),
            lambda: submissions.withdraw(bureau, 7, "王统计", "报错"),
            lambda: editions.freeze(bureau, NOVEMBER, "王统计"),
        ):
            with pytest.raises(StoreError, match=r"不在了或用不了.*这一次没有登入日志，也没有生效"):
                act()
    with opened(tmp_path / "elsewhere") as bureau:
        assert bureau.store.version == 10
        assert bureau.store.verify() == []


def test_a_district_with_another_name_is_told_by_both_names(earlier: Path, tmp_path: Path) -> None:
    """Where it stands in an edition as missing: every change has words, and the next freeze another code."""
    folder, catalog = Path(shutil.copytree(earlier, tmp_path / "data")), Path(shutil.copytree(CATALOG, tmp_path / "catalog"))
    with opened(folder) as bureau:
        go_on(bureau)
    text = (catalog / "orgs.toml").read_text("utf-8")
    (catalog / "orgs.toml").write_text(text.replace('name = "东湖区市场监管局"', 'name = "东湖市场监管局"'), "utf-8")
    with open_bureau(folder, catalog) as bureau:
        [issue] = editions.editions(bureau)
        [found] = differences.drift(bureau, issue.edition)
        assert (
            found.words == "双随机检查：由缺 1 家：东湖区市场监管局变为缺 1 家：东湖市场监管局；原因：会后改过指标目录：东湖区市场监管局改名为东湖市场监管局。"
        )
        assert editions.freeze(bureau, NOVEMBER, "王统计").edition.code != issue.edition.code
