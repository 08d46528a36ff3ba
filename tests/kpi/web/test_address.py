"""Where the pages are served: a slip in a setting is one Chinese sentence that names the setting and what is allowed."""

import errno
import socket
from pathlib import Path

import pytest

from kpi.errors import RequestError, StoreError, cause
from kpi.store.folder import DataFolder
from kpi.web.address import ADDRESS, PORT, invitation, require_free, settings


@pytest.mark.parametrize("port", ["abc", "70000", "0", "-1", "85.5", "８５０１", "1e3", "99999999999999999999"])
def test_a_port_that_is_none_names_the_setting_and_what_is_allowed(port: str) -> None:
    """Before, English tracebacks."""
    with pytest.raises(RequestError, match=f"环境变量 STREAMLIT_SERVER_PORT 的值「{port}」不是端口号；请写 1 到 65535 的整数"):
        settings({PORT: port})


def test_what_the_environment_does_not_say_is_left_to_the_settings_file() -> None:
    """An empty value is none."""
    assert settings({}) == settings({PORT: "", ADDRESS: " "}) == {}
    assert settings({PORT: "8502", ADDRESS: "0.0.0.0"}) == {"server.port": 8502, "server.address": "0.0.0.0"}


def test_a_port_that_is_taken_is_said_before_anything_starts() -> None:
    """Of an address of this machine; one of another is none."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RequestError, match=f"127.0.0.1 的端口 {port} 已被别的程序占用.*STREAMLIT_SERVER_PORT"):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)
    for address in ("192.0.2.1", "a..b"):
        with pytest.raises(RequestError, match=f"环境变量 STREAMLIT_SERVER_ADDRESS 的值「{address}」不是本机的地址；请写 127.0.0.1"):
            require_free(address, port)


def test_it_is_open_only_when_it_is() -> None:
    """A refused data folder is not called an open board."""
    assert invitation("127.0.0.1", 8501, opened=True) == "看板已经打开，请在浏览器中访问 http://127.0.0.1:8501 （按 Ctrl+C 停止）"
    assert invitation("127.0.0.1", 8501, opened=False).startswith("数据没有打开，看板里没有数")


def test_the_address_shown_can_be_opened() -> None:
    """Colons stand in brackets; who serves one address of the machine that is not its own alone serves others there too."""
    assert "http://[::1]:8501 （按 Ctrl+C 停止）" in invitation("::1", 8501, opened=True)
    assert "http://127.1:8501 （按 Ctrl+C 停止）" in invitation("127.1", 8501, opened=True)
    assert "http://192.0.2.7:8501 （按 Ctrl+C 停止，别的机器也用这个地址访问）" in invitation("192.0.2.7", 8501, opened=True)


@pytest.mark.parametrize(
    ("spelled", "own"),
    [
        *((spelled, "127.0.0.1") for spelled in ("0.0.0.0", "0", "0.0", "0x0", "00.0.0.0", "::ffff:0.0.0.0", "::ffff:0:0")),
        *((spelled, "[::1]") for spelled in ("::", "0:0:0:0:0:0:0:0", "0::0", "0000::")),
    ],
)
def test_all_addresses_of_a_machine_are_known_in_any_spelling(spelled: str, own: str) -> None:
    """They are none that a browser could open, and others can reach the pages: the line says both."""
    assert f"http://{own}:8501 （按 Ctrl+C 停止，别的机器用本机的 IP 访问）" in invitation(spelled, 8501, opened=True)


def test_a_data_folder_that_cannot_be_one_names_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a path below a file, a disk that may only be read; a file in the place of the log is no matter of the setting."""
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(StoreError, match="不能用（路径里有一段不是文件夹）；请用环境变量 KPI_DATA 或 --data 写一个可以读写的文件夹"):
            DataFolder(root).prepare()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log").touch()
    with pytest.raises(StoreError, match="里面的 log 不是文件夹"):
        DataFolder(tmp_path / "data").prepare()
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda *_: False)
        with pytest.raises(StoreError, match="没有读写权限，或磁盘是只读的）；请用环境变量 KPI_DATA"):
            DataFolder(tmp_path / "other").prepare()


def test_why_the_system_refused_is_said_in_chinese() -> None:
    """Its own words are English; what has none of ours has a number."""
    assert [cause(OSError(number, "Some words")) for number in (errno.ENOSPC, errno.EACCES, errno.EPROTO)] == [
        "磁盘已满",
        "没有权限",
        f"系统错误 {errno.EPROTO}",
    ]
