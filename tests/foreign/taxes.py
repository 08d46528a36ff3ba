"""国家税务总局某县税务局 (invented): six forms, all figures drawn from a seed."""

from collections.abc import Sequence
from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "国家税务总局某县税务局"


def forms() -> list[ForeignForm]:
    """The forms of the bureau."""
    return [revenue(), collection(), service(), stations(), audits(), refunds()]


def revenue() -> ForeignForm:
    """A tree of taxes by numbers and indents, 单位：万元 in the corner, 本月入库 and 累计入库, difference and growth."""
    draw, months = Numbers(21), 4
    goods, industry, profits, wages, fees = (draw.money(months, *bounds) for bounds in ((800, 1_200), (300, 500), (400, 600), (90, 130), (40, 70)))
    before = [Decimal("3210.55"), Decimal("1100.20"), Decimal("1500.75"), Decimal("330.10"), Decimal("180.35")]
    files = []
    for at in range(months):
        taxes = [sum(own, Decimal()) for own in zip(goods, profits, wages, strict=True)]
        rows: list[tuple[str, list[Decimal], Decimal]] = [
            ("一、税收收入", taxes, before[0] + before[2] + before[3]),
            ("  （一）增值税", goods, before[0]),
            ("      其中：工业增值税", industry, before[1]),
            ("  （二）企业所得税", profits, before[2]),
            ("  （三）个人所得税", wages, before[3]),
            ("二、非税收入", fees, before[4]),
        ]
        lines = [
            f"{name} | {own[at]} | {running(own)[at]} | {last} | {running(own)[at] - last} | {percent(running(own)[at] - last, last, 2)}"
            for name, own, last in rows
        ]
        text = f"""
税费收入完成情况表 | < | < | < | < | <
2024年{at + 1}月 | < | < | < | 单位：万元 | <
税种 | 本月入库 | 本年累计入库 | 上年同期累计 | 同比增减额 | 同比增减%
{chr(10).join(lines)}
备注：本表不含海关代征（虚构数据）。
"""
        files.append(DrawnFile(f"收入核算股_{at + 1}月.xlsx", {"收入": text}, ("收入核算股",)))
    return ForeignForm(
        BUREAU,
        "收入核算股",
        files,
        """
税收收入 | 万元 | flow
增值税 | 万元 | flow
工业增值税 | 万元 | flow
企业所得税 | 万元 | flow
个人所得税 | 万元 | flow
非税收入 | 万元 | flow
""",
    )


def collection() -> ForeignForm:
    """Months across with quarters' sums between, stocks and flows and two rates of them."""
    draw, months = Numbers(22), 6
    due, filed, late = draw.many(months, 3_000, 3_600), [], draw.many(months, 20, 60)
    filed = draw.part(due, 0.96, 0.995)
    payers = draw.level(months, 41_022, 0.01)
    arrears = draw.money(months, 150, 260)

    def with_quarters(own: Sequence[int | Decimal], flow: bool) -> str:
        return " | ".join(
            [*map(str, own[:3]), str(sum(own[:3])) if flow else "", *map(str, own[3:]), str(sum(own[3:])) if flow else "", str(sum(own)) if flow else ""]
        )

    def of_sums(first: int, end: int) -> str:
        return percent(sum(filed[first:end]), sum(due[first:end]), 2)

    shares = [percent(a, b, 2) for a, b in zip(filed, due, strict=True)]
    text = f"""
征收管理股2024年征管情况统计表 | < | < | < | < | < | < | < | < | < | <
指标 | 计量单位 | 1月 | 2月 | 3月 | 一季度小计 | 4月 | 5月 | 6月 | 二季度小计 | 合计
应申报户数 | 户次 | {with_quarters(due, True)}
已申报户数 | 户次 | {with_quarters(filed, True)}
申报率 | % | {" | ".join([*shares[:3], of_sums(0, 3), *shares[3:], of_sums(3, 6), of_sums(0, 6)])}
逾期申报户数 | 户次 | {with_quarters(late, True)}
期末登记户数 | 户 | {with_quarters(payers, False)}
欠税余额 | 万元 | {with_quarters(arrears, False)}
"""
    return ForeignForm(
        BUREAU,
        "征收管理股",
        [DrawnFile("征管2024上半年.xlsx", {"征管": text})],
        """
应申报户数 | 户次 | flow
已申报户数 | 户次 | flow
申报率 | % | rate | 已申报户数 / 应申报户数
逾期申报户数 | 户次 | flow
期末登记户数 | 户 | stock
欠税余额 | 万元 | stock
""",
    )


def service() -> ForeignForm:
    """Old .xls: month, month before, year; rates to two digits, of which one has no parts on the sheet."""
    draw, months = Numbers(23), 4
    calls, answered, online, counter = draw.many(months, 900, 1_300), [], draw.many(months, 4_000, 5_000), draw.many(months, 600, 900)
    answered = draw.part(calls, 0.93, 0.99)
    files = []
    for at in range(months):
        lines = [
            f"{name} | {unit} | {own[at]} | {own[at - 1] if at else 1_000} | {running(own)[at]}"
            for name, unit, own in (
                ("12366来电量", "个", calls),
                ("12366接通量", "个", answered),
                ("网上办税笔数", "笔", online),
                ("窗口办税笔数", "笔", counter),
            )
        ]
        a, b, c, d = (running(own)[at] for own in (calls, answered, online, counter))
        lines.append(f"接通率 | % | {percent(answered[at], calls[at], 2)} | | {percent(b, a, 2)}")
        lines.append(f"网上办税率 | % | {percent(online[at], online[at] + counter[at], 2)} | | {percent(c, c + d, 2)}")
        lines.append(f"纳税人满意率 | % | {98.1 + at * 0.2:.1f} | | {98.3 + at * 0.1:.1f}")
        text = f"""
纳税服务股2024年{at + 1}月工作月报
项目 | 单位 | 本月 | 上月 | 本年累计
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"纳服月报{at + 1}.xls", {"月报": text}))
    return ForeignForm(
        BUREAU,
        "纳税服务股",
        files,
        """
