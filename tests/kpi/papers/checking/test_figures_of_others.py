"""Whose a figure of a text is, in a tree of organisations: what is another's is neither held against the own figures nor offered as one of them."""

import pytest

from kpi.catalog.load import load
from kpi.papers.checking.figures_of_others import figures_of_others
from kpi.papers.checking.measure_matching import match_measures, names_of
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.plain_text import text_document
from tests.kpi.province import write_catalog


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    return load(write_catalog(tmp_path_factory.mktemp("catalog")))


@pytest.mark.parametrize(
    ("org", "text", "others"),
    [
        ("donghu", "南湖区食品抽检522批次，合格509批次。食品抽检411批次，合格401批次。", ["522", "509"]),
        ("donghu", "江城市东湖区食品抽检411批次，全区食品经营户500户，港口区市场监管局检查30家次。", ["30"]),
        ("jiangcheng", "全市食品抽检1344批次，其中东湖411批次、南湖522批次，合计合格1300批次。", ["411", "522"]),
        ("jiangcheng", "我局检查南湖公园周边食品经营户35户，本市食品抽检1344批次。", []),
        (None, "食品抽检1566批次；南湖区食品抽检522批次；全省合格1500批次。", ["522"]),
    ],
)
def test_what_follows_the_name_of_another_is_of_that_one(catalog, org, text, others):
    document = text_document(text, "总结.txt")
    figures = read_figures(document, None)
    assert [figures[index].token for index in sorted(figures_of_others(document, figures, catalog, org))] == others


def test_in_a_table_the_row_and_the_column_say_whose_a_figure_is(catalog):
    """合计 is of the document's own organisation, and so is the row with its name."""
    rows = [("单位", "食品抽检批次", "港口区"), ("南湖区", "522批次", "1批次"), ("江城市", "1344批次", "2批次"), ("合计", "1345批次", "3批次")]
    passages = [
        Passage(text, PaperPart.TABLE, f"表1第{row}行第{column}列", row * 3 + column - 4, cell=TablePlace(1, row, column))
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    ]
    document = Paper("总结.docx", tuple(passages))
    figures = read_figures(document, None)
    others = figures_of_others(document, figures, catalog, "jiangcheng")
    assert [figures[index].token for index in sorted(others)] == ["522", "1", "2", "3"]


def test_the_figure_of_another_does_not_take_the_place_of_the_own_one(catalog):
    """Nor is its growth the own one's: 411 and -2% are 东湖's."""
    document = text_document("南湖区食品抽检522批次，同比增长5%。食品抽检411批次，同比下降2%。", "总结.txt")
    figures = read_figures(document, None)
    matches = match_measures(document, figures, names_of(catalog), figures_of_others(document, figures, catalog, "donghu"))
    assert [(figures[match.figure].token, match.measure) for match in matches] == [("411", "food_tested"), ("2", "food_tested")]
