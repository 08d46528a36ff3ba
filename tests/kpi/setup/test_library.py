"""The shipped library of usual indicators, and what it adds to proposals."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.catalog.measure import Better
from kpi.errors import CatalogError
from kpi.setup.library import load_library
from kpi.setup.library_names import library_key
from kpi.setup.proposal import Certainty, ProposedCatalog, RateParts
from kpi.setup.proposing import propose
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft
from kpi.setup.surveyed_figure import SurveyedFile
from tests.kpi.setup import layouts
from tests.kpi.setup.drawn import drawn_file

DAY = datetime.date(2026, 11, 29)
HEAD = """
[[document]]
code = "law"
title = "某法"
year = 2020
[[measure]]
code = "part"
name = "合格批次"
unit = "批次"
kind = "flow"
[[measure]]
code = "whole"
name = "检验批次"
unit = "批次"
kind = "flow"
"""
RATE = """
[[entry]]
code = "rate"
name = "合格率"
unit = "%"
decimals = 1
numerator = "part"
denominator = "whole"
scale = 100
denominator_words = "检验的批次"
better = "higher"
sources = [{ document = "law" }]
"""


def monthly(office: str, rows: dict[str, tuple[int, ...]], unit: str) -> list[SurveyedFile]:
    """A sheet a month from January on, whose rows add up their months."""
    months = len(next(iter(rows.values())))
    files = []
    for month in range(1, months + 1):
        lines = [f"{name} | {unit} | {numbers[month - 1]} | {sum(numbers[:month])}" for name, numbers in rows.items()]
        sheet = f"\n{office}2024年{month}月月报表\n填报单位：{office}\n项目 | 单位 | 本月数 | 本年累计\n" + "\n".join(lines)
        files.append(drawn_file(f"{office}{month}月.xlsx", {"Sheet1": sheet}))
    return files


def in_words(proposed: ProposedCatalog, parts: RateParts) -> tuple[str, str, int]:
    names = {measure.code: measure.name for measure in proposed.measures}
    above, below = (" ".join(names.get(word, word) for word in side.split(" ")) for side in (parts.numerator, parts.denominator))
    return above, below, parts.scale


def test_every_entry_has_a_source_a_formula_and_names_of_its_own() -> None:
    """The loader refuses any other: 60 entries at least, and each measure is part of one."""
    library = load_library()

    assert len(library.entries) >= 150
    assert sum(entry.denominator is not None for entry in library.entries.values()) >= 60
    assert all(entry.sources and library.cited(entry).startswith("《") for entry in library.entries.values())
    assert all(library.uses[code] for code in library.measures)
    assert {source.document for entry in library.entries.values() for source in entry.sources} == set(library.documents)


def test_individual_businesses_are_only_watched() -> None:
    """The regulation for them forbids to assess their growth and their 年报率."""
    watched = {entry.name for entry in load_library().entries.values() if not entry.may_assess}

    assert watched == {"在册个体工商户", "新设个体工商户", "个体工商户年报率", "罚没款"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022年度企业年报率（%）", "企业年报率"),
        ("市场主体总量", "经营主体总数"),
        ("其中：12315 平台投诉件数", "12315平台投诉"),
        ("全区特种设备定检率", "特种设备定检率"),
        ("食品抽检批次数", "食品抽检"),
    ],
)
def test_names_that_are_one(first: str, second: str) -> None:
    assert library_key(first) == library_key(second)


def test_names_that_are_two() -> None:
    assert len({library_key(name) for name in ("合格批次", "不合格批次", "检验批次", "合格率", "数量")}) == 5


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (RATE.replace('denominator = "whole"', 'denominator = "hole"'), "指标 rate：公式里的数据项「hole」不存在"),
        (RATE.replace('"part"', '"part +"'), "x.toml rate：公式「part +」写法有误"),
        (RATE.replace('{ document = "law" }', ""), "指标 rate：没有写依据"),
        (RATE.replace('document = "law"', 'document = "low"'), "依据「low」不存在"),
        (RATE.replace('denominator_words = "检验的批次"\n', ""), "有分母的要写明分母是什么"),
        (RATE.replace("decimals = 1\n", ""), "x.toml rate：decimals 写法不对或没有写"),
        (RATE + RATE.replace('"rate"', '"other"'), "指标 other：名称「合格率」也是 rate 的"),
        (RATE + RATE, "x.toml rate：这个代码写了两次"),
        (RATE.replace('name = "合格率"', 'name = "合格率"\nshort_names = ["率"]'), "short_names 和 context 要么都写，要么都不写"),
        ("", "数据项 part：没有哪个指标用到它"),
        (RATE + "[[office]]\n", "x.toml：没有名为 office 的表"),
    ],
)
def test_a_library_with_a_fault_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "x.toml").write_text(HEAD + text, "utf-8")

    with pytest.raises(CatalogError) as refused:
        load_library(tmp_path)
    assert fault in str(refused.value)


def test_one_short_name_of_two_needs_words_that_tell_them_apart(tmp_path: Path) -> None:
    """合格率 of 食品 and of 药品 are two; with 抽检 around both nobody can tell."""
    food = RATE.replace('name = "合格率"', 'name = "食品合格率"\nshort_names = ["合格率"]\ncontext = ["食品", "抽检"]')
    drug = food.replace('"rate"', '"drug"').replace('"食品合格率"', '"药品合格率"')
    (tmp_path / "x.toml").write_text(HEAD + food + drug.replace('"食品", "抽检"', '"药品"'), "utf-8")
    assert set(load_library(tmp_path).entries) == {"rate", "drug"}

    other = tmp_path / "other"
    other.mkdir()
    (other / "x.toml").write_text(HEAD + food + drug.replace('"食品", "抽检"', '"药品", "抽检"'), "utf-8")
    with pytest.raises(CatalogError, match="context 里都有「抽检」，分不开"):
        load_library(other)


def test_a_rate_that_no_sheet_types_is_asked_with_each_usual_denominator() -> None:
    """Only 调解成功, 终止调解, 受理 and 办结 stand there: the rate is offered by what the library says, and nothing accepts it."""
    rows = {"投诉受理": (40, 50, 60), "调解成功": (20, 31, 33), "终止调解": (10, 12, 20), "投诉办结": (31, 44, 55)}
    proposed = propose(monthly("消保科", rows, "件"))

    rate = next(rate for rate in proposed.offered if rate.name == "投诉调解成功率")
    assert (rate.parts, rate.certainty, rate.better) == (None, Certainty.ASKED, Better.HIGHER)
    assert [in_words(proposed, parts) for parts in rate.choices] == [
        ("调解成功", "调解成功 + 终止调解", 100),
        ("调解成功", "投诉办结", 100),
        ("调解成功", "投诉受理", 100),
    ]
    assert rate.question == "要不要看「投诉调解成功率」= 调解成功 ÷ （调解成功 + 终止调解）？分母有 3 种用法，请选定"
    assert "依据：《市场监督管理投诉举报处理办法》（国家市场监督管理总局令第121号）" in rate.evidence[0].words
    assert not {key for key in SetupDraft(proposed).all_accepted().answers if key.startswith("rate/")}


def test_what_the_figures_rule_out_is_not_offered() -> None:
    """新设企业 above 新设经营主体 in every month is no share of it, whatever the names say."""
    proposed = propose(monthly("登记科", {"新设经营主体": (10, 20, 30), "新设企业": (15, 25, 45)}, "户"))

    assert "新设企业占比" not in {rate.name for rate in proposed.rates}


def test_short_names_are_read_by_the_words_around_them() -> None:
    """检验, 合格 of 食品科 and of 药品科 are those of food and of drugs."""
    rows = {"检验批次": (30, 41, 55), "合格批次": (29, 40, 51)}
    proposed = propose([*monthly("食品科", rows, "批次"), *monthly("药品科", rows, "批次")])

    assert [measure.suggestion.name if measure.suggestion else "" for measure in proposed.measures] == [
        *("药品抽检检验批次", "药品抽检合格批次", "食品抽检检验批次", "食品抽检合格批次"),
    ]


@pytest.mark.parametrize("files", [layouts.hospital_months_across, layouts.school_two_header_rows, layouts.court_divisions_down_rows, layouts.water_production])
def test_bureaus_of_other_fields_get_nothing_of_it(files: Callable[[], list[SurveyedFile]]) -> None:
    """A court's 结案 is no penalty that was closed."""
    proposed = propose(files())

    assert not proposed.offered
    assert not [measure for measure in proposed.measures if measure.suggestion]


