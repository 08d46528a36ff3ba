"""账号：有哪些账号，各是什么角色、哪个科室的。"""

from collections import Counter
from collections.abc import Sequence

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.roles import AccountRole
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.view import View
from pages.widgets import running, session

COLUMNS = (
    HtmlColumn("账号", title=True),
    HtmlColumn("姓名"),
    HtmlColumn("角色"),
    HtmlColumn("单位"),
    HtmlColumn("科室"),
    HtmlColumn("统一身份"),
    HtmlColumn("状态"),
    HtmlColumn("邮箱"),
    HtmlColumn("改动时间"),
    HtmlColumn("改动人"),
)


def opening(_: View) -> str:
    """How many accounts there are, by role."""
    listed = [account for account in accounts() if not account.disabled]
    counts = Counter(account.role for account in listed)
    by_role = "，".join(f"{counts[role]} 个{role.value}" for role in AccountRole if counts[role])
    return render("account_list.html", answer=f"{len(listed)} 个账号在用：{by_role}。" if listed else "没有账号在用，打开看板不用登录。")


def tables(_: View) -> list[HtmlTable]:
    """What the page gives away."""
    return [table(accounts())]


def table(listed: Sequence[Account]) -> HtmlTable:
    """The accounts by name."""
    return HtmlTable("账号", COLUMNS, [_row(account) for account in listed], search=len(listed) > 1)


def accounts() -> Sequence[Account]:
    """All accounts; refused to who may not manage them."""
    return administration.accounts(running.admission(), running.caller(), session.bureau().catalog)


def _row(account: Account) -> HtmlRow:
    catalog = session.bureau().catalog
    places = {
        "单位": catalog.orgs[account.org].name if account.org in catalog.orgs else account.org or catalog.orgs[catalog.root].name,
        "科室": session.office_name(account.office) if account.office else "全部",
    }
    words = {**account.shown, **places, "改动时间": account.since.replace("T", " "), "改动人": account.by}
    return HtmlRow({column: HtmlCell(text, text) for column, text in words.items()})
