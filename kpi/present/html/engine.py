"""The template engine: Jinja2, escaping by default, a misspelt name an error."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def _under_headings(options: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Options that follow each other under one heading, together."""
    return [(heading, list(group)) for heading, group in groupby(options, attrgetter("heading"))]


_engine = Environment(loader=PackageLoader("kpi.present.html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
_engine.filters["under_headings"] = _under_headings


def render(template: str, **values: object) -> str:
    """A template of this folder, filled in."""
    return _engine.get_template(template).render(values)
