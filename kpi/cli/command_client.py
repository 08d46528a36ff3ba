"""
A command beside a running server: it asks the server of its data folder, and prints what that answers.

Nothing of the engine is loaded for it.  Files that were typed are read here and sent, and no other file is: a server is
answered only about a path that stands in the command, or lies below one.  It writes files only where ``--out`` says.
"""

import getpass
import os
import secrets
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from errno import EACCES, ENOSPC
from pathlib import Path
from typing import Any

from kpi.cli import own_terminal, server_address, typed_files
from kpi.cli.message_channel import GoneError, MessageChannel
from kpi.cli.served_commands import EXCLUSIVE, is_served
from kpi.data_place import data_folder
from kpi.errors import RequestError
from kpi.setting import setting

TOKEN = "KPI_TOKEN"  # noqa: S105 - the name of a setting
_WITHIN = 10.0  # seconds for a server to greet
_LARGEST = 100_000_000  # bytes of a file that are sent: no workbook may have so many, and is refused by its beginning too


def asked(words: Sequence[str]) -> int | None:
    """
    Let the server of the data folder run a command.

    Args:
        words: What stands behind ``python -m kpi``.

    Returns:
        The exit code; None where no server has the folder open, or the command does not need it, and runs by itself.

    """
    if not is_served(words) and not (words and words[0] in EXCLUSIVE and "--help" not in words):
        return None
    typed = _last(words, "--data")
    data = data_folder(Path(typed) if typed else None)
    address = server_address.address_of(data)
    connection = address.connect() if address else None
    if address is None or connection is None:
        return None
    with closing(MessageChannel(connection)) as channel:
        own_terminal.accept_every_sign()
        try:
            return _spoken(channel, words, data, address)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read it has enough
            return 1
        except OSError as error:
            if error.errno != ENOSPC:
                raise
            return _refused(own_terminal.DISK_FULL)


def require_unserved(data: Path) -> None:
    """
    Refuse a data folder that a server has open: a second one could not open the data, and would let people log in beside the first.

    Raises:
        RequestError: A server of ours answers there.

    """
    address = server_address.address_of(data)
    connection = address.connect() if address else None
    if connection is None:
        return
    with closing(MessageChannel(connection)) as channel, suppress(GoneError):
        channel.receive(within=_WITHIN)
        raise RequestError(f"数据目录「{data.resolve()}」已由另一个看板打开；请先停下它，或用环境变量 KPI_DATA 另写一个数据目录。")


def _spoken(channel: MessageChannel, words: Sequence[str], data: Path, address: server_address.ServerAddress) -> int | None:
    """What becomes of a command, once somebody took the connection."""
    try:
        greeting, _ = channel.receive(within=_WITHIN)
    except GoneError:
        return None  # whatever listens there is no server of ours
    key, token, nonce = server_address.key_of(data), setting(TOKEN), secrets.token_hex(16)
    if "refused" in greeting:
        return _refused(str(greeting["refused"]))
    if greeting.get("protocol") != server_address.PROTOCOL:
        return _refused("看板和命令行不是同一个版本；请重新启动看板，再运行。")
    if sentence := EXCLUSIVE.get(words[0]):
        return _refused(sentence)
    if key is None and not token:
        return _refused(f"数据目录由另一个用户的看板打开；请用那个用户运行，或在环境变量 {TOKEN} 里写管理员给的接口令牌。")
    nonces = str(greeting.get("nonce")), nonce
    channel.send({"nonce": nonce, "proof": server_address.proof(key, "command", *nonces) if key else ""})
    try:
        answer, _ = channel.receive(within=_WITHIN)
    except GoneError:
        return None
    known = answer.get("proof") == server_address.proof(key, "server", *nonces) if key else server_address.same_owner(data, address)
    if not known:
        return None
    with suppress(GoneError):  # one that hangs up meanwhile has said why
        channel.send(_request(words, token))
    return _followed(channel, words)


def _request(words: Sequence[str], token: str) -> dict[str, Any]:
    """What the server is told of the command, and of who typed it where."""
    streams = {"out": sys.stdout, "err": sys.stderr}
    about = {name: {"terminal": stream.isatty(), "encoding": stream.encoding} for name, stream in streams.items()}
    return about | {
        "words": list(words),
        "token": token,
        "user": own_terminal.user(),
        "folder": str(Path.cwd()),
        "catalog": setting("KPI_CATALOG"),
        "typing": sys.stdin is not None and sys.stdin.isatty(),
        "settings": own_terminal.settings(),
    }


def _followed(channel: MessageChannel, words: Sequence[str]) -> int | None:
    """Print what the server says and answer what it asks, until the command is done."""
    while True:
        try:
            message, sent = channel.receive(_LARGEST)
            if "ask" in message:
                _answer(channel, str(message["ask"]), str(message.get("about", "")), words, sent)
        except GoneError:
            sys.stdout.flush()
            return _refused("看板在命令做完以前停下了；已登入日志的仍然有效，请等看板重新启动后，或停下以后，再运行一次。")
        if "out" in message:
            sys.stdout.write(message["out"])
        elif "err" in message:
            sys.stdout.flush()
            sys.stderr.write(message["err"])
            sys.stderr.flush()
        elif "done" in message:
            sys.stdout.flush()
            return message["done"] if isinstance(message["done"], int) else None


def _answer(channel: MessageChannel, question: str, about: str, words: Sequence[str], sent: bytes = b"") -> None:
    """Answer a question about this end; ``sent`` are the bytes of a file to be written."""
    body = b""
    try:
        answer: Any = None
        match question:
            case "line":
                answer = sys.stdin.readline().rstrip("\r\n")
            case "password":
                answer = getpass.getpass(about, sys.stderr)
            case "kind" if _typed(about, words):
                answer = typed_files.kind_of(Path(about))
            case "below" if _typed(about, words):
                answer = [str(path) for path in typed_files.files_below(Path(about))]
            case "content" if _typed(about, words):
                body = typed_files.content(Path(about))[:_LARGEST]
            case "put" if _typed(about, [_last(words, "--out")]):
                typed_files.put(Path(about), sent)
            case _:
                raise PermissionError(EACCES, "")
    except OSError as error:
        channel.send({"errno": error.errno, "why": error.strerror})
    else:
        channel.send({"answer": answer}, body)


def _typed(path: str, words: Sequence[str]) -> bool:
    """Whether a path was typed, or lies below one that was."""
    wanted = Path(path)
    bases = [Path(word) for word in words if word and wanted.is_relative_to(word)]
    return any(".." not in wanted.relative_to(base).parts for base in bases)


def _last(words: Sequence[str], option: str) -> str:
    """What an option says that may be written several times; empty where it is not there."""
    value = ""
    for at, word in enumerate(words):
        if word == option and at + 1 < len(words):
            value = words[at + 1]
        elif word.startswith(f"{option}="):
            value = word.removeprefix(f"{option}=")
    return value


def _refused(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
