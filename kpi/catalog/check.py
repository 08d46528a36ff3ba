"""
What no single table can show: codes that lead nowhere, units that do not add up, targets that may not be set.

One function per law; each yields the Chinese lines of its faults.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from kpi.catalog.area import Area
from kpi.catalog.check_earlier import definitions, earlier_definitions
from kpi.catalog.check_lifetimes import lifetimes
from kpi.catalog.check_numbers import numbers
from kpi.catalog.check_orgs import organisations
from kpi.catalog.check_targets import targets
from kpi.catalog.derivation import DerivationRule
from kpi.catalog.draft import Draft
from kpi.catalog.fault_line import PlaceWithin, Where, nearest
from kpi.catalog.formula import CODE, Linear
from kpi.catalog.indicator import Indicator
from kpi.catalog.ledger_rules import ledger_faults
from kpi.catalog.measure import CROSS, Measure, MeasureKind, two_sides
from kpi.catalog.office import Office, System
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.relation import Relation, RelationKind
from kpi.catalog.sentence import SentenceAspect, SummarySentence
from kpi.catalog.target import TargetKind
from kpi.errors import RequestError
from kpi.period import Month

_OPS = ("=", "!=", "≈", "<", "<=", ">=", ">")
_STRENGTHS = ("hard", "soft", "info")
_SCOPES = ("本局", "全区")
_SYSTEM_KINDS = ("platform", "register", "campaign", "mechanism", "monitoring", "committee", "policy_document", "event", "project")
_ORGS, _AREAS = "机构", "板块"  # names of organisations and areas stand apart from those of offices and measures
_INDISTINCT = {_ORGS: "分不清是哪个机构", _AREAS: "分不清是哪个板块"}
_EVERY = (RelationKind.EVERY_RATE, RelationKind.EVERY_COUNT)


def check(draft: Draft) -> list[str]:
    """Every fault that lies between the tables, law by law."""
    nouns = (_spellings, organisations, _offices, _areas, _names, _crossings)
    laws = (*nouns, numbers, _formulas, _same_code, earlier_definitions, lifetimes, _relations, _feeds, _sentences, targets, ledger_faults)
    return [line for law in laws for line in law(draft)]


def _spellings(draft: Draft) -> Iterator[str]:
    """Fields that take one of a few words, and codes, which become keys and file names."""
    coded = [(f.where, f.noun.code) for f in draft.of(Office)]
    coded += [(f.where, f.noun.code) for f in draft.of(Organisation)]
    coded += [(f.where, f.noun.code) for f in draft.of(Area)]
    coded += [(f.where, f.noun.code) for f in draft.of(Measure)]
    coded += [(f.where, f.noun.code) for f in draft.of(Indicator)]
    for place, code in coded:
        if not CODE.fullmatch(code):
            yield place.says("code 只能用小写英文字母、数字和下划线，以字母开头")
    for measure in draft.of(Measure):
        yield from _one_of(measure.where, "scope", measure.noun.scope, _SCOPES)
        if measure.noun.blank_is_zero and (measure.noun.ledger_only or measure.noun.kind not in (MeasureKind.FLOW, MeasureKind.STOCK)):
            yield measure.where.says("blank_is_zero 只用于报表上的时期数和时点数；服务标准、填报率空着不是 0，只由台账得出的没有这一行")
    for relation in draft.of(Relation):
        if relation.noun.op not in _OPS:
            yield relation.where.says(f"op 的值「{relation.noun.op}」不在可选值 {' '.join(_OPS)} 之内")
        yield from _one_of(relation.where, "strength", relation.noun.strength, _STRENGTHS)
    for system in draft.of(System):
        yield from _one_of(system.where, "kind", system.noun.kind, _SYSTEM_KINDS)


def _one_of(place: Where, key: str, value: str, choices: Iterable[str]) -> Iterator[str]:
    if value not in choices:
        yield place.says(f"{key} 的值「{value}」不在可选值 {'、'.join(choices)} 之内{nearest(value, choices)}")


def _offices(draft: Draft) -> Iterator[str]:
    for office in draft.of(Office):
        if office.noun.parent != BUREAU and office.noun.parent not in draft.named["office"]:
            yield office.where.says(f"parent 写的上级「{office.noun.parent}」不存在{nearest(office.noun.parent, [BUREAU, *draft.named['office']])}")
        if not 1 <= office.noun.due_day <= 28:
            yield office.where.says(f"due_day 应在 1 到 28 之间，现为 {office.noun.due_day}")


def _areas(draft: Draft) -> Iterator[str]:
    """The area that an office or an indicator names is one of the bureau's."""
    named = [(f.where, f.noun.area) for f in draft.of(Office)] + [(f.where, f.noun.area) for f in draft.of(Indicator)]
    areas = draft.named["area"]
    for place, area in named if draft.complete else ():
        if area and area not in areas:
            yield place.says(f"area 写的板块「{area}」不存在{nearest(area, areas) or '；板块写在 areas.toml'}")


