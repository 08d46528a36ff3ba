"""某市自来水公司 (invented): seven forms, all figures drawn from a seed."""

from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "某市自来水有限公司"


def forms() -> list[ForeignForm]:
    """The forms of the company."""
    return [production(), laboratory(), sales(), network(), hotline(), safety(), repairs()]


def production() -> ForeignForm:
    """A year of months across and its sum; what is lost as a rate of its own, energy for each 1,000 cubic metres."""
    draw, months = Numbers(41), 6
    made, sold = draw.money(months, 300, 340, 1), draw.money(months, 255, 285, 1)
    power = draw.money(months, 90, 120, 2)
    pressure = ["0.28", "0.29", "0.28", "0.30", "0.29", "0.28"]
    users, pipes = draw.level(months, 51_200, 0.003), draw.level(months, 612, 0.004)
    lost = [percent(a - b, a, 2) for a, b in zip(made, sold, strict=True)]
    head = " | ".join(f"{month}月" for month in range(1, months + 1))
    text = f"""
{BUREAU}2024年生产经营月报 | < | < | < | < | < | < | < | <
填报部门：生产技术部 | < | < | < | | | | |
指标名称 | 计量单位 | {head} | 全年累计
供水量 | 万立方米 | {" | ".join(map(str, made))} | {sum(made)}
售水量 | 万立方米 | {" | ".join(map(str, sold))} | {sum(sold)}
产销差率 | % | {" | ".join(lost)} | {percent(sum(made) - sum(sold), sum(made), 2)}
用电量 | 万千瓦时 | {" | ".join(map(str, power))} | {sum(power)}
管网平均压力 | 兆帕 | {" | ".join(pressure)} |
用户总数 | 户 | {" | ".join(map(str, users))} |
管网长度 | 公里 | {" | ".join(map(str, pipes))} |
"""
    return ForeignForm(
        BUREAU,
        "生产技术部",
        [DrawnFile("生产月报2024.xlsx", {"月报": text})],
        """
供水量 | 万立方米 | flow
售水量 | 万立方米 | flow
产销差率 | % | rate | 供水量 - 售水量 / 供水量
用电量 | 万千瓦时 | flow
管网平均压力 | 兆帕 | stock
用户总数 | 户 | stock
管网长度 | 公里 | stock
""",
    )


def laboratory() -> ForeignForm:
    """Two groups of the same three columns over months, percentages by format, a sum below."""
    draw, months = Numbers(42), 5
    groups = ("出厂水", "管网水")
    tested = {group: draw.many(months, 100, 160) for group in groups}
    passed = {group: draw.part(tested[group], 0.95, 1.0) for group in groups}

    def line(head: str, own: list[tuple[int, int]]) -> str:
        return " | ".join([head, *(f"{a} | {b} | {percent(b, a, 2)}%" for a, b in own)])

    lines = [line(f"{at + 1}月", [(tested[group][at], passed[group][at]) for group in groups]) for at in range(months)]
    text = f"""
水质化验室2024年水质检测统计 | < | < | < | < | < | <
月份 | 出厂水 | < | < | 管网水 | < | <
^ | 检测样品数（份） | 合格样品数（份） | 合格率 | 检测样品数（份） | 合格样品数（份） | 合格率
{chr(10).join(lines)}
{line("合计", [(sum(tested[group]), sum(passed[group])) for group in groups])}
"""
    truth = "\n".join(
        f"{group}检测样品数 | 份 | flow\n{group}合格样品数 | 份 | flow\n{group}合格率 | % | rate | {group}合格样品数 / {group}检测样品数" for group in groups
    )
    return ForeignForm(BUREAU, "水质化验室", [DrawnFile("水质化验室水质2024.xlsx", {"水质": text})], truth)


