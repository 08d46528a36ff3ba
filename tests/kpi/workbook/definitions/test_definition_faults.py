"""What is wrong with a workbook of definitions: every fault, each with its cell, in the words of the sheets, and what to do."""

import io
import re
from datetime import date

import openpyxl
import pytest

from kpi.catalog.load import load
from kpi.errors import CatalogError
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.process.parser import Parser
from kpi.workbook.writing.definition_book import write_definitions
from tests.kpi.workbook.definitions.whole_catalogue import write_whole


@pytest.fixture(scope="module")
def parser():
    with Parser(places=1) as parser:
        yield parser


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write_definitions(load(write_whole(tmp_path_factory.mktemp("whole"))))


@pytest.fixture
def faults(book, parser):
    """What is said of the workbook after somebody has typed into cells of it, or has done what a function does."""

    def faults_of(*typed, change=lambda book: None):
        opened = openpyxl.load_workbook(io.BytesIO(book))
        for place, content in typed:
            sheet, _, cell = place.partition("!")
            opened[sheet][cell] = content
        change(opened)
        saved = io.BytesIO()
        opened.save(saved)
        with pytest.raises(CatalogError) as caught:
            read_definitions(parser.definitions(saved.getvalue(), "目录.xlsx"), "目录.xlsx")
        return [line.removeprefix("目录.xlsx 的 ") for line in caught.value.faults]

    return faults_of


