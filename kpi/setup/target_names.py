"""What tables of targets call by name: the indicators of a catalogue, its offices and its organisations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from kpi.catalog.model import Catalog
from kpi.setup.library import load_library
from kpi.setup.library_model import LibraryEntry
from kpi.setup.library_names import library_key
from kpi.setup.target_amount import is_stated_amount
from kpi.workbook.forms.measure_names import label_key, label_words
from kpi.workbook.naming import name_key, unit_key

_ASKED = re.compile(r"(?:年度|全年)?(?:目标|任务|计划|指标)(?:任务|目标|计划)?(?:值|数|量)?$")
_BEFORE = re.compile(r"^(?:全年|力争|确保|实现|完成|开展|争取|推动|全面|年内)+")
_NEAR = 50  # of 100: a name less alike is no help
_SHOWN = 3
_SHORTEST, _LONGEST = 2, 40  # characters of a name before an amount


@dataclass(frozen=True, slots=True)
class TargetHolder:
    """Whose target a number is: an office, an organisation, or by default that of the whole bureau."""

    office: str = ""
    org: str = ""


WHOLE_BUREAU = TargetHolder()


class IndicatorNames:
    """The indicators of a catalogue by name, by those of their measures, and by what both are usually called."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._exact: dict[str, list[str]] = {}
        self._loose: dict[str, list[str]] = {}
        self._usual: dict[str, list[str]] = {}  # by another name of the same entry of the library
        usual_names = {entry.code: dict.fromkeys(map(library_key, _called(entry))) for entry in load_library().entries.values()}
        entries = {key: load_library().entries[code] for code, keys in usual_names.items() for key in keys}
        for code, indicator in catalog.indicators.items():
            measure = catalog.measures.get(code)
            names = [indicator.name, *((measure.name, *measure.aliases) if measure else ())]
            for key in dict.fromkeys(label_key(name) for name in names):
                self._exact.setdefault(key, []).append(code)
            for key in dict.fromkeys(library_key(name) for name in names):
                self._loose.setdefault(key, []).append(code)
            usual = {entry.code: entry for name in names if (entry := entries.get(library_key(name))) and unit_key(entry.unit) == unit_key(indicator.unit)}
            for key in dict.fromkeys(key for entry in usual for key in usual_names[entry]):
                self._usual.setdefault(key, []).append(code)

    def find(self, name: str, office: str = "") -> str:
        """The code of the one indicator of a name, of several that of the office; empty where there is none, or several."""
        words = label_words(name)
        for plain in dict.fromkeys((words, _ASKED.sub("", words))):
            for codes in (self._exact.get(label_key(plain)), self._loose.get(library_key(plain)), self._usual.get(library_key(plain))):
                codes = codes or []
                own = [code for code in codes if self._catalog.indicators[code].office == office]
                if len(codes) == 1 or len(own) == 1:
                    return codes[0] if len(codes) == 1 else own[0]
        return ""

    def parted(self, text: str) -> tuple[str, str] | None:
        """The name of an indicator that a text begins with and the amount behind it, 个转企 and 100户; None where it is no such text."""
        words = _BEFORE.sub("", label_words(text))
        for end in range(min(len(words) - 1, _LONGEST), _SHORTEST - 1, -1):
            if is_stated_amount(words[end:]) and self.find(words[:end]):
                return words[:end], words[end:].strip()
        return None

    def within(self, text: str) -> str:
        """The code of the one indicator that a title names; of several the longest name counts."""
        key = name_key(text)
        named = [(len(own), codes[0]) for own, codes in self._exact.items() if own in key and len(codes) == 1]
        return max(named)[1] if named else ""

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names of the catalogue that are most alike, the nearest first."""
        return _nearest(label_words(name), (indicator.name for indicator in self._catalog.indicators.values()))


class HolderNames:
    """The offices and organisations of a catalogue by name."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._names: dict[str, TargetHolder] = {}
        for org in catalog.orgs.values():
            holder = WHOLE_BUREAU if org.code == catalog.root else TargetHolder(org=org.code)
            self._names |= dict.fromkeys(map(name_key, (org.name, *org.aliases)), holder)
        for office in catalog.offices.values():
            self._names |= dict.fromkeys(map(name_key, (office.name, *office.aliases)), TargetHolder(office=office.code))

    def find(self, name: str) -> TargetHolder | None:
        """Whose name it is; None where it is nobody's."""
        key = name_key(label_words(name))
        return self._names.get(key) or self._names.get(key.removeprefix(name_key(self._catalog.bureau)))

    def first(self, text: str) -> TargetHolder | None:
        """Whom a text names, of several the first: 登记注册科、各市场监管所."""
        return next((holder for part in re.split(r"[、，,;；/\s]+", text.strip()) if (holder := self.find(part))), None)

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names that are most alike, the nearest first."""
        return _nearest(name, (*(office.name for office in self._catalog.offices.values()), *(org.name for org in self._catalog.orgs.values())))


def _called(entry: LibraryEntry) -> tuple[str, ...]:
    """What an entry of the library is called: of a count also what its measure is."""
    own = () if entry.denominator else load_library().measures[entry.numerator.codes[0]].names
    return (*entry.names, *own)


def _nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Some names that are alike."""
    return tuple(match for match, _, _ in process.extract(name, list(dict.fromkeys(names)), scorer=ratio, limit=_SHOWN, score_cutoff=_NEAR))
