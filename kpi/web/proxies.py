"""
Which reverse proxies are believed (反向代理): those whose addresses ``KPI_PROXY`` lists, and no others.

Of what comes from one of them, the address of the person's machine and whether the browser used https are taken from
``X-Forwarded-For`` and ``X-Forwarded-Proto``; from all others these headers are not read.  The server library does the reading.
"""

import ipaddress
from collections.abc import Mapping, MutableMapping

from kpi.errors import RequestError
from kpi.setting import ENVIRONMENT, setting

SETTING = "KPI_PROXY"
_SERVER_SETTING = "FORWARDED_ALLOW_IPS"  # where the server library reads which it believes; unset, it believes all on this machine


def proxies(environment: Mapping[str, str] = ENVIRONMENT) -> list[str]:
    """
    The addresses and networks of the proxies that are believed; empty where there is none.

    Raises:
        RequestError: One is neither an address nor a network.

    """
    listed = [word.strip() for word in setting(SETTING, environment).split(",") if word.strip()]
    for word in listed:
        try:
            network = ipaddress.ip_network(word)
        except ValueError:
            raise RequestError(
                f"环境变量 {SETTING} 里的「{word[:60]}」不对；请写反向代理的 IP，如 127.0.0.1，或网段，如 10.1.2.0/28，多个用逗号隔开。"
            ) from None
        if network.prefixlen == 0:
            raise RequestError(f"环境变量 {SETTING} 不能写所有地址（{word}）：那样谁都能自称来自别的机器；请只写反向代理的 IP。")
    return listed


def believe(listed: list[str], environment: MutableMapping[str, str] = ENVIRONMENT) -> None:
    """Tell the server library, before it starts, whom it believes."""
    environment[_SERVER_SETTING] = ",".join(listed)


def require_started_by_us(listed: list[str]) -> None:
    """
    Refuse proxies where the command of the page library started the server: that has read by then whom it believes.

    Raises:
        RequestError: Proxies are listed.

    """
    if listed:
        raise RequestError(f"写了环境变量 {SETTING}，要用 python app.py 启动；streamlit run 不认它。")
