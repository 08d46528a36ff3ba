"""``check`` as it is typed, on the demo: a paper that agrees, one with three faults, two beside each other, and what is no paper."""

import json

import docx
import pytest

from kpi.cli.app import main

AGREES = "截至2023年11月30日，全区食品安全监督抽检检验检测1763批次，合格1724批次，不合格39批次，合格率97.8%。商品煤抽检78批次。"


@pytest.fixture
def check(demo_data, tmp_path, capsys):
    """Check a text on the demo's data: its JSON."""

    def run(text: str, *words: str) -> dict:
        (tmp_path / "总结.txt").write_text(text, encoding="utf-8")
        assert main(["check", str(tmp_path / "总结.txt"), *words, "--data", str(demo_data), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_a_paper_that_agrees_has_no_finding(check):
    document = check(AGREES, "--period", "2023-11")
    assert (document["figures"], document["findings"], document["beside"]) == (5, [], None)
    assert {each["quote"]: (each["measure"], each["agreement"]) for each in document["compared"]} == {
        "1763批次": ("food_samples_tested", "一致"),
        "1724批次": ("food_samples_passed", "一致"),
        "39批次": ("food_samples_failed", "一致"),
        "97.8%": ("food_sampling_pass_rate", "一致"),
        "78批次": ("coal_samples_taken", "一致"),
    }


def test_a_figure_that_the_store_has_otherwise_is_named_with_its_cell(check):
    """The place in the paper, both figures, and file, sheet and cell."""
    document = check("截至2023年11月30日，商品煤抽检80批次。")
    [finding] = document["findings"]
    assert {key: finding[key] for key in ("code", "severity", "quote", "place", "paragraph", "offset", "seen", "expected", "relation")} == {
        "code": "differs-from-store",
        "severity": "differs",
        "quote": "80批次",
        "place": "正文第1段",
        "paragraph": 1,
        "offset": 19,
        "seen": "「商品煤抽检批次」写为 80批次",
        "expected": "库中2023 年 11 月为 78批次，请核对材料和报表",
        "relation": None,
    }
    assert [cell["raw"] for cell in finding["cells"]][:1] == ["78"]
    assert all(cell["file"] and cell["sheet"] and cell["cell"] for cell in finding["cells"])


def test_a_figure_of_last_year_is_held_against_last_year(check):
    """The demo has 68 批次 of November 2022: the day a year before leads to that month, not to a year before it."""
    compared = [check(f"截至2023年11月30日，商品煤抽检78批次，上年同期{number}批次。")["compared"][1] for number in (68, 69)]
    assert [(each["period"], each["stored"], each["agreement"]) for each in compared] == [("2023-11", "68", "一致"), ("2023-11", "68", "不一致")]


def test_the_contradictions_of_the_published_summary_are_certain(check):
    """44 + 7 is not 54, nor with 24 open 78; 38 + 12 + 20 + 17 is not 89.  That 118 is less than 354 may be so, and is asked."""
    document = check(
        "商品煤抽检78批次，已检测54批次，其中合格44批次，不合格7批次，24批次正在检验。\n"
        "全区认证证书总数89张，其中质量管理体系认证证书38张，有机产品认证证书12张，绿色产品认证20张，其他认证证书17张。\n"
        "检查化妆品经营使用单位118家，完成生活美容美发双随机检查354家。",
        "--period",
        "2023-11",
    )
    graded = {severity: [each["relation"] for each in document["findings"] if each["severity"] == severity] for severity in ("certain", "differs", "check")}
    assert graded == {"certain": ["R052", "R051", "R100"], "differs": [], "check": ["R029"]}


def test_two_papers_beside_each_other(check, tmp_path):
    """The same figure with another value is listed once, one that is only rounded is not."""
    (tmp_path / "另一份.txt").write_text(AGREES.replace("不合格39", "不合格36").replace("97.8%", "98%"), encoding="utf-8")
    [differing] = check(AGREES, "--beside", str(tmp_path / "另一份.txt"))["beside"]
    assert (differing["name"], differing["quote"], differing["other"]["quote"]) == ("食品抽检不合格批次", "39批次", "36批次")


def test_a_list_for_the_eye(demo_data, tmp_path, capsys):
    (tmp_path / "总结.txt").write_text("截至2023年11月30日，商品煤抽检80批次。", encoding="utf-8")
    assert main(["check", str(tmp_path / "总结.txt"), "--data", str(demo_data)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "读到 1 个数，1 个对应到指标或数据项，其中 0 个与库一致（没有写明日期的按 2023 年 11 月）；1 处与库不符。"
    assert lines[2:5] == ["【与库不符】正文第1段「80批次」", "  「商品煤抽检批次」写为 80批次", "  库中2023 年 11 月为 78批次，请核对材料和报表。"]
    assert lines[5].startswith("  见「")


def test_a_word_file_is_written_with_comments(demo_data, tmp_path, capsys):
    """At the figure; of a file that is no Word file none is written."""
    document = docx.Document()
    document.add_paragraph("截至2023年11月30日，商品煤抽检80批次。")
    document.save(tmp_path / "总结.docx")
    words = ("--out", str(tmp_path / "核数.docx"), "--data", str(demo_data))
    assert main(["check", str(tmp_path / "总结.docx"), *words]) == 0
    [comment] = docx.Document(tmp_path / "核数.docx").comments
    assert (comment.author, comment.text.splitlines()[0]) == ("材料核数", "【与库不符】「商品煤抽检批次」写为 80批次")
    (tmp_path / "总结.txt").write_text(AGREES, encoding="utf-8")
    (tmp_path / "核数.docx").unlink()
    assert main(["check", str(tmp_path / "总结.txt"), *words]) == 1
    assert "只有 Word 文件能带着批注下载" in capsys.readouterr().err
    assert not (tmp_path / "核数.docx").exists()


@pytest.mark.parametrize(("data", "why"), [(b"%PDF-1.7", "「总结.txt」："), (b"  \n", "「总结.txt」：文件里没有文字")])
def test_what_is_no_paper_is_refused_with_a_sentence(demo_data, tmp_path, capsys, data, why):
    (tmp_path / "总结.txt").write_bytes(data)
    assert main(["check", str(tmp_path / "总结.txt"), "--data", str(demo_data)]) == 1
    assert capsys.readouterr().err.startswith(why)