def _names(draft: Draft) -> Iterator[str]:
    """A header must lead to one measure of its office, and the name on a sheet to one office and one organisation."""
    taken: dict[tuple[str, str], str] = {}
    groups = [(f.where, "", f.noun.code, f.noun.name, f.noun.aliases) for f in draft.of(Office)]
    groups += [(f.where, _ORGS, f.noun.code, f.noun.name, f.noun.aliases) for f in draft.of(Organisation)]
    groups += [(f.where, _AREAS, f.noun.code, f.noun.name, ()) for f in draft.of(Area)]
    groups += [(f.where, f.noun.office, f.noun.code, f.noun.name, f.noun.aliases) for f in draft.of(Measure)]
    for place, office, code, name, aliases in groups:
        for spelled in (name, *aliases):
            first = taken.setdefault((office, plain(spelled)), code)
            if first != code:
                yield place.says(f"名称或别名「{spelled}」与 {first} 相同，{_INDISTINCT.get(office, '同一张报表里分不清是哪一个')}")


def _crossings(draft: Draft) -> Iterator[str]:
    """A row and a column lead to one measure of its office, whichever of the two is written first."""
    taken: dict[tuple[str, frozenset[str]], str] = {}
    for measure in draft.of(Measure):
        for alias in measure.noun.aliases:
            if CROSS not in alias:
                continue
            sides = two_sides(alias)
            if sides is None or len({plain(side) for side in sides} - {""}) < 2:
                yield measure.where.says(f"别名「{alias}」应写成「行名 {CROSS} 列名」，{CROSS} 的两边各写一个不同的名称")
                continue
            first = taken.setdefault((measure.noun.office, frozenset(map(plain, sides))), measure.noun.code)
            if first != measure.noun.code:
                yield measure.where.says(f"别名「{alias}」的行和列与 {first} 相同（不分先后），同一张报表里分不清是哪一个")


