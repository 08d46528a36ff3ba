"""
Measures by what people call them: by name and alias, with or without 其中, 数 and unit, alone or under a heading.

Only equality counts as certain.  Likeness merely ranks the candidates of a question, and words that turn a meaning come
before it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from kpi.catalog.measure import Measure, MeasureKind, two_sides
from kpi.catalog.model import Catalog
from kpi.workbook.forms.opposite_words import NEGATIONS, Turn, contradict_all, contradicts, turns
from kpi.workbook.forms.retyped_name import difference
from kpi.workbook.layout.unit_words import is_unit, without_slash
from kpi.workbook.money import SEPARATORS, money_unit, without_unit
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.signs import clean, unmarked

_NUMBERED = re.compile(
    r"^\s*(?:[①-⑳⑴-⒇⒈-⒛㈠-㈩]|第?[一二三四五六七八九十]{1,3}\s*[、.．:：)）]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．]\d{1,2})*\s*[、．)）]|\d{1,2}(?:\.\d{1,2})*\.(?!\d)"
    r"|\d{1,2}(?:\.\d{1,2})*[ \u3000]+(?=[\u3400-\u9fff])(?![小分秒天日岁年月周吨个号时届度条家户米级人件起项名]|公里)"  # 1 供电量, not 20 秒接通量
    r"|\d{1,2}(?:\.\d{1,2})+(?=\D)|[-—–·•●◆■*]+|[(（]?[a-zA-Z][)）、.．](?=\D))\s*"
)
_COUNTED = re.compile(r"^\s*\d{1,2}[.．]\s*")
_AMONG = re.compile(r"^(?:其\s*中\s*[:：,，、]?|[#＃](?!\d))\s*")  # of yearbooks: #公立医院
_PUNCTUATION = re.compile(r"[()·、/\\\-—–_.;；!?？+&|<>=~*#]")
_BRACKET = re.compile(r"\(([^()]*)\)$")
_BRACKETS_BEHIND = re.compile(r"\(([^()]*)\)(?=(?:\([^()]*\))+$)")
_BRACKET_BEFORE = re.compile(r"^\(([^()]*)\)(?=.)")
_UNIT_AT_END = re.compile(r"\s*(?:[(（\[【][^()（）\[\]【】]*[)）\]】]|[,，;；]\s*(?:(?:计量)?单位\s*[:：为]?)?\s*\S{1,6}|[/／]\S{1,6})$")
_UNIT_LEAD = re.compile(r"^(?:计量)?单位")
_UNIT_BEHIND = re.compile(r"\s*(?:[,;]\s*(?:(?:计量)?单位\s*[:为]?)?|(?<=\S)(?:计量)?单位\s*[:为])\s*(\S{1,6})$")
_AMOUNTS = frozenset("额款费金值价收入资产债税润" + SEPARATORS)  # what stands before a unit of money: 单元 and 多元 are none
_THINGS = frozenset("家户个名人台所处辆")
_DONE = re.compile("(?:检查|抽查|巡查|发展|选聘|聘任|培养|发放|颁发|申报|培训|监测|走访)$")
_FEWEST = 0.45  # a likeness below it is no candidate
_OTHER_UNIT = 0.15  # so much less likely is a measure of another unit
_CANDIDATES = 3


@lru_cache(maxsize=8_192)
def label_key(text: str) -> str:
    """A row's label as a name: without its number, 其中 and its unit."""
    plain = text.strip()
    for _ in range(3):
        shorter = _AMONG.sub("", _NUMBERED.sub("", plain))
        if shorter == plain or not shorter:
            break
        plain = shorter
    return _parted(plain)[0] or name_key(plain)


def label_words(text: str) -> str:
    """A row's label in its own letters: without its number, 其中 and the unit in brackets at its end."""
    plain = text.strip()
    for _ in range(3):
        shorter = _AMONG.sub("", _NUMBERED.sub("", plain))
        if shorter == plain or not shorter:
            break
        plain = shorter
    bare = _UNIT_AT_END.sub("", plain) if label_unit(plain) else plain
    return (bare or plain).strip(" \u3000:：")


