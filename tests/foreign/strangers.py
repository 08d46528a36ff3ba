"""More forms of invented bureaus of the same five kinds, drawn after the reader was written: other words, other layouts."""

from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "市属单位"


def forms() -> list[ForeignForm]:
    """The forms, each of an office of its own."""
    return [
        clinic_quarters(),
        grouped_labels(),
        two_years(),
        places_twice(),
        persons(),
        this_and_last(),
        plants(),
        branches(),
        enrolment(),
        letters(),
        courts_days(),
        thousands(),
    ]


def clinic_quarters() -> ForeignForm:
    """A file a quarter, the only column 本季数, units in brackets with 单位."""
    draw = Numbers(61)
    visits, tests, positive = draw.many(4, 2_000, 4_000), draw.many(4, 900, 1_500), []
    positive = draw.part(tests, 0.02, 0.06)
    files = []
    for at in range(4):
        text = f"""
慢性病防治科工作情况季报 | <
（2024年第{"一二三四"[at]}季度） | <
工作项目 | 本季数
慢病门诊接诊（单位：人次） | {visits[at]}
肺结核筛查（单位：人次） | {tests[at]}
筛查阳性（单位：人次） | {positive[at]}
筛查阳性率（%） | {percent(positive[at], tests[at], 2)}
"""
        files.append(DrawnFile(f"慢病科{at + 1}季度.xlsx", {"季报": text}))
    return ForeignForm(
        BUREAU,
        "慢性病防治科",
        files,
        """
慢病门诊接诊 | 人次 | flow
肺结核筛查 | 人次 | flow
筛查阳性 | 人次 | flow
筛查阳性率 | % | rate | 筛查阳性 / 肺结核筛查
""",
    )


def grouped_labels() -> ForeignForm:
    """Two columns of labels, the first merged over its rows; the same word in both groups."""
    draw, months = Numbers(62), 4
    numbers = {(group, "受理数"): draw.many(months, 60, 99) for group in ("信访件", "建议提案")}
    numbers |= {(group, "办结数"): draw.part(own, 0.6, 0.97) for (group, _), own in numbers.items()}
    files = []
    for at in range(months):
        lines = []
        for group in ("信访件", "建议提案"):
            for name in ("受理数", "办结数"):
                own = numbers[group, name]
                lines.append(f"{group if name == '受理数' else '^'} | {name} | 件 | {own[at]} | {running(own)[at]}")
            done, came = running(numbers[group, "办结数"])[at], running(numbers[group, "受理数"])[at]
            lines.append(f"^ | 办结率 | % | {percent(numbers[group, '办结数'][at], numbers[group, '受理数'][at])} | {percent(done, came)}")
        text = f"""
某市教育局办公室督办事项统计 | < | < | < | <
截止时间：2024年{at + 1}月{[31, 29, 31, 30][at]}日 | < | < | < | <
类别 | 事项 | 单位 | 本月 | 年累计
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"督办{at + 1}月.xlsx", {"督办": text}, ("办公室",)))
    return ForeignForm(
        BUREAU,
        "办公室",
        files,
        "\n".join(
            f"{group}受理数 | 件 | flow\n{group}办结数 | 件 | flow\n{group}办结率 | % | rate | {group}办结数 / {group}受理数"
            for group in ("信访件", "建议提案")
        ),
    )


def two_years() -> ForeignForm:
    """Months of two years across, the year over them, no sum."""
    draw = Numbers(63)
    made, lost, users = draw.money(10, 80, 99, 1), [], draw.level(10, 12_300, 0.002)
    lost = [(own * Decimal(draw.chance.randint(80, 140)) / 1000).quantize(Decimal("0.1")) for own in made]
    heads = [*range(8, 13), *range(1, 6)]
    text = f"""
污水处理厂生产运行情况 | < | < | < | < | < | < | < | < | < | < | <
指标 | 单位 | 2023年 | < | < | < | < | 2024年 | < | < | < | <
^ | ^ | {" | ".join(f"{month}月" for month in heads)}
进水量 | 万吨 | {" | ".join(map(str, made))}
污泥量 | 万吨 | {" | ".join(map(str, lost))}
污泥占比 | % | {" | ".join(percent(a, b, 2) for a, b in zip(lost, made, strict=True))}
服务户数 | 户 | {" | ".join(map(str, users))}
"""
    return ForeignForm(
        BUREAU,
        "污水处理厂",
        [DrawnFile("污水处理厂运行.xlsx", {"运行": text})],
        """
