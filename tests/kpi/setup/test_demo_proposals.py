"""
What the sheets of the demonstration propose without their hidden sheet and without any catalogue, judged by the shipped catalogue.

The catalogue is the judge only: nothing of it is given to who reads the sheets.
"""

import datetime
from collections import Counter

import pytest

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.load import DEFAULT, load
from kpi.catalog.model import Catalog
from kpi.demo.workbooks import workbooks
from kpi.period import Month
from kpi.setup.proposal import Certainty, ProposedCatalog, RateProposal
from kpi.setup.proposing import propose
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.layout.table_finder import META_SHEET
from kpi.workbook.naming import name_key
from kpi.workbook.process.parser import Parser

MONTHS = (Month(2023, 1), Month(2023, 2), Month(2023, 3))
TYPED = 25  # rates that a sheet types; 27 further quotients of the catalogue stand on no sheet


@pytest.fixture(scope="module")
def judge() -> Catalog:
    return load(DEFAULT)


@pytest.fixture(scope="module")
def files(judge: Catalog) -> list[SurveyedFile]:
    with Parser() as parser:
        return [
            SurveyedFile(name, tuple(sheet for sheet in parser.parse(data, name) if sheet.name != META_SHEET)) for name, _, _, data in workbooks(judge, MONTHS)
        ]


@pytest.fixture(scope="module")
def proposed(files: list[SurveyedFile]) -> ProposedCatalog:
    return propose(files)


@pytest.fixture(scope="module")
def known(judge: Catalog, proposed: ProposedCatalog) -> dict[str, str]:
    """The codes of the shipped catalogue by the codes that are proposed."""
    offices = {office.code: office.name for office in proposed.offices}
    judged = {(judge.offices[measure.office].name, bare(measure.name)): code for code, measure in judge.owed.items()}
    return {measure.code: judged[key] for measure in proposed.measures if (key := (offices[measure.office], bare(measure.name))) in judged}


def bare(name: str) -> str:
    return name_key(name).removeprefix("其中")


def terms(formula: Linear, known: dict[str, str] | None = None) -> Counter[tuple[str | None, str, int]]:
    return Counter(((known.get(term.measure) if known is not None else term.measure), str(term.coefficient), term.years_back) for term in formula.terms)


def test_every_measure_with_its_unit_and_kind(judge: Catalog, proposed: ProposedCatalog, known: dict[str, str]) -> None:
    """All 298 measures that are owed, each with the right unit and kind, and none besides."""
    verdicts = Counter[str]()
    for measure in proposed.measures:
        right = judge.measures.get(known.get(measure.code, ""))
        verdicts["extra" if right is None else "unit" if right.unit != measure.unit else "kind" if right.kind is not measure.kind else "right"] += 1

    assert verdicts == {"right": 298}
    assert set(judge.owed) == set(known.values())


def test_rates_with_their_parts(judge: Catalog, proposed: ProposedCatalog, known: dict[str, str]) -> None:
    """Of 25 typed rates 23 with the right parts, two are asked about, and none has wrong ones."""
    verdicts = Counter[str]()
    for rate in filter(lambda rate: rate.typed, proposed.rates):
        right = judge.indicators[known[rate.code]]
        if rate.parts is None or right.denominator is None:
            verdicts["asked"] += 1
            continue
        above, below = (terms(parse_linear(text), known) for text in (rate.parts.numerator, rate.parts.denominator))
        same = (above, below, rate.parts.scale) == (terms(right.numerator), terms(right.denominator), right.scale)
        verdicts["right" if same else "wrong"] += 1

    assert sum(indicator.reported is not None for indicator in judge.indicators.values()) == TYPED
    assert verdicts == {"right": 23, "asked": 2}


