"""某县教育局 (invented): seven forms, all figures drawn from a seed."""

from collections.abc import Sequence
from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "某县教育局"


def forms() -> list[ForeignForm]:
    """The forms of the bureau."""
    return [basics(), inspection(), schools(), budget(), subsidies(), sports(), training()]


def basics() -> ForeignForm:
    """Two rows of headings, this year and last over 本月 and 累计; stocks leave 本月 empty."""
    draw, months = Numbers(11), 4
    moved_in, moved_out, visited = draw.many(months, 20, 60), draw.many(months, 10, 50), draw.many(months, 100, 190)
    pupils, teachers = draw.level(months, 21_430, 0.005), draw.level(months, 1_612, 0.004)
    files = []
    for at in range(months):
        lines = [
            f"{name} | {unit} | {own[at]} | {running(own)[at]} | {own[at] - 3} | {running(own)[at] - 9}"
            for name, unit, own in (("转入学生", "人", moved_in), ("转出学生", "人", moved_out), ("家访户数", "户", visited))
        ]
        lines += [f"{name} | {unit} | | {own[at]} | | {own[at] - 77}" for name, unit, own in (("在校学生", "人", pupils), ("专任教师", "人", teachers))]
        text = f"""
基础教育工作月报表 | < | < | < | < | <
填报单位：基础教育股 | < | < | 2024年{at + 1}月 | < | <
指标 | 单位 | 本年 | < | 上年同期 | <
^ | ^ | 本月 | 累计 | 本月 | 累计
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"基教股{at + 1}月.xls", {"月报": text}))
    return ForeignForm(
        BUREAU,
        "基础教育股",
        files,
        """
转入学生 | 人 | flow
转出学生 | 人 | flow
家访户数 | 户 | flow
在校学生 | 人 | stock
专任教师 | 人 | stock
""",
    )


def inspection() -> ForeignForm:
    """One column 完成情况, the title runs from January, a number before each row, no unit column."""
    draw, months = Numbers(12), 4
    visits, schools, found = draw.many(months, 8, 20), draw.many(months, 10, 30), draw.many(months, 20, 40)
    mended = draw.part(found, 0.6, 0.95)
    files = []
    for at in range(months):
        a, b, c, d = (running(own)[at] for own in (visits, schools, found, mended))
        text = f"""
{BUREAU}2024年1-{at + 1}月教育督导工作完成情况表 | < | <
序号 | 工作内容 | 完成情况
1 | 开展督导检查（次） | {a}
2 | 督导学校（所） | {b}
3 | 反馈问题（个） | {c}
4 | 已整改问题（个） | {d}
5 | 整改率 | {percent(d, c, 1)}%
"""
        files.append(DrawnFile(f"2024年1-{at + 1}月.xlsx", {"Sheet1": text}, ("教育督导室",)))
    return ForeignForm(
        BUREAU,
        "教育督导室",
        files,
        """
开展督导检查 | 次 | flow
督导学校 | 所 | flow
反馈问题 | 个 | flow
已整改问题 | 个 | flow
整改率 | % | rate | 已整改问题 / 反馈问题
""",
    )


def schools() -> ForeignForm:
    """Schools down with a number before each, two rows of headings over boarders and meals, 合计 first."""
    draw, months = Numbers(13), 3
    names = ("第一中学", "第二中学", "实验小学", "城关小学", "育才幼儿园")
    levels = [[draw.level(months, first * share // 10, 0.01) for share in (10, 3, 7)] for first in draw.many(5, 400, 900)]
    files = []
    for at in range(months):
        rows = []
        for own in levels:
            checked = draw.many(1, 10, 40)[0]
            rows.append((*(level[at] for level in own), checked, draw.part([checked], 0.8, 0.99)[0]))
        total = tuple(map(sum, zip(*rows, strict=True)))

        def line(number: object, name: str, row: tuple[int, ...]) -> str:
            pupils, boarding, meals, checked, passed = row
            return f"{number} | {name} | {pupils} | {boarding} | {percent(boarding, pupils)} | {meals} | {checked} | {passed} | {percent(passed, checked)}"

        lines = [line("", "全县合计", total), *(line(number, name, row) for number, (name, row) in enumerate(zip(names, rows, strict=True), 1))]
        text = f"""
全县学校后勤工作情况统计表（2024年{at + 1}月） | < | < | < | < | < | < | < | <
填报单位：后勤装备股 | < | < | | | | | |
序号 | 学校名称 | 在校学生数（人） | 住宿情况 | < | 食堂情况 | < | < | <
^ | ^ | ^ | 住宿生数（人） | 住宿率（%） | 就餐学生数（人） | 抽检批次（批次） | 合格批次（批次） | 抽检合格率（%）
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"后勤装备股{at + 1}月报表.xlsx", {"统计表": text}))
    return ForeignForm(
        BUREAU,
        "后勤装备股",
        files,
        """
在校学生数 | 人 | stock
住宿生数 | 人 | stock
住宿率 | % | rate | 住宿生数 / 在校学生数
就餐学生数 | 人 | stock
抽检批次 | 批次 | flow
合格批次 | 批次 | flow
抽检合格率 | % | rate | 合格批次 / 抽检批次
""",
    )


