"""Every command that changes something leaves its line in the audit where no server runs; those that look do so whatever became of the audit."""

import json
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from kpi.access.audit import Audit
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.cli import inbox_command, own_terminal
from kpi.cli.app import _commands, main
from kpi.demo import fill
from kpi.filing import acceptance, intake
from kpi.filing.inbox import look_twice
from kpi.store.clock import today
from tests import blank
from tests.kpi.cli.beside import listening, typed_alone, typed_beside
from tests.kpi.cli.test_commands import filled

MONTH = ("--period", "2023-11")
REASON = ("--reason", "错")
CHANGES = {
    "ingest": (("ingest", "知识产权.xlsx", "--confirm", "补报"), "报送", "第 1 号 知识产权科 2023 年 11 月"),
    "paper past": (("paper", "past", "上年.txt", "--take", "1"), "报送", "第 1 号 知识产权科 2022 年 11 月"),
    "inbox": (("inbox",), "收件箱", "知识产权科「知识产权.xlsx」：已入库"),
    "withdraw": (("withdraw", "1", *REASON), "撤回", "第 1 号 知识产权科 2023 年 11 月"),
    "lock": (("lock", *MONTH, *REASON), "锁定或解锁期间", "锁定 全部科室 2023 年 11 月"),
    "unlock": (("unlock", *MONTH, *REASON), "锁定或解锁期间", "解锁 全部科室 2023 年 11 月"),
    "referral accept": (("referral", "accept", "CODE"), "审核入库", "第 1 号 知识产权科 2023 年 11 月（王统计送审）"),
    "referral return": (("referral", "return", "CODE", *REASON), "退回或撤销送审", "知识产权科 2023 年 11 月（王统计送审）：错"),
    "edition freeze": (("edition", "freeze", *MONTH), "会议和督办", "定稿 "),
    "demo": (("demo",), "报送", "第 1 号 知识产权科 2023 年 11 月"),
    "demo --end": (("demo", "--end"), "运行维护", "清空 1 份演示报送"),
    "account add": (("account", "add", "x.y", "--name", "某", "--role", "领导"), "账号变动", "x.y"),
    "account disable": (("account", "disable", "z.z"), "账号变动", "z.z"),
    "account enable": (("account", "enable", "z.z"), "账号变动", "z.z"),
    "account subject": (("account", "subject", "z.z", "E-17"), "账号变动", "z.z"),
    "account email": (("account", "email", "z.z", "z@example.gov.cn"), "账号变动", "z.z"),
    "account reset": (("account", "reset", "z.z"), "账号变动", "z.z"),
    "token add": (("token", "add", "x.y", "--until", today().isoformat()), "账号变动", "接口令牌 x.y"),
    "token revoke": (("token", "revoke", "z.z"), "账号变动", "接口令牌 z.z"),
    "catalog adopt": (("catalog", "adopt", "目录", *REASON), "指标目录", "指标目录换成「目录」的：错"),
    "catalog import": (("catalog", "import", "目录", *REASON), "指标目录", "指标目录换成「目录」的：错"),
    "targets read": (("targets", "read", "目标.xlsx", "--write"), "指标目录", "2024 年目标按「目标.xlsx」：按「2024年目标任务分解表（区市监发〔2024〕12号）」"),
    "catalog return": (("catalog", "return", "1", *REASON), "指标目录", "指标目录回到第 1 次变动以后：错"),
    "rebuild": (("rebuild",), "运行维护", "重新建立数据库，"),
    "backup": (("backup", "备份.tar"), "运行维护", "备份到「"),
    "restore": (("restore", "备份.tar"), "运行维护", "由备份「"),
    "note-backup": (("note-backup", "备份.tar"), "运行维护", "备份到「备份.tar」"),
}
"""What is typed, and what the audit says was done, to what; of the last as it begins."""
LOOKS = {
    *("board", "missed", "score", "series", "rank", "source", "relations", "check", "completeness", "follow-ups", "verify", "referral list"),
    *("edition list", "edition show", "edition changes", "account list", "token list"),
    *("template", "setup", "try", "paper docx", "paper pptx", "paper xlsx", "paper form"),  # these look at no data folder, or at a copy
    *("catalog export", "catalog history"),
}
NEEDS = {
    **dict.fromkeys(("withdraw", "edition freeze"), "ingest"),
    **dict.fromkeys(("referral accept", "referral return"), "refer"),
    "unlock": "lock",
    "catalog return": "catalog adopt",
    "demo --end": "demo",
    "restore": "backup",
    "account enable": "account disable",
}
"""What has to be done before."""


