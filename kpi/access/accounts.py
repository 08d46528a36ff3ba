"""
The accounts (账号) of a bureau: who can log in, as what, for which organisation and office.

They lie in a journal: each line is an account as it is from then on, and the latest line of a name counts, so nothing of an
account is ever lost and a line that was edited is found.  Passwords stand there as hashes.  As long as there is no account,
there is no login.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from threading import RLock

from kpi.access.account import Account, require_email, require_name, require_person, require_subject, spelled
from kpi.access.latest_entries import LatestEntries
from kpi.access.passwords import first_password, hashed, require_good
from kpi.access.roles import RIGHTS, AccountRole, Right
from kpi.catalog.model import Catalog
from kpi.errors import OutdatedError, RequestError
from kpi.store import clock

FOLDER = "access"  # below the data folder
_CHANGEABLE = ("name", "role", "org", "office", "disabled", "email", "subject")  # what `Accounts.change` may change of an account


class Accounts:
    """All accounts of a data folder."""

    def __init__(self, data: Path) -> None:
        """
        Open the accounts of a data folder; nothing is written before the first is made.

        Raises:
            StoreError: Their journal is damaged or cannot be read.

        """
        self._lock = RLock()
        self._latest = LatestEntries(data / FOLDER / "accounts.jsonl", "账号记录", Account.parse, lambda account: account.account)

    def __len__(self) -> int:
        return len(self._latest)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._latest)

    def find(self, account: str) -> Account | None:
        """The account with a name, however its letters are written; None where there is none."""
        return self._latest.get(spelled(account))

    def of_subject(self, subject: str) -> Account | None:
        """The account of who has a name with the single sign-on; None where there is none."""
        return next((account for account in self if subject and account.subject == subject), None)

    def require(self, account: str) -> Account:
        """
        The account with a name.

        Raises:
            RequestError: There is none.

        """
        known = self.find(account)
        if known is None:
            raise RequestError(f"没有账号「{account}」；请在账号清单中核对。")
        return known

    def add_first(self, account: str, name: str, password: str) -> Account:
        """
        Make the first account, an administrator of all organisations, whose person chose the password.

        Raises:
            RequestError: There is an account already, or the name or the password will not do.
            StoreError: The disk refuses.

        """
        with self._lock:
            if len(self):
                raise RequestError("已有账号，不能再设第一个管理员；请登录。")
            wanted = require_name(account)
            require_good(password, wanted)
            return self._keep(Account(wanted, require_person(name), AccountRole.ADMINISTRATOR, password=hashed(password)), None, name)

    def add(self, account: Account, catalog: Catalog, by: str, password: str = "") -> tuple[Account, str]:
        """
        Make an account.

        Args:
            account: As it is to be; its password and dates are set here.
            catalog: With the organisations and offices.
            by: Who makes it.
            password: The first password; one is made where none is given.

        Returns:
            The account, and its first password, which is to be changed at the first login.

        Raises:
            RequestError: The name or the subject is taken or not allowed, the password can be guessed, or there is no such organisation or office.
            StoreError: The disk refuses.

        """
        with self._lock:
            name = require_name(account.account)
            if self._latest.get(name):
                raise RequestError(f"已有账号「{name}」；请换一个账号名，或改它的角色、重设它的密码。")
            given = password or first_password()
            require_good(given, name)
            made = replace(account, account=name, password=hashed(given), first=True)
            return self._keep(made, catalog, by), given

    def change(self, seen: Account, account: Account, catalog: Catalog, by: str) -> Account:
        """
        Change the name, role, organisation, office, subject, e-mail or state of an account; the password stays.

        Args:
            seen: The account as who changes it saw it.
            account: As it is to be.
            catalog: With the organisations and offices.
            by: Who changes it.

        Raises:
            OutdatedError: Somebody else has changed it since it was seen.
            RequestError: There is no such account, organisation or office, the subject is taken, or nobody would be left who can manage accounts.
            StoreError: The disk refuses.

        """
        with self._lock:
            before = self.require(account.account)
            if any(getattr(before, word) != getattr(seen, word) for word in _CHANGEABLE):
                when = before.since.replace("T", " ")
                raise OutdatedError(f"没有改：账号「{before.account}」在您打开以后已经改过，最近一次由{before.by}于 {when} 改；请看清现在的内容，再改一次。")
            changed = replace(account, account=before.account, password=before.password, first=before.first)
            others = [other for other in self if other.account != before.account]
            if _admits(before) and not any(map(_admits, [changed, *others])):
                raise RequestError("这是最后一个能用的管理员账号，停用或改了角色就没有人能管账号了；请先另设一个管理员。")
            return self._keep(changed, catalog, by)

    def reset(self, account: str, by: str, password: str = "") -> tuple[Account, str]:
        """
        Give an account another first password, which is to be changed at the next login.

        Raises:
            RequestError: There is no such account, or the password can be guessed.
            StoreError: The disk refuses.

        """
        with self._lock:
            before = self.require(account)
            given = password or first_password()
            require_good(given, before.account)
            return self._keep(replace(before, password=hashed(given), first=True), None, by), given

    def change_password(self, account: str, password: str) -> Account:
        """
        Set the password that the person of an account has chosen.

        Raises:
            RequestError: It can be guessed.
            StoreError: The disk refuses.

        """
        with self._lock:
            before = self.require(account)
            require_good(password, before.account)
            return self._keep(replace(before, password=hashed(password), first=False), None, before.name)

    def _keep(self, account: Account, catalog: Catalog | None, by: str) -> Account:
        if catalog is not None:
            require_place(account.org, account.office, account.role, catalog)
        subject = require_subject(account.subject)
        if (other := self.of_subject(subject)) and other.account != account.account:
            raise RequestError(f"统一身份「{subject}」已经是账号「{other.account}」（{other.name}）的；一个人只用一个账号，请核对工号。")
        now = clock.now().isoformat(timespec="seconds")
        kept = replace(account, name=require_person(account.name), subject=subject, email=require_email(account.email), since=now, by=by)
        return self._latest.keep(kept, asdict(kept))


def _admits(account: Account) -> bool:
    return Right.ADMIT in RIGHTS[account.role] and not account.disabled


def require_place(org: str, office: str, role: AccountRole, catalog: Catalog) -> None:
    """
    Refuse an organisation or an office that the catalogue does not have, and a 填报员 of no office.

    Raises:
        RequestError: It is so.

    """
    if org and org not in catalog.orgs:
        raise RequestError(f"指标目录里没有单位「{org}」；请核对单位代码。")
    if office and office not in catalog.offices:
        raise RequestError(f"指标目录里没有科室「{office}」；请核对科室代码。")
    if role is AccountRole.FILER and not office:
        raise RequestError("填报员要写明是哪个科室的；请选科室。")
