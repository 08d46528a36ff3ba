"""Made-up sheets of bureaus of several kinds, each in a layout of its own."""

from kpi.setup.surveyed_figure import SurveyedFile
from tests.kpi.setup.drawn import drawn_file


def hospital_months_across() -> list[SurveyedFile]:
    """A health bureau: months across, sums behind them, units over the table and in labels."""
    sheet = """
区卫健局2023年医政科门诊工作情况表 | < | < | < | < | <
单位：人次
项目 | 1月 | 2月 | 3月 | 4月 | 合计
门诊人次 | 1200 | 1000 | 1500 | 1300 | 5000
其中：急诊人次 | 100 | 120 | 150 | 90 | 460
期末在院人数（人） | 310 | 305 | 320 | 315 |
开放床位（张） | 400 | 410 | 400 | 420 |
期末占用床位（张） | 310 | 305 | 320 | 315 |
床位占用率（%） | 77.5 | 74.4 | 80.0 | 75.0 |
"""
    return [drawn_file("2023年门诊情况.xlsx", {"门诊": sheet})]


def stations_month_by_sheet() -> list[SurveyedFile]:
    """Months as sheets, stations down the rows, measures across."""
    months = {
        "1月": ((10, 30, 29, "96.7"), (20, 41, 37, "90.2"), (30, 71, 66, "93.0")),
        "2月": ((12, 33, 31, "93.9"), (25, 47, 40, "85.1"), (37, 80, 71, "88.8")),
        "3月": ((11, 39, 35, "89.7"), (22, 43, 41, "95.3"), (33, 82, 76, "92.7")),
    }
    head = "辖区 | 检查户数 | 抽检批次 | 合格批次 | 合格率（%）"
    sheets = {
        month: "\n".join([head, *(f"{body} | {' | '.join(map(str, numbers))}" for body, numbers in zip(("东湖所", "西湖所", "合计"), rows, strict=True))])
        for month, rows in months.items()
    }
    return [drawn_file("食品科2023年.xlsx", sheets)]


def school_two_header_rows() -> list[SurveyedFile]:
    """An education bureau: two rows of headings, merged; a stock leaves 本月 empty."""
    numbers = {1: (10, 10, 100, 100, 900), 2: (5, 15, 50, 150, 890), 3: (7, 22, 20, 170, 910)}
    return [
        drawn_file(
            f"基教{month}.xlsx",
            {
                "Sheet1": f"""
某区教育局基础教育科统计表 | < | < | < | < | <
填报单位：基础教育科 | < | < | 2023年{month}月 | < | <
指标 | 单位 | 本年 | < | 上年同期 | <
^ | ^ | 本月 | 累计 | 本月 | 累计
招生人数 | 人 | {a} | {b} | 5 | 6
新建校舍 | 平方米 | {c} | {d} | 5 | 6
在校学生 | 人 |  | {e} |  | 880
"""
            },
        )
        for month, (a, b, c, d, e) in numbers.items()
    ]


def tax_unit_over_table() -> list[SurveyedFile]:
    """A tax office: 单位：万元 over the table, 入库 in both headings, 其中 and indents."""
    numbers = {1: ("100.5", "100.5", "20", "20"), 2: ("90.25", "190.75", "30", "50"), 3: ("80", "270.75", "40", "90")}
    sums = {1: ("120.5", "120.5"), 2: ("120.25", "240.75"), 3: ("120", "360.75")}
    return [
        drawn_file(
            f"征管科2023-{month:02}.xlsx",
            {
                "收入": f"""
税务局征管科收入情况表（2023年{month}月） | < | <
 | < | 单位：万元
税种 | 本月入库 | 本年累计入库
一、税收收入合计 | {sums[month][0]} | {sums[month][1]}
    增值税 | {a} | {b}
    其中：制造业增值税 | 1.5 | {1.5 * month}
    企业所得税 | {c} | {d}
"""
            },
        )
        for month, (a, b, c, d) in numbers.items()
    ]


def water_groups_over_columns() -> list[SurveyedFile]:
    """A water company: months down, two groups of the same three columns, percentages by format."""
    numbers = {1: (120, 118, 45, 40), 2: (133, 130, 38, 37), 3: (127, 119, 52, 50), 4: (141, 139, 47, 41)}
    lines = [f"{month}月 | {a} | {b} | {100 * b / a:.2f}% | {c} | {d} | {100 * d / c:.2f}%" for month, (a, b, c, d) in numbers.items()]
    sheet = """
供水公司化验室2023年水质检测统计表
月份 | 出厂水 | < | < | 管网水 | < | <
^ | 检测样品数（份） | 合格样品数（份） | 合格率 | 检测样品数（份） | 合格样品数（份） | 合格率
"""
    return [drawn_file("2023年水质.xlsx", {"水质": "\n".join([sheet.rstrip("\n"), *lines, "合计 | 521 | 506 | 97.12% | 182 | 168 | 92.31%"])})]


