"""An address may ask for anything: what cannot be shown is said in one sentence, and the page stands."""

import pytest
from streamlit.testing.v1 import AppTest

from pages import served, view
from pages.choices import CHOICES
from pages.site import PAGES
from pages.widgets import frame
from tests.pages.conftest import SHELL
from tests.pages.fragments import fragments, texts

VALUES = [
    "",
    " ",
    "YTD",
    "本年累计 ",
    "9999-99",
    "1990-05",
    "2023-11-31",
    "0001-01-01",
    "../../x",
    "长" * 5000,
    "**粗** <b>",
    "%00",
    "全局|x",
    "\x00\u202e",
]
FREE = {"q", "day"}  # any word can be looked for; a day that is none is said by the page itself
OTHER = ("day", "q", "figure", "row", "draft", "with", "every", "theme", "explore")  # read by each page itself


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_any_value_of_an_address_leaves_every_page_standing(value):
    """In every word at once; what is asked for and not shown is named, and what is shown instead."""
    for page in PAGES:
        keys = {CHOICES[name].key for name in page.choices if name in CHOICES}
        shown = view.read(page, dict.fromkeys((*keys, *OTHER), value))
        offered = {picker.key for picker in shown.pickers} | ({"edition"} if "edition" in keys else set())
        nearest = {"period"} if value in ("9999-99", "1990-05") else set()
        assert len(shown.notes) >= len(offered - nearest - FREE), page
        assert all("；下面是" in note and len(note) < 200 for note in shown.notes)
        assert frame.head(shown)
        assert served.screen(f"/{page.path}", "")


def test_a_visit_says_it_above_the_page(demo, shell):
    """And the next run does not say it again, for the address is put right."""
    shell.query_params["period"] = "2027-01"
    shell.run()
    assert texts(fragments(shell), ".k-note[role]") == ["地址里要看的期间是「2027-01」，这里没有；下面是「2023 年 11 月」。"]
    assert shell.query_params["period"] == "2023-11"
    shell.run()
    assert texts(fragments(shell), ".k-note[role]") == []


def test_an_address_names_the_month_from_the_first_visit_on(shell):
    """The latest month is another one when the next sheet comes."""
    shell.run()
    assert shell.query_params["period"] == "2023-11"


def test_a_page_with_forms_reads_the_same_address(shell):
    visit = AppTest.from_file(str(SHELL), default_timeout=60).run().switch_page("filing/submission_list.py").run()
    visit.query_params["office"], visit.query_params["period"] = "信用监管科", "2023-9"
    visit.run()
    assert not visit.exception
    assert (visit.query_params["office"], visit.query_params["period"]) == ("credit", "2023-09")
