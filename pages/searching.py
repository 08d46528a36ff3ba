"""The search that every page has: by name, part of a name or pinyin initials, to the page of what was found."""

from dataclasses import dataclass

from kpi.review.search import PageName, SearchHit, SearchKind, search_index
from pages.site import PAGES
from pages.view import View
from pages.widgets import session

_PAGES = tuple(PageName(page.title, page.path) for page in PAGES)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its name, what it is, and the address of its page."""

    name: str
    what: str
    link: str


def hits(view: View, text: str) -> list[Hit]:
    """What is like a text, the best first."""
    matches = search_index(session.bureau().catalog, _PAGES).find(text)
    return [
        Hit(hit.name, " ".join(filter(None, (hit.kind.value, session.office_name(hit.office) if hit.office else ""))), address(view, hit)) for hit in matches
    ]


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