12366来电量 | 个 | flow
12366接通量 | 个 | flow
网上办税笔数 | 笔 | flow
窗口办税笔数 | 笔 | flow
接通率 | % | rate | 12366接通量 / 12366来电量
网上办税率 | % | rate | 网上办税笔数 / 网上办税笔数 + 窗口办税笔数
纳税人满意率 | % | rate | ?
""",
    )


def stations() -> ForeignForm:
    """Stations across, measures down with a column of units, 合计 right behind the units; a file a month by 年月 in its name."""
    draw, months = Numbers(24), 4
    places = ("城区税务所", "城郊税务所", "山口税务所")
    files = []
    for at in range(months):
        visits, risks = draw.many(3, 30, 70), draw.many(3, 20, 45)
        done = draw.part(risks, 0.6, 0.95)
        money = draw.money(3, 3, 30)
        lines = [
            f"{name} | {unit} | {sum(own)} | {' | '.join(map(str, own))}"
            for name, unit, own in (("走访企业", "户次", visits), ("风险任务推送", "户", risks), ("风险任务应对", "户", done), ("应对入库税款", "万元", money))
        ]
        shares = [percent(a, b, 1) for a, b in zip(done, risks, strict=True)]
        lines.insert(3, f"任务应对率 | % | {percent(sum(done), sum(risks), 1)} | {' | '.join(shares)}")
        text = f"""
各税务所风险应对情况 | < | < | < | < | <
填报单位：税收风险管理股 | < | < | 时间：2024年{at + 1}月份 | < | <
指标名称 | 单位 | 合计 | {" | ".join(places)}
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"风险应对2024{at + 1:02}.xlsx", {"所": text}))
    return ForeignForm(
        BUREAU,
        "税收风险管理股",
        files,
        """
走访企业 | 户次 | flow
风险任务推送 | 户 | flow
风险任务应对 | 户 | flow
任务应对率 | % | rate | 风险任务应对 / 风险任务推送
应对入库税款 | 万元 | flow
""",
    )


def audits() -> ForeignForm:
    """.et, units at the ends of the labels, money in 万元 and in 元, hidden remarks, stocks of cases at both ends of the month."""
    draw, months = Numbers(25), 4
    new, closed = draw.many(months, 8, 15), draw.many(months, 6, 14)
    found, paid, fines = draw.money(months, 120, 260), [], draw.many(months, 30_000, 90_000)
    paid = [(own * Decimal("0.9")).quantize(Decimal("0.01")) for own in found]
    pending, files = 31, []
    for at in range(months):
        before, pending = pending, pending + new[at] - closed[at]
        a, b, e = (running(own)[at] for own in (new, closed, fines))
        c, d = (running(own)[at] for own in (found, paid))
        text = f"""
稽查局案件查办情况月报 | < | < | <
 | | 期间：2024年{at + 1}月 | 内部口径
项目 | 本月数 | 累计数 | 备注
立案检查（件） | {new[at]} | {a} |
查结案件（件） | {closed[at]} | {b} |
查补收入（万元） | {found[at]} | {c} |
入库税款（万元） | {paid[at]} | {d} |
入库率（%） | {percent(paid[at], found[at], 2)} | {percent(d, c, 2)} |
罚款（元） | {fines[at]} | {e} |
月初在查案件（件） | | {before} |
月末在查案件（件） | | {pending} |
"""
        files.append(DrawnFile(f"稽查局{at + 1}月.et", {"月报": text}, hidden_columns=frozenset({3})))
    return ForeignForm(
        BUREAU,
        "稽查局",
        files,
        """
立案检查 | 件 | flow
查结案件 | 件 | flow
查补收入 | 万元 | flow
入库税款 | 万元 | flow
入库率 | % | rate | 入库税款 / 查补收入
罚款 | 元 | flow
月初在查案件 | 件 | stock
月末在查案件 | 件 | stock
""",
    )


def refunds() -> ForeignForm:
    """One line a month, measures over the columns, money in the heading in 万元; the share typed as a fraction of one."""
    draw, months = Numbers(26), 8
    firms, money, quick = draw.many(months, 40, 80), draw.money(months, 300, 700), []
    count = draw.many(months, 60, 120)
    quick = draw.part(count, 0.7, 0.95)
    lines = [f"2024年{at + 1}月 | {firms[at]} | {money[at]} | {count[at]} | {quick[at]} | {percent(quick[at], count[at], 3, 1)}" for at in range(months)]
    text = f"""
出口退税办理情况 | < | < | < | < | <
填报单位：进出口税收管理股 | < | | | |
所属期 | 办理退税企业（户） | 退税金额（万元） | 办理笔数（笔） | 即时办结笔数（笔） | 即时办结率
{chr(10).join(lines)}
"""
    return ForeignForm(
        BUREAU,
        "进出口税收管理股",
        [DrawnFile("出口退税.xlsx", {"退税": text})],
        """
办理退税企业 | 户 | flow
退税金额 | 万元 | flow
办理笔数 | 笔 | flow
即时办结笔数 | 笔 | flow
即时办结率 | 比值 | rate | 即时办结笔数 / 办理笔数
""",
    )
