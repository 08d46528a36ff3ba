"""The search that every page has: by name, part of a name or pinyin initials, to the page of what was found."""

from dataclasses import dataclass

from kpi.review.search import PageName, SearchHit, SearchKind, search_index
from pages.site import PAGES
from pages.view import View
from pages.widgets import session

_OFFERED, _SHOWN = 200, 12  # of all that is like a text, and of the measures among it
_PAGES = tuple(PageName(page.title, page.path) for page in PAGES)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its name, what it is, and the address of its page."""

    name: str
    what: str
    link: str


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A measure that was found: its name, its office, and its code."""

    name: str
    what: str
    code: str


def hits(view: View, text: str) -> list[Hit]:
    """What is like a text, the best first."""
    matches = search_index(session.bureau().catalog, _PAGES).find(text)
    return [
        Hit(hit.name, " ".join(filter(None, (hit.kind.value, session.office_name(hit.office) if hit.office else ""))), address(view, hit)) for hit in matches
    ]


def measures(text: str) -> list[NamedCode]:
    """The measures that are like a text, the best first; one that is an indicator too is listed as that."""
    catalog = session.bureau().catalog
    matches = search_index(catalog, _PAGES).find(text, _OFFERED)
    return [NamedCode(hit.name, session.office_name(hit.office), hit.code) for hit in matches if hit.code in catalog.measures][:_SHOWN]


def address(view: View, hit: SearchHit) -> str:
    """The page of what was found."""
    match hit.kind:
        case SearchKind.INDICATOR | SearchKind.MEASURE:
            return view.link("trends", code=hit.code)
        case SearchKind.OFFICE:
            return view.link("offices", office=hit.code)
        case SearchKind.AREA:
            return view.link("targets", office=None, area=hit.code, status="all")
        case SearchKind.ORG:
            return view.link("offices", org=hit.code)
        case SearchKind.PAGE:
            return view.link(hit.code)
        case SearchKind.SYSTEM:
            return view.link("indicators", q=hit.name)