def test_rates_that_only_words_or_the_library_suggest_are_questions(judge: Catalog, proposed: ProposedCatalog, known: dict[str, str]) -> None:
    """
    Of 27 quotients that no sheet types 18 are asked about with the parts of the catalogue: six by their names, the others by the library.

    Nothing proves them, so none is more than a question.  Four further rates of the library can be made of the sheets, and the catalogue has not chosen them.
    """
    suggested = [rate for rate in proposed.rates if not rate.typed]
    right = {(str(terms(own.numerator)), str(terms(own.denominator))) for own in judge.indicators.values() if own.denominator and not own.reported}

    assert all(rate.parts is None and rate.certainty is Certainty.ASKED for rate in suggested)
    agreed = {rate.name for rate in suggested if in_judge(rate, known) in right}
    assert len(agreed) == 18
    assert {rate.name for rate in suggested} - agreed == {
        "产品质量监督抽查不合格发现率",
        "每万人口经营主体",
        "每万人口高价值发明专利拥有量",
        "每百万人口药品不良反应报告数",
    }


def in_judge(rate: RateProposal, known: dict[str, str]) -> tuple[str, str]:
    """The first choice of a rate in the codes of the catalogue."""
    return str(terms(parse_linear(rate.choices[0].numerator), known)), str(terms(parse_linear(rate.choices[0].denominator), known))


def test_what_the_library_says_of_the_proposals(proposed: ProposedCatalog) -> None:
    """Of 273 counted measures 112 and of 25 typed rates 24 are usual ones; 投诉举报办结率 has another denominator there, and that of the sheets stays."""
    measures = {measure.name: measure.suggestion for measure in proposed.measures if measure.suggestion}
    rates = {rate.name: rate for rate in proposed.rates if rate.typed and rate.suggestion}

    assert (len(measures), len(rates)) == (112, 24)
    assert measures["期末在业市场主体总量"].name == "在册经营主体"
    closing = rates["投诉举报按法定权限办结率"]
    assert closing.parts is not None
    assert "12345" in closing.parts.denominator
    assert closing.evidence[-1].words.startswith(
        "指标库：投诉举报办结率 = 投诉举报办结件数 ÷ 投诉举报受理件数，分母：受理的投诉和举报；表上的分母与它不同，以表上算得出的为准，请核对口径。依据："
    )


def test_offices_and_bureau(judge: Catalog, proposed: ProposedCatalog) -> None:
    """The names stand behind 填报单位 and in the titles."""
    assert {office.name for office in proposed.offices} == {office.name for office in judge.offices.values()}
    assert {office.template for office in proposed.offices} == {office.template for office in judge.offices.values()}
    assert proposed.bureau == judge.bureau


def test_sums_that_hold(proposed: ProposedCatalog) -> None:
    """What is 其中 of a whole is its sum, where it is in every month."""
    names = {relation.name for relation in proposed.sums}

    assert {
        "新登记市场主体 = 新登记企业 + 新登记农民专业合作社 + 新登记个体工商户",
        "认证证书总数 = 质量管理体系认证证书 + 有机产品认证证书 + 绿色产品认证 + 其他认证证书",
    } <= names


def test_the_same_sheets_are_taken_in(proposed: ProposedCatalog, files: list[SurveyedFile]) -> None:
    """The catalogue of what is accepted, the measures asked about as they are proposed, reads every figure of these sheets without a question or a finding."""
    draft = SetupDraft(proposed).all_accepted()
    for measure in proposed.measures:
        draft = draft.answered(measure.key, ProposalAnswer(ProposalVerdict.ACCEPTED))
    catalog = catalog_of_draft(draft, proposed.bureau, datetime.date(2026, 11, 29))

    reports = [report for file in files for report in read_reports(file.sheets, catalog)]

    assert sum(len(report.readings) for report in reports) == 2448
    assert not [finding for report in reports for finding in report.findings]
    assert not [question for report in reports for question in report.questions]


def test_the_same_sheets_in_another_order_propose_the_same(proposed: ProposedCatalog, files: list[SurveyedFile]) -> None:
    """Codes and keys do not depend on the order in which files are given."""
    assert propose(files[::-1]) == proposed