def court_divisions_down_rows() -> list[SurveyedFile]:
    """A court's registry: divisions down the rows, no units, a rate whose denominator is a sum."""
    numbers = {
        1: {"民一庭": (50, 61, 45), "刑庭": (20, 33, 29), "执行局": (90, 47, 52)},
        2: {"民一庭": (66, 38, 57), "刑庭": (24, 41, 37), "执行局": (85, 59, 48)},
        3: {"民一庭": (47, 72, 53), "刑庭": (28, 26, 31), "执行局": (96, 44, 67)},
    }
    files = []
    for month, rows in numbers.items():
        own = rows | {"全院合计": tuple(map(sum, zip(*rows.values(), strict=True)))}
        lines = [f"{name} | {old} | {new} | {done} | {old + new - done} | {100 * done / (old + new):.2f}" for name, (old, new, done) in own.items()]
        title = f"区人民法院{month}月审判执行情况统计表（2023年）"
        files.append(drawn_file(f"审判情况2023年{month}月.xlsx", {"Sheet1": "\n".join([title, "部门 | 旧存 | 新收 | 结案 | 未结 | 结案率(%)", *lines])}))
    return files


def school_inspection_running() -> list[SurveyedFile]:
    """A single column that runs from January, units behind the names."""
    numbers = {1: (5, 12, 20, 18, "90.0"), 2: (9, 25, 41, 39, "95.1"), 3: (16, 30, 66, 64, "97.0")}
    return [
        drawn_file(
            f"督导{month}月.xlsx",
            {
                "Sheet1": f"""
2023年1-{month}月教育督导工作情况
报送单位：教育督导室
序号 | 工作内容 | 完成情况
1 | 开展督导检查（次） | {visits}
2 | 督导学校数(所) | {schools}
3 | 发现问题（个） | {problems}
4 | 其中：已整改（个） | {mended}
5 | 问题整改率（%） | {rate}
"""
            },
            "督导室",
        )
        for month, (visits, schools, problems, mended, rate) in numbers.items()
    ]


def water_production() -> list[SurveyedFile]:
    """A water company's year on one sheet: units in a column, what is lost between both as a rate of its own."""
    produced, sold = ("310.5", "298.2", "320.1", "305.4"), ("270.1", "262.0", "281.7", "266.9")
    lost = ("13.01", "12.14", "12.00", "12.61")  # (310.5 - 270.1) / 310.5 and so on, in per cent
    lines = [
        "自来水公司2024年生产经营月报",
        "填报部门：生产技术部",
        "指标名称 | 计量单位 | 1月 | 2月 | 3月 | 4月 | 全年累计",
        f"供水量 | 万立方米 | {' | '.join(produced)} | 1234.2",
        f"售水量 | 万立方米 | {' | '.join(sold)} | 1080.7",
        f"产销差率 | % | {' | '.join(lost)} | 12.44",
        "用户总数 | 户 | 51200 | 51310 | 51402 | 51555 |",
        "水质综合合格率 | % | 99.8 | 99.9 | 99.9 | 100 |",
    ]
    return [drawn_file("生产月报2024.xlsx", {"月报": "\n".join(lines)})]


def vaccinations_crossed() -> list[SurveyedFile]:
    """A health office: vaccines down the rows and what is counted of each across, no unit."""
    numbers = {1: (320, 315, "98.44", 300, 291, "97.00"), 2: (280, 271, "96.79", 299, 290, "96.99"), 3: (310, 306, "98.71", 305, 303, "99.34")}
    return [
        drawn_file(
            f"疾控科2024年{month}月.xlsx",
            {
                "Sheet1": f"""
某市卫生健康委员会疾控科{month}月份工作报表
填报单位：疾控科
报告期：2024年{month}月
疫苗 | 应种人数 | 实种人数 | 接种率（%）
乙肝疫苗 | {a} | {b} | {c}
卡介苗 | {d} | {e} | {f}
填表人：某某 |  | 审核人：某某
"""
            },
            "疾控科",
        )
        for month, (a, b, c, d, e, f) in numbers.items()
    ]


def registry_with_a_bare_line() -> list[SurveyedFile]:
    """Whose form it is, and of which month, stand without labels in the row over the headings."""
    months = ((1, 40, 4, 60, 6), (2, 43, 5, 66, 9), (3, 50, 8, 70, 7))
    sheet = """经营主体发展情况表 | < | <
注册登记股 | | 2024年{month}月末
指标 | 期末实有户数（户） | 本月新设（户）
经营主体总量 | {every} | {fresh}
其中：企业 | {companies} | {new_companies}
个体工商户 | {persons} | {new_persons}"""
    return [
        drawn_file(
            f"注册股{month}月.xlsx",
            {
                "主体": sheet.format(
                    month=month,
                    every=companies + persons,
                    fresh=new_companies + new_persons,
                    companies=companies,
                    new_companies=new_companies,
                    persons=persons,
                    new_persons=new_persons,
                )
            },
        )
        for month, companies, new_companies, persons, new_persons in months
    ]


def office_line_with_its_month() -> list[SurveyedFile]:
    """The month stands behind the office in one cell."""
    sheet = """日常监管情况表 | < | <
填报股室：基层建设股      2024年{month}月 | < | <
项目 | 单位 | 本月
检查主体 | 户次 | {checks}
责令改正 | 份 | {orders}"""
    return [
        drawn_file(f"基层{month}.xlsx", {"表": sheet.format(month=month, checks=checks, orders=orders)})
        for month, checks, orders in ((1, 100, 7), (2, 120, 9), (3, 130, 4))
    ]
