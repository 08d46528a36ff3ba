"""The command line as scripts of a bureau use it: exit codes, JSON shapes, sentences on stderr."""

import io
import json
import re
import sys
from decimal import Decimal as D
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT, load
from kpi.cli.app import main
from kpi.filing import intake
from kpi.period import Month
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.province import report


@pytest.fixture
def ask(demo_data: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command that only reads on the demo's data, and read its JSON."""
    return runner(demo_data, capsys)


@pytest.fixture
def change(demo_copy: Path, capsys: pytest.CaptureFixture[str]):
    """The same for commands that write, on a copy."""
    return runner(demo_copy, capsys)


def runner(data: Path, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str, code: int = 0) -> dict:
        assert main([*arguments, "--data", str(data), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def filled(path: Path, office: str, **figures: str) -> Path:
    values = {(code, Column.YTD): D(figure) for code, figure in figures.items()}
    path.write_bytes(write_template(load(DEFAULT), office, Month(2023, 11), Filling(values)))
    return path


def test_board_and_missed(ask):
    """Decimals are strings, what is absent is null, the missed come worst first."""
    document = ask("board", "--period", "2023-11")
    row = next(row for row in document["rows"] if row["indicator"] == "food_sampling_pass_rate")
    assert (document["period"], document["span"], len(document["rows"])) == ("2023-11", "ytd", 81)
    assert row["value"].startswith("97.78786159")
    assert (row["numerator"], row["denominator"], row["target"], row["target_kind"], row["status"]) == ("1724", "1763", "97.8", "floor", "滞后")
    assert (row["as_of"], row["signal"], row["low"]) == ("2023-11-30", "11 月正常波动（95.4～100.0%）；照此有的月达标、有的月不达标", None)

    assert row["words"].startswith("食品抽检合格率 97.8%（未舍入 97.788%），目标 ≥97.8%，滞后")

    late = ask("missed", "--period", "2023-11")["rows"]
    assert [r["status"] for r in late] == ["未达标"] * 7 + ["滞后"] * 7
    assert all(r["words"] for r in late)
    trademarks = next(r for r in late if r["indicator"] == "trademarks_registered_new")
    assert trademarks["needed"].endswith("靠现有进度完不成")
    assert trademarks["projection"].startswith("照上年的进度推算，全年约 273 件")
    assert trademarks["pace_basis"] == "按天数"


def test_scores(ask):
    """Points as strings; what is open is null and told apart in the office's sum."""
    document = ask("score", "--period", "2023-11")
    rows = {row["indicator"]: row for row in document["rows"]}
    assert (rows["food_sampling_pass_rate"]["points"], rows["food_sampling_pass_rate"]["scored"], rows["food_sampling_pass_rate"]["rule"]) == (
        "8",
        "7",
        "deduct",
    )
    assert (rows["coal_sampling_pass_rate"]["scored"], rows["coal_sampling_pass_rate"]["words"]) == (None, "结果未定，暂不计分")
    offices = {office["office"]: office for office in document["offices"]}
    assert offices["product_quality"] == {"office": "product_quality", "points": "0", "scored": "0", "open": "4"}

    assert {row["office"] for row in ask("score", "--period", "2023-11", "--office", "知识产权科")["rows"]} == {"ip"}


def test_board_of_one_office(ask):
    """By name as well as by code."""
    rows = ask("board", "--period", "2023-11", "--office", "消保科")["rows"]

    assert {row["office"] for row in rows} == {"consumer"}


def test_series_of_an_indicator_and_of_a_measure(ask):
    """Every month of the range is there, and any measure can be asked for."""
    points = ask("series", "food_sampling_pass_rate", "--from", "2023-01", "--to", "2023-11")["points"]
    assert [point["period"] for point in points] == [f"2023-{month:02d}" for month in range(1, 12)]

    [point] = ask("series", "quality_leaflets_distributed", "--from", "2023-11", "--to", "2023-11")["points"]
    assert (point["value"], point["state"]) == ("3000", "数值")


def test_every_published_code_can_be_asked_for(demo):
    """All 244 codes of the published summary have a series with a number at 2023-11."""
    from kpi.review.series import several

    published = [code for code, measure in demo.catalog.measures.items() if measure.seq]
    found = several(demo, published, Month(2023, 11), Month(2023, 11))

    assert len(found) == 244
    assert [code for code in published if [point.value for point in found[code].points] in ([], [None])] == []


def test_source_names_file_sheet_and_cell(ask):
    """1724 and 1763 with the cells they stand in."""
    parts = ask("source", "food_sampling_pass_rate", "--period", "2023-11")["parts"]

    cells = {(p["part"], p["value"]): (p["file"], p["sheet"], p["cell"]) for p in parts if p["column"] == "本年累计"}
    assert cells["分子", "1724"] == ("2023-11_食品安全协调科月报表.xlsx", "食品安全协调科月报表", "F16")
    assert cells["分母", "1763"] == ("2023-11_食品安全协调科月报表.xlsx", "食品安全协调科月报表", "F15")


def test_relations_finds_the_published_contradictions_and_nothing_hard_beyond(ask):
    """商品煤 44 + 7 against 54, and certificates 87 against 89."""
    results = ask("relations", "--period", "2023-11")["relations"]

    violated = {r["id"]: (r["left"], r["right"], r["difference"]) for r in results if r["result"] == "violated" and r["strength"] == "hard"}
    assert violated == {"R051": ("51", "54", "-3"), "R052": ("75", "78", "-3"), "R100": ("87", "89", "-2")}
    assert len(results) == 129


def test_relations_of_an_earlier_month_all_hold(ask):
    """The contradictions appear only where they were published."""
    results = ask("relations", "--period", "2023-06")["relations"]

    assert [r["id"] for r in results if r["result"] == "violated" and r["strength"] == "hard"] == []


def test_ingest_reports_each_file(change, tmp_path):
    """Accepted, unchanged, needing confirmation and refused, side by side; only what is in order is stored."""
    sheets = tmp_path / "报表"
    sheets.mkdir()
    filled(sheets / "好.xlsx", "ip", trademarks_registered_new="250")
    filled(sheets / "疑.xlsx", "certification", certificates_total="89", certificates_qms="38")
    (sheets / "坏.xlsx").write_bytes(b"oops")

    document = change("ingest", str(sheets), code=1)

    by_file = {file["file"]: file for file in document["files"]}
    assert by_file["好.xlsx"]["status"] in ("accepted", "needs-confirmation")
    assert by_file["坏.xlsx"]["status"] == "rejected"
    assert by_file["坏.xlsx"]["findings"][0]["severity"] == "block"
    assert set(by_file["坏.xlsx"]["findings"][0]) >= {"code", "severity", "place", "seen", "remedy"}


def test_ingest_with_confirmation_and_again(change, tmp_path):
    """A 说明 lets it in; the same file again is unchanged; a dry run stores nothing."""
    path = filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="250")

    assert change("ingest", str(path), "--dry-run")["files"][0]["submission"] is None
    assert change("ingest", str(path), "--confirm", "补报")["files"][0]["status"] == "accepted"
    assert change("ingest", str(path), "--confirm", "补报")["files"][0]["status"] == "unchanged"


@pytest.mark.parametrize("switches", [[], ["--json"], ["--dry-run"]])
def test_a_folder_without_a_sheet_is_no_success(switches, tmp_path, capsys):
    """Before: not a word and exit 0, which a script takes for sheets taken in; Excel's lock files are none."""
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "~$月报.xlsx").touch()
    assert main(["ingest", str(folder), "--data", str(tmp_path / "data"), *switches]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"「{folder}」里没有报表文件，什么都没有做；请核对文件夹。\n")
    assert [*tmp_path.iterdir()] == [folder]


def test_a_dry_run_makes_no_data_folder(tmp_path, capsys):
    """A mistyped name is checked as an empty bureau, which is said, and of which nothing is left."""
    path = filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="250")
    (tmp_path / "none").mkdir()
    assert main(["ingest", str(tmp_path / "none"), str(path), "--dry-run", "--json", "--data", str(tmp_path / "typo")]) == 0
    said = capsys.readouterr()
    assert [file["submission"] for file in json.loads(said.out)["files"]] == [None]
    assert f"「{tmp_path / 'none'}」里没有报表文件；请核对文件夹。" in said.err
    assert "没有数据目录，按什么都没有入库核对，也没有新建" in said.err
    assert {path.name for path in tmp_path.iterdir()} == {"知识产权.xlsx", "none"}