def label_unit(text: str) -> str:
    """The unit a label names: in brackets at its end or before it, behind a comma, or as money behind an amount: 罚没款元."""
    return _parted(text)[1]


@lru_cache(maxsize=8_192)
def _parted(text: str) -> tuple[str, str]:
    """The key of a label without its unit, and the unit; the whole key where it names none."""
    key = name_key(text)
    unmarked_key = name_key(unmarked(clean(text))[0])
    for plain in (key, unmarked_key):
        for pattern in (_BRACKET, _BRACKETS_BEHIND, _BRACKET_BEFORE):
            match = pattern.search(plain)
            inner = _UNIT_LEAD.sub("", match[1]) if match else ""
            if match and inner and is_unit(inner):
                return plain[: match.start()] + plain[match.end() :], inner
    if (match := _UNIT_BEHIND.search(clean(text))) and is_unit(match[1]):
        return name_key(clean(text)[: match.start()]), unit_key(match[1])
    name, unit = without_slash(unmarked_key)
    if unit:
        return name, unit
    name, behind = without_unit(unmarked_key)
    if behind and (behind[0] in _AMOUNTS or name[-1] in _AMOUNTS):
        return name, money_unit(behind)
    return key, ""


def among(text: str) -> bool:
    """Whether a label says that it is part of the one above."""
    return bool(_AMONG.match(_NUMBERED.sub("", text.strip())))


def _loose(key: str) -> str:
    return _PUNCTUATION.sub("", key).removeprefix("其中")


def _side_key(text: str) -> str:
    return _loose(label_key(text))


def _tails(measure: Measure, key: str, unit: str) -> tuple[str, ...]:
    """
    What a name may end with besides: 数, its unit.

    Not where it names standing things and only the full name says what was done to them: 零售药店数 is how many there are, and
    检查零售药店 how many were inspected.
    """
    full = name_key(measure.name)
    done = full.removesuffix(key) if full.endswith(key) else ""
    things = measure.kind is MeasureKind.FLOW and unit in _THINGS and _DONE.search(done)
    return () if things else ("数", "数量", unit, unit + "数")


