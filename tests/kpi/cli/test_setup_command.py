"""``setup``: proposals of a folder, as a document, as a folder, and what is no workbook."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from kpi.catalog.load import load
from kpi.cli.app import main

ROWS = {1: (10, 10, 8), 2: (20, 30, 27), 3: (15, 45, 40)}


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Three months of one office, and a file that is no workbook."""
    folder = tmp_path / "报表" / "质量科"
    folder.mkdir(parents=True)
    for month, (added, total, passed) in ROWS.items():
        with xlsxwriter.Workbook(folder / f"质量科2023年{month}月.xlsx") as book:
            sheet = book.add_worksheet("月报")
            lines = [
                [f"质量科2023年{month}月月报表"],
                ["填报单位：质量科"],
                ["项目", "单位", "本月数", "本年累计"],
                ["抽检批次", "批次", added, total],
                ["合格批次", "批次", None, passed],
                ["合格率", "%", None, round(100 * passed / total, 1)],
            ]
            for row, cells in enumerate(lines):
                sheet.write_row(row, 0, cells)
    (folder / "说明.pdf").write_bytes(b"%PDF-1.4")
    return tmp_path / "报表"


def test_setup_prints_what_a_folder_proposes(sheets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rate with its parts, each proposal with its cells; a file that is no workbook is named and nothing stops."""
    code = main(["setup", str(sheets), "--json"])

    output = capsys.readouterr()
    document = json.loads(output.out)
    assert code == 0
    assert [(measure["name"], measure["unit"], measure["kind"]) for measure in document["measures"]] == [
        ("抽检批次", "批次", "flow"),
        ("合格批次", "批次", "flow"),
        ("合格率", "%", "rate"),
    ]
    [rate] = document["rates"]
    assert rate["parts"] == {"numerator": "hegepici", "denominator": "choujianpici", "scale": 100}
    assert {"file": "质量科2023年3月.xlsx", "place": "月报!D6"} in rate["evidence"][0]["cells"]
    [unread] = document["unread"]
    assert unread.startswith("「说明.pdf」：")
    assert unread in output.err


def test_setup_writes_what_is_certain_as_a_folder(sheets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An ordinary catalogue; a folder that is there is left alone, and a name is needed."""
    assert main(["setup", str(sheets), "--to", str(tmp_path / "目录")]) == 1
    assert capsys.readouterr().err == "请写明本局名称。\n"
    assert main(["setup", str(sheets), "--to", str(tmp_path / "目录"), "--name", "某局"]) == 0
    assert "要问的没有写" in capsys.readouterr().out
    catalog = load(tmp_path / "目录")
    assert (catalog.bureau, [office.name for office in catalog.offices.values()]) == ("某局", ["质量科"])
    assert [measure.name for measure in catalog.measures.values()] == ["抽检批次", "合格率"]
    assert main(["setup", str(sheets), "--to", str(tmp_path / "目录"), "--name", "某局"]) == 1


def test_setup_lists_what_the_library_could_add(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """办结 and 受理 stand there and no 办结率: it is offered with its formula and its document, and is a question."""
    folder = tmp_path / "报表"
    folder.mkdir()
    for month in (1, 2, 3):
        with xlsxwriter.Workbook(folder / f"消保科2024年{month}月.xlsx") as book:
            sheet = book.add_worksheet("月报")
            lines = [
                [f"消保科2024年{month}月月报表"],
                ["填报单位：消保科"],
                ["项目", "单位", "本月数", "本年累计"],
                ["投诉举报受理", "件", 50, 50 * month],
                ["按法定权限办结投诉举报", "件", 48, 48 * month],
            ]
            for row, cells in enumerate(lines):
                sheet.write_row(row, 0, cells)

    assert main(["setup", str(folder), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["offered"] == ["rate/xiaobaoke/按法定权限投诉举报办结率"]
    rate = next(rate for rate in document["rates"] if rate["key"] in document["offered"])
    assert (rate["parts"], rate["certainty"], rate["suggestion"]["code"]) == (None, "asked", "complaint_report_closing_rate")
    assert "依据：《市场监督管理投诉举报处理办法》（国家市场监督管理总局令第121号）" in rate["evidence"][-1]["words"]
    assert main(["setup", str(folder)]) == 0
    assert "指标库里还可以有（表上有它的分子、分母）" in capsys.readouterr().out


def test_setup_of_no_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup", str(tmp_path / "没有")]) == 1

    assert capsys.readouterr().err.startswith("没有文件夹「")
