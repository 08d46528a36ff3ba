"""
By which name, and from which page, a request comes (主机名、来源).

Without login the pages answer to names of this machine alone, so that no site in a browser here can reach them under its
own; with login to every name, unless ``KPI_HOSTS`` lists those that are allowed, parted by commas.
"""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from kpi.errors import RequestError
from kpi.setting import ENVIRONMENT, setting
from kpi.web.guards import Scope, header

SETTING = "KPI_HOSTS"
_NAME = re.compile(r"(?!.{254})[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?", re.ASCII | re.IGNORECASE)
_FORWARDED = (b"x-forwarded-for", b"x-forwarded-host", b"forwarded", b"x-real-ip")


def allowed_hosts(environment: Mapping[str, str] = ENVIRONMENT) -> list[str]:
    """
    The names and addresses under which the pages may be opened, as they are compared; empty where every one is.

    Raises:
        RequestError: One is neither a name nor an address.

    """
    words = [word.strip() for word in setting(SETTING, environment).split(",") if word.strip()]
    for word in words:
        if not _NAME.fullmatch(word) and not _is_address(word):
            raise RequestError(
                f"环境变量 {SETTING} 里的「{word[:60]}」不是主机名；请写浏览器里打开的名称或 IP，如 kpi.example.gov.cn，不带 http:// 和端口，多个用逗号隔开。"
            )
    return [word.strip("[]").casefold().rstrip(".") for word in words]


def fault(scope: Scope, *, login: bool) -> str:
    """Why a request is not answered under the name by which it comes; empty where it is."""
    name = _name(header(scope, b"host").decode("latin-1"))
    allowed = allowed_hosts()
    if allowed and name not in allowed and not (is_loopback(name) and not _proxied(scope)):
        return f"看板不用「{name[:60]}」这个名字打开；请核对地址，或在环境变量 {SETTING} 里写上它。"
    if not login and not is_loopback(name):
        return "没有设账号时，看板只能在本机打开；要从别的机器打开，请先设管理员账号。"
    if not login and _proxied(scope):
        return "没有设账号时，看板不能经反向代理打开；请先设管理员账号。"
    return ""


def same_origin(scope: Scope) -> bool:
    """Whether a request comes from a page of ours: its Origin names the host that is asked."""
    try:
        place = urlsplit(header(scope, b"origin").decode("latin-1")).netloc
    except ValueError:  # no browser sends that
        return False
    return bool(place) and place.casefold() == header(scope, b"host").decode("latin-1").casefold()


def is_loopback(name: str) -> bool:
    """Whether a name or an address is of this machine alone."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """The name in a Host header, without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold().rstrip(".")
    except ValueError:
        return ""


def _is_address(word: str) -> bool:
    try:
        ipaddress.ip_address(word[1:-1] if word.startswith("[") and word.endswith("]") else word)
    except ValueError:
        return False
    return True


def _proxied(scope: Scope) -> bool:
    return any(header(scope, name) for name in _FORWARDED)
