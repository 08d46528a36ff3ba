"""大屏 of an edition: only what can be said of the figures that were frozen, and what is not of them is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kpi.bureau import LiveBureau
from kpi.meeting import editions
from kpi.period import Span
from pages.bodies import wall
from pages.site import WALL
from pages.view import read
from tests.kpi.meeting.following import DECEMBER, NOVEMBER, RATE, bureau_of, send
from tests.pages.following_pages import Today, looking_at
from tests.pages.fragments import texts


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBureau]:
    """The rate of November alone is 89 %, of December alone 91 %; since January 80 % and 88 %, against 90 %."""
    with bureau_of(tmp_path) as opened:
        send(opened, "2023-11", "2023-12-04", "880", "1100")
        send(opened, "2023-12", "2024-01-04", "1056", "1200")
        Today(monkeypatch, "2024-01-06")
        looking_at(opened, monkeypatch)
        yield opened


def screens(**query: str) -> dict[str, str]:
    """Titles of the screens by their names."""
    shown = read(WALL, query)
    return {screen.name: screen.title for screen in wall.screens(shown, wall.board_of(shown))}


def foot(**query: str) -> str:
    """What stands below every screen."""
    return texts(LexborHTMLParser(wall.document(read(WALL, query), style="", script="")), ".w-foot")[0]


def test_figures_of_a_month_are_not_compared_with_those_since_january(bureau: LiveBureau) -> None:
    """What the months before are known by is 本年累计: an edition of another span has no 比上月, and says which span it is of."""
    alone = editions.freeze(bureau, DECEMBER, "王统计", span=Span.MONTH).edition.code
    cumulative = editions.freeze(bureau, DECEMBER, "王统计").edition.code
    assert "比上月" not in screens(edition=alone)
    assert "比上月" in screens(edition=cumulative)
    assert "2023 年 12 月（当月）" in foot(edition=alone)
    assert "2023 年 12 月 截至" in foot(edition=cumulative)


def test_a_chosen_figure_beside_an_edition_is_of_its_month_and_named_as_of_now(bureau: LiveBureau) -> None:
    """An edition keeps no course: its figure may have changed since."""
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    shown = read(WALL, {"edition": code, "with": RATE})
    [screen] = [screen for screen in wall.screens(shown, wall.board_of(shown)) if screen.name == "所选指标"]
    assert screen.title == "合格率（不计在检）（现在的数，不是定稿的）"
    assert texts(LexborHTMLParser(screen.html), ".w-lead")[0].startswith("合格率（不计在检）：截至 2023 年 11 月")
    assert screens(period="2023-11", **{"with": RATE})["所选指标"] == "合格率（不计在检）"