@pytest.fixture
def locked(tmp_path):
    """A sheet that opens with 开门 only."""
    path = filled(tmp_path / "锁.xlsx", "ip", trademarks_registered_new="250")
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("开门", sink)
    path.write_bytes(sink.getvalue())
    return path


def test_ingest_of_a_locked_file_says_how_to_open_it(change, locked, monkeypatch):
    """No terminal and no password: refused, with the way out."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    [file] = change("ingest", str(locked), code=1)["files"]
    assert (file["status"], file["findings"][0]["code"]) == ("rejected", "password-needed")
    assert file["findings"][0]["remedy"] == "请在报表导入页输入打开密码；密码不会保存"


@pytest.mark.parametrize(("said", "status", "code"), [("开门\n", "accepted", 0), ("开门", "accepted", 0), ("错的\n", "rejected", 1)])
def test_ingest_takes_a_password_from_the_standard_input(change, locked, monkeypatch, said, status, code):
    """One line; it is nowhere in what is printed."""
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    document = change("ingest", str(locked), "--confirm", "补报", "--password-stdin", code=code)
    assert document["files"][0]["status"] == status
    assert said.strip() not in json.dumps(document, ensure_ascii=False)
    if code:
        assert "密码不对" in document["files"][0]["message"]


def test_ingest_asks_at_a_terminal_without_showing_the_password(change, locked, monkeypatch):
    """The prompt goes to stderr, so that stdout stays one JSON document."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", terminal)
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: asked.append((prompt, stream is sys.stderr)) or "开门")
    assert change("ingest", str(locked), "--confirm", "补报")["files"][0]["status"] == "accepted"
    assert asked == [("「锁.xlsx」的打开密码：", True)]