@pytest.mark.parametrize(
    ("cell", "typed", "fault"),
    [
        ("本局!A2", None, "本局!A2：「本局名称」没有写；请写本局名称。"),
        ("本局!B2", "去年", "本局!B2：「起始月份」应为月份，如 2024-07，现为「去年」；请改写这一格。"),
        ("本局!A3", "另一个局", "本局!A3：「本局名称」只写一行；请删去这一行。"),
        ("机构!D3", "rooot", "机构!D3（east）：「上级机构」写的上级机构「rooot」不存在，最接近的是「root」；请改正。"),
        ("机构!G3", "也许", "机构!G3：「报数」应为是或否，现为「也许」；请从下拉列表中选。"),
        ("机构!J6", "nobody", "机构!J6（west）：「承接机构」写的承接机构「nobody」不存在；请改正。"),
        ("以前的口径!A2", "pass_rat", "以前的口径!A2：「指标」写的「pass_rat」在「指标」里没有；请改正，或先在「指标」里写上。"),
        (
            "以前的口径!B3",
            "2019-01",
            "以前的口径!B3（pass_rate）：「以前的口径」的第 2 项的「到哪个月」是 2019-01，应晚于前一项的 2019-12；请由早到晚写。",
        ),
        (
            "以前的口径!E3",
            "pased",
            "以前的口径!E3（pass_rate）：「以前的口径」的第 2 项的「分子」引用的数据项「pased」不存在，最接近的是「passed」；请改正。",
        ),
        ("以前的口径!C3", None, "以前的口径!C3（pass_rate）：「以前的口径」的第 2 项缺少「计量单位」；请改正。"),
        ("先后上级!B3", "weast", "先后上级!B3（chengguan）：「先后上级」里写的上级机构「weast」不存在，最接近的是「west」；请改正。"),
        (
            "先后上级!C3",
            "2024-09",
            "先后上级!C2（chengguan）：「先后上级」里 2024-07 至 2024-08 没有上级；后一个的「从哪个月」应是前一个「到哪个月」的下一个月；请改正。",
        ),
        ("板块!B2", None, "板块!B2（safety）：缺少「名称」；请改正。"),
        ("科室!G2", 30, "科室!G2（quality）：「应报日」应在 1 到 28 之间，现为 30；请改正。"),
        ("科室!G2", 8.5, "科室!G2：「应报日」应为整数，现为「8.5」；请改写这一格。"),
        ("科室!H2", "saftey", "科室!H2（quality）：「板块」写的板块「saftey」不存在，最接近的是「safety」；请改正。"),
        ("科室!B3", "质量科", "科室!B3（lab）：名称或别名「质量科」与 quality 相同，同一张报表里分不清是哪一个；请改正。"),
        ("数据项!G2", "时期", "数据项!G2：「性质」写的「时期」不在可选的词 时期数、时点数、服务标准、填报率 之内，最接近的是「时期数」；请从下拉列表中选。"),
        ("数据项!B2", "qualtiy", "数据项!B2（tested）：「科室」写的「qualtiy」不在「科室」里，最接近的是「quality」；请写「科室」里的代码。"),
        ("机构!A5", "Beyond", "机构!A5：「代码」只能用小写英文字母、数字和下划线，以字母开头；请改正。"),
        ("数据项!F2", None, "数据项!F2（tested）：缺少「计量单位」；请改正。"),
        ("数据项!H2", 9, "数据项!H2（tested）：「小数位数」应在 0 到 6 之间，现为 9；请改正。"),
        ("数据项!L2", "3、七", "数据项!L2：「原文序号」应为几个整数，用、隔开，现为「七」；请改写这一格。"),
        ("数据项!D3", "A0101", "数据项!D3（passed）：名称或别名「A0101」与 tested 相同，同一张报表里分不清是哪一个；请改正。"),
        (
            "指标!F2",
            "passed * tested",
            "指标!F2（pass_rate）：「分子」的公式「passed * tested」把时期数「合格批次」、「检验批次」相乘；"
            "累计相乘不等于逐月相乘再相加，一个乘积里只能有一个时期数；请改正。",
        ),
        ("指标!G2", "pased", "指标!G2（pass_rate）：「分母」引用的数据项「pased」不存在，最接近的是「passed」；请改正。"),
        ("指标!L2", None, "指标!L2（pass_rate）：「不合格」和「总数」要么都写，要么都不写；请改正。"),
        ("指标!Q3", None, "指标!P3（death_rate）：「可以考核」=「否」时要在「不得考核的依据」写明依据；请改正。"),
        ("指标!W2", "=1+1", "指标!W2：「来源」是没有算出结果的公式；请改写成文字。"),
        ("指标!X2", "去年", "指标!X2：「核定日期」应为日期，如 2026-11-23，现为「去年」；请改写这一格。"),
        ("勾稽!A3", "Q1", "勾稽!A3：与 勾稽!A2 重复，同一代码只能用一次；请改正。"),
        ("勾稽!I2", None, "勾稽!I2（Q1）：缺少「右边」；请改正。"),
        ("勾稽!J2", None, "勾稽!J2（Q1）：按四舍五入比较时要写「小数位数」，即保留几位小数；请改正。"),
        ("勾稽!K2", "2023", "勾稽!K2：「只对月份」应为月份，如 2024-07，现为「2023」；请改写这一格。"),
        ("平台!F2", "tested、teested", "平台!F2（S1）：「供给」引用的数据项「teested」不存在，最接近的是「tested」；请改正。"),
        ("目标!A2", "pass_rat", "目标!A2：指标「pass_rat」不存在，最接近的是「pass_rate」；请改正。"),
        ("目标!B2", 23, "目标!B2（pass_rate）：「年份」应为四位的年份，现为「23」；请写成 2023 的样式。"),
        ("目标!B2", None, "目标!B2（pass_rate）：「年份」没有写；请写年份，如 2023。"),
        ("目标!E2", "年度总量", "目标!E2（pass_rate）：目标类型「年度总量」与指标的「不低于」不一致；请改正。"),
        ("目标!F4", "很多", "目标!F4：「目标数」应为数，现为「很多」；请改写这一格。"),
        ("目标!I4", "2022-07-01", "目标!I4（pass_rate）：生效日期「生效日期」应在 2023 年内，现为 2022-07-01；请改正。"),
        ("目标!M5", 4, "目标!K5（tested）：「月度计划」十二个月合计 79，与全年目标 78 相差 1；请改正。"),
        ("目标!AA5", None, "目标!AA5（tested）：「计分」缺少「计分：满分」；请改正。"),
        ("目标!X6", "2023-06-30：40", "目标!X6（failed_total）：「节点」的「份额」是占全年的百分比，最后一个应为 100，现为 40；请改正。"),
        ("目标!J9", "peple", "目标!J9（passed_total）：「按参考数」引用的参考数「peple」不存在；请改正。"),
        ("参考数各年!A2", "peple", "参考数各年!A2：「参考数」写的「peple」在「参考数」里没有；请改正，或先在「参考数」里写上。"),
        ("台账!E2", "检验日期", "台账!E2（coal）：「归月日期」写的列「检验日期」不存在；请改正。"),
        ("台账列!F2", None, "台账!A2：没有编号列；请在一列写「认得出一件」=「是」和「必须有」=「是」，这一列认得出每一件。"),
        ("台账列!C5", "联系电话", "台账列!C5（coal）：「联系电话」像是个人信息，台账不得保留；请删去这一列或这个别名。"),
        ("台账取值!D2", "符合、不合格", "台账取值!D2（coal）：「台账取值」的「不合格」同时属于「合格」和「不合格」；请改正。"),
        ("台账取数!F4", 0, "台账取数!F4（coal）：「除以」应大于 0，现为 0；请改正。"),
        ("台账条件!F2", "合格、合各", "台账条件!F2（coal）：「都要满足」的第 1 项的「取值在其中」的「合各」不是列「结论」的取值；请改正。"),
        ("台账条件!C2", None, "台账条件!C2（coal）：「用处」没有写；请从所列的词中选一个。"),
        ("台账条件!D2", 1, "台账条件!D2（coal）：「组」只用于「满足一组即可」；请清空这一格。"),
        ("台账条件!D4", 3, "台账条件!D4（coal）：「组」应从 1 起，一组接一组地写，这里最大写 1；请改正。"),
        ("台账条件!H7", -1, "台账条件!H7（coal）：「满足一组即可」第 3 组的第 1 项的「工作日以内」应大于 0，现为 -1；请改正。"),
        ("台账条件!E3", None, "台账条件!E3（coal）：「减去」的第 1 项缺少「列名」；请改正。"),
        ("数据项!Z2", "旁注", "数据项!Z2：这一列没有表头；请补上表头，或清空这一格。"),
        ("数据项!Z1", "单位", "数据项!Z1：不认识表头「单位」，最接近的是「计量单位」；请改正，或删去这一列。"),
        ("数据项!Z1", "名称", "数据项!Z1：表头「名称」写了两次，C1 已经有了；请删去一列。"),
    ],
)
def test_a_wrong_cell_is_named(faults, cell, typed, fault):
    """One wrong cell is one line: where, which entry, what is wrong in the words of the sheets, what to do."""
    assert faults((cell, typed)) == [fault]