进水量 | 万吨 | flow
污泥量 | 万吨 | flow
污泥占比 | % | rate | 污泥量 / 进水量
服务户数 | 户 | stock
""",
    )


def places_twice() -> ForeignForm:
    """Schools down; each measure over 本月 and 累计, a last row 总计."""
    draw, months = Numbers(64), 4
    names = ("城北小学", "城南小学", "第三中学")
    visits = {name: draw.many(months, 5, 20) for name in names}
    hours = {name: draw.many(months, 100, 300) for name in names}
    files = []
    for at in range(months):
        lines = [f"{name} | {visits[name][at]} | {running(visits[name])[at]} | {hours[name][at]} | {running(hours[name])[at]}" for name in names]
        total = [sum(own[name][at] if now else running(own[name])[at] for name in names) for own in (visits, hours) for now in (True, False)]
        text = f"""
心理健康教育中心2024年{at + 1}月工作量统计表 | < | < | < | <
单位名称 | 个别辅导（人次） | < | 课程学时（学时） | <
^ | 本月 | 累计 | 本月 | 累计
{chr(10).join(lines)}
总计 | {" | ".join(map(str, total))}
"""
        files.append(DrawnFile(f"心理健康{at + 1}月.xlsx", {"工作量": text}))
    return ForeignForm(BUREAU, "心理健康教育中心", files, "个别辅导 | 人次 | flow\n课程学时 | 学时 | flow")


def persons() -> ForeignForm:
    """合计 over its parts in the heading (其中：男, 女), one row a month."""
    draw, months = Numbers(65), 6
    men, women, new = draw.level(months, 402, 0.01), draw.level(months, 388, 0.01), draw.many(months, 1, 15)
    lines = [f"{at + 1}月 | {men[at] + women[at]} | {men[at]} | {women[at]} | {percent(women[at], men[at] + women[at])} | {new[at]}" for at in range(months)]
    text = f"""
组织人事科2024年干部职工情况 | < | < | < | < | <
月份 | 在职人数（人） | < | < | 女职工占比（%） | 当月新录用（人）
^ | 合计 | 其中：男 | 其中：女 | ^ | ^
{chr(10).join(lines)}
"""
    return ForeignForm(
        BUREAU,
        "组织人事科",
        [DrawnFile("人事2024.xlsx", {"人员": text})],
        """
在职人数 | 人 | stock
男 | 人 | stock
女 | 人 | stock
女职工占比 | % | rate | 女 / 在职人数
新录用 | 人 | flow
""",
    )


def this_and_last() -> ForeignForm:
    """Headings name the months of this year and the last, difference and growth beside them."""
    draw, months = Numbers(66), 4
    own = {name: draw.many(months, 100, 300) for name in ("发票代开", "车购税办理")}
    before = {name: draw.many(months, 100, 300) for name in own}
    files = []
    for at in range(months):
        pairs = {name: (own[name][at], before[name][at]) for name in own}
        lines = [f"{name} | 份 | {now} | {ago} | {now - ago} | {percent(now - ago, ago, 1)}" for name, (now, ago) in pairs.items()]
        text = f"""
某区税务局第一税务所办税业务量统计 | < | < | < | < | <
业务名称 | 单位 | 2024年{at + 1}月 | 2023年{at + 1}月 | 增减数 | 增减%
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"第一税务所{at + 1}月.xlsx", {"业务量": text}))
    return ForeignForm(BUREAU, "第一税务所", files, "发票代开 | 份 | flow\n车购税办理 | 份 | flow")


def plants() -> ForeignForm:
    """Waterworks across in two groups of month and year, measures down, no 合计."""
    draw, months = Numbers(67), 4
    water, power = draw.money(months, 100, 130, 1), draw.many(months, 30_000, 40_000)
    good, tests = [], draw.many(months, 60, 90)
    good = draw.part(tests, 0.96, 1.0)
    files = []
    for at in range(months):
        text = f"""
调度中心日常运行月报 | < | < | <
月份：2024-{at + 1:02} | | |
统计项 | 计量单位 | 当月实际 | 全年累计
制水量 | 万吨 | {water[at]} | {running(water)[at]}
耗电量 | 度 | {power[at]} | {running(power)[at]}
化验次数 | 次 | {tests[at]} | {running(tests)[at]}
化验合格次数 | 次 | {good[at]} | {running(good)[at]}
化验合格率 | % | {percent(good[at], tests[at], 2)} | {percent(running(good)[at], running(tests)[at], 2)}
出厂水浊度 | NTU | 0.{at + 11} |
.
填报人：（签字） | | 审核： |
"""
        files.append(DrawnFile(f"调度中心-2024-{at + 1:02}.xlsx", {"月报": text}))
    return ForeignForm(
        BUREAU,
        "调度中心",
        files,
        """
制水量 | 万吨 | flow
耗电量 | 度 | flow
化验次数 | 次 | flow
化验合格次数 | 次 | flow
化验合格率 | % | rate | 化验合格次数 / 化验次数
出厂水浊度 | NTU | stock
""",
    )


