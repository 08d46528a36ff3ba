"""What the figures of a text contradict by arithmetic alone, and how sure that is."""

from datetime import date

import pytest

from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.plain_text import text_document

DAY = date(2024, 11, 30)


def found(document: Paper | str) -> list[tuple[str, Grade]]:
    document = text_document(document, "来稿") if isinstance(document, str) else document
    return [(finding.code, finding.grade) for finding in check_text(document, read_figures(document, DAY), DAY)]


def table(*rows: str) -> Paper:
    cells = [(row, column, text.strip()) for row, line in enumerate(rows, 1) for column, text in enumerate(line.split("|"), 1)]
    return Paper("表", tuple(Passage(text, PaperPart.TABLE, "表1", index, cell=TablePlace(1, row, column)) for index, (row, column, text) in enumerate(cells)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 44 + 7 = 51, not 54 tested; with the 24 that are open 75, not 78 taken
        (
            "煤炭抽检78批次，已检测54批次，其中合格44批次，不合格7批次，24批次正在检验。",
            [("sum-of-parts", Grade.CERTAIN), ("sum-of-parts", Grade.CERTAIN)],
        ),
        ("煤炭抽检78批次，已检测54批次，其中合格47批次，不合格7批次，24批次正在检验。", []),
        # 44 + 7 of 54, and the text says without a number that some are open
        ("煤炭抽检54批次，合格44批次，不合格7批次，其余正在检验。", [("sum-of-parts", Grade.CHECK)]),
        # 38 + 12 + 20 + 17 = 87
        (
            "共有体系认证证书38张，有机认证证书12张，绿色认证20张，其他认证证书17张。获证组织40家，证书89张，发证机构25家。",
            [("sum-of-parts", Grade.CERTAIN)],
        ),
        # a list that names but the main ones asks nothing
        ("受理投诉528件，其中食品120件、服装64件。", []),
        ("受理投诉528件，其中主要是食品330件、服装164件。", []),
        # a part above its whole
        ("抽查任务51个，其中联合抽查61个。", [("part-above-whole", Grade.CERTAIN)]),
        # 1724 / 1763 = 97.788 %
        ("抽检1763批次，合格1724批次，合格率为97.8%。", []),
        ("抽检1763批次，合格1724批次，合格率为97.7%。", [("rate-of-counts", Grade.CERTAIN)]),
        # a rate of what its counts do not speak of may be that of others
        ("特种设备8000台，检验7900台，检验率98.75%，电梯检验率99.2%。", [("rate-of-counts", Grade.CHECK)]),
        ("特种设备8000台，检验7900台，特种设备检验率99.2%。", [("rate-of-counts", Grade.CERTAIN)]),
        # 369 / 400 = 92.25 %, a half that one rule of rounding takes up and the other down
        ("抽检400批次，合格369批次，合格率为92.2%。", []),
        ("抽检400批次，合格369批次，合格率为92.3%。", []),
        ("抽查市场主体400户，问题发现率2.2%。", []),  # 9 / 400 = 2.25 %
        # 99.38 % of 17,017 is 16,911 or 16,912; 3.79 % of 262 is nothing: 9 / 262 = 3.44 %, 10 / 262 = 3.82 %
        ("快速检测17017批次，合格率达到99.38%。", []),
        ("抽查市场主体262户，问题发现率3.79%。", [("rate-impossible", Grade.CHECK)]),
        ("检验率98.41%，未检验率1.69%。", [("complement", Grade.CERTAIN)]),
        ("快速检测合格率达到199.38%。", [("rate-above-all", Grade.CERTAIN)]),
        # 301.5 / 264.2 − 1 = 14.1 %
        ("罚没301.5万元，比去年同期的264.2万元增长14.1%。", []),
        ("罚没301.5万元，比去年同期的264.2万元下降14.1%。", [("growth-of-counts", Grade.CERTAIN)]),
        # an annual mean over years is not the growth between its ends
        ("经营主体由18.2万户增加到31.6万户，年均增长11.7%。", []),
        # a growth of 23 to 56 is from 33: 69.7 %
        ("歇业备案56户，同比增加23户，增长69.7%。", []),
        ("歇业备案56户，同比增加23户，增长67.9%。", [("growth-of-counts", Grade.CHECK)]),
        ("占比由31.2%升至42.5%，提高13.1个百分点。", [("points-of-rates", Grade.CERTAIN)]),
        # 97.784 − 97.404 = 0.38 of rates that print 97.8 and 97.4; 0.3 may be 97.75 − 97.449; 0.6 can be none
        ("食品抽检合格率97.8%，上年同期97.4%，同比上升0.38个百分点。", []),
        ("食品抽检合格率97.8%，比上年同期的97.4%提高0.3个百分点。", [("points-of-rates", Grade.CHECK)]),
        ("食品抽检合格率97.8%，比上年同期的97.4%提高0.6个百分点。", [("points-of-rates", Grade.CERTAIN)]),
        ("抽检合格率96%，比去年97.1%下降1.1个百分点，比前年95%上升1个百分点。", []),
        # 391 and 9 of 400 are 97.75 % and 2.25 %, both printed half up
        ("抽检400批次，合格率97.8%，不合格率2.3%。", [("complement", Grade.CHECK)]),
        # 98 − 95.5 = 2.5, 97.8 − 95 = 2.8: two other rates than those of now and before
        ("年报率为95.5%，较去年同期96.2%下降0.7个百分点，距目标98%差2.5个百分点。", []),
        ("抽检合格率由97.1%上升到97.8%，上升0.7个百分点，超过95%的目标2.8个百分点。", []),
        # (1724 + 39) / 1763, (30 + 15) / 45: several counts together make the rate
        ("共检验特种设备1763台，一次合格1724台，一次合格率97.8%，复检合格39台，最终合格率100%。", []),
        ("发现隐患45处，立即整改30处，限期整改15处，整改率100%。", []),
        # 户 and 元 are held each against its own
        ("新设企业1186户，比上年同期1100户增长7.8%，注册资本50亿元，比上年同期60亿元下降16.7%。", []),
        # parts of a total that stands elsewhere, 2134, or behind them: 164 / 1316 = 12.5 %
        ("投诉类1316件，占61.7%；举报类310件，占14.5%；其他508件，占23.8%。", []),
        ("前三位为食品类330件、服装类164件、家电类120件，分别占25.1%、12.5%、9.1%，投诉总量1316件。", []),
        # minutes are nothing that a rate is of
        ("电梯困人救援120起，平均到达时间9.8分钟，30分钟内到达率100%。", []),
        # 3000 after 3500 is −14.3 %, and the change of one stock is not that of the next
        ("新增个体3000户，同比减少500户，降幅14.3%。", []),
        ("商标注册量246件，同比减少41件，下降14.3%，累计有效注册商标3300件，同比增长8.1%。", []),
        # 286.4 + 32.2 = 318.6, and one of them in another unit
        ("罚没共计318.6万元，其中罚款286.4元、没收32.2万元。", [("units-differ", Grade.CHECK)]),
        ("办理证照1248件，其中食品803户、药品445件。", [("units-differ", Grade.CHECK)]),
        # what may be rounded is not held against its last digit: 1.21 + 1.16 = 2.37
        ("受理投诉2.36万件，其中商品1.21万件、服务1.16万件。", []),
        # the parts of two days
        ("办理许可803件，其中截至9月底食品620件、药品183件。", [("days-differ", Grade.CHECK)]),
        ("截至9月31日办理许可803件。", [("day-impossible", Grade.CERTAIN)]),
        ("截至12月底办理许可803件。", [("day-after-document", Grade.CHECK)]),
        ("到2025年底，力争办理许可803件。", []),
        # a masked part may be anything
        ("新登记1000户，其中企业*户、个体工商户300户、其他200户。", []),
        ("检查化妆品经营单位118家。对化妆品经营单位抽样12批。检查化妆品经营单位181家。", []),  # what is done is counted for many matters
        ("有效发明专利拥有量610件。截至目前有效发明专利拥有量601件。", [("repeated-differently", Grade.CHECK)]),
    ],
)
def test_arithmetic_inside_a_text(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("单位 | 立案（件） | 结案（件）", "一所 | 18 | 15", "二所 | 9 | 9", "三所 | 41 | 36", "合计 | 68 | 60"), []),
        (("单位 | 立案（件） | 结案（件）", "一所 | 18 | 15", "二所 | 9 | 9", "三所 | 41 | 36", "合计 | 86 | 60"), [("sum-of-parts", Grade.CERTAIN)]),
        (("单位 | 立案（件）", "一所 | 18", "二所 | *", "合计 | 86"), []),
        (
            ("单位 | 抽检（批次） | 合格（批次） | 合格率（%）", "一所 | 40 | 38 | 95", "二所 | 50 | 49 | 98", "三所 | 25 | 24 | 69", "四所 | 10 | 10 | 100"),
            [("rate-of-counts", Grade.CHECK)],
        ),
    ],
)
def test_arithmetic_of_a_table(rows, expected):
    assert found(table(*rows)) == expected
