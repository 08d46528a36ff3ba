"""Slips made in clean paragraphs of other bureaus: a digit changed, a unit, a total, a day, the sign of a growth."""

from collections import Counter

import pytest

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.paper import Paper
from tests.kpi.papers.paragraphs import Paragraph, Slip, paragraphs, slips, with_slip

_BY_NAME = {paragraph.name: paragraph for paragraph in paragraphs()}
_SEEN = [slip for slip in slips() if not slip.why_not]
_UNSEEN = [slip for slip in slips() if slip.why_not]


def findings(paragraph: Paragraph, document: Paper) -> tuple[PaperFinding, ...]:
    return check_text(document, read_figures(document, paragraph.as_of), paragraph.as_of)


def codes(slip: Slip) -> set[str]:
    paragraph = _BY_NAME[slip.paragraph]
    return {finding.code for finding in findings(paragraph, with_slip(paragraph, slip))}


def test_clean_paragraphs_raise_nothing():
    assert [(name, finding.seen) for name, paragraph in _BY_NAME.items() for finding in findings(paragraph, paragraph.document)] == []


@pytest.mark.parametrize("slip", _SEEN, ids=lambda slip: f"{slip.paragraph}-{slip.new}")
def test_a_slip_is_found(slip):
    assert slip.code in codes(slip)


@pytest.mark.parametrize("slip", _UNSEEN, ids=lambda slip: f"{slip.paragraph}-{slip.new}")
def test_what_arithmetic_cannot_see_raises_nothing(slip):
    assert codes(slip) == set()


def test_slips_of_every_kind_are_tried():
    kinds = Counter(slip.code for slip in _SEEN)
    assert sum(kinds.values()) >= 230
    assert kinds.keys() >= {
        "sum-of-parts",
        "rate-of-counts",
        "growth-of-counts",
        "points-of-rates",
        "difference-of-counts",
        "mean-of-counts",
        "net-of-new-and-gone",
        "units-differ",
    }


def test_a_certain_finding_is_about_figures_of_the_slip_or_of_their_sum():
    """Of all slips none makes a certain finding in a passage other than its own."""
    for slip in _SEEN:
        paragraph = _BY_NAME[slip.paragraph]
        document = with_slip(paragraph, slip)
        figures = read_figures(document, paragraph.as_of)
        changed = {passage.index for passage, former in zip(document.passages, paragraph.document.passages, strict=True) if passage.text != former.text}
        for finding in check_text(document, figures, paragraph.as_of):
            touched = {figures[index].passage for index in finding.figures}
            assert finding.grade is not Grade.CERTAIN or touched & changed