def test_completeness_of_a_month(ask):
    """Each sheet owed, with the fields of the contract."""
    document = ask("completeness", "--period", "2023-11")
    assert (document["period"], len(document["rows"])) == ("2023-11", 19)
    row = document["rows"][0]
    assert set(row) >= {"office", "template", "due", "received", "on_time", "late_days", "state", "findings_open"}
    assert (row["office"], row["due"], row["on_time"], row["late_days"], row["state"]) == ("registration", "2023-12-05", True, 0, "按时")
    assert [r["late_days"] for r in document["rows"] if r["state"] == "迟报"] == [4]

    assert {r["due_provisional"] for r in document["rows"]} == {False}
    assert {r["due_provisional"] for r in ask("completeness", "--period", "2027-01")["rows"]} == {True}  # no holidays of 2027 are published

    missing = ask("completeness", "--period", "2023-12")["rows"][0]
    assert (missing["received"], missing["on_time"], missing["state"], missing["submission"]) == (None, False, "逾期未报", None)
    assert missing["late_days"] > 0


def test_withdraw_lock_and_unlock(change, tmp_path):
    """Each is a document with its number in the log; a locked month refuses with exit code 1, and rebuild forgets nothing."""
    taken = change("withdraw", "437", "--reason", "报错了")
    assert (taken["act"], taken["submission"], taken["decision"], taken["reason"]) == ("withdraw", 437, 438, "报错了")
    assert change("lock", "--period", "2023-11", "--reason", "年报已上报")["office"] is None
    path = filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="250")
    [refused] = change("ingest", str(path), "--confirm", "补报", code=1)["files"]
    assert (refused["status"], refused["findings"][0]["code"]) == ("rejected", "period-locked")

    assert change("rebuild") == {"submissions": 437}
    assert change("verify") == {"faults": []}
    assert change("unlock", "--period", "2023-11", "--office", "知识产权科", "--reason", "补报")["office"] == "ip"
    assert change("ingest", str(path), "--confirm", "补报")["files"][0]["status"] == "accepted"


