"""
Passwords (密码): what they must be like, how they are kept, and whether what somebody typed is the right one.

Kept is an argon2id hash with its own salt and parameters, never the password.  Typed texts are put into Unicode's composed
form first, so that the same keys on two systems give the same password.  The rules are those of 等保2.0: at least eight
characters of three kinds.
"""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from kpi.errors import RequestError

LEAST, MOST = 8, 128  # characters
_GIVEN = 12  # characters of a password that is given with a new account
KINDS = 3  # of the four: capital letters, small letters, digits, all else
_COMMON = ("password", "12345678", "admin", "qwerty", "1q2w3e", "abc123", "888888", "666666")
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory


def require_good(password: str, account: str) -> None:
    """
    Refuse a new password that can be guessed.

    Args:
        password: As it was typed.
        account: The name of the account, which must not be part of it.

    Raises:
        RequestError: It is too short or too long, of too few kinds of characters, or holds the account's name or a word that everybody tries.

    """
    typed = _composed(password)
    if not LEAST <= len(typed) <= MOST:
        raise RequestError(f"密码要 {LEAST} 到 {MOST} 个字符，这一个有 {len(typed)} 个；请换一个。")
    if len({_kind(character) for character in typed}) < KINDS:
        raise RequestError(f"密码要含有大写字母、小写字母、数字、其他字符中的至少 {KINDS} 种；请换一个。")
    plain = typed.casefold()
    if account.casefold() in plain or any(word in plain for word in _COMMON):
        raise RequestError("密码里有账号名或人人会猜的词（如 password、12345678）；请换一个。")


def hashed(password: str) -> str:
    """The hash under which a password is kept; some tens of milliseconds and megabytes on purpose."""
    return _HASHER.hash(_composed(password))


def matches(password: str, kept: str | None) -> bool:
    """
    Whether a typed password is the one that is kept; takes as long where none is kept.

    A kept text that is no hash, or of another kind, is a failed login and no error.
    """
    try:
        return _HASHER.verify(kept or _nobodys(), _composed(password[: MOST * 4])) and kept is not None
    except (Argon2Error, InvalidHashError, ValueError, UnicodeError):
        return False


@cache
def _nobodys() -> str:
    """A hash that belongs to no account: what is compared where the account does not exist."""
    return _HASHER.hash("no account has this password")


def _composed(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def first_password() -> str:
    """A password that is given with a new account: twelve characters, easily told apart when they are read aloud."""
    made = ""
    while len({_kind(character) for character in made}) < KINDS:
        made = "".join(secrets.choice(_READABLE) for _ in range(_GIVEN))
    return made


def _kind(character: str) -> str:
    return "capital" if character.isupper() else "small" if character.islower() else "digit" if character.isdigit() else "other"
