"""A bureau's tables of targets in many layouts, worked by hand."""

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.target import TargetKind
from kpi.setup.target_reading import TargetOptions, read_targets
from tests.kpi.setup.drawn import drawn_file
from tests.kpi.setup.target_bureau import brief, bureau, read_drawn


def test_indicators_down_with_unit_office_and_document() -> None:
    """The commonest: a row an indicator; signs and words say which way; what is no number is asked."""
    read = read_drawn("""
某区市场监督管理局2024年目标任务分解表 | < | < | < | <
（区市监发〔2024〕12号） | < | < | < | <
序号 | 指标名称 | 计量单位 | 责任科室 | 2024年目标
1 | 抽检合格率 | % | 食品监管科 | ≥98%
2 | 食品抽检批次 | 批次 | 食品科 | 1200
3 | 企业开办时间 | 工作日 | 注册科 | 不超过0.5
4 | 个转企 | 户 | 注册科 | 完成上级下达任务
5 | 新设经营主体户数 | 户 | 登记注册科 | 不低于3000户
6 | 在册经营者 | 户 | 登记注册科 | 9000
注：各科室要高度重视 | < | < | < | <
""")

    assert (read.year, read.document) == (2024, "某区市场监督管理局2024年目标任务分解表（区市监发〔2024〕12号）")
    assert [brief(proposal) for proposal in read.proposals] == [
        "pass_rate food floor 98 @ E4",
        "lots food annual 1200 @ E5",
        "startup_days registration ceiling 0.5 @ E6",
        "entities_new registration annual 3000 @ E8",
    ]
    assert [(asked.name, asked.cell.place, asked.text, asked.question) for asked in read.asked] == [
        ("个转企", "Sheet1!E7", "完成上级下达任务", "「完成上级下达任务」：不是一个数")
    ]
    assert [(unmatched.name, unmatched.cell.place, unmatched.nearest[0]) for unmatched in read.unmatched] == [("在册经营者", "Sheet1!B9", "在册经营主体")]
    assert {proposal.target.document for proposal in read.ready} == {read.document}


def test_a_county_names_who_answers_by_its_own_word() -> None:
    """责任股室 holds no target; a word of its office is never asked about as one."""
    read = read_drawn("""
2024年重点目标任务分解表 | < | <
指标 | 责任股室 | 全年目标
食品抽检批次 | 食品科 | 1200
""")

    assert [brief(proposal) for proposal in read.proposals] == ["lots food annual 1200 @ C3"]
    assert not read.asked


def test_nodes_that_run_from_january() -> None:
    """一季度、上半年、三季度、全年: shares of the year; of a floor the nodes are only noted."""
    read = read_drawn("""
2024年度重点指标任务分解表 | < | < | < | < | <
依据：《关于下达2024年目标任务的通知》（区政发[2024]5号） | < | < | < | < | <
指标 | 单位 | 一季度 | 上半年 | 三季度 | 全年
食品抽检批次 | 批次 | 300 | 600 | 900 | 1200
个转企 | 户 | 20 | 50 | 90 | 90
抽检合格率 | % | 97 | 97.5 | 98 | 98
""")

    assert read.document == "《关于下达2024年目标任务的通知》（区政发〔2024〕5号）"
    assert [brief(proposal) for proposal in read.proposals] == [
        "lots food annual 1200 3月25% 6月50% 9月75% 12月100% @ F4 C4 D4 E4",
        "conversions registration annual 90 3月22.222222% 6月55.555555% 9月100% @ F5 C5 D5 E5",
        "pass_rate food floor 98 @ F6 C6 D6 E6",
    ]
    assert read.proposals[2].target.note == "表上的节点：到 3 月 97、到 6 月 97.5、到 9 月 98"