def test_a_board_as_it_was_known_on_a_day(ask):
    """What had not come by 5 December 2023 is 未报 and not yet overdue; each document says the day."""
    late = [row["office"] for row in ask("completeness", "--period", "2023-11")["rows"] if row["received"] > "2023-12-06"]
    document = ask("board", "--period", "2023-11", "--as-of", "2023-12-05")
    assert document["known_on"] == "2023-12-05"
    assert {row["office"] for row in document["rows"] if row["state"] == "未报"} == set(late)

    completeness = ask("completeness", "--period", "2023-11", "--as-of", "2023-12-05")
    assert [row["office"] for row in completeness["rows"] if row["received"] is None] == late
    assert {row["state"] for row in completeness["rows"] if row["received"] is None} == {"未到期"}
    assert (completeness["known_on"], ask("completeness", "--period", "2023-11")["known_on"]) == ("2023-12-05", None)

    span = ("--from", "2023-11", "--to", "2023-11")
    before, after = (ask("series", "food_sampling_pass_rate", *span, "--as-of", day)["points"][0]["state"] for day in ("2023-12-02", "2023-12-03"))
    assert (before, after) == ("未报", "数值")
    assert ask("source", "food_sampling_pass_rate", "--period", "2023-11", "--as-of", "2023-12-02")["parts"] == []
    assert ask("missed", "--period", "2023-11", "--as-of", "2099-01-01")["rows"] == ask("missed", "--period", "2023-11")["rows"]
    assert {row["state"] for row in ask("board", "--period", "2023-11", "--as-of", "1999-01-01")["rows"]} == {"未报"}


def test_scores_and_relations_as_they_were_known_on_a_day(ask):
    """食品 reported on 3 December 2023: the day before no points and nothing to hold its figures against."""

    def asked(command: str, key: str, day: str) -> dict:
        document = ask(command, "--period", "2023-11", "--as-of", day)
        assert document["known_on"] == day
        return {row[key]: row for row in document[{"score": "rows", "relations": "relations"}[command]]}

    before, after = (asked("score", "indicator", day)["food_sampling_pass_rate"] for day in ("2023-12-02", "2023-12-03"))
    assert (before["scored"], before["words"], after["scored"]) == (None, "未报，暂不计分", "7")
    assert {row["result"] for row in asked("relations", "id", "1999-01-01").values()} == {"missing"}
    assert "missing" not in {row["result"] for row in asked("relations", "id", "2023-12-05").values() if row["office"] == "food_coordination"}


def test_an_edition_from_freezing_to_its_changes(change):
    """The code finds it again; its rows never change; what differs is a document with reasons; rebuild forgets nothing."""
    frozen = change("edition", "freeze", "--period", "2023-11", "--title", "局务会")
    assert (frozen["period"], frozen["span"], frozen["number"], frozen["edition"], frozen["known"], frozen["unchanged"]) == (
        "2023-11",
        "ytd",
        1,
        438,
        437,
        False,
    )
    code = frozen["code"]
    assert change("edition", "freeze", "--period", "2023-11")["code"] == code
    before = change("edition", "show", code)["rows"]
    rows = change("board", "--period", "2023-11")["rows"]
    assert [{name: row[name] for name in rows[0]} for row in before] == rows
    assert change("edition", "changes", code)["changes"] == []

    change("withdraw", "426", "--reason", "报错了")
    change("rebuild")

    assert change("edition", "show", code.lower())["rows"] == before
    assert change("board", "--period", "2023-11", "--edition", code)["rows"] == before
    assert {row["office"] for row in change("board", "--period", "2023-11", "--edition", code, "--office", "质量监管科")["rows"]} == {"product_quality"}
    changed = {one["indicator"]: one for one in change("edition", "changes", code)["changes"]}
    one = changed["industrial_sampling_pass_rate"]
    assert (one["was"]["value"], one["now"]["value"], one["now"]["state"], one["difference"], one["difference_unit"]) == ("86", None, "未报", None, "个百分点")
    [reason] = one["reasons"]
    assert (reason["cause"], reason["submission"], reason["replaces"], reason["note"]) == ("撤回", 426, None, "报错了")
    assert {cell["was"]["value"] for cell in reason["cells"]} >= {"43", "50"}
    assert {cell["now"]["state"] for cell in reason["cells"]} == {"未报"}
    assert [one["code"] for one in change("edition", "list", "--period", "2023-11")["editions"]] == [code]
    assert change("edition", "list", "--period", "2023-10") == {"editions": []}
    assert change("verify") == {"faults": []}