def sales() -> ForeignForm:
    """Offices down, three rows of headings, money and water; a file a month in a folder of the year."""
    draw, months = Numbers(43), 4
    places = ("城南营业厅", "城北营业厅", "开发区营业厅")
    files = []
    for at in range(months):
        rows = []
        for _ in places:
            due = draw.money(1, 200, 400)[0]
            paid = (due * Decimal(str(draw.chance.randint(900, 995))) / 1000).quantize(Decimal("0.01"))
            rows.append((draw.money(1, 60, 110)[0], due, paid, draw.many(1, 20, 80)[0], draw.level(1, draw.many(1, 9_000, 20_000)[0])[0]))
        total = tuple(map(sum, zip(*rows, strict=True)))
        lines = [f"{name} | {a} | {b} | {c} | {percent(c, b, 2)} | {d} | {e}" for name, (a, b, c, d, e) in zip((*places, "合计"), (*rows, total), strict=True)]
        text = f"""
营业收费情况月报 | < | < | < | < | < | <
营业厅 | 水量水费 | < | < | < | 用户 | <
^ | 售水量（万立方米） | 水费 | < | < | 新装户数（户） | 期末用户数（户）
^ | ^ | 应收水费（万元） | 实收水费（万元） | 回收率（%） | ^ | ^
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"营业收费部{at + 1}月.xlsx", {"月报": text}, ("2024年",)))
    return ForeignForm(
        BUREAU,
        "营业收费部",
        files,
        """
售水量 | 万立方米 | flow
应收水费 | 万元 | flow
实收水费 | 万元 | flow
回收率 | % | rate | 实收水费 / 应收水费
新装户数 | 户 | flow
期末用户数 | 户 | stock
""",
    )


def network() -> ForeignForm:
    """HTML called .xls; month and year with targets, a hidden column cannot be, notes below."""
    draw, months = Numbers(44), 4
    leaks, fixed, in_time, metres, changed = draw.many(months, 30, 60), [], [], draw.many(months, 900, 2_000), draw.many(months, 100, 300)
    fixed = draw.part(leaks, 0.9, 1.0)
    in_time = draw.part(fixed, 0.8, 0.98)
    files = []
    for at in range(months):
        rows = [
            ("漏点数", "处", leaks, 500),
            ("修复漏点数", "处", fixed, 480),
            ("及时修复数", "处", in_time, 450),
            ("新建管网", "米", metres, 15_000),
            ("更换水表", "只", changed, 2_400),
        ]
        lines = [f"{name} | {unit} | {plan} | {own[at]} | {running(own)[at]} | {percent(running(own)[at], plan, 1)}" for name, unit, own, plan in rows]
        b, c = running(fixed)[at], running(in_time)[at]
        lines.append(f"修复及时率 | % | 95 | {percent(in_time[at], fixed[at], 2)} | {percent(c, b, 2)} | ")
        text = f"""
管网运维部2024年{at + 1}月管网运行报表 | < | < | < | < | <
项目 | 单位 | 年度目标 | 本月完成 | 累计完成 | 完成率（%）
{chr(10).join(lines)}
说明：漏点数含报修与巡检发现（虚构数据） | < | < | < | < | <
"""
        files.append(DrawnFile(f"管网运维部{at + 1}月.xls", {"报表": text}))
    return ForeignForm(
        BUREAU,
        "管网运维部",
        files,
        """
漏点数 | 处 | flow
修复漏点数 | 处 | flow
及时修复数 | 处 | flow
新建管网 | 米 | flow
更换水表 | 只 | flow
修复及时率 | % | rate | 及时修复数 / 修复漏点数
""",
    )


def hotline() -> ForeignForm:
    """Two tables one below the other: calls by month, and kinds of calls with their shares."""
    draw, months = Numbers(45), 4
    files = []
    for at in range(months):
        calls, wait = draw.many(1, 2_000, 2_600)[0], draw.many(1, 12, 20)[0]
        answered = draw.part([calls], 0.93, 0.99)[0]
        ask, fault, complaint = draw.many(1, 900, 1_100)[0], draw.many(1, 400, 600)[0], draw.many(1, 40, 90)[0]
        done = draw.part([complaint], 0.8, 0.99)[0]
        text = f"""
