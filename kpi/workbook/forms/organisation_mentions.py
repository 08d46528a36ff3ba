"""
Which organisations a text names: whole names alone, none that is the beginning of another one.

东湖 is meant in 东湖区月报表, in 2023年11月东湖 and in 江城市东湖区市场监管局食品科, not in 东湖高新区, 东湖街道办, 东湖路投诉 or 东湖大酒店.
What may follow a name is the rest of a name of the same organisation, the end of a word, or words that forms and ledgers are called by.
"""

import re
import unicodedata
from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.workbook.forms.bureau_names import BUREAU, BureauName, branches, may_be_above, org_key, read_name, spellings
from kpi.workbook.naming import name_key

_LONGEST = 40  # letters of a name
_ADMINISTERED = "省市州盟县区旗"  # ends a place that an office is of
_WHOLE = re.compile(r"(?:局|所|队|站|中心|院|委员会|委)$")  # ends the name of a body, which any words may follow but those of a part of it
_PART = re.compile(r"[^年月]{1,8}?(?:分局|所|支队|大队|中队|站|中心|队)(?!有|在|需|属|辖|列|报|得|长)")
_AFTER = re.compile(
    r"局|市场监管|市监|区局|市局|县局|省局|机关|本级|全[区市县省]|辖区|[(（)）]|的|[与和及]|年|月|\d|[一二三四五六七八九十]{1,3}月"
    r"|本[年月季]|当月|上[半报]|下半|[一二三四]季|报表|报送|报告|填报|月报|季报|年报|台账|统计|汇总|明细|情况|数据|表|工作|业务|更正|修改|修订|补报|重报|最终|终稿|定稿|正式|副本|原件|科室|各科|办公室"
)
_BEFORE = re.compile(rf"(?:[年月日度份期季于表账各报件及和与的在由至局所科{_ADMINISTERED}]|单位|机构|名称|部门|\W|_|\d)$")
_ELSEWHERE = re.compile(
    r"[^\W\d_年月日]{0,8}?(?:高新区|高新|开发区|经开区|新区|园区|景区|矿区|林区|保税区|示范区|管委会|街道办?|社区|小区|[镇乡村]|区|县|旗|分局|(?<!场)所|支队|大队)"
)
_BUSINESS = re.compile(  # follows the short name of a district in the name of a company, a market, an association
    r"[^\W\d_年月日]{0,12}?(?:公司|集团|超市|商场|市场(?!监管|监督|主体)|商店|酒店|饭店|宾馆|餐厅|协会|医院|学校|药房|药店|工厂|检测中心|检验中心)"
)
_ABOVE = re.compile(r"([^\W\d_省市区县年月日度全本我各的]{2,4})[省市]$")  # the city or province that stands before a name
_START = r"(?:(?<=关于)|(?<!关)|(?!于))"  # no name begins within 关于
_LETTER = r"(?:(?!关于)[^\W\d_年月日份度表])"  # 城关区 and 于洪区 are names
_STRANGER = re.compile(rf"{_START}({_LETTER}{{1,16}}?[{_ADMINISTERED}](?![{_ADMINISTERED}]市场监管局))市场监管(?:局(?:[^\W\d_局所]{{1,6}}?分局)?|分局|所)")

