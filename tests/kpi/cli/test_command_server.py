"""The local interface: who is let in, what is read of whom, and what a server and a command do when the other end is not as it should be."""

import io
import json
import os
import socket
import struct
import sys
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from kpi.access import administration
from kpi.access.api_tokens import ApiToken
from kpi.access.audit import Audit
from kpi.access.caller import Caller
from kpi.access.roles import RIGHTS, AccountRole, Right
from kpi.cli import command_client, command_server, own_terminal, served_commands, server_address, server_socket
from kpi.cli.app import _commands
from kpi.cli.command_server import CommandServer
from kpi.cli.message_channel import GoneError, MessageChannel
from kpi.errors import RequestError
from kpi.filing import intake
from kpi.store import clock
from tests import blank
from tests.kpi.cli.beside import listening, typed_alone, typed_beside
from tests.kpi.cli.test_commands import filled

ADMINISTRATOR = Caller("admin1", "王管理", AccountRole.ADMINISTRATOR)
MONTH = ("--period", "2023-11")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def server(empty, data):
    with listening(empty, data) as made:
        yield made


@pytest.fixture
def beside(server, data, capsys):
    """``beside("board", …)``: what a command prints that the server runs."""
    return lambda *words: typed_beside(capsys, *words, "--data", str(data))


@pytest.fixture
def sheet(tmp_path):
    return filled(tmp_path / "知识产权.xlsx", "ip", trademarks_registered_new="250")


def token(server: CommandServer, role: AccountRole, office: str = "", name: str = "screen") -> str:
    """The token of a system of the server."""
    open_folder = server._folder
    return administration.make_token(open_folder.admission, ADMINISTRATOR, open_folder.bureau().catalog, ApiToken(name, role, clock.today(), office=office))[1]


def greeted(data: Path) -> MessageChannel:
    """A connection to the server of a folder, as far as its greeting."""
    address = server_address.address_of(data)
    assert address is not None
    connection = address.connect()
    assert connection is not None
    return MessageChannel(connection)


def test_the_files_of_a_server_say_where_it_listens_and_go_with_it(empty, data):
    """The key is for its owner alone; afterwards nothing is left that a command could take for a server."""
    with listening(empty, data):
        server_address.address_of(data).connect().close()
        if os.name == "posix":
            assert (data / "server.key").stat().st_mode & 0o777 == 0o600
            socket_path = Path(server_address.address_of(data).path)
            assert socket_path.parent.stat().st_mode & 0o777 == 0o711
    assert not {"server.address", "server.key"} & {path.name for path in data.iterdir()}
    assert os.name != "posix" or not socket_path.parent.exists()


def test_an_address_that_nobody_serves_any_more_is_no_server(data, capsys, empty):
    """Of one that was killed: the command opens the folder itself."""
    left = server_socket.listen(data)
    left.listener.close()
    assert server_address.address_of(data) == left.address
    assert typed_beside(capsys, "board", *MONTH, "--data", str(data)) == (None, "", "")
    server_socket.listen(data).end(data)  # the next server takes away what the one before left
    assert os.name != "posix" or not Path(left.address.path).parent.exists()


@pytest.mark.parametrize(
    "written",
    [
        *("", "{", '{"path": 1}', "[]", '{"path": "/nowhere", "port": "x", "protocol": 1}', "[" * 100_000),
        *(f'{{"path": "", "port": {port}, "protocol": 1}}' for port in ("70000", "-1", "Infinity", "1e999")),
        *(f'{{"path": "{path}", "port": 0, "protocol": 1}}' for path in ("a\\u0000b", "/tmp/kpi-socket-x/\\u0000", "\\ud800", "x" * 5000)),
    ],
)
def test_an_address_that_cannot_be_read_is_no_server(data, written):
    """Neither for a command nor for the next server, which writes its own."""
    data.mkdir()
    (data / "server.address").write_text(written)
    assert command_client.asked(["board", *MONTH, "--data", str(data)]) is None
    command_client.require_unserved(data)
    server_socket.listen(data).end(data)
    assert not (data / "server.address").exists()