def budget() -> ForeignForm:
    """万元 beside 元 in a column of units; the year's plan, month, year so far and share of the plan."""
    draw, months = Numbers(14), 3
    wages, running_cost, builds = draw.money(months, 900, 1_100), draw.money(months, 80, 140), draw.money(months, 30, 400)
    fund = [Decimal(own) for own in draw.many(months, 300_000, 400_000)]
    kinds: tuple[tuple[str, str, Sequence[Decimal]], ...] = (
        ("人员经费支出", "万元", wages),
        ("公用经费支出", "万元", running_cost),
        ("项目建设支出", "万元", builds),
        ("捐赠资金支出", "元", fund),
    )
    plans = (13_000, 1_500, 3_200, 4_100_000)
    files = []
    for at in range(months):
        lines = []
        for (name, unit, own), plan in zip(kinds, plans, strict=True):
            lines.append(f"{name} | {unit} | {plan} | {own[at]} | {running(own)[at]} | {percent(running(own)[at], plan, 2)}")
        text = f"""
{BUREAU}教育经费支出情况表 | < | < | < | < | <
填报单位：计划财务股 | < | | 所属月份：2024年{at + 1}月 | < | <
支出项目 | 计量单位 | 年初预算数 | 本月支出 | 累计支出 | 执行进度（%）
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"经费支出202{4}{at + 1:02}.xlsx", {"支出": text}))
    return ForeignForm(
        BUREAU,
        "计划财务股",
        files,
        """
人员经费支出 | 万元 | flow
公用经费支出 | 万元 | flow
项目建设支出 | 万元 | flow
捐赠资金支出 | 元 | flow
""",
    )


def subsidies() -> ForeignForm:
    """A sheet a quarter in one workbook; kinds down, persons and money across."""
    draw = Numbers(15)
    kinds = ("寄宿生生活补助", "营养改善计划", "普通高中助学金")
    sheets = {}
    for quarter in range(1, 5):
        lines = []
        for kind in kinds:
            persons = draw.many(1, 300, 2_000)[0]
            lines.append(f"{kind} | {persons} | {persons * 625 / 10_000:.4f}")
        sheets[f"{'一二三四'[quarter - 1]}季度"] = f"""
{BUREAU}学生资助中心2024年第{"一二三四"[quarter - 1]}季度学生资助情况 | < | <
资助项目 | 受助人数（人） | 资助金额（万元）
{chr(10).join(lines)}
"""
    truth = "\n".join(f"{kind}受助人数 | 人 | flow\n{kind}资助金额 | 万元 | flow" for kind in kinds)
    return ForeignForm(BUREAU, "学生资助中心", [DrawnFile("2024年学生资助.xlsx", sheets)], truth)


def sports() -> ForeignForm:
    """Two tables on one sheet, each with its own headings, and notes below."""
    draw, months = Numbers(16), 3
    files = []
    for at in range(months):
        tested, fit, eyes, bad, matches, clubs = (
            draw.many(1, *bounds)[0] for bounds in ((2_000, 2_600), (1_500, 1_900), (1_000, 1_300), (300, 480), (3, 9), (60, 64))
        )
        text = f"""
体卫艺股2024年{at + 1}月工作报表 | < | < | <
一、体质监测 | | |
项目 | 单位 | 当月数 |
体质测试人数 | 人 | {tested} |
体质达标人数 | 人 | {fit} |
体质达标率 | % | {percent(fit, tested, 2)} |
.
二、视力与活动 | | |
项目 | 单位 | 当月数 |
视力筛查人数 | 人 | {eyes} |
视力不良人数 | 人 | {bad} |
视力不良率 | % | {percent(bad, eyes, 2)} |
举办赛事 | 场次 | {matches} |
现有学生社团 | 个 | {clubs} |
注：1.体质测试每月抽测一次。2.数据为虚构。 | < | < | <
"""
        files.append(DrawnFile(f"体卫艺股{at + 1}月.xlsx", {"报表": text}))
    return ForeignForm(
        BUREAU,
        "体卫艺股",
        files,
        """
体质测试人数 | 人 | flow
体质达标人数 | 人 | flow
体质达标率 | % | rate | 体质达标人数 / 体质测试人数
视力筛查人数 | 人 | flow
视力不良人数 | 人 | flow
视力不良率 | % | rate | 视力不良人数 / 视力筛查人数
举办赛事 | 场次 | flow
现有学生社团 | 个 | stock
""",
    )


def training() -> ForeignForm:
    """Months across over two rows of headings, planned beside done; a rate that the sheet alone cannot explain."""
    draw, months = Numbers(17), 6
    held, came, passed = draw.many(months, 4, 12), draw.many(months, 300, 700), []
    passed = draw.part(came, 0.9, 0.99)
    score = [f"{88 + at * 0.7:.1f}" for at in range(months)]
    head = " | ".join(f"{month}月" for month in range(1, months + 1))
    blanks = " | ".join(["<"] * months)
    text = f"""
教师发展中心2024年教师培训情况 | < | {blanks} | <
项目 | 单位 | 2024年 | {" | ".join(["<"] * (months - 1))} | 累计
^ | ^ | {head} | ^
举办培训班 | 期 | {" | ".join(map(str, held))} | {sum(held)}
参训教师 | 人次 | {" | ".join(map(str, came))} | {sum(came)}
结业教师 | 人次 | {" | ".join(map(str, passed))} | {sum(passed)}
结业率 | % | {" | ".join(percent(a, b, 2) for a, b in zip(passed, came, strict=True))} | {percent(sum(passed), sum(came), 2)}
学员满意率 | % | {" | ".join(score)} |
"""
    return ForeignForm(
        BUREAU,
        "教师发展中心",
        [DrawnFile("教师培训2024.et", {"培训": text})],
        """
举办培训班 | 期 | flow
参训教师 | 人次 | flow
结业教师 | 人次 | flow
结业率 | % | rate | 结业教师 / 参训教师
学员满意率 | % | rate | ?
""",
    )
