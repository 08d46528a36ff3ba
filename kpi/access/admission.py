"""
Admission (准入): whether somebody who logs in is let in, and who a login that lasts belongs to now.

The role, the organisation and the state of an account are read at each question, never kept with the login: who is disabled
is out at the next click.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from kpi.access.account import Account, spelled
from kpi.access.accounts import FOLDER, Accounts
from kpi.access.api_tokens import ApiTokens
from kpi.access.audit import Audit, Audited
from kpi.access.caller import Caller
from kpi.access.passwords import matches
from kpi.access.roles import AccountRole
from kpi.access.sessions import Session, Sessions
from kpi.access.throttle import Throttle
from kpi.errors import RequestError

_TURNS = 64  # locks, of which an account has one
_WRONG = "账号或密码不对；忘记密码的，请管理员重设。"
SIGN_ON = "统一身份认证"  # how the audit calls a login that another server vouches for


class LoginError(RequestError):
    """Somebody is not let in; the sentence does not tell whether there is such an account."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A login that lasts, and whose it is now."""

    session: Session
    account: Account

    @property
    def first(self) -> bool:
        """Whether the password must be changed before anything else; not asked of who came without it."""
        return self.account.first and not self.session.signed_on

    @property
    def caller(self) -> Caller:
        """The person as use cases know them."""
        who = self.account
        return Caller(who.account, who.name, who.role, who.org, who.office, self.session.address)