def test_a_folder_that_a_server_has_open_is_not_served_once_more(server, data):
    with pytest.raises(RequestError, match=r"已由另一个看板打开；请先停下它"):
        command_client.require_unserved(data)


def test_something_else_that_listens_there_is_no_server(data):
    """A port that somebody else has by now: it says nothing, or does not know the key."""
    data.mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        (data / "server.address").write_text(json.dumps({"path": "", "port": other.getsockname()[1], "protocol": 1}))
        (data / "server.key").write_text("00" * 32)

        def pretend() -> None:
            with closing(MessageChannel(other.accept()[0])) as channel:
                channel.send({"protocol": 1, "nonce": "0"})
                channel.receive()
                channel.send({"proof": "0"})
                with pytest.raises(GoneError):  # no word of the command comes
                    channel.receive()

        pretending = Thread(target=pretend)
        pretending.start()
        assert command_client.asked(["board", *MONTH, "--data", str(data)]) is None
        pretending.join(60)


def test_a_port_of_the_loopback_serves_where_there_are_no_other_sockets(empty, data, capsys, monkeypatch):
    monkeypatch.delattr(socket, "AF_UNIX", raising=False)
    with listening(empty, data):
        assert (server_address.address_of(data).path, server_address.address_of(data).port > 0) == ("", True)
        assert typed_beside(capsys, "edition", "list", "--data", str(data)) == (0, "还没有会议版；用 edition freeze 定稿。\n", "")


def test_a_long_temporary_folder_is_passed_over(monkeypatch, tmp_path, data):
    """A path of a socket has some hundred bytes at most."""
    long = tmp_path / ("长" * 40)
    long.mkdir()
    data.mkdir()
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(long))
    listening_socket = server_socket.listen(data)
    assert not listening_socket.address.path.startswith(str(long))
    assert [*long.iterdir()] == []
    listening_socket.end(data)


def test_without_key_and_token_nothing_is_run(server, data, capsys):
    """Of another user, who can read the address but not the key."""
    (data / "server.key").unlink()
    code, out, err = typed_beside(capsys, "edition", "list", "--data", str(data))
    assert (code, out, err) == (1, "", "数据目录由另一个用户的看板打开；请用那个用户运行，或在环境变量 KPI_TOKEN 里写管理员给的接口令牌。\n")


@pytest.mark.skipif(os.name != "posix", reason="without such sockets the key alone lets in")
def test_a_token_opens_without_the_key(server, data, capsys, monkeypatch):
    """And another one, or none any more, does not."""
    (data / "server.key").unlink()
    made = token(server, AccountRole.LEADER)
    monkeypatch.setenv("KPI_TOKEN", made)
    assert typed_beside(capsys, "edition", "list", "--data", str(data))[0] == 0
    monkeypatch.setenv("KPI_TOKEN", f"{made}x")
    assert typed_beside(capsys, "edition", "list", "--data", str(data))[::2] == (1, f"{command_server._DENIED}\n")
    administration.revoke_token(server._folder.admission, ADMINISTRATOR, server._folder.bureau().catalog, "screen")
    monkeypatch.setenv("KPI_TOKEN", made)
    assert typed_beside(capsys, "edition", "list", "--data", str(data))[0] == 1


def test_the_key_of_another_user_lets_nobody_in(server, data, capsys, monkeypatch):
    """The system vouches for who is at the other end: here for somebody else than who runs the server."""
    monkeypatch.setattr(server_address, "user_of", lambda _: 4711)
    assert typed_beside(capsys, "edition", "list", "--data", str(data))[::2] == (1, f"{command_server._DENIED}\n")


