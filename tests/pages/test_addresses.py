"""An address may ask for anything: what cannot be shown is said in one sentence, and the page stands."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SHELL

ASKED = {  # every page, and what of its address it reads
    "review/overview.py": ("period",),
    "review/targets.py": ("period", "office"),
    "review/trends.py": ("period", "code", "span", "range"),
    "review/compare.py": ("period", "office"),
    "review/offices.py": ("period",),
    "filing/submission_list.py": ("period", "office"),
    "filing/who_reported.py": ("period",),
    "filing/relation_checks.py": ("period",),
    "meeting/edition_page.py": ("period", "edition"),
    "meeting/known_page.py": ("period", "day"),
    "reference/indicator_list.py": ("period", "q"),
    "filing/imports.py": ("draft",),
}
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
    "**粗**",
    "%00",
    "全局|x",
    ["1", "2"],
    ["", ""],
]
FREE = {"q", "draft"}  # any word can be looked for; a draft that is gone is said by the page itself


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_any_value_of_an_address_leaves_the_page_standing(shell, value):
    """In every parameter at once, on every other page by turns; what is asked for and not shown is named, and what is shown instead."""
    for page, names in list(ASKED.items())[VALUES.index(value) % 2 :: 2]:
        visit = AppTest.from_file(str(SHELL), default_timeout=60)
        for name in names:
            visit.query_params[name] = value
        visit.run()
        said = answers(visit)
        if page != "review/overview.py":  # where every visit begins; what it reads too is answered there
            said |= answers(visit.switch_page(page).run())
        assert not visit.exception, page
        assert not visit.error, page
        asked = [name for name in names if name not in FREE]
        assert len(said) == len(asked), (page, said)
        assert all("；下面是" in sentence and len(sentence) < 200 for sentence in said)


def answers(visit) -> set[str]:
    """What a page says of what was asked for."""
    return {info.value for info in visit.info if info.value.startswith("地址里")}


def test_what_a_page_shows_is_not_refused(shell):
    """Small letters in a code, spaces or another width are another text; the words themselves are found."""
    shell.query_params["span"], shell.query_params["range"] = "本月数", "近 24 个月"
    shell.run().switch_page("review/trends.py").run()
    assert not shell.info
    assert shell.subheader[0].value.startswith("市场主体总量同比增长率：2023 年 11 月当月")


def test_a_link_names_the_month_that_is_shown(shell):
    """The latest month is another one when the next sheet comes, so the address names it from the first visit on."""
    shell.run().switch_page("review/targets.py").run()
    assert shell.query_params["period"] == "2023-11"
    assert shell.selectbox(key="period").value == "2023-11"
