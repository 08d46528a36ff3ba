"""Forms of offices of districts, drawn before the reader had seen their like: each shows one manner that it once read wrongly."""

from collections.abc import Sequence
from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "区直单位"


def forms() -> list[ForeignForm]:
    """The forms, each of an office of its own."""
    return [orders(), trials(), allowances(), captions(), parks(), funds(), examinations(), remainders()]


def orders() -> ForeignForm:
    """责任单位 alone says whose a row is, 总计 first; rates in cells of per cent below a note on the unit, one of them of a sum."""
    draw, files = Numbers(101), []
    for month in range(1, 4):
        rows: dict[str, tuple[int, ...]] = {}
        for name in ("住建局", "公安局", "城关街道", "河东街道"):
            came = draw.many(1, 40, 99)[0]
            rows[name] = (came, came - came // 15 - came // 20, came // 15, came // 20)
        rows = {"总计": tuple(map(sum, zip(*rows.values(), strict=True))), **rows}
        lines = [
            (number or "", name, *row, percent(row[1] + row[2], row[0], 2) + "%", percent(row[1], row[0], 2) + "%")
            for number, (name, row) in enumerate(rows.items())
        ]
        text = f"""
城市管理指挥中心2024年{month}月案件办理情况 | < | < | < | < | < | < | <
序号 | 责任单位 | 派遣案件总数 | 按时办结数 | 超时办结数 | 未办结数 | 结案率 | 按时结案率
{_lines(lines)}
备注：单位为件，虚构数据。
"""
        files.append(DrawnFile(f"指挥中心{month}月.xlsx", {"办理": text}))
    return ForeignForm(
        BUREAU,
        "城市管理指挥中心",
        files,
        """
派遣案件总数 | 件 | flow
按时办结数 | 件 | flow
超时办结数 | 件 | flow
未办结数 | 件 | flow
结案率 | % | rate | 按时办结数 + 超时办结数 / 派遣案件总数
按时结案率 | % | rate | 按时办结数 / 派遣案件总数
""",
    )


def trials() -> ForeignForm:
    """Kinds down and 合计 first under 单位：件, which no rate is in; 结收比 is above 100 %."""
    draw, months, kinds = Numbers(108), 4, ("刑事", "民事")
    start = {kind: draw.many(1, 20, 90)[0] for kind in kinds}
    came = {kind: draw.many(months, 40, 160) for kind in kinds}
    done = {kind: draw.part(came[kind], 0.85, 1.1) for kind in kinds}
    files = []
    for at in range(months):
        rows: dict[str, tuple[int, ...]] = {kind: (start[kind], running(came[kind])[at], running(done[kind])[at]) for kind in kinds}
        rows = {"合计": tuple(map(sum, zip(*rows.values(), strict=True))), **rows}
        lines = [
            (kind, old, new, closed, old + new - closed, percent(closed, old + new, 2) + "%", percent(closed, new, 2) + "%")
            for kind, (old, new, closed) in rows.items()
        ]
        text = f"""
审判运行态势统计表（2024年1—{at + 1}月） | < | < | < | < | < | <
制表单位：审管办 | | | | | | 单位：件
案件类型 | 旧存 | 新收 | 审结 | 未结 | 结案率 | 结收比
{_lines(lines)}
"""
        files.append(DrawnFile(f"审管办1-{at + 1}月.xlsx", {"态势": text}))
    truth = """
{0}旧存 | 件 | stock
{0}新收 | 件 | flow
{0}审结 | 件 | flow
{0}未结 | 件 | stock
{0}结案率 | % | rate | {0}审结 / {0}旧存 + {0}新收
{0}结收比 | % | rate | {0}审结 / {0}新收
"""
    return ForeignForm(BUREAU, "审管办", files, "".join(map(truth.format, ("合计", *kinds))))


def allowances() -> ForeignForm:
    """Towns down; 户数 and 人数 under one heading are two measures, and it is the heading that names both."""
    draw, months, towns = Numbers(109), 4, ("城关镇", "马场镇", "平坝街道")
    levels = {town: [draw.level(months, first, 0.02) for first in draw.many(4, 80, 900)] for town in towns}
    files = []
    for at in range(months):
        rows = [[level[at] for level in levels[town]] for town in towns]
        text = f"""
社会救助科2024年{at + 1}月城乡低保情况统计表 | < | < | < | <
乡镇（街道） | 城市低保 | < | 农村低保 | <
^ | 户数（户） | 人数（人） | 户数（户） | 人数（人）
{_lines([("合 计", *map(sum, zip(*rows, strict=True))), *((town, *row) for town, row in zip(towns, rows, strict=True))])}
"""
        files.append(DrawnFile(f"低保{at + 1}月.xlsx", {"低保": text}))
    return ForeignForm(
        BUREAU, "社会救助科", files, "城市低保户数 | 户 | stock\n城市低保人数 | 人 | stock\n农村低保户数 | 户 | stock\n农村低保人数 | 人 | stock"
    )


def captions() -> ForeignForm:
    """Two tables one above the other, the month beside the caption of the first, right over 本年累计."""
    draw, months = Numbers(203), 3
    places, told = draw.many(months, 500, 700), draw.many(months, 50, 80)
    faults, mended = draw.part(places, 0.02, 0.08), draw.part(told, 0.8, 0.95)
    files = []
    for at in range(months):
        text = f"""
市容环境科月度工作报表 | < | < | <
表一 垃圾分类检查 | | | 2024年{at + 1}月
项目 | 单位 | 本月 | 本年累计
{_lines(_pair("检查点位", "问题点位", "问题发现率", "个", places, faults, at))}
.
表二 违规处置 | | |
项目 | 单位 | 本月 | 本年累计
{_lines(_pair("下达整改通知", "完成整改", "整改完成率", "份", told, mended, at))}
"""
        files.append(DrawnFile(f"市容环境科2024年{at + 1}月.xlsx", {"报表": text}))
    return ForeignForm(
        BUREAU,
        "市容环境科",
        files,
        """
检查点位 | 个 | flow
问题点位 | 个 | flow
问题发现率 | % | rate | 问题点位 / 检查点位
下达整改通知 | 份 | flow
完成整改 | 份 | flow
整改完成率 | % | rate | 完成整改 / 下达整改通知
""",
    )


def parks() -> ForeignForm:
    """Three rows of headings, the last of units; 1月—本月 runs from January."""
    draw, months, names = Numbers(304), 3, ("东湖公园", "古城墙景区", "云台山")
    visits = {name: draw.money(months, 2, 20) for name in names}
    files = []
    for at in range(months):
        rows = [(visits[name][at], running(visits[name])[at], draw.many(1, 3, 9)[0]) for name in names]
        text = f"""
景区接待情况统计表 | < | < | <
填表单位：资源开发科 | | 2024年{at + 1}月 |
景区名称 | 接待游客 | < | 投诉量
^ | 本月 | 1月—本月 | 本月
 | 万人次 | 万人次 | 件
{_lines([(name, *row) for name, row in zip(names, rows, strict=True)])}
全区合计 | {" | ".join(str(sum(own)) for own in zip(*rows, strict=True))}
"""
        files.append(DrawnFile(f"资源开发科{at + 1}月.xlsx", {"接待": text}))
    return ForeignForm(BUREAU, "资源开发科", files, "接待游客 | 万人次 | flow\n投诉量 | 件 | flow")


def funds() -> ForeignForm:
    """期末余额 beside 本月发生额 and 本年累计 is a quantity of its own, and some rows have nothing else."""
    draw, months = Numbers(410), 4
    came, level = draw.money(months, 3, 5), Decimal("80.00")
    files = []
    for at in range(months):
        level += came[at]
        lent = (level * draw.chance.randint(70, 90) / 100).quantize(Decimal("0.01"))
        text = f"""
公积金业务运行情况表 | < | < | <
编制：业务科 | | 2024年{at + 1}月 | 单位：亿元
项目 | 本月发生额 | 本年累计 | 期末余额
归集额 | {came[at]} | {running(came)[at]} | {level}
个人贷款 | | | {lent}
个贷率（%） | | | {percent(lent, level, 2)}
"""
        files.append(DrawnFile(f"公积金中心业务科2024年{at + 1}月.xlsx", {"运行": text}, ("业务科",)))
    return ForeignForm(
        BUREAU,
        "业务科",
        files,
        """
归集额 | 亿元 | flow
归集额期末余额 | 亿元 | stock
个人贷款期末余额 | 亿元 | stock
个贷率期末余额 | % | rate | 个人贷款期末余额 / 归集额期末余额
""",
    )


def examinations() -> ForeignForm:
    """A column of counts and one of their rates: 肥胖 is a measure, and 肥胖检出率 another."""
    draw, files = Numbers(404), []
    for month in range(1, 5):
        seen = draw.many(1, 800, 1_500)[0]
        fat, teeth = draw.part([seen, seen], 0.1, 0.3)
        text = f"""
体卫艺科2024年{month}月学生健康体检情况 | < | <
内容 | 人数（人） | 检出率
实检学生 | {seen} |
龋齿 | {teeth} | '{percent(teeth, seen, 1)}%
肥胖 | {fat} | '{percent(fat, seen, 1)}%
"""
        files.append(DrawnFile(f"体检{month}月.xlsx", {"体检": text}))
    return ForeignForm(
        BUREAU,
        "体卫艺科",
        files,
        """
实检学生 | 人 | flow
龋齿 | 人 | flow
肥胖 | 人 | flow
龋齿检出率 | % | rate | 龋齿 / 实检学生
肥胖检出率 | % | rate | 肥胖 / 实检学生
""",
    )


def remainders() -> ForeignForm:
    """Rates of what is left: by the sign of their name, and where no word says so by the figures alone."""
    draw, months = Numbers(310), 4
    due, again = draw.many(months, 200, 300), draw.many(months, 12, 30)
    done = draw.part(due, 0.8, 0.95)
    files = []
    for at in range(months):
        text = f"""
信访督查科2024年{at + 1}月办理情况 | < | <
指标 | 单位 | 数值
应办信访事项 | 件 | {due[at]}
已办结 | 件 | {done[at]}
未办结率 | % | {percent(due[at] - done[at], due[at], 2)}
重复信访 | 件 | {again[at]}
初次信访占比 | % | {percent(due[at] - again[at], due[at], 2)}
"""
        files.append(DrawnFile(f"督查科2024{at + 1:02}.xlsx", {"办理": text}))
    return ForeignForm(
        BUREAU,
        "信访督查科",
        files,
        """
应办信访事项 | 件 | flow
已办结 | 件 | flow
未办结率 | % | rate | 应办信访事项 - 已办结 / 应办信访事项
重复信访 | 件 | flow
初次信访占比 | % | rate | 应办信访事项 - 重复信访 / 应办信访事项
""",
    )


def _lines(rows: Sequence[Sequence[object]]) -> str:
    return "\n".join(" | ".join(map(str, row)) for row in rows)


def _pair(whole: str, part: str, rate: str, unit: str, wholes: Sequence[int], parts: Sequence[int], at: int) -> list[tuple[object, ...]]:
    """The rows of two counts and the rate of one of the other, of the month and of the year."""
    total, taken = running(wholes)[at], running(parts)[at]
    return [
        (whole, unit, wholes[at], total),
        (part, unit, parts[at], taken),
        (rate, "%", percent(parts[at], wholes[at], 2), percent(taken, total, 2)),
    ]
