"""
Rates that no sheet has and that the names of two figures suggest: 合格批次 beside 检验批次, 办结 beside 受理.

The figures can only rule them out, where the part often outgrows its whole; nothing proves them, so each is a question.
"""

import re
from collections.abc import Iterator, Sequence

from kpi.catalog.measure import Better
from kpi.setup.measure_proposals import cells_of
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.number_table import counted_slots, number_at
from kpi.setup.proposal import Certainty, MeasureProposal, ProposalEvidence, RateParts, RateProposal
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.rate_proposals import MeasuresOfBureau
from kpi.workbook.naming import name_key, unit_key

_OUTCOMES = (  # what a numerator counts, what its denominator may, and what the rate is called
    (re.compile(r"合格(?!证)"), re.compile(r"检验|已?检测"), "合格率"),
    (re.compile(r"合格(?!证)"), re.compile(r"考核|抽检|抽查|监测|评定"), "合格率"),
    (re.compile(r"办结|结案|审结|执结"), re.compile(r"受理|接收|接到|收到|立案|收案|新收|登记"), "办结率"),
    (re.compile(r"已?整改(?:完成)?"), re.compile(r"发现|反馈|存在|排查|隐患|问题|总数"), "整改率"),
    (re.compile(r"已?完成"), re.compile(r"任务|计划|目标|应"), "完成率"),
    (re.compile(r"已?完成$"), re.compile(r"(?<=.)$"), "完成率"),  # 抽查任务完成 of 抽查任务
    (re.compile(r"^已?检查"), re.compile(r"总数"), "检查覆盖率"),
    (re.compile(r"按期|按时|及时"), re.compile(r"应|全部|总"), "及时率"),
)
_NOT = re.compile(r"[不未无没待]|正在")
_IDLE = re.compile(r"[的数量总个户家件批次人名台已其中完成问题()]")


def suggest_rates(measures: MeasuresOfBureau, typed: Sequence[RateProposal], codes: ProposedCodes) -> tuple[RateProposal, ...]:
    """
    The rates that names suggest and no sheet has.

    Args:
        measures: All measures.
        typed: The rates that the sheets have, whose parts need no suggestion.
        codes: The codes given so far.

    """
    known = {(rate.parts.numerator, rate.parts.denominator) for rate in typed if rate.parts}
    names = {(rate.office, name_key(rate.name)) for rate in typed}
    suggested: list[RateProposal] = []
    for office in dict.fromkeys(measure.office for measure in measures.proposals):
        counted = measures.counted(office)
        own = [measure for measure in measures.proposals if measure.code in counted]
        for above, below, name in _pairs(own, measures):
            if (above.code, below.code) not in known and (office, name_key(name)) not in names:
                names.add((office, name_key(name)))
                suggested.append(_suggestion(name, above, below, measures, codes))
    return tuple(suggested)


def _pairs(own: Sequence[MeasureProposal], measures: MeasuresOfBureau) -> Iterator[tuple[MeasureProposal, MeasureProposal, str]]:
    """The pairs of one office whose names are of one subject, one an outcome of the other; of each outcome the first."""
    for above in own:
        for outcome, whole, called in _OUTCOMES:
            key = name_key(above.name)
            if not outcome.search(key) or _NOT.search(key):
                continue
            subject = _IDLE.sub("", outcome.sub("", key))
            for below in own:
                other = name_key(below.name)
                if below is above or outcome.search(other) or not whole.search(other) or unit_key(above.unit) != unit_key(below.unit) or _NOT.search(other):
                    continue
                if _same_subject(subject, _IDLE.sub("", whole.sub("", other)), other) and _within(measures.series[above.code], measures.series[below.code]):
                    yield above, below, f"{_shown(above.name, outcome)}{called}"
                    break


def _same_subject(subject: str, other_subject: str, other: str) -> bool:
    """Whether two names are about the same thing once their outcomes are taken off."""
    return bool(subject) and (
        subject == other_subject or (subject in other and len(other_subject) > 1) or (len(other_subject) > 1 and other_subject in subject)
    )


def _within(part: MeasureSeries, whole: MeasureSeries) -> bool:
    """Whether the part hardly ever outgrows its whole: what was found last year may be mended in this."""
    pairs = [(part.numbers[slot], number) for slot in counted_slots(part) if (number := number_at(whole, slot)) is not None]
    return sum(small <= large for small, large in pairs) * 3 > 2 * len(pairs)


def _shown(name: str, outcome: re.Pattern[str]) -> str:
    """The subject of a name as it is written: 商品煤 of 商品煤合格批次."""
    return re.sub(r"(?:批次|人次|家次|户次|件数|户数|数量|数)$", "", outcome.sub("", name)).strip("的")


def _suggestion(name: str, above: MeasureProposal, below: MeasureProposal, measures: MeasuresOfBureau, codes: ProposedCodes) -> RateProposal:
    months = len(measures.series[above.code].months)
    cells = (*cells_of(measures.series[above.code])[:2], *cells_of(measures.series[below.code])[:2])
    words = f"表上没有「{name}」，有「{above.name}」和「{below.name}」；前者很少大于后者，别的无从证明"
    return RateProposal(
        f"rate/{above.office}/{name_key(name)}",
        Certainty.ASKED,
        (ProposalEvidence(words, cells, 0, months),),
        f"要不要看「{name}」= {above.name} ÷ {below.name}？",
        codes.code(name),
        name,
        above.office,
        "%",
        1,
        Better.HIGHER,
        None,
        (RateParts(above.code, below.code, 100),),
        False,
    )