COMMANDS = {
    "board": (("board", *MONTH), Right.READ),
    "missed": (("missed", *MONTH), Right.READ),
    "score": (("score", *MONTH), Right.READ),
    "series": (("series", "food_sampling_pass_rate", "--from", "2023-10", "--to", "2023-11"), Right.READ),
    "source": (("source", "food_sampling_pass_rate", *MONTH), Right.READ),
    "relations": (("relations", *MONTH), Right.READ),
    "check": (("check", "知识产权.xlsx", *MONTH), Right.READ),
    "completeness": (("completeness", *MONTH), Right.READ),
    "follow-ups": (("follow-ups",), None),
    "edition list": (("edition", "list"), None),
    "edition freeze": (("edition", "freeze", *MONTH), Right.MEET),
    "paper docx": (("paper", "docx", *MONTH, "--out", "总结.docx"), Right.READ),
    "paper pptx": (("paper", "pptx", *MONTH, "--out", "会议材料.pptx"), Right.READ),
    "paper xlsx": (("paper", "xlsx", *MONTH, "--out", "报表.xlsx"), Right.READ),
    "paper form": (("paper", "form", "空白.xlsx", *MONTH, "--out", "填好.xlsx"), Right.READ),
    "paper past": (("paper", "past", "知识产权.xlsx"), Right.SUBMIT),
    "referral list": (("referral", "list"), None),
    "referral accept": (("referral", "accept", "CODE"), Right.ACCEPT),
    "referral return": (("referral", "return", "CODE", "--reason", "错"), Right.ACCEPT),
    "inbox": (("inbox",), Right.OPERATE),
    "ingest": (("ingest", "知识产权.xlsx", "--dry-run"), Right.SUBMIT),
    "withdraw": (("withdraw", "1", "--reason", "错"), Right.ACCEPT),
    "lock": (("lock", *MONTH, "--reason", "错"), Right.CLOSE),
    "unlock": (("unlock", *MONTH, "--reason", "错"), Right.CLOSE),
    "demo end": (("demo", "--end"), Right.ACCEPT),
    "demo": (("demo",), Right.ACCEPT),
    "verify": (("verify",), Right.OPERATE),
    "note-backup": (("note-backup", "备份.tar"), Right.OPERATE),
    "account add": (("account", "add", "x.y", "--name", "某", "--role", "领导"), Right.ADMIT),
    "account list": (("account", "list"), Right.ADMIT),
    "account disable": (("account", "disable", "x.y"), Right.ADMIT),
    "account subject": (("account", "subject", "x.y", "E-17"), Right.ADMIT),
    "account email": (("account", "email", "x.y", "z@example.gov.cn"), Right.ADMIT),
    "account reset": (("account", "reset", "x.y"), Right.ADMIT),
    "token add": (("token", "add", "x.y", "--until", "2999-01-01"), Right.ADMIT),
    "token list": (("token", "list"), Right.ADMIT),
    "token revoke": (("token", "revoke", "x.y"), Right.ADMIT),
    "catalog adopt": (("catalog", "adopt", "目录", "--reason", "错"), Right.DEFINE),
    "catalog history": (("catalog", "history"), Right.READ),
    "catalog import": (("catalog", "import", "目录", "--reason", "错"), Right.DEFINE),
    "targets read": (("targets", "read", "目标.xlsx", "--write"), Right.DEFINE),
    "template": (("template", "ip", *MONTH, "--prefill", "--out", "空白.xlsx"), Right.READ),
    "catalog return": (("catalog", "return", "1", "--reason", "错"), Right.DEFINE),
}
"""Commands, each with the right that it needs; None: everybody sees of it what is theirs."""


def test_every_command_is_served_or_not_and_those_that_are_have_a_right():
    """A new one is entered in `kpi.cli.served_commands`; served is only what touches no file of the server's."""
    top = {name: getattr(command, "commands", None) for name, command in _commands().commands.items()}
    named = {word for name, below in top.items() for word in ([f"{name} {inner}" for inner in below] if below else [name])}
    left_out = {"rank", "edition show", "edition changes", "account enable"}  # as series, edition list and account disable
    assert set(top) == served_commands.SERVED | served_commands.ALONE | set(served_commands.EXCLUSIVE)
    assert {name for name in named if served_commands.is_served(COMMANDS.get(name, (name.split(),))[0])} - left_out == set(COMMANDS) - {"demo end"}


