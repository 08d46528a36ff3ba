"""The template engine: Jinja2, escaping by default, a misspelt name an error."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kpi.present.seen_text import seen


def _under_headings(options: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Options that follow each other under one heading, together."""
    return [(heading, list(group)) for heading, group in groupby(options, attrgetter("heading"))]


def _css_string(text: str) -> Markup:
    """A text between quotation marks in a style sheet: every sign that is no letter of the text by its number."""
    return Markup(  # noqa: S704 - every sign that is no letter is written by its number
        '"' + "".join(sign if sign.isalnum() or sign in " ·" else f"\\{ord(sign):06x}" for sign in text) + '"'
    )


def _seen(value: object) -> object:
    """A text without what cannot be seen but steers: control signs, a turned direction of writing."""
    return seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_engine = Environment(
    loader=PackageLoader("kpi.present.html"), autoescape=True, undefined=StrictUndefined, finalize=_seen, trim_blocks=True, lstrip_blocks=True
)
_engine.filters |= {"under_headings": _under_headings, "css_string": _css_string}


def render(template: str, **values: object) -> str:
    """A template of this folder, filled in."""
    return _engine.get_template(template).render(values)
