"""What an administrator does with accounts (管理账号): each act checked, in force at once, and in the audit."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.audit import Audited
from kpi.access.caller import Caller
from kpi.access.roles import Right
from kpi.catalog.model import Catalog


def make_first(admission: Admission, account: str, name: str, password: str, address: str) -> str:
    """
    Make the first account, an administrator, who chose the password; from then on everybody logs in.

    Returns:
        The token of the login that begins with it.

    Raises:
        RequestError: There is an account already, or the name or the password will not do.
        StoreError: The disk refuses.

    """
    made = admission.accounts.add_first(account, name, password)
    caller = Caller(made.account, made.name, made.role, address=address)
    admission.audit.note_done(Audited.ACCOUNT, caller, made.account, after=made.shown)
    return admission.login(made.account, password, address)


def accounts(admission: Admission, caller: Caller, catalog: Catalog) -> Sequence[Account]:
    """
    All accounts, by name.

    Raises:
        DeniedError: The caller may not manage accounts.

    """
    caller.require(Right.ADMIT, catalog)
    return sorted(admission.accounts, key=lambda account: account.account)


def tokens(admission: Admission, caller: Caller, catalog: Catalog) -> Sequence[ApiToken]:
    """
    All tokens of other systems, by name.

    Raises:
        DeniedError: The caller may not manage accounts.

    """
    caller.require(Right.ADMIT, catalog)
    return list(admission.tokens)


def add(admission: Admission, caller: Caller, catalog: Catalog, account: Account, password: str = "") -> tuple[Account, str]:
    """
    Make an account; what comes back with it is its first password, shown once.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `Accounts.add`.

    """
    caller.require(Right.ADMIT, catalog)
    made, given = admission.accounts.add(account, catalog, _by(caller), password)
    admission.audit.note_done(Audited.ACCOUNT, caller, made.account, after=shown(made, catalog))
    return made, given


def change(admission: Admission, caller: Caller, catalog: Catalog, seen: Account, account: Account) -> Account:
    """
    Change an account as the caller saw it into what it is to be; one that is disabled, or of another role, place or subject, logs in anew.

    Raises:
        DeniedError: The caller may not manage accounts.
        OutdatedError, RequestError, StoreError: As `Accounts.change`.

    """
    caller.require(Right.ADMIT, catalog)
    before = admission.accounts.require(account.account)
    changed = admission.accounts.change(seen, account, catalog, _by(caller))
    if ends_logins(before, changed):
        admission.sessions.close_all(changed.account)
    admission.audit.note_done(Audited.ACCOUNT, caller, changed.account, shown(before, catalog), shown(changed, catalog))
    return changed


def ends_logins(before: Account, after: Account) -> bool:
    """Whether a change of an account ends its logins: of who is disabled, or of another role, place or subject."""
    return any(getattr(before, word) != getattr(after, word) for word in ("role", "org", "office", "disabled", "subject"))


def switch(admission: Admission, caller: Caller, catalog: Catalog, account: str, *, disabled: bool) -> Account:
    """
    Disable an account, whose logins end, or enable it again.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `Accounts.change`.

    """
    return _change_standing(admission, caller, catalog, account, lambda seen: replace(seen, disabled=disabled))


def set_subject(admission: Admission, caller: Caller, catalog: Catalog, account: str, subject: str) -> Account:
    """
    Say who an account is for the single sign-on; its logins end.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `Accounts.change`.

    """
    return _change_standing(admission, caller, catalog, account, lambda seen: replace(seen, subject=subject))


def set_email(admission: Admission, caller: Caller, catalog: Catalog, account: str, email: str) -> Account:
    """
    Say where the notices for an account go; its logins stay.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `Accounts.change`.

    """
    return _change_standing(admission, caller, catalog, account, lambda seen: replace(seen, email=email))


def reset(admission: Admission, caller: Caller, catalog: Catalog, account: str, password: str = "") -> tuple[Account, str]:
    """
    Give an account another first password, shown once; all its logins end.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `Accounts.reset`.

    """
    caller.require(Right.ADMIT, catalog)
    made, given = admission.accounts.reset(account, _by(caller), password)
    admission.sessions.close_all(made.account)
    admission.throttle.clear(f"account {made.account}")
    admission.audit.note_done(Audited.ACCOUNT, caller, made.account, after={"密码": "重设"})
    return made, given


def make_token(admission: Admission, caller: Caller, catalog: Catalog, token: ApiToken) -> tuple[ApiToken, str]:
    """
    Make a token of another system; what comes back with it is the token itself, shown once.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `ApiTokens.add`.

    """
    caller.require(Right.ADMIT, catalog)
    made, secret = admission.tokens.add(token, catalog, _by(caller))
    admission.audit.note_done(Audited.ACCOUNT, caller, f"接口令牌 {made.name}", after=shown(made, catalog))
    return made, secret


def revoke_token(admission: Admission, caller: Caller, catalog: Catalog, name: str) -> ApiToken:
    """
    Take back a token of another system, at once.

    Raises:
        DeniedError: The caller may not manage accounts.
        RequestError, StoreError: As `ApiTokens.revoke`.

    """
    caller.require(Right.ADMIT, catalog)
    revoked = admission.tokens.revoke(name, _by(caller))
    admission.audit.note_done(Audited.ACCOUNT, caller, f"接口令牌 {revoked.name}", after={"状态": "已吊销"})
    return revoked


def shown(listed: Account | ApiToken, catalog: Catalog) -> dict[str, str]:
    """What may be read of an account or a token, its place by name: lists and the audit are read by people who know no codes."""
    org = catalog.orgs[listed.org].name if listed.org in catalog.orgs else listed.org
    office = catalog.offices[listed.office].name if listed.office in catalog.offices else listed.office
    return listed.shown | {"单位": org, "科室": office}


def _by(caller: Caller) -> str:
    return caller.name or "本机"


def _change_standing(admission: Admission, caller: Caller, catalog: Catalog, account: str, edit: Callable[[Account], Account]) -> Account:
    """Change an account as it stands now."""
    caller.require(Right.ADMIT, catalog)
    seen = admission.accounts.require(account)
    return change(admission, caller, catalog, seen, edit(seen))
