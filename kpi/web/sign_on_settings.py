"""
The single sign-on (统一身份认证) as the environment says it: which server vouches for whom, and under which name it knows us.

Without ``KPI_OIDC_ISSUER`` there is none.  Nothing is asked of that server here, so a start does not depend on it.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kpi.errors import RequestError
from kpi.setting import ENVIRONMENT, secret, setting, yes_or_no
from kpi.web.hosts import is_loopback

ISSUER, CLIENT, SECRET, SECRET_FILE = "KPI_OIDC_ISSUER", "KPI_OIDC_CLIENT", "KPI_OIDC_SECRET", "KPI_OIDC_SECRET_FILE"
OWN_ADDRESS, BUTTON, CERTIFICATES, ONLY = "KPI_OIDC_URL", "KPI_OIDC_NAME", "KPI_OIDC_CA", "KPI_OIDC_ONLY"
_ALL = (ISSUER, CLIENT, SECRET, SECRET_FILE, OWN_ADDRESS, BUTTON, CERTIFICATES, ONLY)
_BUTTON = "统一身份认证登录"
_LONGEST_BUTTON = 20  # characters


@dataclass(frozen=True, slots=True)
class SignOnSettings:
    """What is known of the single sign-on before it is asked."""

    issuer: str  # the address of the server that vouches, to the letter as it calls itself
    client: str  # how it calls this dashboard
    secret: str = field(repr=False)
    own: str  # our own address as browsers use it, without a slash at its end
    button: str = _BUTTON
    certificates: Path | None = None  # of the authority that signed its certificate; None: those of this machine
    only: bool = False  # whether passwords are left to administrators


def sign_on_settings(environment: Mapping[str, str] = ENVIRONMENT) -> SignOnSettings | None:
    """
    The single sign-on; None where the environment names none.

    Raises:
        RequestError: A setting is missing or cannot be used.

    """
    given = {name: setting(name, environment) for name in _ALL}
    if not given[ISSUER]:
        if lonely := next((name for name in _ALL if given[name]), ""):
            raise RequestError(f"写了环境变量 {lonely}，没有写 {ISSUER}；要用统一身份认证的，请写上它的地址，不用的请都不写。")
        return None
    if not given[CLIENT]:
        raise RequestError(f"没有写环境变量 {CLIENT}；请写统一身份认证给看板的标识（client_id）。")
    button = given[BUTTON] or _BUTTON
    if len(button) > _LONGEST_BUTTON:
        raise RequestError(f"环境变量 {BUTTON} 太长；登录页上的字最多 {_LONGEST_BUTTON} 个。")
    return SignOnSettings(
        issuer=_address(ISSUER, given[ISSUER]),
        client=given[CLIENT],
        secret=_secret(environment),
        own=_address(OWN_ADDRESS, given[OWN_ADDRESS]).rstrip("/"),
        button=button,
        certificates=_certificates(given[CERTIFICATES]),
        only=yes_or_no(ONLY, "密码只给管理员用", "有密码的都可以用", environment),
    )


def is_protected(address: str) -> bool:
    """Whether what is sent to an address cannot be read on the way: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")))
    except ValueError:
        return False


def _address(name: str, text: str) -> str:
    if not is_protected(text) or "?" in text or "#" in text or not text.isprintable():
        what = "看板自己的地址，浏览器里打开的那个" if name == OWN_ADDRESS else "统一身份认证的地址（issuer）"
        raise RequestError(f"环境变量 {name} 的值「{text[:60]}」不对；请写{what}，以 https:// 开头，没有「?」和「#」。")
    return text


def _secret(environment: Mapping[str, str]) -> str:
    given = secret(SECRET, SECRET_FILE, "密钥", environment)
    if not given:
        raise RequestError(f"没有写环境变量 {SECRET_FILE}；请把统一身份认证给的密钥（client_secret）存成只有看板读得到的文件，写它的路径。")
    return given


def _certificates(text: str) -> Path | None:
    if not text:
        return None
    try:
        ssl.create_default_context(cafile=text)
    except (OSError, ssl.SSLError):
        raise RequestError(f"环境变量 {CERTIFICATES} 写的证书读不出；请写 PEM 格式的 CA 证书文件的路径。") from None
    return Path(text)