def test_editions_in_words(demo_copy, capsys):
    """A sentence each, a table for the figures."""
    data = ["--data", str(demo_copy)]
    assert main(["edition", "list", *data]) == 0
    assert "还没有会议版" in capsys.readouterr().out
    assert main(["edition", "freeze", "--period", "2023-11", "--title", "局务会", *data]) == 0
    code = capsys.readouterr().out.split("编号 ")[1][:15]
    assert main(["edition", "changes", code, *data]) == 0
    assert capsys.readouterr().out == f"2023 年 11 月会议版第 1 版（{code}）定稿以来没有变动，现在的数与会上看到的相同。\n"
    assert main(["edition", "show", code, *data]) == 0
    assert f"会议版第 1 版 {code}" in capsys.readouterr().out
    assert main(["edition", "list", *data]) == 0
    assert f"{code}：2023 年 11 月会议版第 1 版，局务会，" in capsys.readouterr().out
    assert main(["board", "--period", "2023-11", "--as-of", "2023-12-05", *data]) == 0
    assert "按 2023-12-05 所知；机构、口径和目标用现在的指标目录" in capsys.readouterr().out
    assert main(["board", "--period", "2023-10", "--edition", code, *data]) == 1
    assert "请写 --period 2023-11" in capsys.readouterr().err


def test_decisions_in_words(demo_copy, capsys):
    """Without --json, a sentence or a table."""
    data = ["--data", str(demo_copy)]
    assert main(["lock", "--period", "2023-10", "--office", "ip", "--reason", "已上报", *data]) == 0
    assert "知识产权科 2023 年 10 月已锁定，记为日志第 438 号。" in capsys.readouterr().out
    assert main(["completeness", "--period", "2023-12", *data]) == 0
    said = capsys.readouterr().out
    assert "2023 年 12 月报送情况" in said
    assert "以下 19 份报表尚未收到" in said


def test_template_writes_one_or_all(tmp_path, capsys):
    """Nineteen sheets in a folder, or one file."""
    assert main(["template", "--all", "--period", "2023-12", "--out", str(tmp_path / "all")]) == 0
    assert main(["template", "消保科", "--period", "2023-12", "--out", str(tmp_path / "one.xlsx")]) == 0

    assert len(list((tmp_path / "all").iterdir())) == 19
    assert (tmp_path / "one.xlsx").stat().st_size > 0
    assert "19" in capsys.readouterr().out


def test_a_prefilled_template_says_what_is_on_file(ask, tmp_path):
    """The figures of last year in their column, those of last month behind the rows."""
    made = ask("template", "质量监管科", "--period", "2023-12", "--prefill", "--out", str(tmp_path / "one.xlsx"))
    assert made == {"period": "2023-12", "files": [str(tmp_path / "one.xlsx")]}
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx").worksheets[0]
    assert (sheet["C11"].value, sheet["K11"].value.partition("，")[0], sheet["F11"].value) == ("商品煤合格批次", "上月累计 44", None)
    assert isinstance(sheet["G11"].value, int)


def test_template_is_written_from_the_catalogue_of_the_environment(tmp_path, monkeypatch):
    """KPI_CATALOG holds for blank sheets as for everything else."""
    copytree(DEFAULT, tmp_path / "catalog")
    (tmp_path / "catalog" / "orgs.toml").write_text('[[org]]\ncode = "jiangcheng"\nname = "江城市市场监管局"\naliases = ["江城"]\nlevel = "市"\n', "utf-8")
    monkeypatch.setenv("KPI_CATALOG", str(tmp_path / "catalog"))
    assert main(["template", "消保科", "--period", "2023-12", "--org", "江城", "--out", str(tmp_path / "one.xlsx")]) == 0


def test_verify_finds_nothing_amiss(ask):
    """The demo's store, batches, log and uploads agree."""
    assert ask("verify") == {"faults": []}


def test_demo_only_into_an_empty_store(demo_data, capsys):
    """Fictional figures never mix with real ones."""
    assert main(["demo", "--data", str(demo_data)]) == 1
    assert "只能装入空的数据目录" in capsys.readouterr().err


