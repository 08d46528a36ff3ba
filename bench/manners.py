"""
How the pages of each server are used and looked at: where a month is chosen, what names it, when all of a page is there.

Each manner has its own words for these, so that nobody who measures asks which server it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

from kpi.period import Month

_PAGES = {"总览": "", "未达标": "targets", "趋势": "trends", "同比": "compare"}
_STILL = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


@dataclass(frozen=True, slots=True)
class Manner:
    """
    The pages of a server as a visitor meets them.

    Args:
        line: Selector of the texts that together are the first line: the page and the month it speaks of.
        area: Selector of the part in which drawing counts.
        whole: JavaScript expression, true when nothing is still to come.
        link: Selector of the links of the navigation.
        paths: The pages it has, by title, and their addresses.
        named: Whether a page says its title.

    """

    line: str
    area: str
    whole: str
    link: str = ""
    paths: Mapping[str, str] = field(default_factory=lambda: _PAGES)
    named: bool = True

    @property
    def script(self) -> str:
        """What the watch in the page has to know of it."""
        return f"window.__manner = {{line: {json.dumps(self.line)}, area: {json.dumps(self.area)}, whole: () => Boolean({self.whole})}};"

    def texts(self, title: str, month: Month) -> list[str]:
        """What the first line of a page says of a month."""
        return [title, month.chinese] if self.named else [month.chinese]

    def choose(self, page: Page, month: Month) -> None:
        """Pick a month."""
        raise NotImplementedError

    def follow(self, page: Page, title: str) -> None:
        """Go to another page by the navigation."""
        start_with("click", page)
        page.locator(self.link).get_by_text(title, exact=True).click()


def start_with(event: str, page: Page) -> None:
    """Let the clock in the page start with the next event of this name."""
    page.bring_to_front()
    page.evaluate("event => window.__watch.arm(event)", event)


class FragmentManner(Manner):
    """Our pages: fragments, a native list."""

    def choose(self, page: Page, month: Month) -> None:
        """Pick it in the list."""
        start_with("change", page)
        page.locator("select[data-choice=period]").select_option(str(month))


class WidgetManner(Manner):
    """Pages made of the library's own widgets."""

    def choose(self, page: Page, month: Month) -> None:
        """Type it and press Enter."""
        picker = page.get_by_role("combobox", name="期间")
        picker.fill(str(month))
        start_with("keydown", page)
        picker.press("Enter")


class DashManner(Manner):
    """Pages in Dash."""

    def choose(self, page: Page, month: Month) -> None:
        """Open the list and click on it."""
        page.locator("button[id$=-month]").click()
        start_with("click", page)
        page.get_by_role("option", name=month.chinese, exact=True).click()


OURS = FragmentManner(
    line="h1, .k-answer",
    area="[data-testid=stMain], #first-screen",
    whole=f"{_STILL} && !document.querySelector('#first-screen') && document.querySelector('[data-testid=stMain] .k-answer')",
    link=".k-nav a",
)
# pictures and tables come after the text, on a first visit from files of their own; a skeleton stands in for what is still to come
EARLIER = WidgetManner(
    line="h1, h3",
    area="[data-testid=stMain]",
    whole=f"""{_STILL} && !document.querySelector('[data-testid=stMain] [data-testid=stSkeleton]') &&
      [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every((chart) => chart.querySelector('svg.main-svg')) &&
      [...document.querySelectorAll('[data-testid=stDataFrame], [data-testid=stVegaLiteChart]')].every((drawing) => drawing.querySelector('canvas, svg'))""",
    link="[data-testid=stSidebarNavLink]",
)
EMPTY = WidgetManner(line="h1, h3", area="[data-testid=stMain]", whole=_STILL, named=False, paths={"总览": ""})
DASH = DashManner(
    line="h1, h3",
    area="#page",
    whole="""!document.querySelector('._dash-loading, ._dash-loading-callback, .dash-graph--pending') && document.querySelector('#page h3') &&
      [...document.querySelectorAll('.dash-graph')].every((graph) => graph.querySelector('svg.main-svg'))""",
    link="nav a",
    paths={"总览": "", "未达标": "targets", "趋势": "trends"},
)
