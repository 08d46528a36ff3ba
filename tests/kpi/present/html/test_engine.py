"""Templates escape what they print: text of people is text."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import kpi.present.html
from kpi.present.html import engine
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable

TEMPLATES = Path(kpi.present.html.__file__).parent / "templates"
NASTY = "<img src=x onerror=alert(1)>\"'&{{ 7*7 }}"
PARTS = {"html", "panel"}  # what the renderer made itself


def test_a_name_with_markup_in_it_is_printed_as_it_is():
    table = HtmlTable(
        NASTY, [HtmlColumn(NASTY, title=True), HtmlColumn("数")], [HtmlRow({NASTY: HtmlCell(NASTY, note=NASTY), "数": HtmlCell("1", 1)}, link=f"/?q={NASTY}")]
    )
    html = engine.render("table.html", table=table)
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


def test_what_cannot_be_seen_but_steers_is_not_printed():
    """A turned direction of writing, a control sign: a reader would see another text than the one that stands there."""
    table = HtmlTable("表", [HtmlColumn("甲", title=True)], [HtmlRow({"甲": HtmlCell("甲\x1b[31m\u202e乙", note="\u2066丙")})])
    html = engine.render("table.html", table=table)
    assert not any(sign in html for sign in "\x1b\u202e\u2066")
    assert "甲\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}乙" in html


def test_what_is_no_character_is_not_printed():
    """A picture of the page with one of them in it could not be drawn; a rare character of a name stays."""
    table = HtmlTable("表", [HtmlColumn("甲", title=True)], [HtmlRow({"甲": HtmlCell("甲\ufffe\uffff\U0002ebf0乙")})])
    assert "甲\ufffd\ufffd\U0002ebf0乙" in engine.render("table.html", table=table)


def test_a_name_that_is_missing_is_an_error():
    with pytest.raises(UndefinedError):
        engine.render("table.html")


@pytest.mark.parametrize("text", ['"; } body { display: none } /*', "局\\", "甲·乙 1"])
def test_a_name_in_a_style_sheet_stays_a_string(text):
    written = engine._engine.from_string("{{ text|css_string }}").render(text=text)
    assert re.fullmatch(r'"(?:[\w ·]|\\[0-9a-f]{6})*"', written)


def test_only_what_the_renderer_made_is_left_unescaped():
    """``safe`` stands behind fragments alone, never behind a text."""
    for template in TEMPLATES.glob("*.html"):
        for name in re.findall(r"\{\{\s*([\w.]+)\|safe", template.read_text(encoding="utf-8")):
            assert name in {"panel", "screen.html", "detail", "style", "script"}, (template.name, name)


def test_no_template_holds_a_script_or_a_handler():
    """The policy of the pages refuses both; the file of 大屏 that stands alone has its script inside."""
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\son\w+=", text), template.name
        assert template.name == "wall.html" or "<script" not in text, template.name
