"""Accounts (账号) and tokens from the command line, for who runs the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau
from kpi.cli.options import AsJson, CatalogDir, Data, console, office_of, org_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.period import parse_day

Name = Annotated[str, typer.Argument(metavar="账号", help="账号名")]
PasswordGiven = Annotated[bool, typer.Option("--password-stdin", help="初始密码从标准输入读一行；不写则由程序给一个")]


@contextmanager
def _opened(data: Data, catalog: CatalogDir, *, looks: bool = False) -> Iterator[tuple[LiveBureau, Admission, Caller]]:
    """The bureau, its accounts, and who runs the command."""
    place = workplace()
    with (place.open_to_check if looks else place.open_bureau)(data, catalog) as bureau, place.admission(data, looks=looks) as admission:
        yield bureau, admission, place.caller


def add(
    account: Name,
    person: Annotated[str, typer.Option("--name", help="姓名，入库、定稿时的署名")],
    role: Annotated[AccountRole, typer.Option("--role", help="领导、填报员、审核员、管理员、审计员")],
    office: Annotated[str | None, typer.Option("--office", help="科室（代码或名称）；填报员必须写")] = None,
    org: Annotated[str | None, typer.Option("--org", help="单位（代码、名称或别名）；不写则是最上级的")] = None,
    subject: Annotated[str, typer.Option("--subject", metavar="工号", help="统一身份认证里的工号或标识（sub）；不用统一身份认证的不写")] = "",
    email: Annotated[str, typer.Option("--email", help="邮箱，通知发到这里；不写则不发")] = "",
    password_stdin: PasswordGiven = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """设一个账号，给出初始密码；从有了第一个账号起，打开看板要登录。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        whose, of = org_of(bureau.catalog, org) or "", office_of(bureau.catalog, office) or ""
        wanted = Account(account, person, role, "" if whose == bureau.catalog.root else whose, of, subject=subject, email=email)
        made, given = administration.add(admission, caller, bureau.catalog, wanted, _typed(password_stdin))
    _print(made, given, as_json=as_json)


def list_accounts(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """列出全部账号。"""
    with _opened(data, catalog, looks=True) as (bureau, admission, caller):
        listed = administration.accounts(admission, caller, bureau.catalog)
    if as_json:
        print_document({"accounts": [_fields(account) for account in listed]})
        return
    console.print(
        "\n".join("  ".join(filter(None, administration.shown(account, bureau.catalog).values())) for account in listed) or "还没有账号，打开看板不用登录。",
        soft_wrap=True,
    )


def disable(account: Name, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """停用一个账号，它的登录马上结束。"""
    _set(account, data, catalog, disabled=True, as_json=as_json)


def enable(account: Name, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """重新启用一个账号。"""
    _set(account, data, catalog, disabled=False, as_json=as_json)


def subject(
    account: Name,
    known_as: Annotated[str, typer.Argument(metavar="工号", help='统一身份认证里的工号或标识（sub）；写 "" 去掉')],
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """写明一个账号在统一身份认证里是谁，它现有的登录马上结束。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        changed = administration.set_subject(admission, caller, bureau.catalog, account, known_as)
    _print(changed, "", as_json=as_json)


def email(
    account: Name,
    address: Annotated[str, typer.Argument(metavar="邮箱", help='通知发到这里；写 "" 去掉')],
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """写明给一个账号的通知发到哪个邮箱，它的登录不受影响。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        changed = administration.set_email(admission, caller, bureau.catalog, account, address)
    _print(changed, "", as_json=as_json)


def reset(account: Name, password_stdin: PasswordGiven = False, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """重设密码，给出初始密码，第一次登录要改。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        made, given = administration.reset(admission, caller, bureau.catalog, account, _typed(password_stdin))
    _print(made, given, as_json=as_json)


def make_token(
    name: Annotated[str, typer.Argument(metavar="系统", help="用它的系统的名称：小写字母、数字、点、减号、下划线")],
    until: Annotated[str, typer.Option("--until", metavar="日期", help="到期日，如 2027-06-30；最长一年")],
    role: Annotated[AccountRole, typer.Option("--role", help="领导、填报员、审核员")] = AccountRole.LEADER,
    office: Annotated[str | None, typer.Option("--office", help="科室（代码或名称）；填报员必须写")] = None,
    org: Annotated[str | None, typer.Option("--org", help="单位（代码、名称或别名）；不写则是最上级的")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """给别的系统一个接口令牌，只打印一次。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        whose, of = org_of(bureau.catalog, org) or "", office_of(bureau.catalog, office) or ""
        wanted = ApiToken(name, role, parse_day(until), "" if whose == bureau.catalog.root else whose, of)
        made, secret = administration.make_token(admission, caller, bureau.catalog, wanted)
    if as_json:
        print_document(made.shown | {"token": secret})
    else:
        console.print(f"系统 {made.name} 的令牌（到 {made.until.isoformat()}），只显示这一次：{secret}", soft_wrap=True)


def list_tokens(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """列出全部接口令牌。"""
    with _opened(data, catalog, looks=True) as (bureau, admission, caller):
        listed = administration.tokens(admission, caller, bureau.catalog)
    if as_json:
        print_document({"tokens": [token.shown for token in listed]})
    else:
        lines = ("  ".join(filter(None, administration.shown(token, bureau.catalog).values())) for token in listed)
        console.print("\n".join(lines) or "还没有接口令牌。", soft_wrap=True)


def revoke_token(
    name: Annotated[str, typer.Argument(metavar="系统", help="用它的系统的名称")], data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """吊销一个接口令牌，马上生效。"""
    with _opened(data, catalog) as (bureau, admission, caller):
        revoked = administration.revoke_token(admission, caller, bureau.catalog, name)
    if as_json:
        print_document(revoked.shown)
    else:
        console.print(f"系统 {revoked.name} 的令牌已吊销。", soft_wrap=True)


def _set(account: str, data: Data, catalog: CatalogDir, *, disabled: bool, as_json: bool) -> None:
    with _opened(data, catalog) as (bureau, admission, caller):
        changed = administration.switch(admission, caller, bureau.catalog, account, disabled=disabled)
    _print(changed, "", as_json=as_json)


def _typed(password_stdin: bool) -> str:
    return workplace().line() if password_stdin else ""


def _print(account: Account, password: str, *, as_json: bool) -> None:
    if as_json:
        print_document(_fields(account) | ({"password": password} if password else {}))
        return
    state = f"初始密码 {password} ，只显示这一次" if password else account.shown["状态"]
    console.print(f"账号 {account.account}（{account.name}，{account.role.value}）：{state}。", soft_wrap=True)


def _fields(account: Account) -> dict[str, object]:
    words = ("account", "name", "role", "org", "office", "subject", "email", "disabled", "first", "since", "by")
    return {word: getattr(account, word) for word in words}
