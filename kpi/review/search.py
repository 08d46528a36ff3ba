"""
Search (查找): an indicator, measure, office, platform, area, organisation or page by what somebody types of its name.

The whole name comes before its beginning, its beginning before any part of it, then what is typed by sound, and last what is
nearly spelled so.  The index is made once for a catalogue.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio

from kpi.catalog.model import Catalog
from kpi.review.pinyin_spelling import Spelling, folded, spellings, typed_by_sound

_MOST = 20
_LIKE, _LIKE_BY_SOUND = 75, 88  # per cent of a query that a name has, to be nearly so spelled
_FEWEST_SOUNDS = 5  # letters; fewer are like too much
_LONGER = 2  # signs that a query may have more than the name that it is like


class SearchKind(StrEnum):
    """What was found; the order is that in which equals are listed."""

    INDICATOR = "指标"
    OFFICE = "科室"
    AREA = "板块"
    ORG = "单位"
    PAGE = "页面"
    MEASURE = "数据项"
    SYSTEM = "平台"


class MatchKind(IntEnum):
    """How a name is like what was typed, the best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2
    SOUND = 3  # initials or pinyin, or a part of the code
    NEAR = 4


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as the navigation names it; ``path`` is its address below the root."""

    name: str
    path: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that was found."""

    kind: SearchKind
    name: str
    office: str  # code of its office, empty of what has none
    code: str  # by which its page asks for it; of a platform its number, of a page its path
    match: MatchKind
    matched: str  # the name or alias that is like what was typed; the code where that is


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that can be found, with how each of its names is spelled; its own name before the others."""

    kind: SearchKind
    name: str
    office: str
    code: str
    names: tuple[tuple[str, Spelling], ...]


_Rank = tuple[MatchKind, bool, bool, bool, int]  # how alike, by sound in part, by an alias, by another reading than in its word, where it begins
_Alike = tuple[_Rank, str]  # and which name


class SearchIndex:
    """Everything of a catalogue that has a name, and the pages."""

    def __init__(self, catalog: Catalog, pages: Sequence[PageName] = ()) -> None:
        self._items = tuple(_items(catalog, pages))
        self._kinds = {kind: place for place, kind in enumerate(SearchKind)}

    def find(self, query: str, most: int = _MOST) -> tuple[SearchHit, ...]:
        """
        What is like a text, the best first.

        Args:
            query: A name, a part of one, an alias, a code, pinyin or initials, as somebody types it.
            most: How many at most.

        Returns:
            Of each thing its best name; what is nearly so spelled only where nothing is like it otherwise.

        """
        text, code = folded(query), query.strip().casefold()
        if not text:
            return ()
        alike = self._alike(lambda item: _best(item, text, code)) or self._alike(lambda item: _nearest(item, text))
        alike.sort(key=lambda entry: (*entry[1][0], self._kinds[entry[0].kind], len(entry[0].name)))
        return tuple(SearchHit(item.kind, item.name, item.office, item.code, rank[0], name) for item, (rank, name) in alike[:most])

    def _alike(self, compared: Callable[[_Item], _Alike | None]) -> list[tuple[_Item, _Alike]]:
        return [(item, best) for item in self._items if (best := compared(item))]


@lru_cache(maxsize=4)
def search_index(catalog: Catalog, pages: tuple[PageName, ...] = ()) -> SearchIndex:
    """The index of a catalogue and pages, made once."""
    return SearchIndex(catalog, pages)


def _items(catalog: Catalog, pages: Iterable[PageName]) -> Iterator[_Item]:
    for indicator in catalog.indicators.values():
        measure = catalog.measures.get(indicator.code)  # the same thing, as the office reports it
        also = (measure.name, *measure.aliases) if measure else ()
        yield _item(SearchKind.INDICATOR, indicator.name, indicator.office, indicator.code, also)
    for measure in catalog.measures.values():
        if measure.code not in catalog.indicators:
            yield _item(SearchKind.MEASURE, measure.name, measure.office, measure.code, measure.aliases)
    for office in catalog.offices.values():
        yield _item(SearchKind.OFFICE, office.name, office.code, office.code, office.aliases)
    for area in catalog.areas.values():
        yield _item(SearchKind.AREA, area.name, "", area.code, ())
    for org in catalog.orgs.values() if catalog.branched else ():
        yield _item(SearchKind.ORG, org.name, "", org.code, org.aliases)
    for system in catalog.systems.values():
        yield _item(SearchKind.SYSTEM, system.name, system.office if system.office in catalog.offices else "", system.id, ())
    for page in pages:
        yield _item(SearchKind.PAGE, page.name, "", page.path, page.aliases)


def _item(kind: SearchKind, name: str, office: str, code: str, aliases: Iterable[str]) -> _Item:
    names = dict.fromkeys([name, *aliases])
    return _Item(kind, name, office, code, tuple((each, spelling) for each in names for spelling in spellings([each])))


def _best(item: _Item, text: str, code: str) -> _Alike | None:
    """The name of an item that is most like a text, and how much; None where none is."""
    alike = [(rank, name) for name, spelling in item.names if (rank := _rank(spelling, text, alias=name != item.name))]
    if item.code.casefold() == code:
        alike.append(((MatchKind.EXACT, False, False, False, 0), item.code))
    elif code in item.code.casefold():
        alike.append(((MatchKind.SOUND, True, True, True, len(item.code)), item.code))
    return min(alike, key=lambda entry: entry[0], default=None)


def _rank(spelling: Spelling, text: str, *, alias: bool) -> _Rank | None:
    place = spelling.text.find(text)
    if place >= 0:
        kind = MatchKind.INSIDE if place else MatchKind.EXACT if spelling.text == text else MatchKind.PREFIX
        return kind, False, alias, False, place
    sound = spelling.match(text) if typed_by_sound(text) else None
    return (MatchKind.SOUND, not sound.whole, alias, not sound.in_word, sound.start) if sound else None


def _nearest(item: _Item, text: str) -> _Alike | None:
    """The name of an item that is nearly spelled as a text; None where none is."""
    by_sound = text.isascii()
    if by_sound and len(text) < _FEWEST_SOUNDS:
        return None
    least, alike = _LIKE_BY_SOUND if by_sound else _LIKE, []
    for name, spelling in item.names:
        written = spelling.pinyin if by_sound else spelling.text
        score = partial_ratio(text, written, score_cutoff=least) if len(text) <= len(written) + _LONGER else 0
        if score:
            alike.append(((MatchKind.NEAR, False, name != item.name, False, round(100 - score)), name))
    return min(alike, key=lambda entry: entry[0], default=None)
