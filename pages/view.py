"""
What a page shows, as its address names it (视图).

The address is the only place where a choice is kept: a page reads all of it at each run, and every link carries all of
it.  So a link shows for ever what it showed, 后退 undoes a choice, and two windows of a person do not disturb each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kpi.period import Month, Span
from pages import choices
from pages.choices import ALL, CHOICES, FIELDS, MATTERS, Option
from pages.site import SitePage
from pages.widgets import session

_KEYS = {choice.key for choice in CHOICES.values()} | {"day", "q", "figure", "row", "draft", "every", "theme", "with", "explore", "cell", "hide", *MATTERS}
_CARRIED = ("org", "unit", "office", "period", "code", "edition")  # what a link to another page takes along
_CHECKED = ("org", "unit", "office", "period", "code")  # of those, what does not depend on another
_LONGEST = 40  # signs of what an address asks for that a sentence repeats


@dataclass(frozen=True, slots=True)
class Picker:
    """A choice as a page offers it: its options, and which of them is shown."""

    key: str
    label: str
    options: tuple[Option, ...]
    value: str
    few: bool
    own_place: bool = False  # whether the page draws it where it belongs
    field: str = ""  # of a word that is written, not chosen: the kind of field that takes it
    example: str = ""  # what stands in that field as long as nothing is written
    drops: str = ""  # the choices that are made anew with another value of this one


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A page with all that was chosen; ``values`` are the words of the address, ``notes`` what it asked for and is not shown."""

    page: SitePage
    values: Mapping[str, str]
    pickers: tuple[Picker, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The view in words, by which what is drawn is kept: the same in whatever order an address names it; the pickers follow from the rest."""
        return f"View({self.page.path!r}, {sorted(self.values.items())}, {self.notes})"

    @property
    def period(self) -> Month:
        """The month; of an address without one, that which a visit begins with."""
        return Month.parse(self.values["period"]) if self.values.get("period", ALL) != ALL else session.usual_month(self.values.get("org"))

    @property
    def every_month(self) -> bool:
        """Whether all months are asked for."""
        return self.values.get("period") == ALL

    @property
    def org(self) -> str:
        """The organisation whose figures are shown; on a page of one that reports, that one (``unit``)."""
        unit = self.values.get("unit") if "unit" in self.page.choices else None
        return unit or self.values.get("org", session.root())

    @property
    def office(self) -> str | None:
        """The office; None for all of them."""
        office = self.values.get("office", ALL)
        return None if office == ALL else office

    @property
    def span(self) -> Span:
        """How many months the figures cover."""
        return Span(self.values.get("span", Span.YTD))

    def picker(self, key: str) -> Picker | None:
        """The picker of a choice; None where there is nothing to choose."""
        return next((picker for picker in self.pickers if picker.key == key), None)

    @property
    def area(self) -> str | None:
        """The area of the bureau's work; None for all of them."""
        return None if self.values.get("area", ALL) == ALL else self.values["area"]

    def get(self, key: str) -> str:
        """The word of a choice that has no type of its own; empty where the address has none."""
        return self.values.get(key, "")

    def link(self, path: str | None = None, **changes: str | None) -> str:
        """
        The address of a page with all that is chosen here.

        Args:
            path: Of the page; this one unless told.
            changes: Words that differ there, by key; None for those that are left out.

        """
        elsewhere = path is not None and path != self.page.path
        kept = {key: value for key, value in self.values.items() if not elsewhere or (key in _CARRIED and (key, value) != ("period", ALL))}
        words = {key: value for key, value in (kept | changes).items() if value is not None}
        return f"/{self.page.path if path is None else path}?{urlencode(words)}"


def read(page: SitePage, query: Mapping[str, str]) -> View:
    """
    Read an address.

    Args:
        page: The page.
        query: What stands behind the question mark.

    Returns:
        The view; a choice that the address does not name has its usual value, one that it names and that is not there is
        replaced, and said so in ``notes``.

    """
    own = {CHOICES[name].key for name in page.choices if name in CHOICES}
    values = {key: word for key, word in query.items() if key in _KEYS and (key in own or _there(key, word))}
    pickers, notes = [], []
    branched, empty = session.bureau().catalog.branched, not session.periods()
    for name in page.choices:
        if name in FIELDS:
            picker, note = _field_picker(name, values, query.get(name), page.example)
            values |= {name: picker.value} if picker.value else {}
            pickers.append(picker)
            notes += [note] if note else []
            continue
        choice = CHOICES[name]
        options = () if empty and choice.options in _OF_DATA else tuple(choice.options(values))
        asked = query.get(choice.key)
        if not options:
            values.pop(choice.key, None)
            if asked is not None and choice.key == "edition":
                notes.append(_refusal(choice.label, asked, "现在的看板，还没有定稿"))
            continue
        value = None if asked is None else choice.read(asked, options)
        if value is None:
            value = (choice.nearest(asked, options) if asked else None) or choice.default(values, options)
            shown = next(option for option in options if option.value == value)
            if asked is not None and not _same_month(asked, value):
                notes.append(_refusal(choice.label, asked, f"「{shown.label}」"))
        if choice.key in ("org", "unit") and not branched:
            values.pop(choice.key, None)
            continue
        values[choice.key] = value
        pickers.append(Picker(choice.key, choice.label, options, value, choice.few, choice.own_place))
    if (figure := values.get("figure")) and not empty and not _countable(figure):
        del values["figure"]
        notes.append(_refusal("数", figure, "整页"))
    anew = [picker.key for picker in pickers if picker.key == "edition" or (picker.field and picker.value == FIELDS[picker.key].usual(values))]
    return View(page, values, tuple(replace(picker, drops=" ".join(key for key in anew if key != picker.key)) for picker in pickers), tuple(notes))


def _field_picker(key: str, values: dict[str, str], asked: str | None, example: str) -> tuple[Picker, str]:
    """The field of a word that is written, and what is said where the address has one that nobody can read; ``values`` loses that one."""
    choice = FIELDS[key]
    values.pop(key, None)
    value = None if asked is None else choice.read(asked)
    shown = choice.usual(values) if value is None else value
    note = _refusal(choice.noun, asked, f"「{shown}」") if asked is not None and value is None else ""
    return Picker(key, choice.label, (), shown, few=False, field=choice.field, example=example), note


def _there(key: str, word: str) -> bool:
    """Whether a word that the page itself does not ask for is one of those that others offer; others are not carried on."""
    if key not in _CHECKED:
        return True
    return any(option.value == word for option in CHOICES[key].options({}))


def _countable(code: str) -> bool:
    """Whether a word names an indicator or a measure, whose figure can be opened."""
    catalog = session.bureau().catalog
    return code in catalog.indicators or code in catalog.measures


def _same_month(asked: str, value: str) -> bool:
    """Whether a month is asked for in another spelling: 2023-9."""
    year, _, month = asked.strip().partition("-")
    return f"{year}-{month.zfill(2)}" == value


def _refusal(label: str, asked: str, instead: str) -> str:
    """That the address asks for something that is not there, and what is shown instead."""
    brief = asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"
    wanted = f"地址里要看的{label}是「{brief}」，这里没有" if asked.strip() else f"地址里没有写明要看的{label}"
    return f"{wanted}；下面是{instead}。"


_OF_DATA = (choices.CHOICES["period"].options, choices.CHOICES["edition"].options, choices.CHOICES["code"].options)
