"""大屏 without a browser: how rows are parted over screens, and what a screen says of its shapes."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pages.bodies import wall
from pages.bodies.wall_screen import parted
from pages.site import WALL
from pages.view import read
from tests.pages.fragments import texts, words


@pytest.mark.parametrize(
    ("count", "screens"),
    [(0, {}), (6, {"": 6}), (7, {"（1/2）": 4, "（2/2）": 3}), (14, {"（1/3）": 5, "（2/3）": 5, "（3/3）": 4})],
)
def test_screens_hold_about_as_many_rows_each(count, screens):
    """Not six, six and two: the last screen would be bare."""
    assert {pages: len(rows) for pages, rows in parted(range(count), 6)} == screens


@pytest.fixture
def screens(looking):
    """The screens of November, by heading."""
    shown = read(WALL, {"period": "2023-11"})
    return {screen.title: LexborHTMLParser(screen.html) for screen in wall.screens(shown, wall.board_of(shown))}


def test_the_gap_of_what_is_only_behind_is_not_as_red_as_that_of_a_miss(screens):
    rows = [row for title, screen in screens.items() if title.startswith("哪些没有达标") for row in screen.css(".w-missed li")]
    assert [words(row.css_first(".k-badge")) for row in rows] == ["■ 未达标"] * 7 + ["▲ 滞后"] * 7
    assert [row.css_first(".w-gap").attributes["class"] for row in rows] == ["w-gap w-gap-missed"] * 7 + ["w-gap w-gap-behind"] * 7


def test_the_shapes_of_the_offices_are_explained_where_they_stand(screens):
    assert texts(screens["哪个科室"], ".w-marks .k-badge") == ["■ 未达标", "▲ 滞后", "◆ 未定", "□ 未报", "○ 无目标", "● 达标"]


def test_a_screen_names_everything_that_has_been_missed_for_long(screens):
    """Seven figures fit; the strip of the overview names three."""
    assert "等" not in words(screens["比上月变了什么"].body)