def test_who_accepts_beside_the_demo_is_told_so(demo_copy, tmp_path, capsys, monkeypatch):
    """What was sent comes beside fictional figures, as with `ingest`."""
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    with open_bureau(demo_copy) as bureau:
        filer = bureau.of(Caller("wang", "王统计", AccountRole.FILER, office="ip"))
        upload = intake.Upload("知识产权.xlsx", filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="12").read_bytes())
        [sent] = intake.accept(filer, intake.prepare(filer, [upload]), "", "试一试")
    assert main(["referral", "accept", sent.referral, "--data", str(demo_copy)]) == 0
    warning = "数据目录里是演示数据（虚构），入库的报表和它混在一起；要分开，请先运行 python -m kpi demo --end，再审核。"
    assert warning in capsys.readouterr().err


def test_the_demo_ends_by_a_command_until_a_sheet_of_an_office_is_in(change, demo_copy, tmp_path, capsys):
    """Afterwards nothing is on the board, the first sheet is taken in without a word about fiction, and there is nothing to end."""
    sheet = filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="12")
    main(["ingest", str(sheet), "--confirm", "试一试", "--dry-run", "--data", str(demo_copy)])
    assert "数据目录里是演示数据（虚构），入库的报表和它混在一起；要分开，请先运行 python -m kpi demo --end，再收。" in capsys.readouterr().err

    assert change("demo", "--end") == {"ended": 437}

    assert {row["state"] for row in change("board", "--period", "2023-11")["rows"]} == {"未报"}
    assert change("verify") == {"faults": []}
    assert main(["demo", "--end", "--data", str(demo_copy)]) == 1
    assert "没有清空：数据目录里没有演示数据" in capsys.readouterr().err
    assert main(["ingest", str(sheet), "--data", str(demo_copy)]) == 0
    assert "虚构" not in capsys.readouterr().err
    assert main(["demo", "--end", "--data", str(demo_copy)]) == 1
    assert "已有 1 份正式报送" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["board"], 2, "命令用法不对：缺少 --period"),
        (["board", "--perod", "2023-11"], 2, "没有选项 --perod"),
        (["board", "--period", "2023-11", "--span", "decade"], 2, "--span 的值不对，可以写 ytd、month、"),
        (["account", "add", "li", "--name", "李", "--role", "局长"], 2, "--role 的值不对，可以写 领导、填报员、审核员、管理员、审计员"),
        (["board", "--period", "2023年11月"], 1, "不是月份"),
        (["board", "--period", "1900-05", "--span", "quarter"], 1, "「1900-05」太早或太晚；请写 1950 年至 2999 年之间的月份。"),
        (["completeness", "--period", "9999-12"], 1, "「9999-12」太早或太晚"),
        (["series", "food_sampling_pass_rate", "--from", "1900-01", "--to", "2023-11"], 1, "「1900-01」太早或太晚"),
        (["board", "--period", "2023-11", "--office", "无此科"], 1, "没有「无此科」这个科室"),
        (["series", "food_sampling_pass_rte", "--from", "2023-01", "--to", "2023-11"], 1, "food_sampling_pass_rate"),
        (["series", "food_sampling_pass_rate", "--from", "2023-11", "--to", "2023-01"], 1, "请对调"),
        (["source", "nothing", "--period", "2023-11"], 1, "没有代码为「nothing」"),
        (["ingest", "没有这个文件.xlsx"], 2, "找不到"),
        (["template", "--period", "2023-11", "--out", "x"], 2, "--all"),
        (["withdraw", "7", "--reason", "错"], 1, "没有第 7 号报送"),
        (["withdraw", "七", "--reason", "错"], 2, "的值不对"),
        (["withdraw", "9223372036854775808", "--reason", "错"], 2, "编号 的值不对"),
        (["withdraw", "7"], 2, "缺少 --reason"),
        (["lock", "--period", "2023-11", "--office", "", "--reason", "错"], 1, "没有「」这个科室"),
        (["unlock", "--period", "2023-11", "--org", "", "--reason", "错"], 1, "没有「」这个单位"),
        (["lock", "--period", "2023-11", "--reason", "\udcd6\udcd0"], 1, "有读不出的字"),
        (["ingest", "长" * 300], 1, "读不了（路径太长）"),
        (["template", "--period", "2023-11", "--out", ".", "办公室"], 1, "「.」写不了（是文件夹，不是文件）"),
        (["lock", "--period", "2023-11", "--reason", " "], 1, "锁定要写明姓名和理由"),
        (["lock", "--period", "2023-11", "--office", "无此科", "--reason", "错"], 1, "没有「无此科」这个科室"),
        (["unlock", "--period", "2023-11", "--reason", "错"], 1, "2023 年 11 月没有锁定"),
        (["completeness"], 2, "缺少 --period"),
        (["board", "--period", "2023-11", "--as-of", "12 月 5 日"], 1, "「12 月 5 日」不是日期；请写成 2023-12-05 的样式。"),
        (["edition", "freeze"], 2, "缺少 --period"),
        (["edition", "freeze", "--period", "2023-11"], 1, "2023 年 11 月还没有数据，不能定稿"),
        (["edition", "show"], 2, "缺少 编号"),
        (["edition", "changes", "2023-11-2345-67"], 1, "没有编号为「2023-11-2345-67」的会议版"),
        (["nonsense"], 2, "命令用法不对"),
    ],
)
def test_faults_are_one_chinese_sentence(arguments, code, words, tmp_path, capsys, monkeypatch):
    """On stderr, with the contract's exit code, never a traceback."""
    monkeypatch.setenv("KPI_DATA", str(tmp_path / "data"))
    (tmp_path / "data" / "log").mkdir(parents=True)

    assert main(arguments) == code

    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments",
    ["verify", "rebuild", "board --period 2023-11", "missed --period 2023-11", "series x --from 2023-01 --to 2023-02", "source x --period 2023-11"]  # noqa: RUF005 - two lines of one list
    + ["relations --period 2023-11", "completeness --period 2023-11", "lock --period 2023-11 --reason 错", "edition list", "edition freeze --period 2023-11"],
)
def test_what_reads_makes_no_data_folder(arguments, tmp_path, capsys):
    """A mistyped name is no empty bureau of which all is well, and neither is a folder of other things."""
    (tmp_path / "other").mkdir()
    for name in ("typo", "other"):
        assert main([*arguments.split(), "--data", str(tmp_path / name)]) == 1
        assert capsys.readouterr().err.startswith(f"没有数据目录「{tmp_path / name}」；请核对 --data")
    assert [*tmp_path.iterdir()] == [tmp_path / "other"]
    assert not [*(tmp_path / "other").iterdir()]


