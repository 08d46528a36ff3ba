"""
The server's side of the local interface (本机接口): commands of other processes are run here, over the bureau that is open.

Each runs in a thread of its own, at the workplace at the other end of its connection, with the rights of who typed it: all
of them for who knows the key of the data folder and is who runs the server or the administrator of the machine, else those
of the token that is shown.
"""

import hmac
import logging
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic

from kpi.access.admission import Admission
from kpi.access.caller import Caller
from kpi.bureau import LiveBureau
from kpi.catalog import load
from kpi.cli import app, server_address, server_socket
from kpi.cli.distant_workplace import DistantWorkplace, ElsewhereError, OpenFolder
from kpi.cli.message_channel import GoneError, MessageChannel, MessageHead, TooLongError
from kpi.cli.served_commands import is_served
from kpi.cli.workplace import ADDRESS, at, workplace
from kpi.errors import cause, trace
from kpi.web import numbered_request

_log = logging.getLogger("kpi.cli")
_AT_ONCE = 16  # commands that are run
_MOST = 64  # connections; those beyond are refused
_TURN_WITHIN = 60.0  # seconds that a command waits for its turn
_GREET_WITHIN = 5.0  # seconds for who connects to say who it is
_GRACE = 5.0  # seconds for commands to be done, once the server is to stop
_LONGEST_NAME = 64  # characters
_BEFORE_PROOF = 64 * 2**10  # bytes of what anybody says who has not shown the key: all connections together send a few megabytes
_ADMINISTRATOR = 0  # of the machine, as systems number its users
_STOPPING = "看板正在停止，命令没有做完；已登入日志的仍然有效，请等它停下以后，再运行一次。"
_FULL = "看板同时在做的命令太多；请稍后再运行。"
_TOO_LONG = "命令写的文件太多，看板开着时凭令牌收不下；请分几次运行，或用运行看板的用户。"
_MISSHAPEN = "看板不认识送来的命令；请用同一个版本的 python -m kpi 运行。"
_DENIED = "数据目录由另一个用户的看板打开，接口令牌没有写、已到期或已吊销；请核对环境变量 KPI_TOKEN，或用运行看板的用户。"


