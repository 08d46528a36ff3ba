"""
How much of the name of a measure stands round a figure.

The words of its own clause count most, then what its sentence said before, then the sentences before that in the paragraph.  Likeness of letters does
not decide: words that turn a meaning (不合格, 逾期, 注销) must be the same on both sides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kpi.workbook.forms.opposite_words import OVERTURNING, Turn, turns
from kpi.workbook.naming import name_key

_COUNTED = re.compile(
    r"(?:总)?(?:户次|家次|人次|批次|条次|户数|家数|件数|次数|人数|张数|份数|条数|个数|项数|台数|起数|例数|种数|套数|数量|总数|金额|数)$|(?:总件|总户)$"
)
_OWN, _SENTENCE, _PARAGRAPH, _ABSENT = 1.0, 0.7, 0.5, -0.3
_LEAST_OWN = 0.2
_MOST_ABSENT = 0.25  # of the letters of a name, from which on it is another one: 食品抽检不合格 is not meant where nobody speaks of 食品
_NEAR_WORDS = 0.2  # of two names that stand there in part, the one that takes more of the clause
_WHOLE_LETTER = 0.05  # of two that stand there whole, the longer one
_EACH = re.compile(r"每(?=[十百千万亿])|(?<=[人户日次])均|平均")  # of a mean both sides speak
_CHANGES = ("转",)  # 个体工商户转企业 counts no 个体工商户
_RUN = 2  # letters that must stand together to count


@dataclass(frozen=True)
class Surroundings:
    """The words round a figure, as keys: of its clause, of its sentence before that, and of its paragraph before that."""

    own: str
    sentence: str
    paragraph: str

    @cached_property
    def turned(self) -> frozenset[Turn]:
        """The words of the clause that turn a meaning."""
        return turns(self.own)

    @cached_property
    def turned_in_sentence(self) -> frozenset[Turn]:
        """Those of the clause and of the sentence before it."""
        return turns(self.own + self.sentence)

    @cached_property
    def means(self) -> frozenset[str]:
        """The words of the clause that speak of a mean."""
        return frozenset(_EACH.findall(self.own))


@dataclass(frozen=True)
class MeasureName:
    """A name as it is looked for, without the word that only says that it is a count, and the measure that has it."""

    code: str
    letters: str

    @cached_property
    def turned(self) -> frozenset[Turn]:
        """Its words that turn a meaning."""
        return turns(self.letters)

    @cached_property
    def means(self) -> frozenset[str]:
        """Its words that speak of a mean."""
        return frozenset(_EACH.findall(self.letters))

    def likeness(self, words: Surroundings) -> float:
        """How much of it stands in some words; 0 where a word turns one of the two only, or where it is another name."""
        of_clause = words.turned
        overturned = {turn for turn in self.turned ^ of_clause if turn[0] in OVERTURNING}
        if overturned or of_clause - self.turned or self.turned - words.turned_in_sentence or self.means != words.means:
            return 0.0
        if any(word in self.letters and word not in words.own + words.sentence for word in _CHANGES):
            return 0.0
        length, own = len(self.letters), _runs(self.letters, words.own)
        near = sum(stop - start for start, stop in own)
        if near < max(1, _LEAST_OWN * length):
            return 0.0
        weights = [_ABSENT] * length
        for runs, weight in ((_runs(self.letters, words.paragraph), _PARAGRAPH), (_runs(self.letters, words.sentence), _SENTENCE), (own, _OWN)):
            for start, stop in runs:
                weights[start:stop] = [weight] * (stop - start)
        if weights.count(_ABSENT) >= _MOST_ABSENT * length or set(weights[:_RUN]) == {_ABSENT}:
            return 0.0
        whole = _WHOLE_LETTER * near if near == length else 0.0
        return sum(weights) / length + max(whole, _NEAR_WORDS * near / max(len(words.own), 1))


class NameIndex:
    """The names of some measures by what stands together in them, so that only those are looked at of which something stands in a clause."""

    def __init__(self, names: Iterable[MeasureName]) -> None:
        self._by_run: dict[str, list[MeasureName]] = {}
        for name in names:
            for run in _runs_of_least_length(name.letters):
                self._by_run.setdefault(run, []).append(name)
        self._letters = [run for run in self._by_run if len(run) < _RUN]

    def likeness(self, words: Surroundings) -> list[tuple[float, str]]:
        """How well the measures fit some words, each by the name that fits best; those that do not fit are left out."""
        runs = [*_runs_of_least_length(words.own), *(letter for letter in self._letters if letter in words.own)]
        near = {name: None for run in runs for name in self._by_run.get(run, ())}
        best: dict[str, float] = {}
        for name in near:
            if (score := name.likeness(words)) > best.get(name.code, 0.0):
                best[name.code] = score
        return [(score, code) for code, score in best.items()]


def measure_names(code: str, names: Sequence[str]) -> list[MeasureName]:
    """The names of a measure as they are looked for, each once."""
    return [MeasureName(code, core) for core in dict.fromkeys(map(_core, names))]


def _runs_of_least_length(words: str) -> frozenset[str]:
    """All that stands together in words as a run of the least length; of a single letter that."""
    return frozenset(words[start : start + _RUN] for start in range(max(1, len(words) - _RUN + 1)))


def _runs(name: str, words: str) -> list[tuple[int, int]]:
    """The runs of letters of a name that stand in words."""
    runs: list[tuple[int, int]] = []
    start, least = 0, min(_RUN, len(name))
    while start + least <= len(name):
        stop = start + least
        if name[start:stop] not in words:
            start += 1
            continue
        while stop < len(name) and name[start : stop + 1] in words:
            stop += 1
        runs.append((start, stop))
        start = stop
    return runs


def _core(name: str) -> str:
    """A name as it is looked for, without the word that only says that it is a count."""
    key = name_key(re.sub(r"[(（](?:已|含|口径)?[^()（）]*[)）]$", "", name))
    return _COUNTED.sub("", key) or key