def test_population_in_another_unit_is_converted() -> None:
    """A population in 人 is a ten-thousandth of one in 万人, in the formula: 8,000 户 to 400,000 人 are 200 to each 万人."""
    sheets = [
        *monthly("办公室", {"常住人口": (400000, 400000, 400000)}, "人"),
        *monthly("登记科", {"在册经营主体": (8000, 8100, 8200)}, "户"),
    ]
    proposed = propose(sheets)

    rate = next(rate for rate in proposed.offered if rate.name == "每万人口经营主体")
    assert [in_words(proposed, parts) for parts in rate.choices] == [("在册经营主体", "0.0001 * 常住人口", 1)]
    assert rate.unit == "户/万人"


def test_a_chosen_rate_is_in_the_catalogue_with_its_documents() -> None:
    """The direction, the source and 只监测 come along; the formula is what was chosen."""
    proposed = propose(monthly("信用科", {"应年报个体工商户": (400, 400, 400), "已年报个体工商户": (100, 150, 90)}, "户"))
    draft = SetupDraft(proposed).all_accepted()
    for proposal in draft.open:
        if not proposal.key.startswith("rate/"):
            draft = draft.answered(proposal.key, ProposalAnswer(ProposalVerdict.ACCEPTED))
    rate = next(rate for rate in proposed.rates if rate.name == "个体工商户年报率")
    [parts] = rate.choices
    draft = draft.answered(rate.key, ProposalAnswer(ProposalVerdict.CHANGED, {"numerator": parts.numerator, "denominator": parts.denominator}))

    indicator = next(own for own in catalog_of_draft(draft, "某局", DAY).indicators.values() if own.name == "个体工商户年报率")

    assert indicator.denominator is not None
    assert (indicator.numerator.text, indicator.denominator.text, indicator.scale) == (parts.numerator, parts.denominator, 100)
    assert (indicator.may_assess, indicator.better) == (False, Better.HIGHER)
    assert "《个体工商户年度报告暂行办法》（国家工商行政管理总局令第69号）" in indicator.source