@pytest.mark.parametrize(
    "arguments", [["ingest", ""], ["verify", "--data", ""], ["verify", "--catalog", " "], ["template", "--period", "2023-11", "--out", ""]]
)
def test_nothing_typed_is_not_the_folder_one_is_in(arguments, tmp_path, capsys, monkeypatch):
    """An empty variable of a script must not stand for ``.``."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "的值不对" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_a_file_whose_name_cannot_be_read_is_not_taken_in(tmp_path, capsys, monkeypatch):
    """As unpacked from an archive made on another system: its name could not be kept."""
    monkeypatch.setenv("KPI_DATA", str(tmp_path / "data"))
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "\udcb0\udcec.xlsx").write_bytes(b"")

    assert main(["ingest", str(folder)]) == 1

    assert "里有读不出的字" in capsys.readouterr().err


def test_editions_of_an_organisation(tmp_path, capsys, province_catalog):
    """Frozen and listed by --org; shown, changed and printed by the code alone."""
    data = tmp_path / "data"
    with open_bureau(data, province_catalog) as bureau:
        bureau.store.commit([report(org, "food", "2023-11", food_passed="– 980", food_tested="– 1000") for org in ("donghu", "gangkou")])

    def asked(*arguments: str) -> dict:
        assert main([*arguments, "--data", str(data), "--catalog", str(province_catalog), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    def told(*arguments: str, code: int = 0) -> str:
        assert main([*arguments, "--data", str(data), "--catalog", str(province_catalog)]) == code
        said = capsys.readouterr()
        return said.err if code else said.out

    root = asked("edition", "freeze", "--period", "2023-11")
    district = asked("edition", "freeze", "--period", "2023-11", "--org", "东湖")
    code = district["code"]
    assert [(one["org"], one["number"]) for one in (root, district)] == [("qinglan", 1), ("donghu", 1)]
    assert told("edition", "freeze", "--period", "2023-11", "--org", "donghu") == (
        f"与东湖区市场监管局 2023 年 11 月会议版第 1 版完全相同，没有另存；编号仍是 {code}。\n"
    )

    assert [one["org"] for one in asked("edition", "list")["editions"]] == ["donghu", "qinglan"]
    assert [one["code"] for one in asked("edition", "list", "--org", "东湖区市场监管局")["editions"]] == [code]
    assert asked("edition", "list", "--org", "gangkou") == {"editions": []}
    assert told("edition", "list", "--org", "donghu").startswith(f"{code}：东湖区市场监管局 2023 年 11 月会议版第 1 版，")

    shown = asked("edition", "show", code)
    assert (shown["org"], {row["org"] for row in shown["rows"]}) == ("donghu", {"donghu"})
    assert asked("board", "--period", "2023-11", "--edition", code)["rows"] == shown["rows"]
    assert asked("board", "--period", "2023-11", "--edition", code, "--org", "东湖")["rows"] == shown["rows"]
    refused = told("board", "--period", "2023-11", "--edition", code, "--org", "gangkou", code=1)
    assert refused.replace("\n", "") == f"会议版 {code} 是东湖区市场监管局的，不是港口区市场监管局的；编号已经说明是哪个单位，不必再写单位。"
    assert told("edition", "changes", code) == f"东湖区市场监管局 2023 年 11 月会议版第 1 版（{code}）定稿以来没有变动，现在的数与会上看到的相同。\n"

    with open_bureau(data, province_catalog) as bureau:
        bureau.store.commit([report("gangkou", "food", "2023-11", food_passed="– 970", food_tested="– 1000")])
    assert asked("edition", "changes", code)["changes"] == []
    [change] = asked("edition", "changes", root["code"])["changes"]
    assert [cell["org"] for reason in change["reasons"] for cell in reason["cells"]] == ["gangkou"]


def test_a_remedy_speaks_of_the_page_and_the_command_adds_its_switches(demo_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No finding names a switch, which the page and the marked copy would show; a line on stderr does, in the JSON's stead too."""
    sheet = tmp_path / "数.csv"
    sheet.write_text("数据项,本年累计\n食品抽检检验批次,30\n食品抽检合格批次,28\n", encoding="utf-8")

    for more in ([], ["--json"]):
        assert main(["ingest", str(sheet), "--data", str(demo_copy), *more]) == 1
        printed = capsys.readouterr()
        assert "在报表导入页选定月份" in printed.out
        assert more or "  全表  表上没有写是哪个月的数据；" in printed.out
        assert "--" not in printed.out
        assert printed.err == "在命令行里，另选月份用 --period 2023-11；选定科室用 --office 科室。\n"


def test_a_sheet_that_waits_for_a_note_is_told_the_switch(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The commonest answer of all: 44 + 7 coal samples are not 54; what is in has nothing to be told."""
    sheet = filled(tmp_path / "煤.xlsx", "product_quality", coal_samples_tested="54", coal_samples_passed="44", coal_samples_failed="7")

    for more in ([], ["--json"]):
        assert main(["ingest", str(sheet), "--data", str(tmp_path / "data"), *more]) == 1
        assert capsys.readouterr().err == "在命令行里，写说明用 --confirm 说明。\n"
    assert main(["ingest", str(sheet), "--data", str(tmp_path / "data"), "--confirm", "3 批次尚未判定"]) == 0
    assert capsys.readouterr().err == ""


def test_no_text_but_that_of_the_command_names_a_switch():
    """What the core and the pages say is shown on a page: none of it is a switch."""
    sources = [path for top in ("kpi", "pages") for path in Path(top).rglob("*.py") if path.parent.name != "cli"]

    named = [str(path) for path in sources if re.search(r"--(period|office|org|note|password-stdin|confirm)\b", path.read_text(encoding="utf-8"))]
    assert named == []
