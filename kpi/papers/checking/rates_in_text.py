"""
Rates inside a text against the counts beside them.

合格率 is of 合格 in what was tested, 占 of the figure before it in a total, and 完成任务的 of what was done in the target: where both stand in the
sentence, the rate must be theirs to its digits.  Where only what was tested stands there, some whole number must give it (granularity): 99.38 % of
17,017 can only be 16,911 or 16,912, and 3.79 % of 262 can be none.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations, product

from kpi.papers.checking.amounts import gives, hundred, is_share_of, together
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.rate_wording import given, rate_differs, rate_of_other_unit
from kpi.papers.checking.shares_in_text import share_by_name, share_findings, shares_of_all
from kpi.papers.checking.text_statements import Sentence, TextStatement, sentences_before
from kpi.validation.relation_figures import reachable
from kpi.value import plain
from kpi.workbook.forms.opposite_words import NEGATIONS

_RATE = re.compile(r"(?P<stem>[一-龥]{1,8}?)(?:率|比例|占比|面)$")
_PREFIX = re.compile(
    r"^.*?(?P<stem>合格|不合格|办结|按期办结|完成|整改|成功|调解成功|检验|登记|发现|填报|覆盖|达标|及时|处置|回复|满意|通过|检出|立案|受理|公示|年报|定检|问题发现)$"
)
_NOT_OF_COUNTS = re.compile(r"利率|税率|费率|汇率|增长率|增速|增幅|中标率|死亡率|折[扣旧]率|毛利率|占有率|浓度|含量|平均")
_LASTS = re.compile(r"^(?:个)?(?:分钟?|秒钟?|小时|工作日|日|天|周|月|年)$")  # 30分钟内到达率 is of no minutes
_DONE = re.compile(r"(?<=..)(?:到位|完毕|完成|好|了)$")
_FOUND = re.compile(r"(?<=..)(?:发现|检出)$")  # 不合格发现率 is of what is 不合格
_LEFT_OUT = re.compile(r"[除扣](?:去|除)?(?![了以])")  # 办结率100%（除20件在办外）
_NEAR = 12  # counts before a rate; of what is further back in an endless sentence it is none
_RATE_SIGNS = 2  # signs of a rate that has no more than its stem before 率
_OWED = re.compile(r"应|需|计划|任务")
_OF_ALL = re.compile(r"^(?:总体?|综合|整体|全[年部]|今年|本年度?|累计|其|该项?|的)*$")
_WHOLE_AT_MOST = re.compile(r"合格率|占比|覆盖率|公示率|年报率|及格率|满意率|办结率|整改率|检验率|检出率")


def rate_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The rates of a text that the counts of their sentence do not give, and complements that do not make up the whole."""
    for number, sentence in enumerate(sentences):
        earlier = [[each for each in other.statements if each.count and not each.base] for other in sentences_before(sentences, number)]
        for rate in sentence.statements:
            if not rate.share or rate.growth:
                continue
            if rate.value > hundred(rate) and _WHOLE_AT_MOST.search(rate.noun):
                yield _above_all(rate)
            else:
                yield from _against_counts(rate, sentence, earlier)
        yield from _complements(sentence)
        yield from shares_of_all(sentence)


def _against_counts(rate: TextStatement, sentence: Sentence, earlier: Sequence[Sequence[TextStatement]]) -> Iterator[PaperFinding]:
    counts = [each for each in sentence.statements if each.index < rate.index and each.count and not _LASTS.search(each.figure.unit)]
    before = [each for each in counts if not each.base and not _later(each, rate)]
    if not counts and earlier:
        yield from share_by_name(rate, earlier[-1])
    if not before or counts[-1].base or rate.base:
        return
    former = _former(before[-1], earlier)
    shares = share_findings(rate, before, sentence, former)
    if shares is not None:
        yield from shares
    elif (stem := _stem_of(rate)) is not None and not _NOT_OF_COUNTS.search(rate.noun):
        yield from _of_stem(rate, before[-_NEAR:], stem, sentence, former)


def _later(count: TextStatement, rate: TextStatement) -> bool:
    """Whether a count runs to a later day than a rate, which then is of none that stands there: 6月合格率96.5%."""
    day, other = count.figure.as_of, rate.figure.as_of
    return day is not None and other is not None and day > other


def _former(part: TextStatement, earlier: Sequence[Sequence[TextStatement]]) -> Sequence[TextStatement]:
    """The counts of the nearest sentence before that has one of which a part may be, else of the one right before."""
    holds_whole = (counts for counts in reversed(earlier) if any(each.unit == part.unit and each.value >= part.value for each in counts))
    return next(holds_whole, earlier[-1] if earlier else ())