def test_four_quarters_that_add_up() -> None:
    """300 + 200 + 400 + 300 are the 1200 of the year: each quarter is its own; 100 + 200 + 300 + 500 are neither sum nor course of 1200."""
    read = read_drawn("""
2024年任务分解表
任务名称 | 一季度 | 二季度 | 三季度 | 四季度 | 全年任务
食品抽检批次（批次） | 300 | 200 | 400 | 300 | 1200
新设经营主体（户） | 100 | 200 | 300 | 500 | 1200
""")

    assert [brief(proposal) for proposal in read.proposals] == ["lots food annual 1200 3月25% 6月41.666666% 9月75% 12月100% @ F3 B3 C3 D3 E3"]
    assert [(unequal.name, unequal.cell.place, unequal.words) for unequal in read.sums] == [
        ("新设经营主体", "Sheet1!F4", "到年底的节点是 500，全年是 1200，相差 700")
    ]


def test_quarters_and_halves_without_the_year() -> None:
    """Quarters that could be each its own or run from January are asked about; what can only be the first adds up to the year."""
    read = read_drawn("""
2024年任务分解表
任务名称 | 一季度 | 二季度 | 三季度 | 四季度
食品抽检批次（批次） | 300 | 300 | 300 | 300
新设经营主体（户） | 300 | 200 | 400 | 300
""")
    assert [brief(proposal) for proposal in read.proposals] == ["entities_new registration annual 1200 3月25% 6月41.666666% 9月75% 12月100% @ B4 C4 D4 E4"]
    assert [(asked.name, asked.question) for asked in read.asked] == [("食品抽检批次", "没有全年的数，看不出各季度、半年是当期数还是从年初累计的数")]

    read = read_drawn("2024年任务分解表\n任务 | 上半年 | 下半年 | 全年\n食品抽检批次 | 500 | 700 | 1200\n个转企 | 60 | 100 | 100")
    assert [brief(proposal).partition(" @")[0] for proposal in read.proposals] == [
        "lots food annual 1200 6月41.666666% 12月100%",
        "conversions registration annual 100 6月60% 12月100%",
    ]


def test_three_quarters_beside_the_year() -> None:
    """300, 300, 300 of 1200 are own or not: asked; 300, 600, 900 are too many to be own; 300, 200, 400 do not run."""
    read = read_drawn("""
2024年任务分解表
任务名称 | 一季度 | 二季度 | 三季度 | 全年
食品抽检批次 | 300 | 300 | 300 | 1200
新设经营主体 | 300 | 600 | 900 | 1200
个转企 | 30 | 20 | 40 | 120
""")

    assert [brief(proposal).partition(" @")[0] for proposal in read.proposals] == [
        "entities_new registration annual 1200 3月25% 6月50% 9月75% 12月100%",
        "conversions registration annual 120 3月25% 6月41.666666% 9月75% 12月100%",
    ]
    assert [(asked.name, asked.question) for asked in read.asked] == [("食品抽检批次", "缺最后一段的数，看不出各季度、半年是当期数还是从年初累计的数")]


