"""An address may ask for anything: what cannot be shown is said in one sentence, and the page stands."""

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from kpi.access.caller import WITHOUT_LOGIN
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages import view
from pages.bodies import BODIES, OPENINGS, TABLES, exports
from pages.choices import CHOICES, FIELDS
from pages.site import BY_PATH, PAGES
from tests.pages.conftest import SHELL
from tests.pages.fragments import answer, fragments, texts, view_of

VALUES = (
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
    "**粗**",
    "%00",
    "全局|x",
)
FREE = {"q", "draft", "row", "figure"}  # any word can be looked for; of the others the page itself says that they are not there
SCRIPTS = [page for page in PAGES if page.path in OPENINGS and page.open_to(WITHOUT_LOGIN)]


def key_of(name: str) -> str:
    """What the address calls a choice."""
    return CHOICES[name].key if name in CHOICES else name


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "overview")
def test_any_value_of_an_address_leaves_the_page_standing(page, value):
    """In every parameter at once; what is asked for and not shown is named, and what is shown instead."""
    shown = view.read(page, dict.fromkeys({*map(key_of, page.choices), *FREE}, value))
    asked = [picker.key for picker in shown.pickers if picker.key not in FREE]
    near = value in ("9999-99", "1990-05", "2023-11-31", "0001-01-01")
    refused = [note for note in shown.notes if note.startswith("地址里")]
    assert len(refused) >= len(asked) - near
    assert all("；下面是" in note and len(note) < 200 for note in refused)
    draw = BODIES.get(page.path) or OPENINGS.get(page.path)
    assert draw is None or draw(shown)


@pytest.mark.parametrize("page", SCRIPTS, ids=lambda page: page.path)
def test_a_page_with_a_script_stands_too(shell, page):
    """Whatever the address asks for, nothing is drawn but sentences."""
    shell.run().switch_page(page.script)
    for name in {*map(key_of, page.choices), *FREE}:
        shell.query_params[name] = "**粗** x"
    shell.run()
    assert not shell.exception
    assert not shell.error
    said = [text for text in texts(fragments(shell), "[role=status]") if text.startswith("地址里")]
    assert len(said) >= len([picker for picker in shell.session_state["view"].pickers if picker.key not in FREE])


@pytest.mark.usefixtures("looking")
def test_what_a_page_shows_is_named_by_its_address():
    """The latest month is another one when the next sheet comes, so the address names all that is shown from the first visit on."""
    for page in PAGES:
        shown = view_of(page.path)
        named = {picker.key for picker in shown.pickers if picker.value}
        assert named == shown.values.keys() - FREE
        assert view_of(page.path, **shown.values).values == shown.values


@pytest.mark.usefixtures("looking")
def test_a_month_is_read_in_another_spelling_and_the_nearest_one_shown_for_one_without_data():
    assert (view_of("quality", period="2023-9").period, view_of("quality", period="2023-9").notes) == (view_of("quality", period="2023-09").period, ())
    later = view_of("quality", period="2031-01")
    assert later.get("period") == "2023-11"
    assert later.notes == ("地址里要看的期间是「2031-01」，这里没有；下面是「2023 年 11 月」。",)


def test_every_choice_of_a_page_is_known():
    assert all(name in CHOICES or name in FIELDS for page in BY_PATH.values() for name in page.choices)


def test_two_windows_do_not_disturb_each_other(shell):
    """Nothing that was chosen in one of them is kept anywhere but in its address."""
    other = AppTest.from_file(str(SHELL), default_timeout=60)
    for visit, office in ((shell, "ip"), (other, "product_quality")):
        visit.run().switch_page("filing/submission_list.py")
        visit.query_params["office"] = office
        visit.run()
    shell.run()
    assert [answer(fragments(visit)).partition(" ")[0] for visit in (shell, other)] == ["知识产权科", "质量监管科"]


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize("path", TABLES)
def test_what_a_page_gives_away_opens_as_a_workbook(path):
    """A sheet for each table; of a month without an edition the page says so and gives an empty list."""
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(view_of(path))))
    assert book.sheetnames


def test_what_turns_the_direction_of_writing_turns_it_in_no_workbook():
    """As on the page: it is seen, and does nothing."""
    table = HtmlTable("表", [HtmlColumn("事项")], [HtmlRow({"事项": HtmlCell("\u202e办好", note="第\u202e 3 号")})])
    assert [cell.text for row in exports.book_table(table).rows for cell in row] == ["\ufffd办好", "第\ufffd 3 号"]