class Admission:
    """Accounts, logins and audit of a data folder, opened together by the server."""

    def __init__(self, data: Path, *, looks: bool = False) -> None:
        """
        Open them; a folder without accounts gets none by it.

        Args:
            data: The data folder.
            looks: The accounts are only listed, which a damaged audit does not hinder.

        Raises:
            StoreError: The accounts or the audit are damaged or cannot be read.

        """
        self.accounts, self.throttle = Accounts(data), Throttle()
        self.tokens = ApiTokens(data)
        self._data, self._turns = data, [Lock() for _ in range(_TURNS)]
        if not looks:
            _ = self.audit

    @cached_property
    def audit(self) -> Audit:
        """What everybody does, from the opening on."""
        return Audit(self._data)

    @cached_property
    def sessions(self) -> Sessions:
        """The logins that last; their file is made with the first question."""
        return Sessions(self._data / FOLDER / "sessions.db")

    @property
    def needed(self) -> bool:
        """Whether one has to log in: as soon as there is an account."""
        return len(self.accounts) > 0

    def login(self, account: str, password: str, address: str, *, only: AccountRole | None = None) -> str:
        """
        Let somebody in who knows the password.  It takes some tens of milliseconds; not to be called where others wait.

        Args:
            account: As it was typed.
            password: As it was typed.
            address: From which machine.
            only: The role to which passwords are left; all others come by the single sign-on.

        Returns:
            The token of the login, for the browser alone.

        Raises:
            LoginError: The account or the password is wrong, the account is disabled or of another role, or there were too many failures.
            StoreError: The audit cannot be written; then nobody is let in.

        """
        name, keys = spelled(account), (f"account {spelled(account)}", f"address {address}")
        caller = Caller(account=name[:32], address=address)
        with self._turns[hash(name) % _TURNS]:  # who tries many at once gets no more tries than one after the other
            if wait := self.throttle.wait(*keys):
                raise LoginError(f"登录失败次数太多，请 {_minutes(wait)} 分钟后再试；忘记密码的，请管理员重设。")
            known = self.accounts.find(name)
            if not matches(password, known.password if known else None) or known is None:
                locked = self.throttle.fail(*keys)
                self.audit.note(Audited.LOCKED if locked else Audited.FAILED, caller)
                raise LoginError(_WRONG)
        if known.disabled:
            self.audit.note(Audited.FAILED, caller, "账号已停用")
            raise LoginError("这个账号已经停用；要用的，请找管理员。")
        if only and known.role is not only:
            self.audit.note(Audited.FAILED, caller, "密码登录只给管理员")
            raise LoginError(f"这里用{SIGN_ON}登录，密码只给{only.value}用；请点登录页上的{SIGN_ON}。")
        self.throttle.clear(*keys)
        self.audit.note(Audited.LOGIN, Caller(known.account, known.name, address=address))
        return self.sessions.open(known.account, address)

    def sign_on(self, subject: str, address: str) -> str:
        """
        Let somebody in for whom the single sign-on has vouched.

        Args:
            subject: Who it is for the single sign-on.
            address: From which machine.

        Returns:
            The token of the login, for the browser alone.

        Raises:
            LoginError: There is no such account, or it is disabled.
            StoreError: The audit cannot be written; then nobody is let in.

        """
        known = self.accounts.of_subject(subject)
        if known is None:
            self.refused_sign_on(address, f"没有账号：{subject}")
            raise LoginError(f"{SIGN_ON}通过了，但看板里没有您的账号；请管理员设账号，「统一身份」一项填：{subject} 。")
        if known.disabled:
            self.refused_sign_on(address, "账号已停用", known.account)
            raise LoginError("这个账号已经停用；要用的，请找管理员。")
        self.throttle.clear(f"address {address}")
        self.audit.note(Audited.LOGIN, Caller(known.account, known.name, address=address), SIGN_ON)
        return self.sessions.open(known.account, address, signed_on=True)

    def refused_sign_on(self, address: str, why: str, account: str = "") -> None:
        """Count and note a single sign-on that did not do, as a wrong password is."""
        locked = self.throttle.fail(f"address {address}")
        self.audit.note_done(Audited.LOCKED if locked else Audited.FAILED, Caller(account=account, address=address), f"{SIGN_ON}：{why}")

    def wait(self, address: str) -> int:
        """Minutes for which nobody from a machine is let in, after too many failures; 0 where there is no such wait."""
        wait = self.throttle.wait(f"address {address}")
        return _minutes(wait) if wait else 0

    def admitted(self, token: str, *, click: bool) -> Admitted | None:
        """Whose login a token is of; None where it has ended, or the account is not there any more or disabled."""
        return self._of(self.sessions.find(token, click=click))

    def admitted_by(self, digest: str) -> Admitted | None:
        """Whose login one with a digest is, as `admitted`."""
        return self._of(self.sessions.look(digest))

    def logout(self, admitted: Admitted, *, everywhere: bool = False) -> None:
        """End a login, or all of its account."""
        self.sessions.close(admitted.session.digest)
        if everywhere:
            self.sessions.close_all(admitted.account.account)
        self.audit.note_done(Audited.LOGOUT, admitted.caller, "所有登录" if everywhere else "")

    def change_password(self, admitted: Admitted, old: str, new: str) -> None:
        """
        Set the password that somebody has chosen; all other logins of the account end.

        Raises:
            RequestError: The old one is wrong, or the new one is the same or can be guessed.
            StoreError: The disk refuses.

        """
        account, keys = admitted.account, (f"account {admitted.account.account}",)
        if wait := self.throttle.wait(*keys):
            raise RequestError(f"原密码错的次数太多，请 {_minutes(wait)} 分钟后再试。")
        if not matches(old, account.password):
            self.throttle.fail(*keys)
            raise RequestError("原密码不对；请重新输入。")
        if matches(new, account.password):
            raise RequestError("新密码和原密码一样；请换一个。")
        self.accounts.change_password(account.account, new)
        self.sessions.close_all(account.account, but=admitted.session.digest)
        self.audit.note_done(Audited.PASSWORD, admitted.caller)

    def close(self) -> None:
        """Let the file of logins go."""
        if "sessions" in self.__dict__:
            self.sessions.shut()

    def _of(self, session: Session | None) -> Admitted | None:
        account = self.accounts.find(session.account) if session else None
        return Admitted(session, account) if session and account and not account.disabled else None


def _minutes(seconds: float) -> int:
    """Whole minutes, upwards."""
    return max(1, -int(-seconds // 60))
