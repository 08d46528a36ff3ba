"""Relations as the sheets show them: sums that holds in every month and column, and one figure that two offices state."""

from collections.abc import Iterator, Sequence

from kpi.setup.measure_proposals import cells_of
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.proposal import Certainty, MeasureProposal, ProposalEvidence, SumProposal
from kpi.setup.rate_proposals import MeasuresOfBureau
from kpi.setup.sum_search import HoldingSum, find_equal, find_sums
from kpi.workbook.naming import name_key


def propose_sums(measures: MeasuresOfBureau) -> tuple[SumProposal, ...]:
    """The sums of each office in the order of its sheets, then what two offices state alike."""
    offices = dict.fromkeys(measure.office for measure in measures.proposals)
    own = [_proposal(office, relation, measures) for office in offices for relation in find_sums(measures.counted(office))]
    return (*own, *_equal(measures))


def _proposal(office: str, relation: HoldingSum, measures: MeasuresOfBureau) -> SumProposal:
    names = measures.names
    whole, terms = measures.series[relation.whole], [measures.series[code] for code in relation.terms]
    called = _is_called(whole, terms)
    wording = f"{names[relation.whole]} = {' + '.join(names[code] for code in relation.terms)}"
    months = len(relation.months)
    return SumProposal(
        f"sum/{office}/{name_key(names[relation.whole])}",
        Certainty.PROVED if called else Certainty.LIKELY,
        (ProposalEvidence(f"{wording}，在 {len(relation.slots)} 处都成立", cells_of(whole), months, months),),
        "" if called else f"「{wording}」在各月都成立，是应当成立，还是碰巧？",
        wording,
        office,
        relation.whole,
        " + ".join(relation.terms),
    )


def _is_called(whole: MeasureSeries, terms: Sequence[MeasureSeries]) -> bool:
    """Whether the sheet itself says that they are parts of it: by 其中, by 合计, or by rows that follow it."""
    summed = any(word in whole.name for word in ("合计", "总计", "小计", "总数", "总量"))
    among = all(name_key(term.whole) == name_key(whole.name) for term in terms)
    orders = [term.order for term in terms]
    follow = orders == list(range(orders[0], orders[0] + len(orders))) and whole.order in (orders[0] - 1, orders[-1] + 1)
    return among or summed or (follow and len({term.topic for term in (whole, *terms)}) == 1)


def _equal(measures: MeasuresOfBureau) -> Iterator[SumProposal]:
    by_code: dict[str, MeasureProposal] = {measure.code: measure for measure in measures.proposals}
    for first, second, slots in find_equal(measures.counted(None)):
        if by_code[first].office == by_code[second].office:
            continue
        series = measures.series[first]
        wording = f"{series.office}与{measures.series[second].office}的{series.name}"
        yield SumProposal(
            f"equal/{name_key(series.name)}/{by_code[first].office}/{by_code[second].office}",
            Certainty.LIKELY,
            (ProposalEvidence(f"{wording}在 {slots} 处都相同", cells_of(series), len(series.months), len(series.months)),),
            f"{wording}都相同，是同一个数吗？",
            f"{wording}相同",
            "bureau",
            first,
            second,
        )