_DISTRICT = re.compile(
    rf"(?:^|(?<=[\W\d_年月日省市州盟])|(?<=关于)|(?<=单位))(市[中南北]区|(?:(?!单位|[省市盟局所]|州(?!区)){_LETTER}){{1,6}}?(?:{_LETTER}{{1,10}}族自治[县旗]|[区县旗]))"
)
_NOBODYS = re.compile(r"^(?:[全本我各该城郊山老新主县跨外他农牧灾疫误分边彩国甲乙丙丁]|某+|[a-z]+|老城|新城|主城|中心城|区|市)?[省市州盟区县旗]$")
_NO_DISTRICT = re.compile(  # what ends like the name of a district and is none
    r"(?:开发|高新|自贸|综保|服务|加工|屠宰|化工|储罐|作业|仓储|网格|近郊|主产|停车|卸货|贫困|经开|保税|示范|试验|实验|管理|风景|旅游|工业|产业|自治(?=区)|合作|片|社|园|景|校|街|辖|小|地|库|厂|矿|林|院|专|特)[区县旗]$"
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The codes of the organisations that a text names, names in it that look like those of others, and those of bureaus that may stand above all of ours."""

    orgs: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    superiors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a known name in a key."""

    start: int
    end: int
    code: str


def called(catalog: Catalog) -> dict[str, str]:
    """The codes of organisations by the keys of their names, however these are spelled; gathered once for a catalogue, which may have thousands."""
    known: dict[str, str] | None = catalog.__dict__.get("called_orgs")
    if known is None:
        known = {org_key(catalog.bureau): catalog.root}
        known |= {org_key(name): org.code for org in catalog.orgs.values() for name in (org.name, *org.aliases)}
        more: dict[str, set[str]] = {}
        for key, code in known.items():
            for other in spellings(key):
                more.setdefault(other, set()).add(code)
        known |= {key: min(codes) for key, codes in more.items() if len(codes) == 1 and key not in known}  # 鼓楼区 of two cities is neither's
        catalog.__dict__["called_orgs"] = known
    return known


def code_of(catalog: Catalog, key: str) -> str | None:
    """The code of the organisation that a key is a name of, which may have the city and province before it."""
    key, names = _as_districts(catalog, key), called(catalog)
    for start in range(len(key)):
        code = names.get(key[start:])
        if code is not None and (start == 0 or (key[start - 1] in "省市州盟" and not _elsewhere(catalog, key[:start], code))):
            return code
    return None


def mentions(catalog: Catalog, text: str) -> Mentions:
    """The organisations that a text names, in their order; parts of a longer name that nobody knows are no names."""
    key = _as_districts(catalog, org_key(text))
    places = _places(catalog, key)
    whole = [place for place in places if _whole(catalog, key, place, places)]
    orgs = tuple(dict.fromkeys(place.code for place in whole))
    longer = {place: name for place in places if place not in whole and (name := _longer(catalog, key, place))}
    strangers = list(longer.values())
    named = [place for place in places if place in whole or place in longer]
    covered = "".join(" " if any(place.start <= at < _furthest(catalog, key, place) for place in named) else letter for at, letter in enumerate(key))
    bureaus = [match[0] for match in _STRANGER.finditer(covered) if not _is_nobodys(match[0])]
    superiors = [name for name in bureaus if "分局" not in name and may_be_above(read_name(name), _highest(catalog))]
    strangers += [name for name in bureaus if name not in superiors]
    strangers += [district for district in _districts(catalog, covered) if not any(district in name for name in strangers)]
    return Mentions(orgs, tuple(dict.fromkeys(strangers)), tuple(dict.fromkeys(superiors)))


def _as_districts(catalog: Catalog, key: str) -> str:
    """A text with the branches of a city's bureau that are ours as the bureaus of their districts: 江城市市场监管局东湖分局 as 江城市东湖区市场监管局."""
    names = called(catalog)
    for written, districts in branches(key) if key not in names else ():
        if ours := next((name for name in districts if name in names or name.removesuffix(BUREAU) in names), None):
            key = key.replace(written, ours)
    return key


def _highest(catalog: Catalog) -> BureauName:
    """The name of the bureau that all of ours stand below."""
    return read_name(org_key(catalog.orgs[catalog.root].name if catalog.branched else catalog.bureau))


def _is_nobodys(bureau: str) -> bool:
    """Whether the name of a bureau says no place: 全区市场监管所, 某某区市场监管局."""
    name = read_name(bureau)
    return bool(_NOBODYS.search(name.district or name.above))


def _districts(catalog: Catalog, key: str) -> list[str]:
    """The names in a key of districts and counties that none of ours is called by, where a word of titles follows; not those of companies and markets."""
    known = called(catalog)
    districts = []
    for match in _DISTRICT.finditer(key):
        name, rest = match[1], key[match.end() :]
        ours = [code for other, code in known.items() if name in other]
        above = (
            ""
            if not ours or any(not _elsewhere(catalog, key[: match.start(1)], code) for code in ours)
            else _elsewhere(catalog, key[: match.start(1)], ours[0])
        )
        if _NOBODYS.search(name) or _NO_DISTRICT.search(name) or name[:2] in _vocabulary(catalog) or (ours and not above) or _BUSINESS.match(rest):
            continue
        if not rest or not _is_letter(rest[0]) or _AFTER.match(rest) or rest[:2] in _vocabulary(catalog) or _office(catalog, rest):
            districts.append(above + name)
    return districts


def _places(catalog: Catalog, key: str) -> list[_Place]:
    """Every known name in a key that is not within a longer one, from left to right."""
    names = called(catalog)
    every = [
        _Place(start, end, code)
        for start in range(len(key))
        for end in range(start + 1, min(start + _LONGEST, len(key)) + 1)
        if (code := names.get(key[start:end])) is not None
    ]
    return [place for place in every if not any(other != place and other.start <= place.start and place.end <= other.end for other in every)]


def _whole(catalog: Catalog, key: str, place: _Place, places: list[_Place]) -> bool:
    """Whether a name is no part of a longer one."""
    before = key[: place.start]
    if _elsewhere(catalog, before, place.code):
        return False
    if before and not _BEFORE.search(before) and before[-2:] not in _vocabulary(catalog):
        return any(_furthest(catalog, key, other) == place.start for other in places) and _ends(catalog, key, place, places)
    return _ends(catalog, key, place, places)


def _elsewhere(catalog: Catalog, before: str, code: str) -> str:
    """The city or province before the name of an organisation that none of ours is called by; empty where there is none, or nobody says where it all is."""
    match = _ABOVE.search(before)
    if match is None or any(match[1] in name for name in called(catalog)):
        return ""
    root = _highest(catalog)
    unsaid = (root.district and not root.above) or (match[0].endswith("省") and "省" not in root.above)
    return "" if code == catalog.root and unsaid else match[0]


def _ends(catalog: Catalog, key: str, place: _Place, places: list[_Place]) -> bool:
    """Whether a name, or the rest of a longer name of the same organisation after it, ends where a word or another such name does."""
    joins = {other.start for other in places if other.start >= place.end and _ends(catalog, key, other, places)}
    return any(_at_an_end(catalog, key[place.start : end], key[end:], end in joins) for end in _ways(catalog, key, place))


def _ways(catalog: Catalog, key: str, place: _Place) -> list[int]:
    """The places where a name may end in a key: there, or after more of a longer name of its organisation; the furthest first."""
    org, rest = catalog.orgs[place.code], key[place.end :]
    own = key[place.start : place.end]
    longer = [name[len(own) :] for name in (org_key(name) for name in (org.name, *org.aliases)) if name.startswith(own)]
    lengths = {0}
    for remainder in (*longer, *([org.level] if org.level and not own.endswith(org.level) else [])):
        common = next((at for at, (letter, other) in enumerate(zip(remainder, rest, strict=False)) if letter != other), min(len(remainder), len(rest)))
        lengths.update(range(1, common + 1))
    return sorted((place.end + length for length in lengths), reverse=True)


def _furthest(catalog: Catalog, key: str, place: _Place) -> int:
    return _ways(catalog, key, place)[0]


def _at_an_end(catalog: Catalog, name: str, rest: str, joins: bool) -> bool:
    if not rest or joins or not _is_letter(rest[0]):
        return True
    if _office(catalog, rest):
        return True
    if _WHOLE.search(name):
        return not _PART.match(rest)
    if name[-1] not in _ADMINISTERED and _BUSINESS.match(rest):
        return False
    if _ELSEWHERE.match(rest) and not _AFTER.match(rest):
        return False
    return bool(_AFTER.match(rest)) or rest[:2] in _vocabulary(catalog)


def _office(catalog: Catalog, rest: str) -> bool:
    """Whether an office is what follows."""
    return any(rest.startswith(name_key(name)) for office in catalog.offices.values() for name in (office.name, *office.aliases))


def _longer(catalog: Catalog, key: str, place: _Place) -> str:
    """The longer name of a place or body that a known one is part of; empty where the words around it are none."""
    if above := _elsewhere(catalog, key[: place.start], place.code):
        return above + key[place.start : _furthest(catalog, key, place)]
    for end in reversed(_ways(catalog, key, place)):
        if (match := _ELSEWHERE.match(key, end)) and match.end() > end:
            return key[place.start : match.end()]
    return ""


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "L"


def _vocabulary(catalog: Catalog) -> frozenset[str]:
    """Pairs of letters in the names of offices, forms, ledgers and figures: the words that titles are made of."""
    known: frozenset[str] | None = catalog.__dict__.get("title_words")
    if known is None:
        offices = (text for office in catalog.offices.values() for text in (office.name, *office.aliases, office.template))
        ledgers = (text for ledger in catalog.ledgers.values() for text in (ledger.name, *ledger.titles))
        figures = (text for measure in catalog.measures.values() for text in (measure.name, measure.topic))
        keys = [name_key(text) for texts in (offices, ledgers, figures) for text in texts]
        known = catalog.__dict__["title_words"] = frozenset(key[at : at + 2] for key in keys for at in range(len(key) - 1))
    return known
