"""``catalog adopt``, ``history`` and ``return``: a whole catalogue in force in the data folder, and those that were."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kpi.catalog.folder_writing import write_folder
from kpi.catalog.load import DEFAULT, load
from kpi.catalog.plain_tables import documents_of
from kpi.cli import own_terminal
from kpi.store.kept_catalog import KeptCatalog
from kpi.workbook.writing.definition_book import write_definitions
from tests import blank
from tests.kpi.cli.beside import typed_alone

MOMENT = datetime(2026, 11, 29, 16, 0)  # noqa: DTZ001 - the time on the wall


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, where zhang types."""
    monkeypatch.setattr(own_terminal, "user", lambda: "zhang")
    return blank.copied(tmp_path / "data")


def typed(capsys: pytest.CaptureFixture[str], data: Path, *words: object) -> tuple[int | None, str, str]:
    """What a command below ``catalog`` prints over that folder."""
    return typed_alone(capsys, "catalog", *map(str, words), "--data", str(data))


def test_a_folder_and_a_workbook_come_in_force_and_an_earlier_catalogue_again(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three changes and the beginning: each with who, why and what; nothing is taken away by going back."""
    shipped = load(DEFAULT)
    named, renamed = replace(shipped, bureau="甲局", orgs={}), replace(shipped, bureau="乙局", orgs={})
    write_folder(named, tmp_path / "甲", MOMENT)
    (tmp_path / "乙.xlsx").write_bytes(write_definitions(renamed))

    assert typed(capsys, data, "adopt", tmp_path / "甲", "--reason", "换名") == (0, "指标目录已生效，记作第 2 次变动：改动本局「甲局」。\n", "")
    code, out, err = typed(capsys, data, "import", tmp_path / "乙.xlsx", "--reason", "又换", "--json")
    assert (code, err) == (0, "")
    assert {key: json.loads(out)[key] for key in ("folder", "written", "former", "change")} == {"folder": None, "written": True, "former": None, "change": 3}
    assert typed(capsys, data, "return", 2, "--reason", "改回")[1] == "指标目录已回到第 2 次变动以后的样子，记作第 4 次变动：改动本局「甲局」。\n"
    assert documents_of(KeptCatalog(data).catalog()) == documents_of(named)
    changes = json.loads(typed(capsys, data, "history", "--json")[1])["changes"]
    assert [(change["number"], change["why"]) for change in changes] == [(4, "改回"), (3, "又换"), (2, "换名"), (1, "开始在网页上改以前的指标目录")]
    assert "换名" in typed(capsys, data, "history")[1]
    assert typed(capsys, data, "import", tmp_path / "乙.xlsx")[2].startswith("请用 --reason 写明理由")
    assert typed(capsys, data, "import", tmp_path / "乙.xlsx", "--dry-run")[1].endswith("只是检查，什么都没有写。\n")
    assert KeptCatalog(data).number == 4


def test_from_a_month_on_the_former_definitions_are_kept(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a month is noted of is an indicator that is computed otherwise; where none is, no month can be told from another."""
    shipped = load(DEFAULT)
    rate = shipped.indicators["food_sampling_pass_rate"]
    turned = rate.model_copy(update={"numerator": rate.denominator, "denominator": rate.numerator, "failed": None, "total": None})
    (tmp_path / "倒.xlsx").write_bytes(write_definitions(replace(shipped, indicators={**shipped.indicators, rate.code: turned})))
    (tmp_path / "名.xlsx").write_bytes(write_definitions(replace(shipped, bureau="甲局", orgs={})))

    refused = typed(capsys, data, "adopt", tmp_path / "名.xlsx", "--reason", "换名", "--from", "2024-01")
    assert refused[::2] == (1, "没有一个指标的口径与现在的不同，没有什么可以从某个月起；请去掉月份。\n")
    code, out, err = typed(capsys, data, "adopt", tmp_path / "倒.xlsx", "--reason", "新方案", "--from", "2024-01", "--json")
    change = json.loads(out)
    assert (code, err, change["from"], [entry["key"] for entry in change["entries"]]) == (0, "", "2024-01", [rate.code])
    [earlier] = KeptCatalog(data).catalog().indicators[rate.code].earlier
    assert (str(earlier.until), earlier.reason, earlier.changed_by) == ("2023-12", "新方案", "zhang")


def test_what_cannot_come_in_force_is_refused(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing there, a folder without files, faults, a change that is none; and nothing is kept."""
    (tmp_path / "空").mkdir()
    (tmp_path / "坏").mkdir()
    (tmp_path / "坏" / "bureau.toml").write_text('name = "甲局"\n', encoding="utf-8")
    for path, sentence in (("没有", "请写指标目录的文件夹"), ("空", "里没有 .toml 文件"), ("坏", "offices.toml：缺少这个文件")):
        code, out, err = typed(capsys, data, "adopt", tmp_path / path, "--reason", "错")
        assert (code, out, sentence in err) == (1, "", True)
    assert typed(capsys, data, "return", 1, "--reason", "错")[2] == "没有第 1 次变动；现有 0 次，用 catalog history 可以看到。\n"
    assert typed(capsys, data, "history") == (0, "指标目录还没有在这个数据目录里改过。\n", "")
    assert not KeptCatalog(data).exists()


def test_an_export_that_is_no_workbook_is_a_folder(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The form in git, which says the same."""
    assert typed(capsys, data, "export", tmp_path / "目录")[0] == 0
    assert documents_of(load(tmp_path / "目录")) == documents_of(load(DEFAULT))
    assert "已经有了" in typed(capsys, data, "export", tmp_path / "目录")[2]
    assert "原来的保留在" in typed(capsys, data, "export", tmp_path / "目录", "--replace")[1]