@pytest.mark.parametrize(
    "words", [("template", "办公室", *MONTH, "--out"), ("--", "template", "办公室", *MONTH, "--out"), ("backup",), ("board", "--help"), ("nonsense",), ()]
)
def test_a_program_that_asks_for_more_gets_nothing(server, data, tmp_path, monkeypatch, capsys, words):
    """With a connection and the key: no file is written or read with the rights of the server, and nothing printed by it."""
    monkeypatch.setattr(command_client, "is_served", lambda _: True)
    monkeypatch.setattr(command_client, "EXCLUSIVE", {})
    address = server_address.address_of(data)
    with closing(greeted(data)) as channel:
        assert command_client._spoken(channel, [*words, str(tmp_path / "out")] if words else ["--", ""], data, address) is None
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("role", [AccountRole.LEADER, AccountRole.FILER, AccountRole.REVIEWER])
def test_a_token_may_do_what_its_role_may(server, data, capsys, monkeypatch, tmp_path, sheet, role):
    """Each command with the token of a role; refused is what the role may not do, and nothing else."""
    assert typed_beside(capsys, "ingest", str(sheet), "--confirm", "补报", "--data", str(data))[0] == 0
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    monkeypatch.setenv("KPI_TOKEN", token(server, AccountRole.FILER, "certification", "sender"))
    other = filled(tmp_path / "认证.xlsx", "certification", testing_labs_inspected="41")
    _, out, _ = typed_beside(capsys, "ingest", str(other), "--confirm", "补报", "--json", "--data", str(data))
    waiting = json.loads(out)["files"][0]["referral"]
    monkeypatch.setenv("KPI_TOKEN", token(server, role, "ip" if role is AccountRole.FILER else ""))
    monkeypatch.chdir(tmp_path)
    denied = {}
    for name, (words, _) in COMMANDS.items():
        _, _, err = typed_beside(capsys, *(waiting if word == "CODE" else word for word in words), "--data", str(data))
        denied[name] = "这件事由" in err
    assert denied == {name: right is not None and right not in RIGHTS[role] for name, (_, right) in COMMANDS.items()}


def test_a_token_of_a_filer_sends_for_its_own_office_and_signs(server, empty, data, capsys, monkeypatch, tmp_path, sheet):
    """报送人 is the system that the token was made for; another office is refused."""
    other = filled(tmp_path / "认证.xlsx", "certification", certificates_total="89", certificates_qms="38", certificates_ems="10")
    monkeypatch.setenv("KPI_TOKEN", token(server, AccountRole.FILER, "ip"))
    assert typed_beside(capsys, "ingest", str(sheet), "--confirm", "补报", "--data", str(data))[0] == 0
    code, _, err = typed_beside(capsys, "ingest", str(other), "--confirm", "补报", "--data", str(data))
    assert (code, "不能报送报表" in err) == (1, True)
    assert [(submission.office, submission.by) for submission in empty.store.submissions()] == [("ip", "接口 screen")]


def test_the_audit_has_who_typed_it_and_where(beside, sheet, data, monkeypatch):
    monkeypatch.setattr(own_terminal, "user", lambda: "zhang")
    assert beside("ingest", str(sheet), "--confirm", "补报")[0] == 0
    assert beside("lock", *MONTH, "--reason", "年报已上报")[0] == 0
    assert beside("account", "add", "admin1", "--name", "王管理", "--role", "管理员")[0] == 0
    noted = [(entry.what.value, entry.account, entry.name, entry.address) for entry in Audit(data).entries()]
    assert noted == [(what, "", "zhang", "本机命令行") for what in ("报送", "锁定或解锁期间", "账号变动")]


def test_nothing_stored_is_no_entry_of_the_audit(beside, tmp_path, data):
    (tmp_path / "坏.xlsx").write_bytes(b"oops")
    assert beside("ingest", str(tmp_path / "坏.xlsx"))[0] == 1
    assert [*Audit(data).entries()] == []


