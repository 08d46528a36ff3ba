"""Names that may be of one thing, as questions: those of which the figures show it are one measure already."""

from collections.abc import Mapping, Sequence

from kpi.setup.measure_proposals import cells_of
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.proposal import Certainty, ProposalEvidence, SynonymProposal
from kpi.setup.synonym_search import Synonym
from kpi.workbook.naming import name_key


def propose_synonyms(synonyms: Sequence[Synonym], series: Mapping[str, MeasureSeries]) -> tuple[SynonymProposal, ...]:
    """
    The names that are asked about.

    Args:
        synonyms: All that may be synonyms.
        series: The series of the proposed measures by code.

    """
    codes = {id(own): code for code, own in series.items()}
    pairs = [(synonym, codes[id(synonym.kept)], codes[id(synonym.other)]) for synonym in synonyms if {id(synonym.kept), id(synonym.other)} <= set(codes)]
    return tuple(_proposal(synonym, code, other) for synonym, code, other in pairs if not synonym.proved)


def _proposal(synonym: Synonym, code: str, other: str) -> SynonymProposal:
    first, second = synonym.kept, synonym.other
    months = len(first.months) + len(second.months)
    words = f"「{first.name}」和「{second.name}」单位相同，从不在同一个月出现"
    return SynonymProposal(
        f"synonym/{first.office}/{name_key(first.name)}/{name_key(second.name)}",
        Certainty.ASKED,
        (ProposalEvidence(words, (*cells_of(first)[:2], *cells_of(second)[:2]), months, months),),
        f"「{first.name}」和「{second.name}」是同一个数据项吗？",
        code,
        other,
        second.name,
    )
