"""A catalogue written as a folder: whole or not at all, readable, and what was there is kept."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpi.catalog import folder_writing
from kpi.catalog.folder_writing import change_folder, file_texts, write_folder
from kpi.catalog.load import load
from kpi.errors import CatalogError, RequestError
from tests.kpi.workbook.definitions.whole_catalogue import FILES, write_whole

MOMENT = datetime(2026, 11, 29, 16, 5, 9)  # noqa: DTZ001 - the time on the wall


@pytest.fixture
def catalog(tmp_path):
    (tmp_path / "typed").mkdir()
    return load(write_whole(tmp_path / "typed"))


def below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_each_office_year_and_ledger_has_its_file(catalog, tmp_path):
    assert write_folder(catalog, tmp_path / "a" / "new", MOMENT) is None

    assert sorted(below(tmp_path / "a" / "new")) == sorted(f"{name}.toml" for name in FILES)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["new"]


def test_the_files_are_as_a_person_would_write_them(catalog):
    """The order of the entries and of their fields, tables with headings, only what does not follow by itself."""
    texts = file_texts(catalog)

    above = "# 本局名称，印在页面、报表和材料上；first_month 是数据从哪个月开始，year_begins 是年度从几月开始，public_from 是公开版里人和案件从几起公开"
    assert texts["bureau.toml"] == f'{above}\n\nname = "某区市场监管局"\nfirst_month = "2015-01"\n'
    assert texts["lab.toml"] == "# 检验室\n"
    assert texts["targets/2022.toml"] == (
        '# 2022 年目标\n\n[[target]]\nindicator = "pass_rate"\noffice = "quality"\nkind = "floor"\nvalue = 97.50\ntolerance = 0.5\ndocument = "任务分解表"\n'
    )
    assert (
        '[[column]]\nname = "结论"\nrole = "category"\nonce = ["合格"]\n[column.values]\n"合格" = ["符合", "达标"]\n"不合格" = []\n'
        in texts["ledgers/coal.toml"]
    )
    assert "# ── 指标：由数据项计算，不填报 ──\n" in texts["quality.toml"]
    assert file_texts(catalog) == texts


def test_what_was_there_is_never_overwritten(catalog, tmp_path):
    """Without being asked to, nothing is changed; else it is kept under a name with the day and the time, each time another one."""
    folder = tmp_path / "typed"
    before = below(folder)

    with pytest.raises(RequestError, match="已经有了，没有改动它"):
        write_folder(catalog, folder, MOMENT)
    assert below(folder) == before

    assert write_folder(catalog, folder, MOMENT, replace=True) == tmp_path / "typed-20261129-160509"
    assert below(tmp_path / "typed-20261129-160509") == before
    assert write_folder(catalog, folder, MOMENT, replace=True) == tmp_path / "typed-20261129-160509-2"
    assert len([*tmp_path.iterdir()]) == 3


def test_a_file_is_no_folder(catalog, tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(RequestError, match="不是文件夹"):
        write_folder(catalog, tmp_path / "file", MOMENT, replace=True)
    with pytest.raises(RequestError, match="写不了"):
        write_folder(catalog, tmp_path / "file" / "below", MOMENT)
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("stop", [1, 5, 11])
def test_a_disk_that_fills_leaves_nothing_behind(catalog, tmp_path, monkeypatch, stop):
    """Half of a catalogue is none."""
    synced = []
    before = below(tmp_path)

    def sync(handle: int) -> None:
        synced.append(handle)
        if len(synced) == stop:
            raise OSError(28, os.strerror(28))

    monkeypatch.setattr(folder_writing.os, "fsync", sync)
    with pytest.raises(RequestError, match="磁盘已满），什么都没有改动"):
        write_folder(catalog, tmp_path / "typed", MOMENT, replace=True)

    assert below(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["typed"]


def test_what_cannot_get_its_name_gives_the_former_one_its_own_back(catalog, tmp_path, monkeypatch):
    before = below(tmp_path)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name.startswith("."):
            raise OSError(16, os.strerror(16))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(RequestError, match="正被占用"):
        write_folder(catalog, tmp_path / "typed", MOMENT, replace=True)

    assert below(tmp_path) == before


def test_only_the_files_that_say_something_else_are_written(catalog, tmp_path):
    """Comments of the others stay; what was there is kept; a catalogue that says the same writes nothing."""
    folder = tmp_path / "目录"
    write_folder(catalog, folder, MOMENT)
    offices = folder / "offices.toml"
    offices.write_text(f"# 本局自己的话\n{offices.read_text('utf-8')}", "utf-8")
    before = below(folder)
    renamed = replace(catalog, bureau="另一个局")

    former = change_folder(renamed, folder, MOMENT)

    assert former == tmp_path / "目录-20261129-160509"
    assert below(former) == before
    changed = {name for name, content in below(folder).items() if content != before[name]}
    assert (changed, load(folder).bureau) == ({"bureau.toml"}, "另一个局")
    assert change_folder(renamed, folder, MOMENT) is None


def test_a_change_that_the_loader_refuses_leaves_the_folder_as_it_was(catalog, tmp_path):
    folder = tmp_path / "目录"
    write_folder(catalog, folder, MOMENT)
    before = below(folder)
    code, indicator = next(iter(catalog.indicators.items()))

    with pytest.raises(CatalogError):
        change_folder(
            replace(catalog, indicators={**catalog.indicators, code: indicator.model_copy(update={"office": "", "name": ""})}, targets={}), folder, MOMENT
        )
    assert below(folder) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".目录", "目录-"))] == []
