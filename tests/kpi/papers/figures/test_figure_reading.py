"""What is a figure of a text, and what the text says of it."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.plain_text import text_document
from kpi.value import Qualifier, State
from tests.kpi.papers.paragraphs import figure_of, paragraphs

DAY = date(2024, 9, 30)


def figures_of(text: str) -> tuple[TextFigure, ...]:
    return read_figures(text_document(text, "来稿"), DAY)


def table(*rows: str, caption: str = "") -> Paper:
    passages = [Passage(caption, PaperPart.BODY, "正文第1段", 0)] if caption else []
    for row, line in enumerate(rows, 1):
        for column, text in enumerate(line.split("|"), 1):
            passages.append(Passage(text.strip(), PaperPart.TABLE, f"表1第{row}行第{column}列", len(passages), cell=TablePlace(1, row, column)))
    return Paper("表", tuple(passages))


@pytest.mark.parametrize(
    "text",
    [
        "拨打12315、12345热线，3·15期间24小时值班。",
        "依据第三十二条、第五十四条第（二）项和GB 2760-2014、ISO 9001:2015。",
        "双随机、一公开，落实“四个最严”、“两个责任”，推进“3+5+N”。",
        "国市监食生〔2023〕99号，（2024）某市监罚字第107号，2024年5月8日。",
        "走访三五家企业，两三户反映问题，十几名群众，数十家媒体。",
        "3—5个工作日办结，10%-15%的比例，1至3个月。",
        "二者之比约为1.6:1，8:30上班，邮箱amr123@163.com。",
        "一是抓检查，二是抓宣传；一以贯之，百日攻坚，第一批、第二季度。",
        "为期三个月的专项整治，3.15维权日。",
        "联系电话：0931-8765432，编号：2024-0315，邮编730000。",
        "深入基层3家庭农场模式，2个性化方案。",
    ],
)
def test_other_numbers_are_no_figures(text):
    assert figures_of(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("受理投诉三十六件。", "36", "件", Qualifier.EXACT),
        ("登记用时5.5工作日。", "5.5", "工作日", Qualifier.EXACT),
        ("用时比法定三个月少。", "3", "个月", Qualifier.EXACT),
        ("走访两千肆佰余户。", "2400", "户", Qualifier.AT_LEAST),
        ("检出不合格药品两批次。", "2", "批次", Qualifier.EXACT),
        ("实现百分之百覆盖。", "100", "%", Qualifier.EXACT),
        ("餐饮２，１０８户。", "2108", "户", Qualifier.EXACT),
        ("发放资料1,234,567份。", "1234567", "份", Qualifier.EXACT),
        ("金额6.53亿元。", "6.53", "亿元", Qualifier.EXACT),
        ("阳性率1.29‰。", "1.29", "‰", Qualifier.EXACT),
        ("检定加油机1126枪次。", "1126", "枪次", Qualifier.EXACT),
        ("检查设备3155台（件）。", "3155", "台（件）", Qualifier.EXACT),
        ("检测值为0.31mg/kg。", "0.31", "mg/kg", Qualifier.EXACT),
        ("均价2.98元/斤。", "2.98", "元/斤", Qualifier.EXACT),
        ("约占3.5%。", "3.5", "%", Qualifier.ABOUT),
        ("稳定在0.5个工作日以内。", "0.5", "工作日", Qualifier.AT_MOST),
        ("接到求助电话1432起。", "1432", "起", Qualifier.EXACT),
    ],
)
def test_a_figure_has_its_value_unit_and_qualifier(text, value, unit, qualifier):
    [figure] = figures_of(text)
    assert (figure.value, figure.unit, figure.qualifier) == (Decimal(value), unit, qualifier)


def test_a_masked_figure_is_withheld_and_never_nought():
    [figure] = figures_of("新登记企业*户。")
    assert (figure.value, figure.state) == (None, State.WITHHELD)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("投诉量和举报量分别为1349件和287件。", {"1349": "投诉量为", "287": "举报量为"}),
        ("企业、个体工商户、合作社新设户数分别为21、188、836户。", {"21": "企业为", "188": "个体工商户为", "836": "合作社新设户数为"}),
        ("企业312户，个体工商户543户，分别增长3%、5.5%。", {"3": "企业增长", "5.5": "个体工商户增长"}),
    ],
)
def test_two_rows_pair_names_with_figures(text, names):
    figures = figures_of(text)
    assert {token: figure_of(figures, token).before for token in names} == names


def test_the_unit_of_a_row_stands_behind_its_last_number():
    assert [figure.unit for figure in figures_of("三个所分别受理21、188、836件。")][-3:] == ["件", "件", "件"]


@pytest.mark.parametrize(
    ("text", "token", "day"),
    [
        ("截至8月底，办理620件，发证580张。", "580", date(2024, 8, 31)),
        ("1—8月办理620件。", "620", date(2024, 8, 31)),
        ("上半年受理412件。", "412", date(2024, 6, 30)),
        ("罚没301万元，比去年同期的264万元增长14%。", "264", date(2023, 9, 30)),
        ("罚没301万元，比去年同期的264万元增长14%。", "301", DAY),
        ("不合格率6.9%，与去年同期（7.6%）相比下降0.7个百分点。", "7.6", date(2023, 9, 30)),
        ("由2022年的35件增至48件。", "35", date(2022, 12, 31)),
        ("较上年末的9.5万户增长8%。", "9.5", date(2023, 12, 31)),
        ("是去年同期的1.6倍。", "1.6", DAY),
        ("到2025年底，办结时限由60天缩短到45天。", "60", DAY),
        ("到2025年底，办结时限由60天缩短到45天。", "45", date(2025, 12, 31)),
        ("较去年同期增长9.4%。", "9.4", DAY),
    ],
)
def test_a_figure_runs_to_the_day_that_its_sentence_names(text, token, day):
    assert figure_of(figures_of(text), token).as_of == day


def test_the_heads_of_a_table_name_unit_noun_and_day():
    figures = read_figures(
        table(
            "序号 | 来源 | 2023年上半年 | 2024年上半年 | 增长（%） | 联系电话",
            "1 | 平台 | 1,105 | 1,316 | 19.1 | 8765432",
            "2 | 热线 | 402 | * | -2.5 | 8765433",
            caption="投诉办理情况（单位：件）",
        ),
        date(2024, 6, 30),
    )
    assert [(figure.token, figure.unit, figure.before, figure.subject, figure.as_of) for figure in figures] == [
        ("1,105", "件", "平台", "2023年上半年", date(2023, 6, 30)),
        ("1,316", "件", "平台", "2024年上半年", date(2024, 6, 30)),
        ("19.1", "%", "平台", "增长", date(2024, 6, 30)),
        ("402", "件", "热线", "2023年上半年", date(2023, 6, 30)),
        ("*", "件", "热线", "2024年上半年", date(2024, 6, 30)),
        ("2.5", "%", "热线", "增长", date(2024, 6, 30)),
    ]
    assert figures[-1].value == Decimal("-2.5")


def test_a_column_of_units_names_the_unit_of_its_rows():
    figures = read_figures(table("指标 | 单位 | 本年累计 | 上年同期", "受理投诉 | 件 | 1,316 | 1,105", "罚没金额 | 万元 | 48.6 | 50"), DAY)
    assert [(figure.token, figure.unit, figure.before, figure.as_of) for figure in figures] == [
        ("1,316", "件", "受理投诉", DAY),
        ("1,105", "件", "受理投诉", date(2023, 9, 30)),
        ("48.6", "万元", "罚没金额", DAY),
        ("50", "万元", "罚没金额", date(2023, 9, 30)),
    ]


def test_a_row_may_be_a_year_or_a_month():
    figures = read_figures(table("年份 | 新设（户）", "2022 | 3,105", "2024 | 3,640"), DAY)
    assert [(figure.value, figure.as_of) for figure in figures] == [(Decimal(3105), date(2022, 12, 31)), (Decimal(3640), DAY)]
    figures = read_figures(table("月份 | 受理（件）", "2月 | 98", "合计 | 218"), DAY)
    assert [(figure.token, figure.as_of) for figure in figures] == [("98", date(2024, 2, 29)), ("218", DAY)]


def test_heads_over_several_columns_and_rows_belong_to_each_of_their_cells():
    cells = [
        ("所", 1, 1, 2, 1),
        ("投诉（件）", 1, 2, 1, 2),
        ("案件（件）", 1, 4, 2, 1),
        ("受理", 2, 2, 1, 1),
        ("办结", 2, 3, 1, 1),
        ("城北所", 3, 1, 2, 1),
        ("63", 3, 2, 1, 1),
        ("58", 3, 3, 1, 1),
        ("4", 3, 4, 1, 1),
        ("12", 4, 2, 1, 1),
    ]
    passages = tuple(
        Passage(text, PaperPart.TABLE, "表1", index, cell=TablePlace(1, row, column, rows, columns))
        for index, (text, row, column, rows, columns) in enumerate(cells)
    )
    figures = read_figures(Paper("表", passages), DAY)
    assert [(figure.token, figure.unit, figure.before, figure.subject) for figure in figures] == [
        ("63", "件", "城北所", "投诉受理"),
        ("58", "件", "城北所", "投诉办结"),
        ("4", "件", "城北所", "案件"),
        ("12", "件", "城北所", "投诉受理"),
    ]


@given(st.integers(0, len(paragraphs()) - 1))
def test_a_figure_stands_where_it_says(number):
    """The place of every figure holds the token, and figures follow each other without a sign in common."""
    paragraph = paragraphs()[number]
    figures = read_figures(paragraph.document, paragraph.as_of)
    assert all(figure.token == paragraph.document.passages[figure.passage].text[figure.start : figure.end] for figure in figures)
    places = [(figure.passage, figure.start, figure.end) for figure in figures]
    assert all(first[0] < second[0] or first[2] <= second[1] for first, second in pairwise(places))


@given(st.text(alphabet="0123456789０５，,.%％*＊件户万元年月日第至—-（）。；其中占同比增长三五百余约分别为、和 \n", max_size=60))
def test_any_text_is_read_without_a_fault(text):
    for figure in figures_of(text):
        assert (figure.value is None) == (figure.state is State.WITHHELD)


@pytest.mark.parametrize("row", [" ", "9", "a9", "9.", "9-"])
def test_a_long_row_of_one_sign_is_read_at_once(row):
    """Every place of 100,000 signs was looked at from every other one: minutes."""
    assert len(figures_of(row * (100_000 // len(row)) + "。抽检3批次")) == 1
