"""
How a name can be typed without a Chinese keyboard: by the sounds of its characters, by their initials, or by a mixture.

食品抽检 is shipinchoujian, spcj, shipincj or 食品cj.  A character with several readings (行 hang or xing, 率 lv or shuai) can be
typed by any of them; the one that it has in its word comes first.  Digits and Latin letters stand for themselves.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
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


_Ways = Mapping[str, tuple[str, ...]]  # how a character may be typed, by the first letter


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sounds of one character, each as it may be typed, the character itself among them."""

    in_word: _Ways  # as it is read in its word
    every: _Ways  # in any word


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
        starts = range(len(self.sounds) if len(query) > 1 else 1)
        every, in_word = ([sounds.every for sounds in self.sounds], [sounds.in_word for sounds in self.sounds])
        ends = {start: end for start in starts if query[0] in every[start] and (end := _end(every, start, query))}
        for start in ends:
            if end := _end(in_word, start, query):
                return SoundMatch(start, True, not start and end == len(self.sounds))
        return next((SoundMatch(start, False, not start and end == len(self.sounds)) for start, end in ends.items()), None)


def spellings(names: Iterable[str]) -> list[Spelling]:
    """The spellings of some names, in their order; of one with a point in a number a second one without it."""
    texts = [folded(name) for name in names]
    return [_spelling(text) for text in dict.fromkeys(form for text in texts for form in (text, text.replace(".", ""))) if text]


def _end(characters: Sequence[_Ways], start: int, query: str) -> int:
    """
    How far a query can reach that begins with a character, each typed in one of its ways and the last by the beginning of one.

    Returns:
        The number of characters up to there, those before the first among them; 0 where it is not typed so.
    """
    reached, rests = 0, [query]  # what the characters so far may have left to be typed
    for number in range(start, len(characters)):
        ways = [(rest, way) for rest in rests for way in characters[number].get(rest[0], ())]
        if any(way.startswith(rest) for rest, way in ways):
            reached = number + 1
        rests = list(dict.fromkeys(rest[len(way) :] for rest, way in ways if len(way) < len(rest) and rest.startswith(way)))
        if not rests:
            break
    return reached


def _spelling(text: str) -> Spelling:
    from pypinyin import lazy_pinyin  # a quarter of a second, which who does not search need not wait

    read = lazy_pinyin(text, errors=list)  # type: ignore[arg-type]  # of signs without a sound each stands for itself; the stub knows texts only
    return Spelling(text, tuple(_sounds(sign, reading) for sign, reading in zip(text, read, strict=True)), "".join(read))


@lru_cache(maxsize=4096)
def _sounds(sign: str, in_word: str) -> Sounds:
    from pypinyin import Style, pinyin

    [readings] = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return Sounds(_typed(sign, [in_word]), _typed(sign, [in_word, *readings]))


def _typed(sign: str, readings: Iterable[str]) -> _Ways:
    """A character and its readings, whole or by the initial; ü is typed v or u."""
    whole = {form for reading in readings for form in (reading, reading.replace("v", "u"))}
    initials = {reading[0] for reading in whole} | {reading[:2] for reading in whole if reading.startswith(_RETROFLEX)}
    ways = sorted({sign} | whole | initials)
    return {letter: tuple(same) for letter, same in groupby(ways, key=lambda way: way[0])}