def test_tables_side_by_side() -> None:
    """Each row of two tables names two indicators; a number is of the nearer one, also where the other has none."""
    read = read_drawn("""
2024年目标任务分解表 | < | < | < | < | <
序号 | 任务名称 | 目标 | 序号 | 任务名称 | 目标
1 | 食品抽检批次 |  | 3 | 个转企 | 90
2 | 新设经营主体 | 3000 | 4 | 保险资金 | 500
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "entities_new registration annual 3000 @ C4",
        "conversions registration annual 90 @ F3",
        "funds food annual 500 @ F4",
    ]


def test_fractions_under_per_cent() -> None:
    """0.98 of a rate is asked about, also where a column says % and where it is to be reached."""
    read = read_drawn("2024年目标表\n指标 | 单位 | 目标\n抽检合格率 | % | ≥0.98\n快检占比 | % | 0.4-0.6")

    assert not read.proposals
    assert [asked.question for asked in read.asked] == ["「0.98」分不清是 0.98% 还是 98%，请写明", "「0.4-0.6」分不清是 1% 以内还是 100% 以内的数，请写明"]


def test_months_across() -> None:
    """Months of their own add up, months that run do not; limits of a rate stand as they are; a sum that differs is named."""
    months = " | ".join(f"{month}月" for month in range(1, 13))
    read = read_drawn(f"""
2024年月度目标计划 | <
指标 | 合计 | {months}
食品抽检批次 | 78 | {" | ".join(map(str, range(1, 13)))}
个转企 | 24 | {" | ".join(str(2 * month) for month in range(1, 13))}
抽检合格率（%） | 98 | {" | ".join(["97"] * 6 + ["98"] * 6)}
新设经营主体 | 100 | {" | ".join(["9"] * 12)}
""")

    assert [brief(proposal).partition(" @")[0] for proposal in read.proposals] == [
        "lots food annual 78 各月 1 2 3 4 5 6 7 8 9 10 11 12",
        "conversions registration annual 24 各月 2 2 2 2 2 2 2 2 2 2 2 2",
        "pass_rate food floor 98 各月 97 97 97 97 97 97 98 98 98 98 98 98",
    ]
    assert [(unequal.name, unequal.words) for unequal in read.sums] == [("新设经营主体", "各月合计 108，全年是 100，相差 8")]


def test_offices_and_stations_across_with_their_sum() -> None:
    """Stations are organisations, offices offices; the sum is checked, and a row whose sum does not hold is asked about."""
    read = read_drawn("""
2024年目标任务分解表 | < | < | < | <
指标 | 单位 | 东街所 | 西街市场监管所 | 合计
食品抽检批次 | 批次 | 700 | 500 | 1200
个转企 | 户 | 40 | 60 | 90
抽检合格率 | % | 98 | 97 | 98
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots east food annual 700 @ C3",
        "lots west food annual 500 @ D3",
        "lots food annual 1200 @ E3",
        "pass_rate east food floor 98 @ C5",
        "pass_rate west food floor 97 @ D5",
        "pass_rate food floor 98 @ E5",
    ]
    assert {proposal.question for proposal in read.proposals if proposal not in read.ready} == {"合计对不上：各部分合计 100，合计是 90，相差 10"}
    assert [(unequal.name, unequal.cell.place) for unequal in read.sums] == [("个转企", "Sheet1!E4")]


def test_stations_down_and_indicators_across() -> None:
    """Turned round it says the same; a station that the catalogue does not know counts in the sum and is named."""
    read = read_drawn("""
某区市场监督管理局2024年度目标任务分解表 | < | < | <
单位 | 食品抽检批次（批次） | 个转企（户） | 抽检合格率（%）
东街所 | 700 | 40 | 98
西街所 | 400 | 50 | 97
北街所 | 100 |  | 97
合计 | 1200 | 90 | 98
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots east food annual 700 @ B3",
        "lots west food annual 400 @ B4",
        "lots food annual 1200 @ B6",
        "conversions east registration annual 40 @ C3",
        "conversions west registration annual 50 @ C4",
        "conversions registration annual 90 @ C6",
        "pass_rate east food floor 98 @ D3",
        "pass_rate west food floor 97 @ D4",
        "pass_rate food floor 98 @ D6",
    ]
    assert not read.sums
    assert {(unmatched.name, unmatched.noun) for unmatched in read.unmatched} == {("北街所", "科室或单位")}


def test_two_rows_of_headings() -> None:
    """Each station has its half-year and its year under a merged heading; the whole bureau stands first."""
    read = read_drawn("""
2024年目标分解 | < | < | < | < | < | <
指标 | 单位 | 全年目标 | 东街所 | < | 西街所 | <
^ | ^ | ^ | 上半年 | 全年 | 上半年 | 全年
食品抽检批次 | 批次 | 1200 | 350 | 700 | 200 | 500
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots food annual 1200 @ C4",
        "lots east food annual 700 6月50% 12月100% @ E4 D4",
        "lots west food annual 500 6月40% 12月100% @ G4 F4",
    ]
    assert not read.sums