def branches() -> ForeignForm:
    """Streets down, no sum, one column of counts a month: the table is of the streets alone."""
    draw, months = Numbers(68), 3
    names = ("东街街道", "西街街道", "北关镇")
    files = []
    for at in range(months):
        rows = [draw.many(2, 20, 60) for _ in names]
        lines = [f"{number} | {name} | {a} | {b}" for number, (name, (a, b)) in enumerate(zip(names, rows, strict=True), 1)]
        text = f"""
爱卫办2024年{at + 1}月病媒生物防制情况 | < | < | <
序号 | 街道（镇） | 消杀次数（次） | 覆盖小区（个）
{chr(10).join(lines)}
 | 小计 | {sum(row[0] for row in rows)} | {sum(row[1] for row in rows)}
"""
        files.append(DrawnFile(f"爱卫办{at + 1}月.xlsx", {"防制": text}))
    return ForeignForm(BUREAU, "爱卫办", files, "消杀次数 | 次 | flow\n覆盖小区 | 个 | stock")


def enrolment() -> ForeignForm:
    """Codes and names, plan and done and share done; a running title."""
    draw, months = Numbers(69), 4
    done = [draw.many(months, 30, 60) for _ in range(3)]
    names = ("技能培训", "农民工学历提升", "老年教育")
    files = []
    for at in range(months):
        lines = [
            f"{number:03} | {name} | 人 | 600 | {running(own)[at]} | {percent(running(own)[at], 600, 1)}"
            for number, (name, own) in enumerate(zip(names, done, strict=True), 1)
        ]
        text = f"""
职业教育与成人教育科2024年1至{at + 1}月任务完成情况 | < | < | < | < | <
指标代码 | 指标名称 | 单位 | 全年任务数 | 已完成 | 完成率%
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"职成科1-{at + 1}月.xlsx", {"任务": text}))
    return ForeignForm(BUREAU, "职业教育与成人教育科", files, "\n".join(f"{name} | 人 | flow" for name in names))


def letters() -> ForeignForm:
    """No number has a unit near it; 件 stands in the title alone, and the sheet is called after the month."""
    draw = Numbers(70)
    sheets = {}
    pending = 40
    for month in range(1, 5):
        came, done = draw.many(1, 30, 60)[0], draw.many(1, 25, 50)[0]
        before, pending = pending, pending + came - done
        sheets[f"2024.{month:02}"] = f"""
信访接待办来信来访情况（单位：件）
项目 | 数量
上月结存 | {before}
本月收到 | {came}
本月办结 | {done}
月末未结 | {pending}
"""
    return ForeignForm(
        BUREAU, "信访接待办", [DrawnFile("信访接待.xlsx", sheets)], "上月结存 | 件 | stock\n本月收到 | 件 | flow\n本月办结 | 件 | flow\n月末未结 | 件 | stock"
    )


def courts_days() -> ForeignForm:
    """Averages and counts by divisions across, with a column 全院."""
    draw, months = Numbers(71), 4
    files = []
    for at in range(months):
        a, b = draw.many(2, 40, 90), draw.many(2, 30, 80)
        text = f"""
审判质效情况通报（2024年{at + 1}月） | < | < | < | <
制表单位：审判监督庭 | < | < | < | <
指标名称 | 单位 | 全院 | 民一庭 | 刑一庭
上诉案件 | 件 | {sum(a)} | {a[0]} | {a[1]}
改判发回案件 | 件 | {sum(b) // 4} | {b[0] // 4} | {sum(b) // 4 - b[0] // 4}
平均审理天数 | 天 | {60 + at} | {58 + at} | {63 + at}
"""
        files.append(DrawnFile(f"审监{at + 1}月.xlsx", {"质效": text}))
    return ForeignForm(BUREAU, "审判监督庭", files, "上诉案件 | 件 | flow\n改判发回案件 | 件 | flow\n平均审理天数 | 天 | stock")


def thousands() -> ForeignForm:
    """Text with thousands signs, blanks, — and / for nothing, a month before and its change."""
    draw, months = Numbers(72), 4
    calls, cash = draw.many(months, 12_000, 15_000), draw.many(months, 1_200_000, 1_900_000)
    files = []
    for at in range(months):
        last = calls[at - 1] if at else 11_000
        text = f"""
费用征缴科2024年{at + 1}月社保费征缴情况表 | < | < | < | < | <
项 目 | 单 位 | 本 月 | 上 月 | 环比（%） | 本年累计
征缴户次 | 户次 | '{calls[at]:,} | '{last:,} | {percent(calls[at] - last, last)} | '{running(calls)[at]:,}
征缴金额 | 元 | '{cash[at]:,} | — | / | '{running(cash)[at]:,}
"""
        files.append(DrawnFile(f"费用征缴科{at + 1}月.xlsx", {"征缴": text}))
    return ForeignForm(BUREAU, "费用征缴科", files, "征缴户次 | 户次 | flow\n征缴金额 | 元 | flow")