def test_every_fault_is_named_at_once(faults):
    """Of the cells, of where rows belong, and of the checker; a cell that could not be read is not counted twice."""
    assert faults(("数据项!F2", None), ("数据项!G3", "时期"), ("目标!B2", None), ("科室!G2", 30)) == [
        "数据项!G3：「性质」写的「时期」不在可选的词 时期数、时点数、服务标准、填报率 之内，最接近的是「时期数」；请从下拉列表中选。",
        "目标!B2（pass_rate）：「年份」没有写；请写年份，如 2023。",
        "数据项!F2（tested）：缺少「计量单位」；请改正。",
        "科室!G2（quality）：「应报日」应在 1 到 28 之间，现为 30；请改正。",
    ]


def test_what_a_lacking_definition_takes_along_is_named_too(faults):
    """Two rows of one code: the second one's own code is gone, and each formula over it says so."""
    lines = faults(("数据项!A3", "tested"))

    assert lines[0] == "数据项!A3：与 数据项!A2 重复，同一代码只能用一次；请改正。"
    assert all("「passed」不存在" in line for line in lines[1:])
    assert len(lines) == 11


def test_the_name_of_a_file_of_all_is_no_office(faults):
    """``offices.toml`` holds the offices."""
    assert faults(("科室!A3", "offices"))[0] == "科室!A3：「代码」写的「offices」另有用处；请换一个代码。"


def test_a_missing_and_an_unknown_sheet_are_named(faults):
    def rename(book):
        book["平台"].title = "平台表"

    assert faults(change=rename) == [
        "目录.xlsx：缺少工作表「平台」；请从 catalog export 导出的工作簿里照样补上，没有内容的也留着表头。",
        "平台表：不认识工作表「平台表」，最接近的是「平台」；请改正名称，或删去这张表。",
    ]


def test_a_missing_heading_is_named(faults):
    assert faults(("目标!AJ1", None), ("目标!AJ4", None)) == ["目标!A1：第一行缺少表头 备注；请补上，不填的也留着这一列。"]


def test_another_workbook_is_one_fault(parser):
    book = openpyxl.Workbook()
    saved = io.BytesIO()
    book.save(saved)

    with pytest.raises(CatalogError) as caught:
        read_definitions(parser.definitions(saved.getvalue(), "报表.xlsx"), "报表.xlsx")

    assert caught.value.faults == ("报表.xlsx：不是指标目录的工作簿，里面没有「科室」「数据项」这样的工作表；请用 catalog export 先写出一个，照样填。",)


def test_no_line_holds_a_name_of_the_files(faults):
    """Whoever fills in sheets has never seen a field of a file."""
    lines = faults(("目标!W6", None), ("目标!AD6", None), ("指标!Q3", None), ("台账列!D5", "文字"), ("机构!H3", "2020-01"), ("机构!I3", "2019-01"))

    known = {"root", "east", "west", "tested", "failed_total", "death_rate", "coal", "quality", "chengguan", "hedong", "beyond", "xlsx"}
    assert {word for line in lines for word in re.findall(r"[a-z_]{2,}", line)} <= known
    assert len(lines) >= 5


def test_what_a_person_types_is_understood(book, parser):
    """Days and months that a program made of what was typed, codes parted by commas, numbers of full width, the names of values as in the files."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    typed = {
        "机构!H8": date(2020, 3, 1),
        "平台!F2": "tested, pass_rate",
        "目标!F2": "９７.50",
        "数据项!G2": "flow",
        "指标!X2": "2026年11月23日",
        "机构!G4": True,
    }
    for place, content in typed.items():
        sheet, _, cell = place.partition("!")
        opened[sheet][cell] = content
    saved = io.BytesIO()
    opened.save(saved)
    catalog = read_definitions(parser.definitions(saved.getvalue(), "目录.xlsx"), "目录.xlsx")
    plain = read_definitions(parser.definitions(book, "目录.xlsx"), "目录.xlsx")

    assert [catalog.orgs, catalog.systems, catalog.targets, catalog.measures, catalog.indicators] == [
        plain.orgs,
        plain.systems,
        plain.targets,
        plain.measures,
        plain.indicators,
    ]
