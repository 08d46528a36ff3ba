"""
Rates inside a text against the counts beside them.

合格率 is of 合格 in what was tested: where both stand in the sentence, the rate must be theirs to its digits; where only what was tested stands
there, some whole number must give it (granularity): 99.38 % of 17,017 can only be 16,911 or 16,912, and 3.79 % of 262 can be none.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.statements import Sentence, Statement
from kpi.value import plain
from kpi.workbook.forms.opposite_words import NEGATIONS

_RATE = re.compile(r"(?P<stem>[一-龥]{1,8}?)(?:率|比例|占比)$")
_PREFIX = re.compile(
    r"^.*?(?P<stem>合格|不合格|办结|按期办结|完成|整改|成功|调解成功|检验|登记|发现|填报|覆盖|达标|及时|处置|回复|满意|通过|检出|立案|受理|公示|年报|定检|问题发现)$"
)
_OPPOSED_RATE = tuple(re.compile(f"^{sign}") for sign in NEGATIONS)
_HUNDRED = {"%": Decimal(100), "‰": Decimal(1000)}
_GREW = re.compile(r"(?:增长|上升|提高|下降|同比|环比|减少|增加|提升|降低|增幅|降幅|回落|下滑)(?!(?:到|至|为))[^到至]{0,6}$")


def rate_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The rates of a text that the counts of their sentence do not give, and complements that do not make up the whole."""
    for sentence in sentences:
        for rate in sentence.statements:
            if rate.share and not is_growth(rate) and not sentence.masked:
                yield from _against_counts(rate, sentence)
        yield from _complements(sentence)


def is_growth(statement: Statement) -> bool:
    """Whether a percentage says how much something grew or fell."""
    return _GREW.search(statement.figure.before) is not None


def stem_of(rate: Statement) -> str | None:
    """What a rate is the rate of: 合格 of 食品抽检合格率; None where its name says none."""
    match = _RATE.search(rate.noun)
    if match is None:
        return None
    known = _PREFIX.match(match["stem"])
    return known["stem"] if known else match["stem"]


def fits(rate: Statement, part: Decimal, whole: Decimal) -> bool:
    """Whether a part of a whole gives a rate to the digits it is written with."""
    hundred, digits = _HUNDRED.get(rate.figure.unit, Decimal(100)), Decimal(1).scaleb(-rate.figure.decimals)
    return whole != 0 and (part * hundred / whole).quantize(digits, ROUND_HALF_UP) == rate.value


def reachable(rate: Statement, whole: Decimal) -> bool:
    """Whether any whole number of a whole gives a rate to its digits."""
    return bool(parts_giving(rate, whole))


def parts_giving(rate: Statement, whole: Decimal) -> tuple[int, ...]:
    """The whole numbers of a whole that give a rate to its digits: (16911, 16912) of 99.38 % and 17,017."""
    hundred, half = _HUNDRED.get(rate.figure.unit, Decimal(100)), Decimal(5).scaleb(-rate.figure.decimals - 1)
    least = ((rate.value - half) * whole / hundred).to_integral_value(ROUND_CEILING)
    most = ((rate.value + half) * whole / hundred).to_integral_value(ROUND_FLOOR)
    return tuple(part for part in range(int(least), min(int(most), int(least) + 1) + 1) if 0 <= part <= whole and fits(rate, Decimal(part), whole))


def _against_counts(rate: Statement, sentence: Sentence) -> Iterator[PaperFinding]:
    stem = stem_of(rate)
    before = [each for each in sentence.statements if each.index < rate.index and not each.share and not each.figure.decimals and not _is_money(each)]
    if stem is None or not before:
        return
    parts = [each for each in before if _counts(each, stem)]
    for part in reversed(parts):
        wholes = [each for each in before if each is not part and each.unit == part.unit and each.value >= part.value and each not in parts]
        opposed = [each for each in before if each.unit == part.unit and _opposes(each, stem)]
        if any(fits(rate, part.value, whole.value) for whole in wholes) or any(fits(rate, part.value, part.value + each.value) for each in opposed):
            return
        wholes = [each for each in wholes if each not in opposed]
        if wholes:
            yield _differs(rate, part, wholes)
            return
    if not parts and (base := before[-1]).value > 0 and base.unit and not any(reachable(rate, each.value) for each in before):
        yield _unreachable(rate, base)


def _counts(statement: Statement, stem: str) -> bool:
    """Whether a count is of what a rate is of: 合格 44批次, and not 不合格 7批次."""
    words = (statement.noun, statement.figure.before, statement.figure.after)
    return any(
        word.endswith(stem) and not word.endswith(tuple(sign + stem for sign in NEGATIONS)) for word in words if word
    ) or statement.figure.after.startswith(stem)


def _opposes(statement: Statement, stem: str) -> bool:
    return any(statement.noun.endswith(sign + stem) for sign in NEGATIONS)


def _is_money(statement: Statement) -> bool:
    return statement.figure.unit.endswith("元")


def _complements(sentence: Sentence) -> Iterator[PaperFinding]:
    """合格率 and 不合格率 of one sentence make up 100 %."""
    rates = [each for each in sentence.statements if each.share and not is_growth(each)]
    for rate in rates:
        for other in rates:
            if any(other.noun == sign + rate.noun or other.noun.replace(sign, "", 1) == rate.noun != other.noun for sign in NEGATIONS):
                hundred = _HUNDRED.get(rate.figure.unit, Decimal(100))
                if (
                    rate.unit == other.unit
                    and abs(rate.value + other.value - hundred) > Decimal(1).scaleb(-min(rate.figure.decimals, other.figure.decimals)) / 2
                ):
                    yield PaperFinding(
                        "complement",
                        Grade.CERTAIN,
                        (other.index, rate.index),
                        f"「{rate.noun}」{rate.figure.token}{rate.figure.unit} + 「{other.noun}」{other.figure.token}{other.figure.unit} = "
                        f"{plain(rate.value + other.value)}{rate.figure.unit}，不是 {plain(hundred)}{rate.figure.unit}",
                        "两者互补，请核对是哪一个有误",
                    )


def _differs(rate: Statement, part: Statement, wholes: Sequence[Statement]) -> PaperFinding:
    hundred = _HUNDRED.get(rate.figure.unit, Decimal(100))
    digits = Decimal(1).scaleb(-rate.figure.decimals)
    given = "；".join(
        f"{part.figure.token} ÷ {whole.figure.token} = {(part.value * hundred / whole.value).quantize(digits, ROUND_HALF_UP)}{rate.figure.unit}"
        for whole in wholes
        if whole.value
    )
    return PaperFinding(
        "rate-of-counts",
        Grade.CERTAIN if len({whole.value for whole in wholes}) == 1 else Grade.CHECK,
        (rate.index, part.index, *(whole.index for whole in wholes)),
        f"「{rate.noun}」写为 {rate.figure.token}{rate.figure.unit}，按文中的数 {given}",
        "请核对率和它的分子、分母",
    )


def _unreachable(rate: Statement, base: Statement) -> PaperFinding:
    return PaperFinding(
        "rate-impossible",
        Grade.CHECK,
        (rate.index, base.index),
        f"「{rate.noun}」写为 {rate.figure.token}{rate.figure.unit}，以文中的「{base.noun}」{base.figure.token}{base.figure.unit} 为分母时没有一个整数能得到",
        "请核对分母是不是另外的数，或率有误",
    )