def _of_stem(rate: TextStatement, before: Sequence[TextStatement], stem: str, sentence: Sentence, former: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    named = [each for each in before if _counts(each, stem)]
    like = named or [each for each in before if _is_like(each, stem)] or _beside(rate, before)
    if not like:
        yield from _of_opposite(rate, stem, before, sentence)
        return
    part = like[-1]
    if rate.within and rate.depth == part.depth and part.within != rate.within:  # 其中蔬菜合格率 is of the vegetables alone
        return
    if part.group != rate.group and sum(each.group == rate.group for each in before) == 1:  # 民用三表4,000台，合格率98%；医用器具900台，合格率
        return
    if _given_otherwise(rate, stem, part, before, sentence):
        return
    own = [each for each in before if each is not part and each.unit == part.unit and each not in named]
    opposed = [each for each in sentence.statements if each.unit == part.unit and _opposes(each, stem)]
    every = own or [each for each in former if each.unit == part.unit]
    larger = [each for each in every if each.value >= part.value and each not in opposed]
    wholes = larger or [each for each in every[-1:] if each not in opposed and each.index < part.index]
    if any(gives(rate, together(named[start:stop]), whole.value) for whole in wholes for start, stop in combinations(range(len(named) + 1), 2)):
        return
    alike = [each for each in before if each.unit == part.unit]  # 已有2316家按日自查，应落实的为2330家，覆盖率99.4%
    pairs = [*product(like, (*every, *like)), *product(alike, (each for each in alike if _OWED.search(each.noun)))]
    if any(each is not whole and is_share_of(rate, each, whole) for each, whole in pairs):
        return
    if any(gives(rate, part.value, part.value + each.value) for each in opposed):
        return
    if wholes:
        certain = len(named) == 1 and bool(own and larger) and len({whole.value for whole in wholes}) == 1 and _speaks_of(rate, stem, part, wholes[0], sentence)
        yield rate_differs(rate, part, wholes, Grade.CERTAIN if certain else Grade.CHECK)
    elif opposed:
        yield _differs_from_both(rate, part, opposed[0])
    elif others := [each for each in before if each.unit != part.unit and is_share_of(rate, part, each)]:
        yield rate_of_other_unit(rate, part, others[-1])
    elif not named:
        yield from _impossible(rate, before)


def _speaks_of(rate: TextStatement, stem: str, part: TextStatement, whole: TextStatement, sentence: Sentence) -> bool:
    """Whether the name of a rate says nothing that is not said of its counts: 电梯检验率 need not be that of 特种设备8000台，检验7900台."""
    name = _RATE.sub(lambda match: match["stem"], rate.noun).removesuffix(stem)
    words = sentence.text[: whole.figure.start - sentence.start] + whole.figure.after + part.noun
    return _OF_ALL.match(name) is not None or any(sign in words for sign in name)


def _given_otherwise(rate: TextStatement, stem: str, part: TextStatement, before: Sequence[TextStatement], sentence: Sentence) -> bool:
    """Whether a rate is what is left of a total, of two counts that its longer name means (网络抽检不合格率), or of two in a row (企业210户、个体户340户)."""
    alike = [(count, other) for count, other in permutations(before, 2) if count.unit == other.unit]
    if any(gives(rate, whole.value - each.value, whole.value) for each, whole in alike if _negated(each.noun)):
        return True
    left_out = [each for each in sentence.statements if _LEFT_OUT.match(each.figure.before)]
    if any(gives(rate, part.value, whole.value - each.value) for each in left_out for whole in before):
        return True
    if len(rate.noun) > len(stem) + _RATE_SIGNS and any(is_share_of(rate, count, whole) for count, whole in alike):
        return True
    return any(gives(rate, part.value, together(row)) for row in sentence.pairs_in_a_row(before) if part not in row and row[0].unit == part.unit)


def _of_opposite(rate: TextStatement, stem: str, before: Sequence[TextStatement], sentence: Sentence) -> Iterator[PaperFinding]:
    """合格率 of 300 with 6 不合格: what is not so, before or behind the rate, leaves what is so."""
    opposed = [each for each in sentence.statements if each.group == rate.group and each.count and _opposes(each, stem)]
    pairs = [(whole, each) for each in opposed for whole in before if whole.unit == each.unit and whole.value > each.value and whole is not each]
    if not pairs:
        yield from _impossible(rate, before)
    elif not any(gives(rate, whole.value - each.value, whole.value) for whole, each in pairs):
        whole, each = pairs[-1]
        yield PaperFinding(
            "rate-of-counts",
            Grade.CHECK,
            (rate.index, whole.index, each.index),
            f"「{rate.noun}」写为 {rate.written}，按文中的数 ({whole.figure.token} − {each.figure.token}) ÷ {whole.figure.token} = "
            f"{given(rate, whole.value - each.value, whole.value)}{rate.figure.unit}",
            "请核对率和它的分子、分母",
        )


def _beside(rate: TextStatement, before: Sequence[TextStatement]) -> list[TextStatement]:
    """The figure right before a rate where its part of the sentence has but two of that unit: 计划48项，任务45项，完成率."""
    own = [each for each in before if each.group == rate.group and each.unit == before[-1].unit]
    return own[-1:] if len(own) == 2 and own[-1].index == rate.index - 1 and own[0].index == rate.index - 2 else []


def _impossible(rate: TextStatement, before: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    whole = [each for each in before if not each.step and each.figure.unit and not each.figure.unit.endswith("元")]
    if whole and whole[-1] is before[-1] and before[-1].value > 0 and not any(_reachable(rate, each.value) for each in whole):
        yield _unreachable(rate, before[-1])


def _reachable(rate: TextStatement, whole: Decimal) -> bool:
    per_cent = Fraction(rate.value) * 100 / hundred(rate)
    return bool(reachable(per_cent, Fraction(whole), rate.figure.decimals + (hundred(rate) == 1000)))


def _stem_of(rate: TextStatement) -> str | None:
    """What a rate is the rate of: 合格 of 食品抽检合格率; None where its name says none."""
    match = _RATE.search(rate.noun)
    if match is None:
        return None
    stem = _FOUND.sub("", match["stem"])
    known = _PREFIX.match(stem)
    return known["stem"] if known else stem


def _counts(statement: TextStatement, stem: str) -> bool:
    """Whether a count is of what a rate is of: 合格 44批次, and not 不合格 7批次."""
    words = (statement.noun, statement.figure.before, statement.figure.after)
    negated = tuple(sign + stem for sign in NEGATIONS)
    done = [_DONE.sub("", word) for word in words if word]
    return not statement.rest and (any(word.endswith(stem) and not word.endswith(negated) for word in done) or statement.figure.after.startswith(stem))


def _is_like(statement: TextStatement, stem: str) -> bool:
    """Whether a count shares the last sign of a rate: 已检 with 定检, 阳性样品 with 阳性; 未报 with 年报 does not."""
    return _negated(statement.noun) == _negated(stem) and stem[-1:] in statement.noun and not _OWED.search(statement.noun)


def _negated(words: str) -> bool:
    return any(sign in words for sign in NEGATIONS)


def _opposes(statement: TextStatement, stem: str) -> bool:
    return any(statement.noun.endswith(sign + stem) for sign in NEGATIONS)


def _complements(sentence: Sentence) -> Iterator[PaperFinding]:
    """合格率 and 不合格率 of one sentence make up 100 %."""
    rates = [each for each in sentence.statements if each.share and not each.growth]
    for rate in rates:
        for other in rates:
            if other.unit != rate.unit or not any(
                other.noun == sign + rate.noun or other.noun.replace(sign, "", 1) == rate.noun != other.noun for sign in NEGATIONS
            ):
                continue
            digit = Decimal(1).scaleb(-min(rate.figure.decimals, other.figure.decimals))
            above = rate.value + other.value - hundred(rate)
            if abs(above) > digit / 2:
                yield PaperFinding(
                    "complement",
                    Grade.CHECK if above == digit else Grade.CERTAIN,  # 97.75 and 2.25 are printed as 97.8 and 2.3
                    (other.index, rate.index),
                    f"「{rate.noun}」{rate.written} + 「{other.noun}」{other.written} = {plain(rate.value + other.value)}{rate.figure.unit}，"
                    f"不是 {hundred(rate)}{rate.figure.unit}",
                    "两者互补，请核对是哪一个有误",
                )


def _above_all(rate: TextStatement) -> PaperFinding:
    return PaperFinding("rate-above-all", Grade.CERTAIN, (rate.index,), f"「{rate.noun}」写为 {rate.written}，超过了全部", "请核对这个率")


def _unreachable(rate: TextStatement, base: TextStatement) -> PaperFinding:
    return PaperFinding(
        "rate-impossible",
        Grade.CHECK,
        (rate.index, base.index),
        f"「{rate.noun}」写为 {rate.written}，以文中的「{base.noun}」{base.written} 为分母时没有一个整数能得到",
        "请核对分母是不是另外的数，或率有误",
    )


def _differs_from_both(rate: TextStatement, part: TextStatement, other: TextStatement) -> PaperFinding:
    share = given(rate, part.value, part.value + other.value)
    return PaperFinding(
        "rate-of-counts",
        Grade.CHECK,
        (rate.index, part.index, other.index),
        f"「{rate.noun}」写为 {rate.written}，按文中的数 {part.figure.token} ÷ ({part.figure.token} + {other.figure.token}) = {share}{rate.figure.unit}",
        "请核对率和它的分子、分母",
    )