def plain(name: str) -> str:
    """A name or unit without width, blanks, quotes and brackets, as two people may write the same one: 户（次） and 户次."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isalnum() or letter in "%/").casefold()


def _formulas(draft: Draft) -> Iterator[str]:
    measures = {measure.code: measure for measure in draft.entries(Measure)}
    for entry in definitions(draft):
        indicator = entry.noun
        parts = {"numerator": indicator.numerator, "denominator": indicator.denominator, "failed": indicator.failed, "total": indicator.total}
        for key, formula in parts.items():
            if formula is not None:
                yield from _formula(draft, entry.where, key, formula, measures)
        if (indicator.failed is None) != (indicator.total is None):
            yield entry.where.says("failed 和 total 要么都写，要么都不写")
        if not indicator.may_assess and not indicator.may_assess_note:
            yield entry.where.says("may_assess = false 时要在 may_assess_note 写明依据")
        yield from _years(entry.where, indicator, measures)
        yield from _present(entry.where, indicator)


def _years(place: Where, indicator: Indicator, measures: dict[str, Measure]) -> Iterator[str]:
    """A figure is about one year, and only what adds up over a year against what stands can be put on a whole one."""
    above, below = _counted(indicator.numerator, measures), _counted(indicator.denominator, measures) if indicator.denominator else []
    if len({measure.report_year_offset for measure in (*above, *below)}) > 1:
        yield place.says("各数据项的 report_year_offset 不同，分不清是哪一年度的数")
    if indicator.annualised:
        if (
            indicator.numerator.derivations
            or not below
            or (indicator.denominator is not None and indicator.denominator.derivations)
            or any(measure.kind is not MeasureKind.FLOW for measure in above)
            or any(measure.kind is MeasureKind.FLOW for measure in below)
        ):
            yield place.says("annualised 要求分子都是时期数、分母都是时点数，才能折合成全年的率；不能用乘积和 @")
        if indicator.failed is not None:
            yield place.says("annualised 的指标不写 failed 和 total，在检批次没有折合全年的算法")


def _present(place: Where, indicator: Indicator) -> Iterator[str]:
    """A figure is of its own month, and what results are open of that of the same: neither looks back alone."""
    if all(term.derivation and term.derivation.earlier for term in indicator.numerator.terms):
        yield place.says("numerator 里只有以前的数；至少要有一个本月的数据项")
    windows = [derivation for formula in indicator.formulas for derivation in formula.derivations if derivation.rule is DerivationRule.WINDOW]
    if windows and indicator.target_kind in (TargetKind.ANNUAL, TargetKind.PROGRESS):
        yield place.says("近几个月的合计不是本年累计，没有序时进度；target_kind 写 floor、ceiling 或别的")
    if any(formula.derivations for formula in (indicator.failed, indicator.total) if formula):
        yield place.says("failed 和 total 里不能用乘积和 @，在检的结果是本期的")


def _formula(draft: Draft, place: Where, key: str, formula: Linear, measures: dict[str, Measure]) -> Iterator[str]:
    yield from _known(draft, place, key, formula.codes)
    for measure in _counted(formula, measures):
        if measure.kind is MeasureKind.RATE:
            yield place.says(f"{key} 用了填报率 {measure.code}；指标只能由件数、户数等数据项计算，率不能再参与计算")
    for derivation in formula.derivations:
        if known := [measures[code] for code in derivation.measures if code in measures]:
            yield from (place.says(f"{key} 的公式「{formula.text}」{fault}") for fault in derivation.faults(known))
    units = {plain(unit): unit for unit in _units(formula, measures)}
    if len(units) > 1:
        yield place.says(f"{key} 的公式「{formula.text}」把{'、'.join(f'「{unit}」' for unit in units.values())}放在一起加减，单位不同不能相加")


def _counted(formula: Linear, measures: dict[str, Measure]) -> list[Measure]:
    """The measures that a formula is counted from; of sheets it counts none."""
    codes = dict.fromkeys(code for term in formula.terms if not (term.derivation and term.derivation.of_sheets) for code in term.codes)
    return [measures[code] for code in codes if code in measures]


def _units(formula: Linear, measures: dict[str, Measure]) -> Iterator[str]:
    """The unit of each term; that of a product is made of those of its measures, in any order."""
    for term in formula.terms:
        parts = [measures[code] for code in term.codes if code in measures and measures[code].kind is not MeasureKind.RATE]
        if term.derivation and term.derivation.of_sheets:
            yield "份"
        elif len(parts) == len(term.codes):
            yield " × ".join(sorted(part.unit for part in parts))


def _known(draft: Draft, place: Where, key: str, codes: Iterable[str], also: Iterable[str] = ()) -> Iterator[str]:
    """Codes that lead nowhere; silent while a file is missing, because they may stand in it."""
    names = [*draft.named["measure"], *also]
    if draft.complete:
        yield from (place.says(f"{key} 引用的数据项「{code}」不存在{nearest(code, names)}") for code in codes if code not in names)


def _same_code(draft: Draft) -> Iterator[str]:
    """A measure and an indicator may share a code only when they are the same thing."""
    measures = {measure.code: measure for measure in draft.entries(Measure)}
    for entry in definitions(draft):
        measure = measures.get(entry.noun.code)
        if measure is None:
            continue
        itself = entry.noun.numerator.text == measure.code and entry.noun.denominator is None
        was_no_rate = isinstance(entry.where, PlaceWithin) and entry.noun.denominator is None and entry.noun.reported is None
        if measure.kind is not MeasureKind.RATE and not itself:
            yield entry.where.says("与同代码的数据项不是一回事；要么 numerator 就是该数据项，要么换一个代码")
        elif plain(measure.unit) != plain(entry.noun.unit) and not (was_no_rate and not itself):
            yield entry.where.says(f"单位「{entry.noun.unit}」与同代码数据项的单位「{measure.unit}」不同")


def _relations(draft: Draft) -> Iterator[str]:
    units = {measure.code: plain(measure.unit) for measure in draft.entries(Measure)}
    for entry in draft.of(Relation):
        relation, place = entry.noun, entry.where
        sides = {key: side for key, side in (("left", relation.left), ("right", relation.right)) if side is not None}
        wanted = () if relation.kind in _EVERY else ("left",) if relation.kind is RelationKind.DERIVED else ("left", "right")
        yield from (place.says(f"缺少 {key}") for key in wanted if key not in sides)
        yield from (place.says(f"{relation.kind} 类勾稽不写 {key}") for key in sides if key not in wanted)
        codes = list(dict.fromkeys(code for side in sides.values() for code, _ in side.codes))
        for key, side in sides.items():
            yield from _known(draft, place, key, dict.fromkeys(code for code, _ in side.codes))
        if (relation.op == "≈" or relation.kind is RelationKind.REACHABLE) and relation.decimals is None:
            yield place.says("按四舍五入比较时要写 decimals，即保留几位小数")
        summed = {units[code] for code in codes if code in units} if relation.kind is RelationKind.SUM else set()
        if len(summed) > 1:
            yield place.says(f"合计关系把{'、'.join(f'「{unit}」' for unit in sorted(summed))}放在一起相加，单位不同不能相加")
        if relation.period is not None:
            try:
                Month.parse(relation.period)
            except RequestError as error:
                yield place.says(f"period 的{str(error).removesuffix('。')}")


def _feeds(draft: Draft) -> Iterator[str]:
    for system in draft.of(System):
        yield from _known(draft, system.where, "feeds", system.noun.feeds, draft.named["indicator"])


def _sentences(draft: Draft) -> Iterator[str]:
    """A sentence speaks of a topic of its office, by codes that there are, in braces that are closed."""
    topics = {(measure.office, measure.topic) for measure in draft.entries(Measure)}
    for sentence in draft.of(SummarySentence):
        text, codes = sentence.noun.text, sentence.noun.codes
        yield from _known(draft, sentence.where, "text", codes, draft.named["indicator"])
        if text.count("{") != text.count("}") or any("{" in piece or "}" in piece for piece in sentence.noun.pieces if isinstance(piece, str)):
            yield sentence.where.says("text 里的花括号要成对，里面写一个代码，如 {food_samples_taken}")
        for code, aspect in (piece for piece in sentence.noun.pieces if isinstance(piece, tuple)):
            if aspect not in tuple(SentenceAspect):
                yield sentence.where.says(f"text 里「{code}:{aspect}」冒号后面只能写 {SentenceAspect.GROWTH.value}")
        if (sentence.noun.office, sentence.noun.topic) not in topics and draft.complete:
            known = [topic for office, topic in topics if office == sentence.noun.office]
            yield sentence.where.says(f"topic 的值「{sentence.noun.topic}」不是本科室数据项的分组{nearest(sentence.noun.topic, known)}")
