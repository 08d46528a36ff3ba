"""
How a name can be typed without a Chinese keyboard: by the sounds of its characters, by their initials, or by a mixture.

食品抽检 is shipinchoujian, spcj, shipincj or 食品cj.  A character with several readings (行 hang or xing, 率 lv or shuai) can be
typed by any of them; the one that it has in its word comes first.  Digits and Latin letters stand for themselves.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

_RETROFLEX = ("zh", "ch", "sh")  # an initial that may be typed with one letter or with two
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_PINYIN = re.compile(r"[a-z]")


def folded(text: str) -> str:
    """A text without what does not matter: case, width, blanks, punctuation; the point of a number (3.15) stays."""
    plain = normalize("NFKC", text).casefold().replace("ü", "v")
    points = {match.start() for match in _POINT.finditer(plain)}
    return "".join(sign for place, sign in enumerate(plain) if sign.isalnum() or place in points)


def typed_by_sound(query: str) -> bool:
    """Whether a folded text has letters that may stand for sounds."""
    return bool(_PINYIN.search(query))


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sounds of one character, each as it may be typed, the character itself among them."""

    in_word: frozenset[str]  # as it is read in its word
    every: frozenset[str]  # in any word
    first: frozenset[str]  # the letters that any of them begins with


@dataclass(frozen=True, slots=True)
class SoundMatch:
    """Where a query stands in a name by its sounds."""

    start: int  # the character that it begins with
    in_word: bool  # whether each character is read as in its word
    whole: bool  # whether it stands for all of the name


@dataclass(frozen=True, slots=True)
class Spelling:
    """A folded name with the sounds of each of its characters."""

    text: str
    sounds: tuple[Sounds, ...]
    pinyin: str  # all of it as it is read

    def match(self, query: str) -> SoundMatch | None:
        """
        Where a folded query of at least one sign stands in the name, by its sounds.

        A query may stop within a syllable; one letter stands for the first character only.  What is read as in its word comes
        before what is not, and then the first place.
        """
        starts = [start for start, sounds in enumerate(self.sounds) if query[0] in sounds.first and (len(query) > 1 or not start)]
        for in_word in (True, False):
            for start in starts:
                end = _end([sounds.in_word if in_word else sounds.every for sounds in self.sounds[start:]], query)
                if end:
                    return SoundMatch(start, in_word, start == 0 and end == len(self.sounds))
        return None


def spellings(names: Iterable[str]) -> list[Spelling]:
    """The spellings of some names, in their order; of one with a point in a number a second one without it."""
    texts = [folded(name) for name in names]
    return [_spelling(text) for text in dict.fromkeys(form for text in texts for form in (text, text.replace(".", ""))) if text]


def _end(characters: Sequence[frozenset[str]], query: str) -> int:
    """How many characters a query stands for, each typed in one of its ways and the last by the beginning of one; 0 where it is not typed so."""
    typed = {0}  # how much of the query the characters so far can stand for
    for number, ways in enumerate(characters, start=1):
        rests = [query[end:] for end in typed]
        if any(way.startswith(rest) for rest in rests for way in ways):
            return number
        typed = {len(query) - len(rest) + len(way) for rest in rests for way in ways if rest.startswith(way)}
    return 0


def _spelling(text: str) -> Spelling:
    from pypinyin import lazy_pinyin  # a quarter of a second, which who does not search need not wait

    read = lazy_pinyin(text, errors=list)  # type: ignore[arg-type]  # of signs without a sound each stands for itself; the stub knows texts only
    return Spelling(text, tuple(_sounds(sign, reading) for sign, reading in zip(text, read, strict=True)), "".join(read))


@lru_cache(maxsize=4096)
def _sounds(sign: str, in_word: str) -> Sounds:
    from pypinyin import Style, pinyin

    [readings] = pinyin(sign, style=Style.NORMAL, heteronym=True)
    every = _typed(sign, [in_word, *readings])
    return Sounds(_typed(sign, [in_word]), every, frozenset(way[0] for way in every))


def _typed(sign: str, readings: Iterable[str]) -> frozenset[str]:
    """A character and its readings, whole or by the initial; ü is typed v or u."""
    whole = {form for reading in readings for form in (reading, reading.replace("v", "u"))}
    initials = {reading[0] for reading in whole} | {reading[:2] for reading in whole if reading.startswith(_RETROFLEX)}
    return frozenset({sign} | whole | initials)
