"""
What the names of market-supervision bureaus are made of: 甘肃省 兰州市 西固区 市场监管局.

A district's bureau is often a branch of its city's: 兰州市市场监管局西固分局 is the bureau of 西固区.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from kpi.workbook.naming import name_key

BUREAU = "市场监管局"
_SHORT = re.compile(r"(?<!市场)市监局")
_NAME = re.compile(rf"(?P<above>(?:\w+(?:[省市州盟](?<!市市)(?!新?区)|自治区))?)(?P<district>(?:\w+[区县旗])?)(?:{BUREAU}|市场监管[分所])")
_BRANCH = re.compile(rf"(?P<city>\w*?)(?:{BUREAU}|(?<=[省市州盟])局)(?P<place>[^\W\d_局所]{{1,6}}?)(?P<kind>[区县旗]?)分局")
_UNSAID = re.compile(r"^.*(?:省|自治区)|市$")  # what nobody says of a city before its district: 株洲芦淞区
_PROVINCE = re.compile(r"省|自治区")


class Level(IntEnum):
    """How high a bureau stands."""

    DISTRICT = 0
    CITY = 1
    PROVINCE = 2


@dataclass(frozen=True, slots=True)
class BureauName:
    """The name of a bureau: the province and city in it, 甘肃省兰州市, and its district, 西固区; each empty where it is not named."""

    above: str
    district: str

    @property
    def level(self) -> Level:
        """A name without any place is that of a district."""
        if self.district or not self.above:
            return Level.DISTRICT
        return Level.PROVINCE if self.above.endswith(("省", "自治区")) else Level.CITY


def org_key(text: str) -> str:
    """Three spellings of one bureau are alike: 市场监督管理局, 市场监管局 and 市监局."""
    return _SHORT.sub(BUREAU, name_key(text).replace("监督管理", "监管"))


def read_name(key: str) -> BureauName:
    """The places in the key of a bureau's name; none in a key of something else."""
    branch = _BRANCH.fullmatch(key)
    if branch:
        return BureauName(branch["city"], branch["place"] + (branch["kind"] or "区"))
    match = _NAME.match(key)
    return BureauName(match["above"], match["district"]) if match else BureauName("", "")


def spellings(key: str) -> Iterator[str]:
    """The other keys that a bureau of this one goes by: of a branch that of its district, without the city before it, and without the word 市."""
    if branch := _BRANCH.fullmatch(key):
        yield from _districts(branch)
    elif (name := read_name(key)).above and name.district and key.endswith(BUREAU):
        yield f"{name.district}{BUREAU}"
        yield f"{_UNSAID.sub('', name.above)}{name.district}{BUREAU}"


def branches(key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The branches in a text, as they are written, each with the city before it and the keys that its district's bureau may have."""
    for branch in _BRANCH.finditer(key):
        written = branch[0][len(branch["city"]) :]
        yield written, _districts(branch)


def _districts(branch: re.Match[str]) -> tuple[str, ...]:
    """The keys that the bureau of a branch's district may have."""
    return tuple(f"{branch['place']}{kind}{BUREAU}" for kind in ((branch["kind"],) if branch["kind"] else "区县旗"))


def may_be_above(superior: BureauName, own: BureauName) -> bool:
    """Whether one bureau may be a superior of another by their names: it stands higher, and is of no other city or province."""
    if superior.level <= own.level:
        return False
    known = own.above if own.district else ""
    same = superior.above in known or known in superior.above
    return same or (superior.level is Level.PROVINCE and not _PROVINCE.search(known))
