"""The figures of a document: every number that says how much, with its unit, its qualifier, its nouns and its day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpi.papers.document import Document, Passage
from kpi.papers.figures.clauses import words_round
from kpi.papers.figures.counting_units import unit_behind, unit_of
from kpi.papers.figures.cut_offs import Stretch, cut_offs, stated_days
from kpi.papers.figures.even_text import even
from kpi.papers.figures.not_figures import not_figures
from kpi.papers.figures.number_tokens import NumberToken, is_year, number_tokens
from kpi.papers.figures.text_figure import CutOffBasis, TextFigure
from kpi.value import Qualifier, State
from kpi.workbook.number import QUALIFIERS_BEFORE, QUALIFIERS_BEHIND

_BEFORE = {word: qualifier for qualifier, words in QUALIFIERS_BEFORE.items() for word in words}
_BEHIND = {word: qualifier for qualifier, words in QUALIFIERS_BEHIND.items() for word in words}
_ANY_BEFORE = re.compile(rf"(?<![最附新])({'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})(?:了|达|达到|至|为)?\s*$")
_ANY_BEHIND = re.compile(rf"\s*({'|'.join(sorted(map(re.escape, _BEHIND), key=len, reverse=True))})(?![一-龥]*[家户])")
_FALLS = re.compile(r"(?:下降|减少|降低|回落|下滑|缩短|压减|压缩|少)(?:了)?(?:约|近|超过?)?\s*$")
_MINUS = re.compile(r"(?<![\d\w%])[-−]\s*$")
_BARE_END = re.compile(r"\s*(?:[，。；、！？,;）)\n]|$)")
_BARE_NOUN = re.compile(r"(?:[一-龥”）)]|[:：])(?:为|是|达|达到|约|计|共)?\s*$")
_NO_NOUN = re.compile(r"(?:第|之|图|表|附件|附|序号|专栏|例|案|式|注)\s*$")


@dataclass(frozen=True, slots=True)
class _Read:
    """A number with the unit that was found behind it."""

    token: NumberToken
    unit: str
    end: int
    behind: str


def read_figures(document: Document, as_of: date | None = None) -> tuple[TextFigure, ...]:
    """
    The figures of a document, in the order of reading.

    Args:
        document: The document.
        as_of: The day of the whole document; where none is given, the latest that it states.

    """
    evens = [even(passage.text) for passage in document.passages]
    default = as_of or _latest(document, evens)
    year = default.year if default else None
    return tuple(figure for passage, text in zip(document.passages, evens, strict=True) for figure in _of_passage(passage, text, year, default))


def _latest(document: Document, evens: list[str]) -> date | None:
    """The latest day that a document states, by the year that it names most often."""
    years = re.findall(r"((?:19|20)\d\d)\s*年", "\n".join([document.name, *evens]))
    year = int(max(years, key=lambda each: (years.count(each), each))) if years else None
    days = [day for text in evens for day in stated_days(text, year) if year is None or day.year == year]
    return max(days, default=date(year, 12, 31) if year else None)


def _of_passage(passage: Passage, text: str, year: int | None, default: date | None) -> Iterator[TextFigure]:
    closed = [False] * len(text)
    for begin, end in not_figures(text):
        closed[begin:end] = [True] * (end - begin)
    numbers = [read for token in number_tokens(text, closed) if (read := _read(text, token, passage)) is not None]
    taken = [(read.token.start, read.end) for read in numbers]
    stretches = cut_offs(text, [begin for begin, _ in taken], year, default)
    for read in numbers:
        yield _figure(passage, text, read, taken, stretches)


def _read(text: str, token: NumberToken, passage: Passage) -> _Read | None:
    """A number as a figure; None where it counts nothing."""
    if token.as_share:
        return _Read(token, "%", token.end, "")
    match = unit_behind(text, token.end)
    if match is not None:
        groups = match.groupdict()
        return _Read(token, unit_of(match), match.end(), groups.get("early") or groups.get("middle") or "")
    alone = passage.cell is not None and not text[: token.start].strip() and not text[token.end :].strip()
    bare = (
        bool(_BARE_END.match(text, token.end))
        and bool(_BARE_NOUN.search(text[: token.start]))
        and not _NO_NOUN.search(text[: token.start])
        and not is_year(text[token.start : token.end])
    )
    return _Read(token, "", token.end, "") if alone or bare else None


def _figure(passage: Passage, text: str, read: _Read, taken: list[tuple[int, int]], stretches: tuple[Stretch, ...]) -> TextFigure:
    token = read.token
    words = words_round(text, token.start, read.end, taken)
    led = text[max(0, token.start - 12) : token.start]
    behind = _ANY_BEHIND.match(text, read.end)
    before = _ANY_BEFORE.search(led)
    qualifier = _BEHIND.get(read.behind) or (_BEFORE[before[1]] if before else None) or (_BEHIND[behind[1]] if behind else None) or Qualifier.EXACT
    minus = token.value is not None and bool(_MINUS.search(led))
    value = -token.value if minus and token.value is not None else token.value
    stretch = next((each for each in stretches if each.start <= token.start < each.end), None)
    return TextFigure(
        passage=passage.index,
        start=token.start,
        end=token.end,
        token=passage.text[token.start : token.end],
        value=value,
        state=State.WITHHELD if value is None else State.NUMBER if value else State.ZERO,
        qualifier=qualifier,
        decimals=token.decimals,
        unit=read.unit,
        before=words.before,
        after=words.after,
        subject=words.subject,
        falls=minus or bool(_FALLS.search(led)),
        as_of=stretch.as_of if stretch else None,
        basis=stretch.basis if stretch else CutOffBasis.DEFAULT,
    )