def test_files_are_read_where_the_command_was_typed(beside, sheet, tmp_path, monkeypatch):
    """Relative paths, folders, and what nobody can read; only what was typed is ever read."""
    (tmp_path / "报表").mkdir()
    sheet.rename(tmp_path / "报表" / "知识产权.xlsx")
    (tmp_path / "报表" / "~$知识产权.xlsx").touch()
    monkeypatch.chdir(tmp_path)
    code, out, _ = beside("ingest", "报表", "--confirm", "补报", "--json")
    assert (code, [(file["file"], file["status"]) for file in json.loads(out)["files"]]) == (0, [("知识产权.xlsx", "accepted")])
    assert beside("ingest", "没有.xlsx")[::2] == (2, "命令用法不对：找不到「没有.xlsx」；请核对文件或文件夹的名称；用 python -m kpi --help 查看用法。\n")
    assert beside("ingest", "长" * 300)[0] == 1


@pytest.mark.parametrize(
    ("path", "words", "may"),
    [
        ("a.xlsx", ["ingest", "a.xlsx"], True),
        ("folder/b/a.xlsx", ["ingest", "folder"], True),
        ("/etc/passwd", ["ingest", "a.xlsx"], False),
        ("folder/../../etc/passwd", ["ingest", "folder"], False),
        ("a.xlsx", ["ingest", ""], False),
        ("b.xlsx", ["ingest", "a.xlsx"], False),
    ],
)
def test_no_file_is_sent_that_was_not_typed(path, words, may):
    """Whatever a server asks for."""
    assert command_client._typed(path, words) is may


def test_a_file_is_written_where_out_says_and_nowhere_else(beside, tmp_path, monkeypatch):
    """With the rights of who typed it, whole; a sheet with the figures on file comes of a running server."""
    monkeypatch.chdir(tmp_path)
    code, out, _ = beside("template", "--all", *MONTH, "--prefill", "--out", "空白", "--json")
    assert (code, len(json.loads(out)["files"])) == (0, len(list((tmp_path / "空白").iterdir())))
    assert all(path.read_bytes().startswith(b"PK") for path in (tmp_path / "空白").iterdir())
    (tmp_path / "文件").touch()
    assert "写不了（" in beside("template", "ip", *MONTH, "--prefill", "--out", "文件/空白.xlsx")[2]
    ours, theirs = socket.socketpair()
    with closing(MessageChannel(ours)) as server, closing(MessageChannel(theirs)) as client:
        command_client._answer(client, "put", "a.xlsx", ["ingest", "a.xlsx", "--out", "b.xlsx"], b"oops")
        assert server.receive(1000, 5) == ({"errno": 13, "why": ""}, b"")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "served"),
    [
        (("catalog", "import", "目录.xlsx", "--reason", "错"), True),
        (("catalog", "import", "目录.xlsx", "--to", "目录"), False),
        (("catalog", "import", "目录.xlsx", "--catalog=目录"), False),
        (("targets", "read", "目标.xlsx"), False),
        (("targets", "read", "目标.xlsx", "--write", "--catalog", "目录"), False),
        (("catalog", "export", "目录.xlsx"), False),
    ],
)
def test_where_a_folder_is_named_the_command_does_it_itself(words, served):
    """The server writes none."""
    assert served_commands.is_served(words) is served


def test_a_question_about_another_file_is_refused(tmp_path, data):
    """The command answers that it may not, and sends nothing."""
    (tmp_path / "secret.txt").write_text("geheim")
    ours, theirs = socket.socketpair()
    with closing(MessageChannel(ours)) as server, closing(MessageChannel(theirs)) as client:
        command_client._answer(client, "content", str(tmp_path / "secret.txt"), ["ingest", "a.xlsx"])
        assert server.receive(1000, 5) == ({"errno": 13, "why": ""}, b"")