客户服务中心热线月报 | < | <
统计月份：2024年{at + 1}月 | < | <
指标 | 单位 | 本月数
呼入量 | 通 | {calls}
接听量 | 通 | {answered}
接听率 | % | {percent(answered, calls, 2)}
平均等待时长 | 秒 | {wait}
.
诉求类型 | 单位 | 本月数
用水咨询 | 件 | {ask}
故障报修 | 件 | {fault}
服务投诉 | 件 | {complaint}
投诉办结 | 件 | {done}
投诉办结率 | % | {percent(done, complaint, 2)}
"""
        files.append(DrawnFile(f"客服{at + 1}月.xlsx", {"热线": text}))
    return ForeignForm(
        BUREAU,
        "客户服务中心",
        files,
        """
呼入量 | 通 | flow
接听量 | 通 | flow
接听率 | % | rate | 接听量 / 呼入量
平均等待时长 | 秒 | stock
用水咨询 | 件 | flow
故障报修 | 件 | flow
服务投诉 | 件 | flow
投诉办结 | 件 | flow
投诉办结率 | % | rate | 投诉办结 / 服务投诉
""",
    )


def safety() -> ForeignForm:
    """One row a month below a year, 小计 of quarters, names over two rows, the same word in two groups."""
    draw, months = Numbers(46), 6
    checks, found, mended = draw.many(months, 20, 40), draw.many(months, 30, 60), []
    mended = draw.part(found, 0.8, 0.99)
    held, came = draw.many(months, 1, 5), draw.many(months, 60, 150)

    def line(head: str, where: slice) -> str:
        a, b, c, d, e = (sum(own[where]) for own in (checks, found, mended, held, came))
        return f"{head} | {a} | {b} | {c} | {percent(c, b, 1)} | {d} | {e}"

    lines = [line(f"{at + 1}月", slice(at, at + 1)) for at in range(months)]
    lines.insert(3, line("一季度小计", slice(0, 3)))
    text = f"""
安全生产部2024年安全工作统计表 | < | < | < | < | < | <
月份 | 安全检查 | < | < | < | 安全培训 | <
^ | 检查次数（次） | 发现隐患（处） | 整改隐患（处） | 隐患整改率（%） | 培训场次（场） | 参加人次（人次）
{chr(10).join(lines)}
{line("二季度小计", slice(3, 6))}
{line("合计", slice(0, 6))}
"""
    return ForeignForm(
        BUREAU,
        "安全生产部",
        [DrawnFile("安全2024.xlsx", {"安全": text})],
        """
检查次数 | 次 | flow
发现隐患 | 处 | flow
整改隐患 | 处 | flow
隐患整改率 | % | rate | 整改隐患 / 发现隐患
培训场次 | 场 | flow
参加人次 | 人次 | flow
""",
    )


def repairs() -> ForeignForm:
    """A ledger: one row a repair with its times; no cell of it is a measure."""
    draw = Numbers(47)
    lines = []
    for number in range(1, 51):
        month, day, days = draw.many(1, 1, 4)[0], draw.many(1, 1, 25)[0], draw.many(1, 0, 3)[0]
        kind = ("爆管", "阀门漏水", "水表故障", "水压低")[number % 4]
        finished = f"2024-{month:02}-{day + days:02}" if number % 5 else ""
        lines.append(
            f"{number} | WX2024{number:04} | 2024-{month:02}-{day:02} | {kind} | {finished} | {'是' if days < 2 else '否'} | {draw.many(1, 80, 900)[0]}"
        )
    text = f"""
管网抢修工单台账 | < | < | < | < | < | <
序号 | 工单编号 | 报修日期 | 故障类型 | 修复日期 | 是否及时 | 材料费（元）
{chr(10).join(lines)}
"""
    return ForeignForm(BUREAU, "抢修中心", [DrawnFile("抢修中心工单台账.xlsx", {"工单": text})], "", cases=True)
