"""账号：设账号，改角色、科室，停用，重设密码；登录是从有了第一个账号起的。"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import streamlit as st

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.roles import AccountRole
from kpi.errors import KpiError, OutdatedError
from pages.bodies import account_list
from pages.widgets import confirmations, frame, running, session
from pages.widgets.plain import plain

Key = TypeVar("Key", bound=str)
_SEEN = "account-seen"  # in the state of a visit: the key of the form of an account, and the account as it showed it first
_ALL = ""  # of all organisations or offices


def form(account: Account | None, key: str) -> Account | None:
    """The fields of an account; what was handed in, None while nothing was."""
    catalog = session.bureau().catalog
    offices = {_ALL: "全部科室", **{code: office.name for code, office in catalog.offices.items()}}
    orgs = {_ALL if code == catalog.root else code: org.name for code, org in catalog.orgs.items()}
    before = account or Account("", "", AccountRole.LEADER)
    with st.form(f"{key}-form", border=True):
        left, right = st.columns(2)
        name = before.account if account else left.text_input("账号名", key=f"{key}-account", help="小写字母、数字、点、减号、下划线，登录时用")
        person = left.text_input("姓名", value=before.name, key=f"{key}-person")
        email = left.text_input("邮箱", value=before.email, key=f"{key}-email", help="通知发到这里；不写则不发")
        with right:
            role = chosen_in("角色", {role: role.value for role in AccountRole}, before.role, f"{key}-role")
            office = chosen_in("科室", offices, before.office, f"{key}-office")
        with left:
            org = chosen_in("单位", orgs, before.org, f"{key}-org") if catalog.branched else before.org
        subject = left.text_input("统一身份", value=before.subject, key=f"{key}-subject", help="统一身份认证里的工号或标识（sub）；不用统一身份认证的不填")
        disabled = right.toggle("停用", value=before.disabled, key=f"{key}-disabled") if account else False
        if not st.form_submit_button("改好" if account else "设账号", type="primary"):
            return None
    return replace(before, account=name, name=person, role=role, office=office, org=org, subject=subject, email=email, disabled=disabled)


def chosen_in(label: str, options: Mapping[Key, str], value: Key, key: str) -> Key:
    """A list to choose from, with what is chosen now."""
    codes = list(options)
    at = codes.index(value) if value in codes else 0
    return st.selectbox(plain(label), codes, index=at, format_func=lambda code: plain(options[code]), key=key)


def given(account: Account, password: str) -> str:
    """What is said of a first password: it is shown this once."""
    return f"账号「{account.account}」的初始密码是 {password} ，只显示这一次；第一次登录要换成自己的。"


def attempt(act: Callable[[], str], form_key: str) -> None:
    """Do something with accounts and say what came of it."""
    try:
        sentence = act()
    except OutdatedError as fault:
        confirmations.outdated(str(fault), form_key)
        return
    except KpiError as fault:
        st.warning(plain(str(fault)))
        return
    confirmations.done(sentence, form=form_key)


def add(account: Account) -> str:
    """Make an account; its first password."""
    return given(*administration.add(running.admission(), running.caller(), session.bureau().catalog, account))


def change(seen: Account, account: Account) -> str:
    """Change an account as it was seen."""
    changed = administration.change(running.admission(), running.caller(), session.bureau().catalog, seen, account)
    ended = "；它现有的登录已经结束" if administration.ends_logins(seen, changed) else ""
    return f"账号「{changed.account}」改好了，马上生效{ended}。"


def as_first_shown(account: Account, key: str) -> Account:
    """The account as its form showed it first: whoever changes it meanwhile does not change under the hands of who types."""
    seen: dict[str, Account] = st.session_state.get(_SEEN, {})
    if key not in seen:
        st.session_state[_SEEN] = seen = {key: account}  # of the one that is chosen
    return seen[key]


def reset(account: Account) -> str:
    """Give an account another first password."""
    return given(*administration.reset(running.admission(), running.caller(), session.bureau().catalog, account.account))


listed = account_list.accounts()
frame.fragment(frame.opened(frame.view()))
confirmations.say_what_was_done()
frame.table(account_list.table(listed))

with st.expander("设一个账号", icon=":material/person_add:", expanded=len(listed) == 1):
    if (made := form(None, confirmations.form_key("account-new"))) is not None:
        attempt(partial(add, made), "account-new")
with st.expander("改一个账号", icon=":material/manage_accounts:"):
    names = {account.account: account for account in listed}
    chosen = names[st.selectbox("账号", list(names), format_func=lambda name: plain(f"{name}（{names[name].name}）"), key="account-chosen")]
    key = confirmations.form_key(f"account-{chosen.account}")
    seen = as_first_shown(chosen, key)
    if (changed := form(seen, key)) is not None:
        attempt(partial(change, seen, changed), f"account-{chosen.account}")
    if st.button("重设密码", key=f"{key}-reset", icon=":material/lock_reset:"):
        attempt(partial(reset, chosen), f"account-{chosen.account}")