class Names:
    """The measures of a catalogue, by code and by name."""

    def __init__(self, catalog: Catalog) -> None:
        self.codes = catalog.measures
        self._exact: dict[str, list[Measure]] = {}
        self._loose: dict[str, list[Measure]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._coded = {code.casefold(): [measure] for code, measure in catalog.measures.items()}
        self._crossed: dict[frozenset[str], list[Measure]] = {}
        self._written: dict[str | None, tuple[list[str], list[str]]] = {}
        for measure in catalog.measures.values():
            keys = tuple(dict.fromkeys(name_key(name) for name in (measure.name, *measure.aliases)))
            self._keys[measure.code] = tuple(_loose(key) for key in keys)
            for key in keys:
                self._exact.setdefault(key, []).append(measure)
            for sides in filter(None, map(two_sides, measure.aliases)):
                self._crossed.setdefault(frozenset(map(_side_key, sides)), []).append(measure)
            unit = unit_key(measure.unit)
            for loose in {_loose(key) + tail for key in keys for tail in ("", *_tails(measure, key, unit))}:
                self._loose.setdefault(loose, []).append(measure)
        self._sides = {side for sides in self._crossed for side in sides}
        self.topics = {label_key(measure.topic) for measure in catalog.measures.values()}

    def named(self, text: str) -> list[Measure]:
        """The measures called exactly so; else those called so but for 其中, numbering, marks, unit and 数."""
        if not text.strip():
            return []
        for key in (name_key(text), label_key(text)):
            if measures := self._exact.get(key):
                return measures
        bare = label_key(_COUNTED.sub("", text))  # 3.12315平台投诉 is the third row, about 12315
        return self._loose.get(_loose(label_key(text))) or self._loose.get(_loose(bare)) or self._coded.get(name_key(text), [])

    def coded(self, text: str) -> Measure | None:
        """The one measure of a code, or of an alias that is another system's code; no matter in which letters."""
        measures = self._coded.get(name_key(text)) or self._exact.get(name_key(text), [])
        return measures[0] if len({measure.code for measure in measures}) == 1 else None

    @property
    def crosses(self) -> bool:
        """Whether any measure is named by a row and a column together."""
        return bool(self._crossed)

    def crossed(self, first: str, second: str) -> list[Measure]:
        """The measures of a row and a column, whichever of the words stands over the column."""
        return self._crossed.get(frozenset((_side_key(first), _side_key(second))), [])

    def is_side(self, text: str) -> bool:
        """Whether a text is one of the two names of such a measure."""
        return _side_key(text) in self._sides

    def under(self, heading: str, text: str) -> list[Measure]:
        """The measures called so when the words of a heading are put before the label: 商品煤抽检 and 抽检批次 are 商品煤抽检批次."""
        above, label = _loose(label_key(heading)), _loose(label_key(text))
        if not above or not label:
            return []
        if crossed := self.crossed(heading, text):
            return crossed
        sizes = range(min(len(above), len(label) - 1), 1, -1)
        shared = next((size for size in sizes if above.endswith(label[:size])), 0)
        if shared and above[-shared - 1 : -shared] in NEGATIONS:  # 合格批次 under 不合格 is no 不合格批次
            shared = 0
        return self._loose.get(above + label) or self._loose.get(above + label[shared:], [])

    def is_measure(self, text: str) -> bool:
        """Whether a text names a measure."""
        return bool(self.named(text))

    def contradicts(self, text: str, measure: Measure) -> bool:
        """Whether a label means something else than a measure, though it may be written much like it: 不合格批次 and 合格批次."""
        return contradict_all([_loose(label_key(text))], self._keys[measure.code])

    def reworded(self, text: str, measure: Measure) -> str:
        """What makes a label another name than those of a measure, in words; empty where that is nothing but a way of writing."""
        return difference(_loose(label_key(unmarked(clean(text))[0])), self._keys[measure.code], measure.unit)

    def turns(self, measure: Measure) -> frozenset[Turn]:
        """The words of all names of a measure that turn a meaning."""
        return frozenset(turn for key in self._keys[measure.code] for turn in turns(key))

    def like(self, texts: Iterable[str], office: str | None, unit: str = "") -> tuple[tuple[str, float], ...]:
        """The measures whose names are like one of the texts, with a likeness between 0 and 1; the office's own only, when known."""
        names, codes = self._names_of(office)
        likely: dict[str, float] = {}
        for wanted in {_loose(label_key(text)) for text in texts} - {""}:
            for name, likeness, at in process.extract(wanted, names, scorer=ratio, score_cutoff=100 * _FEWEST, limit=None):
                code = codes[at]
                if likeness > 100 * likely.get(code, 0.0) and not contradicts(wanted, name):
                    likely[code] = likeness / 100
        if unit:
            likely = {code: likeness - _OTHER_UNIT * (unit_key(unit) != unit_key(self.codes[code].unit)) for code, likeness in likely.items()}
        nearest = sorted(((code, likeness) for code, likeness in likely.items() if likeness >= _FEWEST), key=lambda pair: -pair[1])
        return tuple((code, round(min(likeness, 0.95), 2)) for code, likeness in nearest[:_CANDIDATES])

    def _names_of(self, office: str | None) -> tuple[list[str], list[str]]:
        """Every name of the measures of an office, as keys, and beside each the code of its measure."""
        if office not in self._written:
            pairs = [(key, code) for code, keys in self._keys.items() if office in (None, self.codes[code].office) for key in keys]
            self._written[office] = ([key for key, _ in pairs], [code for _, code in pairs])
        return self._written[office]


_last: list[tuple[Catalog, Names]] = []


def names_of(catalog: Catalog) -> Names:
    """The names of a catalogue; those of the last one asked for are kept."""
    for known, names in _last:
        if known is catalog:
            return names
    made = Names(catalog)
    _last[:] = [(catalog, made)]
    return made
