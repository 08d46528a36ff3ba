"""``targets read``: a table of targets listed, as a document, and written into a catalogue."""

import json
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from kpi.catalog.folder_writing import write_folder
from kpi.catalog.load import load
from kpi.cli.app import main
from kpi.store.kept_catalog import KeptCatalog
from tests import blank
from tests.kpi.setup.target_bureau import bureau

LINES = [
    ["某区市场监督管理局2024年目标任务分解表"],
    ["（区市监发〔2024〕12号）"],
    ["指标", "单位", "上半年", "全年"],
    ["食品抽检批次", "批次", 600, 1200],
    ["抽检合格率", "%", None, "≥98%"],
    ["个转企", "户", None, "完成上级任务"],
    ["抽检合个率", "%", None, 97],
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    write_folder(bureau(), tmp_path / "目录", datetime(2026, 11, 29))  # noqa: DTZ001 - the time on the wall
    return tmp_path / "目录"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(tmp_path / "目标.xlsx") as book:
        sheet = book.add_worksheet("分解表")
        for row, cells in enumerate(LINES):
            sheet.write_row(row, 0, cells)
    return tmp_path / "目标.xlsx"


def typed(table: Path, catalog: Path, *more: str) -> int:
    return main(["targets", "read", str(table), "--catalog", str(catalog), *more])


def test_it_lists_and_writes_nothing(table: Path, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each target with its cell, each question, and that nothing is written."""
    assert typed(table, catalog) == 0

    out = capsys.readouterr().out
    for words in ("2024 年目标，依据：某区市场监督管理局2024年目标任务分解表（区市监发〔2024〕12号）", "1200", "分解表!D4", "分解表!D6", "抽检合个率"):
        assert words in out
    assert "读到 2 个目标，另有 2 处要先问清；只是列出，什么都没有写。" in out
    assert not (catalog / "targets").exists()


def test_it_writes_what_nothing_is_asked_about(table: Path, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(table, catalog, "--write", "--json") == 0

    document = json.loads(capsys.readouterr().out)
    assert [(target["indicator"], target["value"], target["cells"][0]["place"]) for target in document["targets"]] == [
        ("lots", "1200", "分解表!D4"),
        ("pass_rate", "98", "分解表!D5"),
    ]
    assert document["targets"][0]["milestones"] == [{"on": "2024-06-30", "share": "50"}, {"on": "2024-12-31", "share": "100"}]
    assert (document["written"], document["asked"][0]["text"], document["unmatched"][0]["name"]) == (True, "完成上级任务", "抽检合个率")
    assert Path(document["former"]).is_dir()
    assert set(load(catalog).targets) == {("lots", 2024), ("pass_rate", 2024)}
    assert typed(table, catalog, "--write") == 0
    assert "已经是这些目标，没有改动" in capsys.readouterr().out


def test_refusals_are_one_sentence(table: Path, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, no target at all, and a day that is none."""
    assert typed(tmp_path / "没有.xlsx", catalog) == 1
    assert "请核对文件的路径" in capsys.readouterr().err
    with xlsxwriter.Workbook(tmp_path / "空.xlsx") as book:
        book.add_worksheet().write(0, 0, "目标")
    assert typed(tmp_path / "空.xlsx", catalog, "--write") == 1
    assert capsys.readouterr().err.startswith("「空.xlsx」里没有认出目标")
    with xlsxwriter.Workbook(tmp_path / "问.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["个转企", "≥100"])
    assert typed(tmp_path / "问.xlsx", catalog, "--write") == 1
    assert capsys.readouterr().err.startswith("表里没有可以写进指标目录的目标")
    assert typed(table, catalog, "--from", "7月") == 1
    assert "不是日期" in capsys.readouterr().err


def test_targets_come_in_force_in_the_data_folder(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change like any other, by the document of the table unless a reason is given; done once more it is none."""
    data = blank.copied(tmp_path / "数据")
    KeptCatalog(data).keep(bureau(), "某", "建局", after=0, account="")
    typed_words = ["targets", "read", str(table), "--data", str(data), "--write"]

    assert main([*typed_words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["written"], document["former"], document["change"]) == (True, None, 2)
    assert set(KeptCatalog(data).catalog().targets) == {("lots", 2024), ("pass_rate", 2024)}
    assert KeptCatalog(data).changes()[-1].why == "按「某区市场监督管理局2024年目标任务分解表（区市监发〔2024〕12号）」"
    assert main(typed_words) == 0
    assert capsys.readouterr().out.endswith("指标目录里已经是这些目标，没有改动。\n")
    assert KeptCatalog(data).number == 2