class CommandServer:
    """What listens for commands on a data folder, from its start until it is stopped."""

    def __init__(self, bureau: Callable[[], LiveBureau], admission: Admission, data: Path) -> None:
        self._folder = OpenFolder(bureau, admission, data, load.chosen().resolve())
        self._socket: server_socket.ServerSocket | None = None  # once it listens
        self._turns, self._stopping, self._lock = BoundedSemaphore(_AT_ONCE), Event(), Lock()
        self._open: dict[MessageChannel, Thread] = {}
        self._forwarding = ForwardedLog(logging.WARNING)

    def start(self) -> None:
        """Listen; where the system does not let us, pages are served all the same, and commands are refused as by any other program."""
        try:
            self._socket = server_socket.listen(self._folder.data)
        except OSError as error:
            _log.error("命令行不能与看板同时用：本机接口打不开（%s）；请检查数据目录和临时目录。", cause(error))
            return
        logging.getLogger("kpi").addHandler(self._forwarding)
        Thread(target=self._accept, args=(self._socket,), name="commands", daemon=True).start()

    def stop(self) -> None:
        """Take no further command, let those that run be done within some seconds, and tell the others."""
        with self._lock:
            self._stopping.set()
            left = dict(self._open)
        if self._socket is None:
            return
        with suppress(OSError):
            self._socket.listener.shutdown(socket.SHUT_RDWR)
        self._socket.end(self._folder.data)
        end = monotonic() + _GRACE
        for thread in left.values():
            thread.join(max(0.0, end - monotonic()))
        for channel, thread in left.items():
            if thread.is_alive():
                with suppress(GoneError):
                    _refuse(channel, _STOPPING)
                channel.close()
        logging.getLogger("kpi").removeHandler(self._forwarding)

    def _accept(self, own: server_socket.ServerSocket) -> None:
        """Take connections, each into a thread of its own."""
        while not self._stopping.is_set():
            try:
                connection, _ = own.listener.accept()
            except OSError:
                if self._stopping.wait(0.1):
                    return
                continue
            channel = MessageChannel(connection)
            thread = Thread(target=self._attend, args=(channel, own.key, server_address.user_of(connection)), name="command", daemon=True)
            with self._lock:
                refusal = _STOPPING if self._stopping.is_set() else _FULL if len(self._open) >= _MOST else ""
                if not refusal:
                    try:
                        thread.start()
                        self._open[channel] = thread  # once it runs: who stops waits for each of them
                    except RuntimeError:  # the system gives no thread
                        refusal = _FULL
            if refusal:
                with suppress(GoneError):
                    channel.send({"refused": refusal})
                channel.close()

    def _attend(self, channel: MessageChannel, key: bytes, uid: int | None) -> None:
        """One connection, from the greeting to its end."""
        try:
            asked = _greet(channel, key, uid)
            if not self._turns.acquire(timeout=_TURN_WITHIN):
                _refuse(channel, _FULL)
                return
            try:
                self._run(channel, asked)
            finally:
                self._turns.release()
        except TooLongError:
            with suppress(GoneError):
                _refuse(channel, _TOO_LONG)
        except GoneError:
            pass
        except Exception as fault:  # who has shown nothing yet may send anything
            _log.warning("本机接口的一个连接说的话不成样子，已断开（%s）", type(fault).__name__)
        finally:
            with self._lock:
                self._open.pop(channel, None)
            channel.close()

    def _caller(self, asked: MessageHead) -> Caller | None:
        """Who typed a command; None where nothing shows that it may be run."""
        if token := str(asked.get("token") or ""):
            return self._folder.admission.tokens.caller(token, ADDRESS)
        return Caller(name=str(asked.get("user"))[:_LONGEST_NAME], address=ADDRESS) if asked["owner"] else None

    def _run(self, channel: MessageChannel, asked: MessageHead) -> None:
        words = asked.get("words")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            _refuse(channel, _MISSHAPEN)
            return
        request, begun = numbered_request.begin(f"命令行 {words[0] if words else ''}"), monotonic()
        caller = self._caller(asked)
        if self._stopping.is_set() or caller is None:
            _refuse(channel, _STOPPING if self._stopping.is_set() else _DENIED)
            return
        outcome = "中断"
        try:
            if not is_served(words):  # whatever another program sends: it would be done with the rights of this process
                raise ElsewhereError
            with at(DistantWorkplace(channel, asked, self._folder, caller)):
                code = app.run(words)
            channel.send({"done": code})
            outcome = "拒绝" if code else "完成"
        except ElsewhereError:
            outcome = "另行运行"
            channel.send({"done": None})
        except GoneError:
            raise
        except Exception as fault:
            outcome, request.fault = "出错", type(fault).__name__
            _log.error("命令出错：%s", type(fault).__name__, extra={"fault": type(fault).__name__, "trace": trace(fault)})
            _refuse(channel, f"出了意料之外的错误，命令没有做完；请把编号 {request.number} 告诉管理员。")
        finally:
            _log.info("命令", extra={"route": request.where, "outcome": outcome, "duration_ms": round((monotonic() - begun) * 1000)})


class ForwardedLog(logging.Handler):
    """What is logged while a command is run stands on the standard error of who typed it, as it would without a server."""

    def emit(self, record: logging.LogRecord) -> None:
        """Forward a record of the thread that runs the command, or of one that works for it."""
        place = workplace()
        if isinstance(place, DistantWorkplace) and not record.name.startswith("kpi.cli"):
            place.tell(record.getMessage())


def _refuse(channel: MessageChannel, sentence: str) -> None:
    channel.send({"err": f"{sentence}\n"})
    channel.send({"done": 1})


def _greet(channel: MessageChannel, key: bytes, uid: int | None) -> MessageHead:
    """
    What is asked, once both sides have shown that they know the key; without it a token has to do.

    Raises:
        GoneError: Who connects says nothing, or something else.

    """
    nonce = secrets.token_hex(16)
    channel.send({"protocol": server_address.PROTOCOL, "nonce": nonce})
    shown, _ = channel.receive(within=_GREET_WITHIN, longest_head=_BEFORE_PROOF)
    nonces = nonce, str(shown.get("nonce"))
    owner = hmac.compare_digest(str(shown.get("proof")).encode(), server_address.proof(key, "command", *nonces).encode())
    channel.send({"proof": server_address.proof(key, "server", *nonces)})
    owner = owner and uid in (None, server_address.own_user(), _ADMINISTRATOR)
    asked, _ = channel.receive(within=_GREET_WITHIN, **({} if owner else {"longest_head": _BEFORE_PROOF}))
    asked["owner"] = owner
    return asked
