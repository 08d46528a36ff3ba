"""
The bureau's own mail server, over which notices go: settings, and one letter sent.

``KPI_SMTP_HOST`` switches it on; ``KPI_SMTP_FROM`` is the address that sends, ``KPI_SMTP_SECURITY`` how the way is guarded
(``starttls`` unless told, ``ssl``, ``none``), ``KPI_SMTP_PORT`` its port, ``KPI_SMTP_USER`` with ``KPI_SMTP_PASSWORD_FILE`` or
``KPI_SMTP_PASSWORD`` who logs in.  Letters are plain text in UTF-8.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from kpi.access.account import require_email
from kpi.errors import KpiError, RequestError, cause
from kpi.setting import secret, setting, whole_number

HOST, PORT, SENDER, SECURITY, USER = "KPI_SMTP_HOST", "KPI_SMTP_PORT", "KPI_SMTP_FROM", "KPI_SMTP_SECURITY", "KPI_SMTP_USER"
PASSWORD, PASSWORD_FILE = "KPI_SMTP_PASSWORD", "KPI_SMTP_PASSWORD_FILE"
_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
_SECONDS = 20.0
_HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+", re.ASCII)  # a name, or an address of either kind
_LONGEST = 200  # characters of a subject


class MailError(KpiError):
    """A letter was not sent; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server, and in whose name letters go over it."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server() -> MailServer | None:
    """
    The mail server of the settings; None where there is none.

    Raises:
        RequestError: A setting is wrong or lacks.

    """
    host = setting(HOST)
    if not host:
        return None
    security = setting(SECURITY).lower() or "starttls"
    if security not in _PORTS:
        raise RequestError(f"环境变量 {SECURITY} 的值「{security}」不对；请写 starttls、ssl 或 none，或不写，即 starttls。")
    if not _HOST.fullmatch(host):
        raise RequestError(f"环境变量 {HOST} 的值「{host[:60]}」不是服务器的名称；请写 mail.example.gov.cn 这样的名称或 IP，端口另写在 {PORT}。")
    try:
        sender = require_email(setting(SENDER))
    except RequestError as fault:
        raise RequestError(f"环境变量 {SENDER}：{fault}") from None
    if not sender:
        raise RequestError(f"写了 {HOST} 就要写发件邮箱；请用环境变量 {SENDER} 写明。")
    user, password = setting(USER), secret(PASSWORD, PASSWORD_FILE, "密码")
    if user and security == "none":
        raise RequestError(f"不加密时不发密码；请把 {SECURITY} 写成 starttls 或 ssl，或不写 {USER}。")
    if user and not password:
        raise RequestError(f"写了 {USER} 就要有密码；请用环境变量 {PASSWORD_FILE} 写明放密码的文件。")
    return MailServer(host, whole_number(PORT, _PORTS[security], 65535), sender, security, user, password)


def send(server: MailServer, to: str, subject: str, text: str) -> None:
    """
    Send one letter.

    Args:
        server: The mail server.
        to: One address.
        subject: Its subject; what cannot stand in one line is taken out.
        text: Its text.

    Raises:
        RequestError: It is no address.
        MailError: The server refuses, or cannot be reached.

    """
    address = require_email(to)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = Address(addr_spec=server.sender), Address(addr_spec=address)
    message["Subject"] = " ".join(subject.split())[:_LONGEST]
    message["Date"], message["Message-ID"] = formatdate(localtime=False), make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
    message.set_content(text, charset="utf-8", cte="base64")
    try:
        connection = _connected(server)
        try:
            connection.send_message(message)
            _take_leave(connection)
        finally:
            connection.close()
    except smtplib.SMTPAuthenticationError:
        raise MailError(f"邮件服务器「{server.host}」不认账号或密码；请核对 {USER} 和密码文件。") from None
    except smtplib.SMTPRecipientsRefused:
        raise MailError("邮件服务器不收寄往这个邮箱的信；请核对账号的邮箱。") from None
    except smtplib.SMTPNotSupportedError:
        raise MailError(f"邮件服务器「{server.host}」不支持现在的设置（{server.security}）；请核对 {SECURITY}。") from None
    except ssl.SSLError as error:
        raise MailError(f"和邮件服务器「{server.host}」的加密连接没有建成（{error.reason or '证书或协议不对'}）；请核对 {SECURITY} 和服务器的证书。") from None
    except smtplib.SMTPException as error:
        raise MailError(f"邮件服务器「{server.host}」没有收下（{_code(error)}）；请问管邮件服务器的人。") from None
    except UnicodeError:  # the protocol has no way to send them
        raise MailError(f"邮件服务器的登录名或密码里有不能用的字（只能是英文字母、数字和符号）；请核对 {USER} 和密码文件。") from None
    except OSError as error:
        raise MailError(f"连不上邮件服务器「{server.host}:{server.port}」（{cause(error)}）；请核对 {HOST}、{PORT} 和网络。") from None


def _connected(server: MailServer) -> smtplib.SMTP:
    """A connection over which letters can be sent."""
    if server.security == "ssl":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=ssl.create_default_context())
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _take_leave(connection: smtplib.SMTP) -> None:
    """Say QUIT; the letter was accepted before, whatever is answered to that, and would be sent twice if it counted as a fault."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()


def _code(error: smtplib.SMTPException) -> str:
    return f"代码 {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else type(error).__name__
