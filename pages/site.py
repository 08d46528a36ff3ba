"""
The pages (页): their names, groups and addresses, and what of an address each of them reads.

Nothing here draws; navigation, addresses and the search read it alike.
"""

from dataclasses import dataclass

from kpi.access.caller import Caller
from kpi.access.roles import Right
from kpi.filing.two_steps import two_steps

REVIEW, FILING, MEETING, PAPERS, REFERENCE, ADMINISTRATION = "看板", "填报", "会议", "材料", "说明", "管理"


_OF_ACCOUNTS = frozenset({Right.ADMIT, Right.AUDIT})
OVERVIEW = "overview"  # what stands in an address of an export for the page whose own is empty


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page; ``path`` is its address below the root, empty for 总览."""

    path: str
    title: str
    group: str
    script: str  # the file below pages/ that Streamlit runs; empty of a page that is read alone, see bodies
    choices: tuple[str, ...]  # what its address names, in the order in which the choices depend on each other
    needs_data: bool = True  # whether it has anything to show before the first submission
    rights: frozenset[Right] = frozenset({Right.READ})  # one of which somebody needs to open it
    example: str = ""  # what can be searched for on it, where it has a field for that
    in_two_steps: bool = False  # whether it has a sense only where reports are accepted in two steps

    @property
    def about_figures(self) -> bool:
        """Whether it shows figures; the others are about accounts and what was done."""
        return not self.rights <= _OF_ACCOUNTS

    def open_to(self, caller: Caller) -> bool:
        """Whether somebody may open it; pages about accounts have no sense where there are none."""
        return bool(self.rights & caller.rights) and (caller.role is not None or self.about_figures) and (two_steps() or not self.in_two_steps)


PAGES = (
    SitePage("", "总览", REVIEW, "", ("org", "period", "group")),
    SitePage("targets", "未达标", REVIEW, "", ("org", "office", "period", "area", "status")),
    SitePage("trends", "趋势", REVIEW, "review/trend_page.py", ("org", "period", "code", "span", "years")),
    SitePage("compare", "同比", REVIEW, "", ("org", "office", "period", "span", "which")),
    SitePage("offices", "科室与单位", REVIEW, "", ("org", "office", "period", "ranked")),
    SitePage("imports", "报表导入", FILING, "filing/imports.py", (), needs_data=False, rights=frozenset({Right.SUBMIT})),
    SitePage("fill", "网页填报", FILING, "filing/fill_page.py", ("unit", "form", "due"), needs_data=False, rights=frozenset({Right.SUBMIT})),
    SitePage("referrals", "审核", FILING, "filing/referral_list.py", (), needs_data=False, rights=frozenset({Right.SUBMIT, Right.ACCEPT}), in_two_steps=True),
    SitePage("submissions", "报送记录", FILING, "filing/submission_list.py", ("org", "office", "month", "standing"), needs_data=False),
    SitePage("completeness", "报送情况", FILING, "filing/who_reported.py", ("org", "owed"), needs_data=False),
    SitePage("quality", "勾稽核对", FILING, "", ("unit", "period")),
    SitePage("notices", "通知", FILING, "filing/reminder_page.py", (), needs_data=False, rights=frozenset({Right.SUBMIT, Right.REMIND})),
    SitePage("meeting", "会议版", MEETING, "meeting/edition_page.py", ("org", "period", "edition")),
    SitePage("follow-ups", "督办", MEETING, "meeting/follow_up_page.py", ("org", "office"), needs_data=False),
    SitePage("known", "当时所知", MEETING, "", ("org", "period", "day")),
    SitePage("summary", "总结生成", PAPERS, "papers/summary_page.py", ("org", "office", "period", "span", "chapter", "version")),
    SitePage("check", "材料核数", PAPERS, "papers/check_page.py", ("org", "period"), needs_data=False),
    SitePage(
        "indicators", "指标口径", REFERENCE, "", ("period", "q"), needs_data=False, rights=frozenset({Right.READ, Right.DEFINE}), example="指标、科室、平台"
    ),
    SitePage("setup", "建局", ADMINISTRATION, "admin/setup_page.py", ("proposed",), needs_data=False, rights=frozenset({Right.DEFINE})),
    SitePage(
        "catalog",
        "指标目录",
        ADMINISTRATION,
        "admin/definition_page.py",
        ("noun", "q"),
        needs_data=False,
        rights=frozenset({Right.DEFINE}),
        example="名称、代码、别名、科室",
    ),
    SitePage("status", "运行", ADMINISTRATION, "admin/status_page.py", (), needs_data=False, rights=frozenset({Right.OPERATE})),
    SitePage("accounts", "账号", ADMINISTRATION, "admin/account_page.py", (), needs_data=False, rights=frozenset({Right.ADMIT})),
    SitePage("audit", "审计记录", ADMINISTRATION, "admin/audit_page.py", ("q",), needs_data=False, rights=frozenset({Right.AUDIT}), example="姓名、科室、日期"),
)
WALL = SitePage("wall", "大屏", MEETING, "", ("org", "period"))
BY_PATH = {page.path: page for page in PAGES}
GROUPS = {group: [page for page in PAGES if page.group == group] for group in (REVIEW, FILING, MEETING, PAPERS, REFERENCE, ADMINISTRATION)}


def groups(caller: Caller) -> dict[str, list[SitePage]]:
    """The pages that somebody may open, by group; a group without any is left out."""
    open_to = {group: [page for page in pages if page.open_to(caller)] for group, pages in GROUPS.items()}
    return {group: pages for group, pages in open_to.items() if pages}


def home(caller: Caller) -> SitePage:
    """The page that a visit of somebody begins with: of who reads no figures the first about accounts."""
    figures = caller.may(Right.READ)
    return next(page for page in PAGES if page.open_to(caller) and page.about_figures is figures)