def test_a_password_is_typed_at_the_command_and_a_line_read_there(beside, data, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Given-once-7\n"))
    code, out, _ = beside("account", "add", "admin1", "--name", "王管理", "--role", "管理员", "--password-stdin", "--json")
    assert (code, json.loads(out)["password"]) == (0, "Given-once-7")


def test_another_catalogue_is_refused_with_both_named(beside, tmp_path, monkeypatch):
    code, out, err = beside("board", *MONTH, "--catalog", str(tmp_path))
    assert (code, out) == (1, "")
    assert f"「{tmp_path}」" in err
    assert "data/catalog」" in err.replace("\\", "/")
    monkeypatch.setenv("KPI_CATALOG", str(tmp_path))
    assert beside("board", *MONTH)[2] == err


@pytest.mark.parametrize("command", [("rebuild",), ("restore", "x.tar")])
def test_what_needs_the_folder_for_itself_is_refused(beside, command):
    assert beside(*command) == (1, "", f"{served_commands.EXCLUSIVE[command[0]]}\n")


@pytest.mark.parametrize("words", [("template", "办公室"), ("backup", "x"), ("board", "--help"), ("rebuild", "--help"), ("nonsense",), ()])
def test_what_needs_no_store_is_run_by_itself(server, data, words):
    assert command_client.asked([*words, "--data", str(data)] if words else words) is None


def test_a_folder_that_only_looks_like_the_servers_is_left_to_the_command(server, empty, data, tmp_path, capsys):
    """What the command is about is decided by the server, which knows the words of it: here the option is the value of another one."""
    code, out, err = typed_beside(capsys, "lock", *MONTH, "--data", str(tmp_path / "other"), "--reason", "--data", str(data))
    assert (code, out, err) == (2, "", "命令用法不对：没有这个命令，或参数多了、少了；用 python -m kpi --help 查看用法。\n")
    assert typed_beside(capsys, "lock", *MONTH, "--data", str(tmp_path / "other"), f"--reason=--data={data}") == (None, "", "")


def test_a_defect_is_a_number_to_tell(beside, monkeypatch, caplog):
    """And no word of what stood in the error."""
    monkeypatch.setattr("kpi.cli.filing_commands.compute_completeness", lambda *_: 1 / 0)
    code, out, err = beside("completeness", *MONTH)
    assert (code, out, err.startswith("出了意料之外的错误，命令没有做完；请把编号 ")) == (1, "", True)
    assert [record.fault for record in caplog.records if record.levelname == "ERROR"] == ["ZeroDivisionError"]


def test_who_says_nothing_is_hung_up_on(server, data, monkeypatch):
    monkeypatch.setattr(command_server, "_GREET_WITHIN", 0.1)
    with closing(greeted(data)) as channel:
        channel.receive(within=5)
        with pytest.raises(GoneError):
            channel.receive(within=60)


@pytest.mark.parametrize("sent", [b"\0\0\0\x02\0\0\0\0\0\0\0\0[]", b"\0\0\0\x02\0\0\0\0\0\0\0\0{[", b"\xff" * 12, b"GET / HTTP/1.1\r\n\r\n"])
def test_what_is_no_message_is_hung_up_on(server, data, beside, sent):
    """No length is believed, and the next command is served."""
    address = server_address.address_of(data)
    with address.connect() as connection:
        connection.sendall(sent)
        connection.settimeout(60)
        with suppress(ConnectionResetError):
            while connection.recv(1000):
                pass
    assert beside("edition", "list")[0] == 0


@pytest.mark.parametrize(
    "messages",
    [
        *(({"nonce": "x", "proof": "\ud800"},), ({"nonce": "\ud800", "proof": ""},), ({}, {"words": 5}), ({}, {"words": [], "token": ["x"]})),
        *(({}, {"words": ["board"], "token": "TOKEN", "settings": 5}), ({}, {"words": ["board"], "token": "TOKEN", "out": 5})),
    ],
)
def test_what_a_stranger_says_is_no_defect(server, data, beside, messages, monkeypatch):
    """No thread ends with a traceback, and the next command is served."""
    ended = []
    monkeypatch.setattr("threading.excepthook", ended.append)
    made = token(server, AccountRole.LEADER)
    with closing(greeted(data)) as channel, suppress(GoneError):
        for message in messages:
            channel.receive(within=5)
            channel.send({word: made if value == "TOKEN" else value for word, value in message.items()})
        while channel.receive(within=5):
            pass
    for thread in list(server._open.values()):
        thread.join(60)
    assert ended == []
    assert beside("edition", "list")[0] == 0


def test_connections_beyond_the_limit_are_refused(server, data, beside, monkeypatch):
    monkeypatch.setattr(command_server, "_MOST", 1)
    with closing(greeted(data)) as first:
        first.receive(within=5)
        assert beside("edition", "list") == (1, "", f"{command_server._FULL}\n")
    for thread in list(server._open.values()):
        thread.join(60)
    assert beside("edition", "list")[0] == 0


class WatchedThread(Thread):
    """A thread of a connection that notes whether anybody could have waited for it before it ran."""

    listed: list[bool] = []  # noqa: RUF012 - of the class: the server makes the threads
    server: CommandServer
    refusing = False

    def start(self) -> None:
        self.listed.append(self in self.server._open.values())
        if self.refusing:
            raise RuntimeError("can't start new thread")
        super().start()


def test_a_connection_is_listed_once_its_thread_runs(server, beside, monkeypatch):
    """Who stops waits for those that are listed, and nobody can wait for a thread that has not begun; where the system gives none, it is refused."""
    monkeypatch.setattr(command_server, "Thread", WatchedThread)
    monkeypatch.setattr(WatchedThread, "server", server, raising=False)
    monkeypatch.setattr(WatchedThread, "listed", [])
    assert beside("edition", "list")[0] == 0
    assert WatchedThread.listed == [False]
    monkeypatch.setattr(WatchedThread, "refusing", True)
    assert beside("edition", "list") == (1, "", f"{command_server._FULL}\n")
    monkeypatch.setattr(WatchedThread, "refusing", False)
    assert beside("edition", "list")[0] == 0


@pytest.mark.parametrize("words", [5, None, "board", ["board", 5], {"board": 1}])
def test_words_that_are_no_list_are_answered_with_a_sentence(server, data, words):
    """To who may run commands too."""
    key = server_address.key_of(data)
    with closing(greeted(data)) as channel:
        nonce = str(channel.receive(within=5)[0]["nonce"])
        channel.send({"nonce": "1", "proof": server_address.proof(key, "command", nonce, "1")})
        channel.receive(within=5)
        channel.send({} if words is None else {"words": words})
        assert [channel.receive(within=5)[0] for _ in range(2)] == [{"err": f"{command_server._MISSHAPEN}\n"}, {"done": 1}]


@pytest.mark.parametrize("greets", [True, False])
def test_who_has_not_shown_the_key_may_say_little(server, data, beside, greets):
    """A length above 64 kB is refused before a byte of it is read, in the greeting and in what follows; who shows the key may write 16 MB."""
    with closing(greeted(data)) as channel:
        channel.receive(within=5)
        if greets:
            channel.send({"nonce": "1", "proof": ""})
            channel.receive(within=5)
        channel._connection.sendall(struct.pack(">IQ", 64 * 2**10 + 1, 0))
        assert [channel.receive(within=5)[0] for _ in range(2)] == [{"err": f"{command_server._TOO_LONG}\n"}, {"done": 1}]
    assert beside("edition", "list", *(["x" * 100_000] * 10))[0] == 2  # wrongly typed, and read


def test_a_long_command_with_a_token_is_refused_with_a_sentence(server, data, capsys, monkeypatch):
    """Though the server hangs up while it is sent."""
    monkeypatch.setenv("KPI_TOKEN", token(server, AccountRole.REVIEWER))
    monkeypatch.setattr(server_address, "key_of", lambda _: None)
    code, out, err = typed_beside(capsys, "ingest", *(["x" * 100_000] * 10), "--data", str(data))
    assert (code, out, err) == (1, "", f"{command_server._TOO_LONG}\n")


def test_a_command_waits_for_its_turn(server, beside, monkeypatch):
    """And is refused in a sentence where it does not come."""
    monkeypatch.setattr(command_server, "_TURN_WITHIN", 0.01)
    for _ in range(command_server._AT_ONCE):
        server._turns.acquire()
    assert beside("edition", "list") == (1, "", f"{command_server._FULL}\n")
    server._turns.release()
    assert beside("edition", "list")[0] == 0


def test_who_leaves_before_the_sheets_are_stored_has_sent_nothing(server, empty, data, sheet, monkeypatch):
    """The files were read, and nobody is there any more to be told that they count."""
    reading, left = Event(), Event()
    prepare = intake.prepare

    def slowly(*arguments: object, **named: object) -> object:
        reading.set()
        assert left.wait(60)
        return prepare(*arguments, **named)

    monkeypatch.setattr(intake, "prepare", slowly)
    ours = []
    real = command_client._followed

    def followed(channel: MessageChannel, words: list[str]) -> int | None:
        ours.append(channel)
        return real(channel, words)

    monkeypatch.setattr(command_client, "_followed", followed)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    asking = Thread(target=command_client.asked, args=(["ingest", str(sheet), "--confirm", "补报", "--data", str(data)],))
    asking.start()
    assert reading.wait(60)
    running = list(server._open.values())
    ours[0].close()
    asking.join(60)
    left.set()
    for thread in running:
        thread.join(60)
    assert empty.store.submissions() == []


def test_a_server_that_stops_tells_who_waits(empty, data, capsys, monkeypatch):
    """What a command does that cannot be done in time is said not to be done, and no file of the interface is left."""
    begun, go = Event(), Event()

    def slowly(*_: object) -> list[object]:
        begun.set()
        assert go.wait(60)
        return []

    monkeypatch.setattr("kpi.cli.filing_commands.compute_completeness", slowly)
    monkeypatch.setattr(command_server, "_GRACE", 0.01)
    with listening(empty, data) as server:
        running: list[Thread] = []

        def stop() -> None:
            assert begun.wait(60)
            running.extend(server._open.values())
            server.stop()

        stopping = Thread(target=stop)
        stopping.start()
        assert typed_beside(capsys, "completeness", *MONTH, "--data", str(data)) == (1, "", f"{command_server._STOPPING}\n")
        stopping.join(60)
        go.set()
        for thread in running:
            thread.join(60)
    assert typed_beside(capsys, "completeness", *MONTH, "--data", str(data)) == (None, "", "")


def test_a_server_that_dies_while_a_command_runs_is_named(capsys):
    """What was printed before stands; the sentence says what to do."""
    ours, theirs = socket.socketpair()
    with closing(MessageChannel(ours)) as server, closing(MessageChannel(theirs)) as client:
        server.send({"out": "一行\n"})
        server.close()
        assert command_client._followed(client, ["board"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "一行\n"
    assert printed.err == "看板在命令做完以前停下了；已登入日志的仍然有效，请等看板重新启动后，或停下以后，再运行一次。\n"


def test_the_files_of_one_command_are_limited(beside, empty, sheet, monkeypatch):
    """They lie in the memory of the server; nothing is stored of what is too much."""
    monkeypatch.setattr("kpi.cli.distant_workplace.MOST_BYTES", 1_000)
    code, out, err = beside("ingest", str(sheet), "--confirm", "补报")
    assert (code, out, "看板开着时一次收不下，一份都没有入库；请分几次收。" in err) == (1, "", True)
    assert empty.store.submissions() == []


def test_a_server_of_another_version_is_named(server, data, capsys, monkeypatch):
    monkeypatch.setattr(server_address, "PROTOCOL", 2)
    connection = server_address.address_of(data)
    assert connection is not None
    ours, theirs = socket.socketpair()
    with closing(MessageChannel(ours)) as old, closing(MessageChannel(theirs)) as client:
        old.send({"protocol": 1, "nonce": "0"})
        assert command_client._spoken(client, ["board"], data, connection) == 1
    assert capsys.readouterr().err == "看板和命令行不是同一个版本；请重新启动看板，再运行。\n"


def test_gaps_of_the_folder_are_told_to_each_command_as_without_a_server(data, capsys, empty, sheet):
    """A lost original: both kinds of command say so, ``verify`` as its answer."""
    with listening(empty, data):
        assert typed_beside(capsys, "ingest", str(sheet), "--confirm", "补报", "--data", str(data))[0] == 0
    empty.close()
    for upload in (data / "uploads").iterdir():
        upload.unlink()
    alone = [typed_alone(capsys, *words, "--data", str(data)) for words in (("edition", "list"), ("verify",))]
    with blank.opened(data) as again, listening(again, data):
        capsys.readouterr()
        assert [typed_beside(capsys, *words, "--data", str(data)) for words in (("edition", "list"), ("verify",))] == alone
