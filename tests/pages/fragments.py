"""What the HTML fragments of a page say, read as a person would: the answer, sections, tables by their names."""

from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode
from streamlit.testing.v1 import AppTest

from pages import view
from pages.bodies import BODIES, OPENINGS
from pages.site import BY_PATH
from pages.view import View


def view_of(path: str, **query: str) -> View:
    """What a page shows at an address."""
    return view.read(BY_PATH[path], query)


def body_of(path: str, **query: str) -> LexborHTMLParser:
    """A page that is read alone, or the opening of another, at an address."""
    shown = view_of(path, **query)
    return LexborHTMLParser((BODIES.get(path) or OPENINGS[path])(shown))


def fragments(shell: AppTest) -> LexborHTMLParser:
    """All fragments that a run has drawn, the head among them."""
    return LexborHTMLParser("".join(unescape(element.proto.body.removeprefix("<div data-html>").removesuffix("</div>")) for element in shell.get("html")))


def answer(page: LexborHTMLParser) -> str:
    """The first line of a page."""
    return words(page.css_first(".k-answer"))


def words(node: LexborNode | None) -> str:
    """The text of an element with single spaces; empty where there is no such element."""
    return " ".join(node.text(separator=" ").split()) if node else ""


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """The texts of all elements that a selector finds."""
    return [words(node) for node in page.css(selector)]


def table(page: LexborHTMLParser, name: str) -> list[dict[str, str]]:
    """The rows of a table by its name: texts by head, those that a row leaves empty too."""
    found = next((table for table in page.css("table") if words(table.css_first("caption")) == name), None)
    assert found is not None, f"no table 「{name}」 among {texts(page, 'caption')}"
    heads = texts(found, "thead th, thead td")
    return [dict(zip(heads, (words(cell) for cell in row.css("th, td")), strict=True)) for row in found.css("tbody tr")]


def links(page: LexborHTMLParser) -> dict[str, str]:
    """Where the links lead, by their texts."""
    return {words(link): link.attributes["href"] or "" for link in page.css("a[href]")}
