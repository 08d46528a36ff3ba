"""大屏 without a browser: what can be said of frozen figures, how rows are parted over screens, what a screen says of its shapes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kpi.bureau import LiveBureau
from kpi.meeting import editions
from kpi.period import Span
from pages.bodies import wall
from pages.bodies.wall_screen import parted
from pages.site import WALL
from pages.view import read
from tests.kpi.meeting.following import DECEMBER, NOVEMBER, RATE, bureau_of, send
from tests.pages.following_pages import Today, looking_at
from tests.pages.fragments import texts, words


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveBureau]:
    """The rate of November alone is 89 %, of December alone 91 %; since January 80 % and 88 %, against 90 %."""
    with bureau_of(tmp_path) as opened:
        send(opened, "2023-11", "2023-12-04", "880", "1100")
        send(opened, "2023-12", "2024-01-04", "1056", "1200")
        Today(monkeypatch, "2024-01-06")
        looking_at(opened, monkeypatch)
        yield opened


def titles(**query: str) -> dict[str, str]:
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
    assert "比上月" not in titles(edition=alone)
    assert "比上月" in titles(edition=cumulative)
    assert "2023 年 12 月（当月）" in foot(edition=alone)
    assert "2023 年 12 月 截至" in foot(edition=cumulative)


def test_a_chosen_figure_beside_an_edition_is_of_its_month_and_named_as_of_now(bureau: LiveBureau) -> None:
    """An edition keeps no course: its figure may have changed since."""
    code = editions.freeze(bureau, NOVEMBER, "王统计").edition.code
    shown = read(WALL, {"edition": code, "with": RATE})
    [screen] = [screen for screen in wall.screens(shown, wall.board_of(shown)) if screen.name == "所选指标"]
    assert screen.title == "合格率（不计在检）（现在的数，不是定稿的）"
    assert texts(LexborHTMLParser(screen.html), ".w-lead")[0].startswith("合格率（不计在检）：截至 2023 年 11 月")
    assert titles(period="2023-11", **{"with": RATE})["所选指标"] == "合格率（不计在检）"


@pytest.mark.parametrize(
    ("count", "screens"),
    [(0, {}), (6, {"": 6}), (7, {"（1/2）": 4, "（2/2）": 3}), (14, {"（1/3）": 5, "（2/3）": 5, "（3/3）": 4})],
)
def test_screens_hold_about_as_many_rows_each(count, screens):
    """Not six, six and two: the last screen would be bare."""
    assert {pages: len(rows) for pages, rows in parted(range(count), 6)} == screens


@pytest.fixture
def november(looking):
    """The screens of November, by heading."""
    shown = read(WALL, {"period": "2023-11"})
    return {screen.title: LexborHTMLParser(screen.html) for screen in wall.screens(shown, wall.board_of(shown))}


def test_the_gap_of_what_is_only_behind_is_not_as_red_as_that_of_a_miss(november):
    rows = [row for title, screen in november.items() if title.startswith("哪些没有达标") for row in screen.css(".w-missed li")]
    assert [words(row.css_first(".k-badge")) for row in rows] == ["■ 未达标"] * 7 + ["▲ 滞后"] * 7
    assert [row.css_first(".w-gap").attributes["class"] for row in rows] == ["w-gap w-gap-missed"] * 7 + ["w-gap w-gap-behind"] * 7


def test_the_shapes_of_the_offices_are_explained_where_they_stand(november):
    assert texts(november["哪个科室"], ".w-marks .k-badge") == ["■ 未达标", "▲ 滞后", "◆ 未定", "□ 未报", "○ 无目标", "● 达标"]


def test_a_screen_names_everything_that_has_been_missed_for_long(november):
    """Seven figures fit; the strip of the overview names three."""
    assert "等" not in words(november["比上月变了什么"].body)
