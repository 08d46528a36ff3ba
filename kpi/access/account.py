"""One account (账号): what is known of it, and how its name is spelled."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from kpi.access.journal_line import Noted
from kpi.access.roles import AccountRole
from kpi.errors import RequestError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}", re.ASCII)
_MOST = 30  # characters of a person's name
_LONGEST_SUBJECT = 255  # characters, as OpenID Connect Core 1.0, section 2, says of sub
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(
    rf"{_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})*", re.ASCII
)  # RFC 5321 without quoted names: no blank, no sign that begins another line or address
_LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is from a moment on."""

    account: str  # what is typed to log in: small letters, digits, . _ -
    name: str  # 姓名, with which entries are signed
    role: AccountRole
    org: str = ""  # empty: of all organisations
    office: str = ""  # empty: of all offices
    disabled: bool = False
    first: bool = False  # whether somebody else gave the password, so that it must be changed first
    password: str = ""  # its hash
    email: str = ""  # where notices go; empty: nowhere
    subject: str = ""  # who it is for the single sign-on; empty: it has none
    since: str = ""  # the moment of the change, as ISO text
    by: str = ""  # who made the change

    @classmethod
    def parse(cls, noted: Noted) -> "Account":
        """The account that a line of the journal says."""
        words: dict[str, Any] = {name: noted[name] for name in cls.__dataclass_fields__ if name in noted}
        return cls(**{**words, "role": AccountRole(words["role"])})

    @property
    def shown(self) -> dict[str, str]:
        """What may be read of it, by the words of the list: never the password."""
        state = "停用" if self.disabled else "首次登录要改密码" if self.first else "启用"
        place = {"单位": self.org, "科室": self.office}
        words = {"账号": self.account, "姓名": self.name, "角色": self.role.value, **place, "统一身份": self.subject, "状态": state}
        return words | ({"邮箱": self.email} if self.email else {})


def spelled(account: str) -> str:
    """The name of an account as it is kept: small letters, whatever was typed, full-width letters too."""
    return unicodedata.normalize("NFKC", account).strip().casefold()


def require_name(account: str) -> str:
    """
    The name of a new account as it is kept.

    Raises:
        RequestError: It is none.

    """
    name = spelled(account)
    if not _NAME.fullmatch(name):
        raise RequestError(f"账号名「{account[:_MOST]}」不能用；请写 2 到 32 个小写字母、数字、点、减号或下划线，以字母或数字开头。")
    return name


def require_person(name: str) -> str:
    """
    The name of a person as it is kept.

    Raises:
        RequestError: It is empty, too long or not of letters.

    """
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept or len(kept) > _MOST or not all(c.isalnum() or c in " ·.-" for c in kept):
        raise RequestError(f"姓名要 1 到 {_MOST} 个字，只含汉字、字母、数字、空格和间隔号；请改写。")
    return kept


def require_subject(subject: str) -> str:
    """
    The name by which the single sign-on knows a person, as it is kept: to the letter, since there capital and small letters differ.

    Raises:
        RequestError: It is none.

    """
    kept = subject.strip()
    if len(kept) > _LONGEST_SUBJECT or not kept.isprintable() or any(character.isspace() for character in kept):
        raise RequestError(f"统一身份「{kept[:_MOST]}」不能用；请照统一身份认证给的工号或标识填，最多 {_LONGEST_SUBJECT} 个字符，中间没有空格。")
    return kept


def require_email(email: str) -> str:
    """
    An e-mail address as it is kept; empty for none.

    Raises:
        RequestError: It is none.

    """
    kept = unicodedata.normalize("NFKC", email).strip()
    if kept and (len(kept) > _LONGEST_EMAIL or not _EMAIL.fullmatch(kept)):
        raise RequestError(f"邮箱「{kept[:_MOST]}」不对；请写 zhang.san@example.gov.cn 这样的一个地址，或不写。")
    return kept
