"""Passwords: what is refused and why, and that only the same text is the same password."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.access import passwords
from kpi.access.passwords import first_password, hashed, matches, require_good
from kpi.errors import RequestError


@pytest.fixture(autouse=True, scope="module")
def _product(product_hasher: PasswordHasher) -> Iterator[None]:
    """Here passwords are hashed as the product does."""
    passwords._nobodys.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", product_hasher)
        yield
    passwords._nobodys.cache_clear()


@pytest.mark.parametrize("password", ["Abd123!!x", "密码加上数字9a", "Xk7m!Pw2", "a b C 1 d e"])
def test_what_has_eight_characters_of_three_kinds_will_do(password):
    require_good(password, "zhangsan")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab1!", "密码要 8 到 128 个字符，这一个有 4 个"),
        ("A1!" * 60, "这一个有 180 个"),
        ("abcdefgh", "至少 3 种"),
        ("abcdefg1", "至少 3 种"),
        ("ABCD1234", "至少 3 种"),
        ("ZhangSan-2024", "账号名"),
        ("Password-1", "人人会猜的词"),
        ("x-A12345678", "人人会猜的词"),
    ],
)
def test_what_can_be_guessed_is_refused_with_the_reason(password, why):
    with pytest.raises(RequestError, match=why):
        require_good(password, "zhangsan")


def test_the_same_keys_are_the_same_password_on_every_system():
    """é as one sign, and as e with an accent behind it."""
    kept = hashed("caf\u00e9-Nr.7")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106 for little memory
    assert matches("cafe\u0301-Nr.7", kept)
    assert not matches("cafe-Nr.7", kept)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_a_kept_text_that_is_no_hash_is_a_failed_login(kept):
    assert not matches("Abc-12345", kept)


@pytest.mark.parametrize("kept", [None, "$argon2id$v=19$m=65536,t=3,p=4$bad", "$2b$12$aaaaaaaaaaaaaaaaaaaaaa", "$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$\udcff"])
def test_nothing_kept_and_another_kind_of_hash_are_failed_logins(kept):
    assert not matches("Abc-12345", kept)
    assert not matches("no account has this password", kept)


def test_a_lone_surrogate_is_a_failed_login():
    assert not matches("\ud800Abc-12345", hashed("Abc-12345"))


def test_a_given_password_is_one_that_may_be_chosen():
    given = {first_password() for _ in range(50)}
    assert len(given) == 50
    for password in given:
        require_good(password, "zhangsan")