@pytest.fixture(scope="module")
def another_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a catalogue that is not in force."""
    folder = tmp_path_factory.mktemp("another") / "目录"
    shutil.copytree(load.DEFAULT, folder, ignore=shutil.ignore_patterns("*.md"))
    (folder / "bureau.toml").write_text('name = "另一个局"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an account and a token, each with its line in the audit."""
    data = blank.copied(tmp_path_factory.mktemp("begun") / "data")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(own_terminal, "user", lambda: "zhang")
        for words in (("account", "add", "z.z", "--name", "某", "--role", "领导"), ("token", "add", "z.z", "--until", today().isoformat())):
            assert main([*words, "--data", str(data)]) == 0
    return data


@pytest.fixture
def data(tmp_path: Path, begun: Path, another_catalog: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an account and a token, where somebody types; the inbox has a sheet."""
    data = shutil.copytree(begun, tmp_path / "data")
    filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="250")
    (tmp_path / "上年.txt").write_text("截至2022年11月30日，新增注册商标250件。", encoding="utf-8")
    shutil.copytree(another_catalog, tmp_path / "目录")
    with xlsxwriter.Workbook(tmp_path / "目标.xlsx") as book:
        sheet_of_targets = book.add_worksheet()
        for row, cells in enumerate([["2024年目标任务分解表"], ["区市监发〔2024〕12号"], ["指标", "单位", "全年"], ["食品抽检合格率", "%", "≥98%"]]):
            sheet_of_targets.write_row(row, 0, cells)
    office = tmp_path / "share" / "知识产权科"
    office.mkdir(parents=True)
    shutil.copy(tmp_path / "知识产权.xlsx", office)
    monkeypatch.setenv("KPI_INBOX", str(tmp_path / "share"))
    monkeypatch.setattr(inbox_command, "look_twice", lambda inbox, bureau: look_twice(inbox, bureau, lambda seconds: None))
    sheet = (tmp_path / "知识产权.xlsx").read_bytes()
    monkeypatch.setattr(fill, "workbooks", lambda catalog: [("知识产权.xlsx", "ip", fill.LAST, sheet)])
    monkeypatch.setattr(own_terminal, "user", lambda: "zhang")
    monkeypatch.chdir(tmp_path)
    return data


def prepare(capsys: pytest.CaptureFixture[str], data: Path, name: str) -> str:
    """Do what has to be done before a command; what its word CODE stands for."""
    needed = NEEDS.get(name)
    if needed == "refer":
        with open_bureau(data) as bureau, pytest.MonkeyPatch.context() as patched:
            patched.setenv("KPI_TWO_STEPS", "yes")
            filer = bureau.of(Caller("wang", "王统计", AccountRole.FILER, office="ip"))
            uploads = [intake.Upload("知识产权.xlsx", Path("知识产权.xlsx").read_bytes())]
            intake.accept(filer, intake.prepare(filer, uploads), "", "补报")
            return acceptance.referred(bureau)[0].referral.code
    if needed:
        assert typed_alone(capsys, *CHANGES[needed][0], "--data", str(data))[0] == 0
    return ""


def test_every_command_changes_something_or_looks() -> None:
    """A new one is entered here."""
    top = {name: getattr(command, "commands", None) for name, command in _commands().commands.items()}
    named = {word for name, below in top.items() for word in ([f"{name} {inner}" for inner in below] if below else [name])}
    assert named == {*CHANGES, *LOOKS} - {"demo --end"}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_command_changes_is_in_the_audit(name: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With who the system says has typed it, and that it was typed at the machine."""
    words, what, about = CHANGES[name]
    code = prepare(capsys, data, name)
    of = data if name != "restore" else tmp_path / "restored"
    before = len([*Audit(data).entries()]) - (name == "restore")  # a backup is noted after it is written
    assert typed_alone(capsys, *(code if word == "CODE" else word for word in words), "--data", str(of))[2] == ""
    noted = [*Audit(of).entries()][before:]
    assert {(entry.account, entry.address) for entry in noted} == {("", "本机命令行" if name != "inbox" else noted[0].address)}
    last = noted[-1]
    assert (last.what.value, last.name, last.about[: len(about)]) == (what, "zhang" if name != "inbox" else last.name, about)
    assert json.loads(typed_alone(capsys, "verify", "--json", "--data", str(of))[1]) == {"faults": []}


def damage(data: Path) -> None:
    """Edit a line of the audit."""
    path = data / "access" / "audit.jsonl"
    path.write_bytes(path.read_bytes().replace(b"zhang", b"wang."))


@pytest.mark.parametrize("name", sorted(set(CHANGES) - {"backup", "restore"}))
def test_on_a_damaged_audit_nothing_is_changed(name: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the dashboard does not start on it."""
    words = CHANGES[name][0]
    code = prepare(capsys, data, name)
    damage(data)
    outcome, out, err = typed_alone(capsys, *(code if word == "CODE" else word for word in words), "--data", str(data))
    assert (outcome, out, "审计记录「" in err, "被改动或损坏；请从备份恢复这个文件和它的 .head。" in err) == (1, "", True, True)


@pytest.mark.parametrize(
    "words",
    [
        *(("board", *MONTH), ("missed", *MONTH), ("score", *MONTH), ("completeness", *MONTH), ("relations", *MONTH), ("follow-ups",)),
        *(("referral", "list"), ("edition", "list"), ("account", "list"), ("token", "list")),
    ],
)
def test_who_looks_needs_no_audit(words: tuple[str, ...], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(data)
    assert typed_alone(capsys, *words, "--data", str(data))[::2] == (0, "")


def test_a_damaged_audit_is_found_and_restored(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``verify`` names the line; a backup is made all the same and says that it is not noted; restoring the one before mends it."""
    assert typed_alone(capsys, "backup", "好.tar", "--data", str(data))[0] == 0
    damage(data)
    code, out, _ = typed_alone(capsys, "verify", "--data", str(data))
    assert (code, "审计记录「" in out, "被改动或损坏" in out) == (1, True, True)
    code, _, err = typed_alone(capsys, "backup", "坏.tar", "--data", str(data))
    assert (code, err.startswith("备份已经做好，但没有记入审计记录：审计记录「")) == (0, True)
    assert typed_alone(capsys, "restore", "好.tar", "--data", str(tmp_path / "again"))[::2] == (0, "")
    assert typed_alone(capsys, "restore", "坏.tar", "--data", str(tmp_path / "worse"))[::2] == (1, "")


def test_a_server_notes_a_backup_that_is_made_beside_it(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And goes on noting: nobody else has written to its audit."""
    with open_bureau(data) as bureau, listening(bureau, data):
        assert typed_beside(capsys, "lock", *MONTH, *REASON, "--data", str(data))[0] == 0
        assert typed_alone(capsys, "backup", str(tmp_path / "备份.tar"), "--data", str(data))[::2] == (0, "")
        assert typed_beside(capsys, "unlock", *MONTH, *REASON, "--data", str(data))[0] == 0
    noted = [(entry.what.value, entry.name, entry.about) for entry in Audit(data).entries()][-3:]
    assert [what for what, _, _ in noted] == ["锁定或解锁期间", "运行维护", "锁定或解锁期间"]
    assert noted[1] == ("运行维护", "zhang", f"备份到「{tmp_path / '备份.tar'}」")
