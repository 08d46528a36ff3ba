"""The pages before the pages (登录、改密码、设第一个管理员): each a document of its own, without a script or a file beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kpi.access.passwords import LEAST
from kpi.present.html.engine import render

LOGIN, LOGOUT, PASSWORD, FIRST = "/kpi/login", "/kpi/logout", "/kpi/password", "/kpi/first"
SIGN_ON, SIGN_ON_RETURN = "/kpi/sso", "/kpi/sso/return"
_RULE = f"至少 {LEAST} 个字符，含大写字母、小写字母、数字、其他字符中的三种。"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name, what stands above it, and what a browser may fill in."""

    name: str
    label: str
    completed: str
    kind: str = "password"
    hint: str = ""
    value: str = ""
    first: bool = False  # whether one types here first


@dataclass(frozen=True, slots=True)
class OfferedSignOn:
    """The single sign-on as the login page offers it."""

    address: str  # that begins it
    button: str
    password: str = ""  # the address of the page with the fields for the password; empty: they stand below the button


@dataclass(frozen=True, slots=True)
class EntryForm:
    """A page of one form."""

    title: str
    action: str
    button: str
    fields: Sequence[Field]
    note: str = ""
    links: Sequence[tuple[str, str]] = ()
    hidden: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    offered: OfferedSignOn | None = None  # what stands above the form
    onward: str = ""  # an address of another server to which the page leads by itself

    def document(self, bureau: str, fault: str = "", values: Mapping[str, str] = _NOTHING) -> bytes:
        """
        The page.

        Args:
            bureau: The name of the bureau.
            fault: Why what was sent did not do; empty before anything was sent.
            values: What was typed before and need not be typed again, by the name of the field.

        """
        shown = [replace(each, value=values.get(each.name, "")) if each.kind != "password" else each for each in self.fields]
        return render(
            "entry.html",
            title=self.title,
            bureau=bureau,
            fault=fault,
            note=self.note,
            action=self.action,
            fields=shown,
            hidden=self.hidden,
            button=self.button,
            links=self.links,
            offered=self.offered,
            onward=self.onward,
        ).encode()


def login(back: str, *, ended: bool, offered: OfferedSignOn | None = None) -> EntryForm:
    """
    登录.

    Args:
        back: The address to which it leads.
        ended: Whether a login was there and is no more.
        offered: The single sign-on, if there is one.

    """
    note = "登录已经结束（30 分钟没有操作，或满 8 小时）。登录以后回到刚才的页面。" if ended else ""
    fields = (Field("account", "账号", "username", kind="text", first=True), Field("password", "密码", "current-password"))
    if offered and offered.password:
        return EntryForm("登录", "", "", (), note, ((offered.password, "管理员用密码登录"),), offered=offered)
    return EntryForm("登录", LOGIN, "用密码登录" if offered else "登录", fields, note, hidden={"next": back}, offered=offered)


def new_password(back: str, *, first: bool) -> EntryForm:
    """改密码; ``back`` is the address to which it leads, ``first`` whether somebody else gave the present one."""
    fields = (
        Field("old", "原密码", "current-password", first=True),
        Field("new", "新密码", "new-password", hint=_RULE),
        Field("again", "再输一次新密码", "new-password"),
    )
    note = "现在的密码是别人给的，先换成自己的，再进看板。" if first else "换好以后，这个账号在别的机器上的登录都会结束。"
    return EntryForm("改密码", PASSWORD, "换成新密码", fields, note, links=() if first else ((back, "不改了，回到看板"),), hidden={"next": back})


def first_administrator(token: str) -> EntryForm:
    """设第一个管理员, from the address that a start printed."""
    fields = (
        Field("account", "账号", "username", kind="text", hint="2 到 32 个小写字母、数字、点、减号或下划线。", first=True),
        Field("name", "姓名", "name", kind="text"),
        Field("password", "密码", "new-password", hint=_RULE),
        Field("again", "再输一次密码", "new-password"),
    )
    note = "设好以后，打开看板都要登录。管理员管账号、目录和目标，不看数；再给领导、审核员、填报员各设账号。"
    return EntryForm("设第一个管理员", FIRST, "设好并登录", fields, note, hidden={"token": token})


def sentence(title: str, bureau: str, words: str, links: Sequence[tuple[str, str]] = ()) -> bytes:
    """A page that says one thing."""
    return EntryForm(title, "", "", (), words, links).document(bureau)


def onward(title: str, bureau: str, words: str, address: str, button: str) -> bytes:
    """
    A page that leads to another server by itself.

    It is a page and not an answer that leads on, because browsers let what follows a form of ours lead to us alone.
    """
    return EntryForm(title, "", "", (), words, ((address, button),), onward=address).document(bureau)
