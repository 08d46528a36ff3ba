"""
Who asks (经办人): the person a use case acts for, with what that person may do and for which organisation and office.

Without login everybody at the machine is one caller who may do all, and signs with the name that is typed.
"""

from dataclasses import dataclass

from kpi.access.roles import RIGHTS, AccountRole, Right
from kpi.catalog.model import Catalog
from kpi.errors import KpiError


class DeniedError(KpiError):
    """Somebody asked for what the role, the organisation or the office of the account does not allow."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person, or all at the machine where there is no login."""

    account: str = ""  # the name that is typed to log in; empty without login
    name: str = ""  # 姓名, with which entries are signed
    role: AccountRole | None = None  # None: without login
    org: str = ""  # of which organisation and those below it; empty: of all
    office: str = ""  # of which office alone; empty: of all
    address: str = ""  # from which machine

    @property
    def rights(self) -> frozenset[Right]:
        """All that may be done."""
        return frozenset(Right) if self.role is None else RIGHTS[self.role]

    def may(self, right: Right) -> bool:
        """Whether the role has a right, wherever."""
        return right in self.rights

    def signature(self, typed: str) -> str:
        """The name that an entry is signed with: that of the account, else the one that was typed."""
        return self.name if self.account else typed

    def require_right(self, right: Right) -> None:
        """
        Refuse what the role of this caller may not do anywhere.

        Raises:
            DeniedError: It has no such right.

        """
        if self.role is not None and not self.may(right):
            roles = "、".join(role.value for role, rights in RIGHTS.items() if right in rights)
            raise DeniedError(f"账号「{self.name}」是{self.role.value}，不能{right.value}；这件事由{roles}做，角色不对的请管理员改。")

    def require(self, right: Right, catalog: Catalog, org: str | None = None, office: str | None = None) -> None:
        """
        Refuse what this caller may not do.

        Args:
            right: What is to be done.
            catalog: With the organisations.
            org: Of which organisation; the root of the tree unless told.
            office: Of which office, where it is of one: reading is not.

        Raises:
            DeniedError: The role has no such right, or it is of another organisation or office.

        """
        self.require_right(right)
        asked = org or catalog.root
        if self.org and not catalog.is_below(asked, self.org):
            raise DeniedError(f"账号「{self.name}」属于{_called(catalog, self.org)}，不能{right.value}：{_called(catalog, asked)}不在它下面。")
        if self.office and office is not None and office != self.office and right is not Right.READ:
            own, other = (catalog.offices[code].name if code in catalog.offices else code for code in (self.office, office))
            raise DeniedError(f"账号「{self.name}」属于{own}，不能{right.value}：这是{other}的。")


WITHOUT_LOGIN = Caller()


def is_of_a_person(account: str) -> bool:
    """Whether what stands under an account is of somebody who logs in: the inbox has none, and that of another system has a colon."""
    return bool(account) and ":" not in account


def _called(catalog: Catalog, org: str) -> str:
    return catalog.orgs[org].name if org in catalog.orgs else f"「{org}」"
