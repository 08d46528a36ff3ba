"""Where the pages are served, as the environment says it: checked before anything is started, each slip one Chinese sentence."""

import asyncio
import errno
import ipaddress
import re
import socket
from collections.abc import Mapping
from typing import Any

from kpi.access.admission import Admission
from kpi.errors import RequestError, cause
from kpi.setting import setting
from kpi.web import hosts

ADDRESS, PORT = "STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_PORT"
_MOST = 65535
_IPV4 = 4
_REUSES = hasattr(socket, "SO_REUSEPORT")  # Windows would let two servers share a port by the same option


def settings(environment: Mapping[str, str]) -> dict[str, str | int]:
    """
    What the environment says of address and port; ``streamlit run`` reads these itself, ``python app.py`` does not.

    Raises:
        RequestError: A port is none.

    """
    given: dict[str, str | int] = {}
    if address := setting(ADDRESS, environment):
        given["server.address"] = address
    if port := setting(PORT, environment):
        if not re.fullmatch(r"[0-9]{1,5}", port) or not 1 <= int(port) <= _MOST:
            raise RequestError(f"环境变量 {PORT} 的值「{port}」不是端口号；请写 1 到 {_MOST} 的整数，如 8501，或不写。")
        given["server.port"] = int(port)
    return given


def require_free(host: str, port: int) -> None:
    """
    Refuse an address at which nothing can be served.

    Raises:
        RequestError: It is not of this machine, is taken, or needs rights.

    """
    try:
        family, place = _resolved(host, port)
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if _REUSES:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port left a minute ago is free
            probe.bind(place)
    except (socket.gaierror, UnicodeError):
        raise RequestError(_no_address(host)) from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise RequestError(_no_address(host)) from None
        why = "已被别的程序占用，看板可能已经打开" if error.errno == errno.EADDRINUSE else f"用不了（{cause(error)}）"
        raise RequestError(f"{host} 的端口 {port} {why}；请先关闭占用它的程序，或用环境变量 {PORT} 另写一个端口（1 到 {_MOST}），如 8502。") from None


def require_accounts(host: str, admission: Admission) -> None:
    """
    Refuse to open to other machines as long as anybody who comes could do anything.

    Args:
        host: The address at which the pages are to be served.
        admission: The accounts.

    Raises:
        RequestError: The address is not of this machine alone, and there is no account.

    """
    if not admission.needed and host and not hosts.is_loopback(host):
        raise RequestError(
            f"没有设账号，看板不能用 {host} 打开给别的机器；请先不写环境变量 {ADDRESS}，在本机打开，用启动时打印的链接设第一个管理员，"
            "或用 python -m kpi account add 设账号，再这样启动。"
        )


def without_login(host: str, port: int, first: str) -> str:
    """The lines that say that there is no login yet, and the address at which it is switched on, once."""
    shown = f"[{host}]" if ":" in host else host
    return f"现在不用登录：能用这台机器的人都能看、能改。要登录才能用的，请打开下面的链接设第一个管理员（只在这次启动、只能用一次）：\nhttp://{shown}:{port}{first}"


async def answers(host: str, port: int) -> bool:
    """Whether somebody serves there."""
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


def invitation(host: str, port: int, *, opened: bool) -> str:
    """
    The line that says where the pages are, who else can open them, and whether there is anything to see.

    All addresses of a machine, however they are spelled (0.0.0.0, 0, ::), are none that a browser could open: shown is its own.
    """
    address = ipaddress.ip_address(_resolved(host, port)[1][0].partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    shown = f"[{host}]" if ":" in host else host
    others = "" if address.is_loopback else "，别的机器也用这个地址访问"
    if address.is_unspecified:
        shown, others = "127.0.0.1" if address.version == _IPV4 else "[::1]", "，别的机器用本机的 IP 访问"
    where = f"在浏览器中访问 http://{shown}:{port} （按 Ctrl+C 停止{others}）"
    return f"看板已经打开，请{where}" if opened else f"数据没有打开，看板里没有数（原因写在上面，网页上也有）；改正后请重新启动。网页可以{where}"


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    """The family and place of an address, as the system understands it."""
    [(family, _, _, _, place), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return family, place


def _no_address(host: str) -> str:
    return f"环境变量 {ADDRESS} 的值「{host}」不是本机的地址；请写 127.0.0.1（只在本机打开）、0.0.0.0（别的机器也能打开）或本机的 IP，或不写。"