def test_months_down_and_indicators_across() -> None:
    """Nodes down the rows: 3月底, 6月底, 年底."""
    read = read_drawn("""
2024年序时进度目标 | < | <
时间节点 | 食品抽检批次 | 新设经营主体
3月底 | 300 | 500
6月底 | 600 | 1000
12月底 | 1200 | 2000
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots food annual 1200 3月25% 6月50% 12月100% @ B5 B3 B4",
        "entities_new registration annual 2000 3月25% 6月50% 12月100% @ C5 C3 C4",
    ]


def test_offices_as_headings_of_rows() -> None:
    """The rows below 一、食品科 are of that office; the columns come again; last year's figures are no targets."""
    read = read_drawn("""
2024年考核指标表 | < | <
考核内容 | 2023年完成 | 2024年目标值
一、食品科 | < | <
1.抽检合格率（%） | 97.9 | 98以上
2.保险资金（亿元） | 0.1 | 0.12
项目 | 2023年完成 | 2024年目标值
二、登记注册科 | < | <
1.新设经营主体 | 2800 | 3000
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "pass_rate food floor 98 @ C4",
        "funds food annual 1200 @ C5",
        "entities_new registration annual 3000 @ C8",
    ]


def test_the_title_names_the_one_indicator() -> None:
    """A table of one task: stations down, the year across, the sum below."""
    read = read_drawn("""
2024年食品抽检批次任务分解表 | <
单位 | 任务数（批次）
东街所 | 700
西街所 | 500
合计 | 1200
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots east food annual 700 @ B3",
        "lots west food annual 500 @ B4",
        "lots food annual 1200 @ B5",
    ]


def test_shares_of_the_year_and_columns_that_nobody_knows() -> None:
    """完成25% of a count is a share of its year; numbers under words that say nothing of a target are named, not lost."""
    read = read_drawn("""
2024年目标任务分解表 | < | < | < | < | <
指标 | 一季度目标 | 半年目标 | 全年目标 | 奋斗线 | 备注
食品抽检批次 | 完成25% | 完成50% | 1200批次 | 1500 | 无
保险资金（亿元） | 完成20% |  | 0.12 | 0.2 | 3个月一报
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots food annual 1200 3月25% 6月50% 12月100% @ D3 B3 C3",
        "funds food annual 1200 3月20% 12月100% @ D4 B4",
    ]
    assert [(unmatched.noun, unmatched.name, unmatched.cell.place) for unmatched in read.unmatched] == [("列", "奋斗线", "Sheet1!E3")]


def test_names_that_the_library_knows_as_one() -> None:
    """A table says 在册市场主体 where the catalogue says 在册经营主体."""
    read = read_drawn("2024年目标表\n指标 | 目标\n实有市场主体总数 | 9000\n个体工商户转企业 | 90")

    assert [brief(proposal) for proposal in read.ready] == ["entities registration floor 9000 @ B3", "conversions registration annual 90 @ B4"]


def test_groups_before_the_names() -> None:
    """一级指标 over several rows and the name in the next column; a document in its own column goes before that of the title."""
    read = read_drawn("""
重点工作目标责任分解 | < | < | < | <
一级指标 | 二级指标 | 目标值 | 牵头科室 | 下达文件
食品安全 | 抽检合格率 | 98% | 食品科 | 市监发〔2024〕3号
^ | 食品抽检批次 | 1200批次 | 食品科、登记注册科 |
""", sheet="2024年")  # fmt: skip

    assert [(brief(proposal), proposal.target.document) for proposal in read.ready] == [
        ("pass_rate food floor 98 @ C3", "市监发〔2024〕3号"),
        ("lots food annual 1200 @ C4", "重点工作目标责任分解"),
    ]


def test_words_of_amounts() -> None:
    """A growth of an indicator that is none, a fraction beside %, a mark, about so many: each is asked in its own words, or is no target."""
    read = read_drawn("""
2024年目标任务分解表 | <
指标 | 目标
经营主体增长率 | 同比增长5%
快检占比 | 40%—60%
新设经营主体 | 同比增长8%
抽检合格率 | 0.98
个转企 | 约90
企业开办时间 | 不低于1
食品抽检批次 | ——
保险资金 | 控制在1500万元以内
个体户占比 | 30%
""")

    assert [brief(proposal) for proposal in read.ready] == ["growth registration growth 5 @ B3", "share food range 40—60 @ B4"]
    assert [(asked.cell.place, asked.question) for asked in read.asked] == [
        ("Sheet1!B5", "表上写的是增速，「新设经营主体」不是增长率；请另设增长率指标，或写明要完成多少"),
        ("Sheet1!B6", "「0.98」分不清是 0.98% 还是 98%，请写明"),
        ("Sheet1!B7", "「约90」是约数，目标要写确定的数"),
        ("Sheet1!B8", "表上写的是「不低于」，「企业开办时间」的目标类型是「不高于」，以哪个为准？"),
        ("Sheet1!B10", "表上写的是「不超过」，「保险资金」的目标类型是「年度总量」，以哪个为准？"),
        ("Sheet1!B11", "「个体户占比」只监测不考核，不能设目标（条例）"),
    ]


def test_an_indicator_without_a_kind_takes_that_of_the_table() -> None:
    """A stock that should rise has a floor; what should fall a ceiling; and their indicators are of that kind from then on."""
    read = read_drawn("2024年目标表\n指标 | 目标\n在册经营主体 | 9000\n不合格批次 | 20")

    assert [(brief(proposal), proposal.sets_kind) for proposal in read.ready] == [
        ("entities registration floor 9000 @ B3", True),
        ("failures food ceiling 20 @ B4", True),
    ]


def test_what_the_sheet_does_not_say_is_told() -> None:
    """Without a year nothing is proposed; with a document missing everything is asked about."""
    text = "指标 | 目标\n食品抽检批次 | 1200"
    assert [asked.question for asked in read_drawn(text).asked] == ["表上没有写是哪一年的目标，请写明年份"]
    [proposal] = read_drawn(text, options=TargetOptions(year=2024)).proposals
    assert proposal.question == "表上没有写依据的文件，请写明"
    [proposal] = read_drawn(text, options=TargetOptions(2024, "某文件")).proposals
    assert (proposal.question, proposal.target.document) == ("", "某文件")
    [proposal] = read_drawn(text, name="2023年目标.xlsx", options=TargetOptions(document="某文件")).proposals
    assert proposal.target.year == 2023


def test_a_target_that_stands_there_twice() -> None:
    """Of two numbers nobody knows which one counts, also where the second follows the first at once; the same number counts once."""
    which = "这个目标在表里写了不止一处，以哪一处为准？"
    for second in ("食品抽检批次数", "食品抽检批次"):
        read = read_drawn(f"2024年目标表\n指标 | 目标\n食品抽检批次 | 1200\n{second} | 1300")
        assert [proposal.question for proposal in read.proposals] == [which, which]

    read = read_drawn("2024年目标表\n指标 | 目标\n食品抽检批次 | 1200\n食品抽检批次数 | 1200")
    assert [proposal.question for proposal in read.proposals] == ["", which]


def test_targets_in_words() -> None:
    """A sheet without a table: each clause an indicator with its amount, under the heading of an office."""
    read = read_drawn("""
2024年度重点工作目标任务分解表
一、登记注册科
（一）企业开办时间不超过0.5个工作日
（二）个转企100户，新设经营主体不低于3000户。
二、食品科
1.抽检合格率达到98%以上；
2.完成食品抽检批次1200批次
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "startup_days registration ceiling 0.5 @ A3",
        "conversions registration annual 100 @ A4",
        "entities_new registration annual 3000 @ A4",
        "pass_rate food floor 98 @ A6",
        "lots food annual 1200 @ A7",
    ]


def test_a_row_for_each_indicator_and_station() -> None:
    """The long form: rows of one indicator go together, so that their sum is checked."""
    read = read_drawn("""
2024年目标任务分解表 | < | < | <
指标 | 责任单位 | 单位 | 目标任务
食品抽检批次 | 东街所 | 批次 | 700
 | 西街所 | 批次 | 500
 | 合计 | 批次 | 1200
个转企 | 东街所 | 户 | 40
^ | 西街所 | 户 | 60
^ | 合计 | 户 | 90
""")

    assert [brief(proposal) for proposal in read.ready] == [
        "lots east food annual 700 @ D3",
        "lots west food annual 500 @ D4",
        "lots food annual 1200 @ D5",
    ]
    assert [(unequal.name, unequal.words) for unequal in read.sums] == [("个转企", "各部分合计 100，目标任务是 90，相差 10")]


def test_a_sheet_for_each_station() -> None:
    """Its name says whose the targets are."""
    read = read_drawn("指标 | 目标\n食品抽检批次 | 700", sheet="东街所", name="2024年目标.xlsx", options=TargetOptions(document="某文件"))

    assert [brief(proposal) for proposal in read.ready] == ["lots east food annual 700 @ B2"]


def test_quarters_of_stations_under_the_title_of_the_indicator() -> None:
    """Quarters across that add up; the sum of the second quarter is 10 too many."""
    text = """
2024年食品抽检批次分季任务 | < | < | < | < | <
单位 | 1季度 | 2季度 | 3季度 | 4季度 | 全年
东街所 | 200 | 100 | 200 | 300 | 800
西街所 | 100 | 100 | 100 | 100 | 400
合计 | 300 | 200 | 300 | 400 | 1200
"""

    assert [brief(proposal).partition(" @")[0] for proposal in read_drawn(text).ready] == [
        "lots east food annual 800 3月25% 6月37.5% 9月62.5% 12月100%",
        "lots west food annual 400 3月25% 6月50% 9月75% 12月100%",
        "lots food annual 1200 3月25% 6月41.666666% 9月66.666666% 12月100%",
    ]
    wrong = read_drawn(text.replace("300 | 200 | 300 | 400 | 1200", "300 | 210 | 290 | 400 | 1200"))
    assert not wrong.ready
    assert [(unequal.cell.place, unequal.words) for unequal in wrong.sums] == [
        ("Sheet1!C5", "各部分合计 200，2季度合计是 210，相差 10"),
        ("Sheet1!D5", "各部分合计 300，3季度合计是 290，相差 10"),
    ]


def test_a_line_above_names_the_indicator() -> None:
    """指标名称：食品抽检批次, and the months below it."""
    months = "\n".join(f"{month}月 | 100" for month in range(1, 13))
    read = read_drawn(f"2024年目标 | <\n指标名称：食品抽检批次 | <\n月份 | 目标（批次）\n{months}\n合计 | 1200")

    assert [brief(proposal).partition(" @")[0] for proposal in read.ready] == ["lots food annual 1200 各月 " + " ".join(["100"] * 12)]


def test_two_goals_of_one_year_are_asked_about() -> None:
    """保底 and 奋斗: nobody knows which one counts."""
    read = read_drawn("2024年目标表 | < | <\n指标 | 保底目标 | 奋斗目标\n食品抽检批次 | 1200 | 1400")

    assert not read.proposals
    assert [(unmatched.noun, unmatched.name) for unmatched in read.unmatched] == [("列", "保底目标"), ("列", "奋斗目标")]


def test_two_years_on_two_sheets() -> None:
    """Each sheet has its year; a heading may be the only one that says it."""
    read = read_targets(
        drawn_file("目标.xlsx", {"甲": "指标 | 2023年完成 | 2024年目标\n食品抽检批次 | 1100 | 1200", "乙": "指标 | 2025年目标\n食品抽检批次 | 1300"}),
        bureau(),
        TargetOptions(document="某文件"),
    )

    assert [(proposal.target.year, proposal.target.value) for proposal in read.ready] == [(2024, 1200), (2025, 1300)]


def test_the_shipped_targets_written_as_a_table() -> None:
    """Every target of the demonstration that one number says, with its sign: read with its kind, number, office, and the target that it stands in for."""
    catalog = load(DEFAULT)
    targets = [target for (_, year), own in catalog.targets.items() if year == 2023 for target in own if target.since is None and target.org == catalog.root]
    signs = {TargetKind.FLOOR: "≥", TargetKind.CEILING: "≤", TargetKind.GROWTH: "同比增长"}
    plain = [target for target in targets if target.upper is None and target.kind is not TargetKind.MILESTONE]
    lines = [
        f"{indicator.name} | {indicator.unit} | {signs.get(target.kind, '')}{target.value}{'%' if target.kind is TargetKind.GROWTH else ''}"
        for target in plain
        if (indicator := catalog.indicators[target.indicator])
    ]

    read = read_targets(drawn_file("目标.xlsx", {"Sheet1": "\n".join(["2023年目标任务分解表", "指标 | 单位 | 目标", *lines])}), catalog)

    assert len(plain) > 30
    assert (read.asked, read.unmatched, read.sums) == ((), (), ())
    assert [(proposal.target.indicator, proposal.target.kind, proposal.target.value) for proposal in read.ready] == [
        (target.indicator, target.kind, target.value) for target in plain
    ]
