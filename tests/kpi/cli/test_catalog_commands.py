"""``catalog export`` and ``catalog import``: the definitions through Excel and back, and what is refused."""

import json
from pathlib import Path

import openpyxl
import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.plain_tables import documents_of
from kpi.cli.app import main
from tests.kpi.workbook.definitions.whole_catalogue import write_whole


@pytest.fixture
def run(capsys):
    """The exit code, and what is printed on both ways out."""

    def command(*words):
        code = main(["catalog", *map(str, words)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "typed").mkdir()
    return write_whole(tmp_path / "typed")


@pytest.fixture
def book(run, folder, tmp_path) -> Path:
    assert run("export", tmp_path / "目录.xlsx", "--catalog", folder)[0] == 0
    return tmp_path / "目录.xlsx"


def type_into(book: Path, sheet: str, cell: str, content: object) -> None:
    opened = openpyxl.load_workbook(book)
    opened[sheet][cell] = content
    opened.save(book)


def test_the_shipped_catalogue_comes_back(run, tmp_path):
    code, out, err = run("export", tmp_path / "目录.xlsx", "--catalog", DEFAULT, "--json")
    assert (code, err, json.loads(out)["entries"]["measures"]) == (0, "", 300)

    code, out, err = run("import", tmp_path / "目录.xlsx", "--to", tmp_path / "new", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["folder"], document["written"], document["former"]) == (str(tmp_path / "new"), True, None)
    assert document["entries"] == {
        "orgs": 0,
        "areas": 6,
        "offices": 19,
        "measures": 300,
        "indicators": 82,
        "relations": 129,
        "systems": 106,
        "sentences": 12,
        "targets": 89,
        "references": 1,
        "ledgers": 4,
    }
    assert documents_of(load(tmp_path / "new")) == documents_of(load(DEFAULT))


def test_what_is_edited_in_excel_is_in_the_folder(run, book, tmp_path):
    type_into(book, "科室", "B3", "检验中心")
    code, out, err = run("import", book, "--to", tmp_path / "new")

    assert (code, err) == (0, "")
    assert out.replace("\n", "").startswith(
        f"指标目录已写到「{tmp_path / 'new'}」：机构 8、板块 2、科室 2、数据项 7、指标 7、勾稽关系 2、平台 1、目标 8、参考数 2、台账 1。"
    )
    assert load(tmp_path / "new").offices["lab"].name == "检验中心"


def test_a_folder_is_replaced_only_when_told_and_kept(run, book, folder):
    """Without ``--to`` it is the catalogue in force."""
    before = documents_of(load(folder))
    type_into(book, "科室", "B3", "检验中心")
    code, out, err = run("import", book, "--catalog", folder)
    assert (code, out) == (1, "")
    assert "已经有了，没有改动它；请另写一个文件夹，或加 --replace，原来的改名保留。" in err
    assert documents_of(load(folder)) == before

    code, out, _ = run("import", book, "--catalog", folder, "--replace", "--json")
    former = Path(json.loads(out)["former"])
    assert code == 0
    assert former.name.startswith("typed-20")
    assert documents_of(load(former)) == before
    assert load(folder).offices["lab"].name == "检验中心"


def test_with_a_fault_nothing_is_written(run, book, tmp_path):
    """Every fault stands on stderr with its cell."""
    type_into(book, "数据项", "G2", "时期")
    type_into(book, "目标", "B2", None)
    there = sorted(path.name for path in tmp_path.iterdir())
    code, out, err = run("import", book, "--to", tmp_path / "new")

    assert (code, out) == (1, "")
    assert err.startswith("指标目录有 2 处错误：\n目录.xlsx 的 数据项!G2：「性质」写的「时期」不在可选的词")
    assert "\n目录.xlsx 的 目标!B2（pass_rate）：「年份」没有写；请写年份，如 2023。\n" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == there


def test_a_trial_writes_nothing(run, book, folder, tmp_path):
    there = sorted(path.name for path in tmp_path.iterdir())
    code, out, _ = run("import", book, "--catalog", folder, "--dry-run")

    assert code == 0
    assert out.replace("\n", "").endswith("只是检查，什么都没有写。")
    assert sorted(path.name for path in tmp_path.iterdir()) == there
    assert json.loads(run("import", book, "--catalog", folder, "--dry-run", "--json")[1])["written"] is False


def test_a_workbook_that_is_there_may_hold_somebodys_work(run, book, folder):
    type_into(book, "科室", "B3", "检验中心")
    edited = book.read_bytes()
    code, out, err = run("export", book, "--catalog", folder)

    assert (code, out, book.read_bytes()) == (1, "", edited)
    assert "已经有了，没有改动它；请另写一个文件名，或加 --replace 覆盖。" in err
    assert run("export", book, "--catalog", folder, "--replace")[0] == 0
    assert openpyxl.load_workbook(book)["科室"]["B3"].value == "检验室"
    assert run("export", folder)[0] == 1  # as a folder, which is there


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "请写指标目录的文件夹，或 catalog export 写的工作簿"),
        (b"PK\x03\x04oops", "「坏.xlsx」："),
        (b"<html><table><tr><td>1</td></tr></table>", "不是指标目录的工作簿"),
    ],
)
def test_what_is_no_workbook_is_one_sentence(run, tmp_path, content, words):
    file = tmp_path / "坏.xlsx"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run("import", file, "--to", tmp_path / "new")

    assert (code, out) == (1, "")
    assert words in err
    assert not (tmp_path / "new").exists()


def test_a_place_where_nobody_may_write_is_said(run, book, folder, tmp_path):
    (tmp_path / "file").touch()

    assert "写不了（" in run("import", book, "--to", tmp_path / "file" / "new")[2]
    assert "写不了（" in run("export", tmp_path / "file" / "目录.xlsx", "--catalog", folder)[2]
