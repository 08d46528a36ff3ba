"""某区人民法院 (invented): seven forms, all figures drawn from a seed."""

from decimal import Decimal

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "某区人民法院"


def forms() -> list[ForeignForm]:
    """The forms of the bureau."""
    return [divisions(), registry(), execution(), teams(), kinds(), mediation(), cases()]


def divisions() -> ForeignForm:
    """Divisions down, 单位：件 in the corner, a rate over a sum of two, a sum in the last row."""
    draw, months = Numbers(31), 4
    names = ("民一庭", "民二庭", "刑庭", "行政庭", "执行局")
    old = dict(zip(names, draw.many(5, 30, 120), strict=True))
    files = []
    for at in range(months):
        rows: dict[str, tuple[int, ...]] = {}
        for name in names:
            new = draw.many(1, 30, 90)[0]
            done = draw.many(1, 28, min(90, old[name] + new - 5))[0]
            rows[name] = (old[name], new, done, old[name] + new - done, draw.part([done], 0.9, 0.99)[0])
            old[name] = rows[name][3]
        rows["合计"] = tuple(map(sum, zip(*rows.values(), strict=True)))
        lines = [f"{name} | {a} | {b} | {c} | {d} | {percent(c, a + b, 2)} | {e} | {percent(e, c, 2)}" for name, (a, b, c, d, e) in rows.items()]
        text = f"""
{BUREAU}2024年{at + 1}月案件收结存情况表 | < | < | < | < | < | < | <
填报部门：审判管理办公室 | < | < | | | | 单位：件 | <
部门 | 旧存 | 新收 | 结案 | 未结 | 结案率（%） | 审限内结案 | 审限内结案率（%）
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"收结存{at + 1}月.xlsx", {"收结存": text}))
    return ForeignForm(
        BUREAU,
        "审判管理办公室",
        files,
        """
旧存 | 件 | stock
新收 | 件 | flow
结案 | 件 | flow
未结 | 件 | stock
结案率 | % | rate | 结案 / 旧存 + 新收
审限内结案 | 件 | flow
审限内结案率 | % | rate | 审限内结案 / 结案
""",
    )


def registry() -> ForeignForm:
    """Measures down, month and year, 其中：with colon, two rates of one whole, persons and cases."""
    draw, months = Numbers(32), 4
    filed = draw.many(months, 500, 800)
    online, window = draw.part(filed, 0.5, 0.7), []
    window = [a - b for a, b in zip(filed, online, strict=True)]
    same_day, visitors = draw.part(filed, 0.9, 0.98), draw.many(months, 1_200, 1_700)
    files = []
    for at in range(months):
        rows = [
            ("立案总数", "件", filed),
            ("其中：网上立案", "件", online),
            ("其中：窗口立案", "件", window),
            ("当日立案", "件", same_day),
            ("接待来访群众", "人次", visitors),
        ]
        lines = [f"{number} | {name} | {unit} | {own[at]} | {running(own)[at]}" for number, (name, unit, own) in enumerate(rows, 1)]
        a, b, c = (running(own)[at] for own in (filed, online, same_day))
        lines.append(f"6 | 网上立案率 | % | {percent(online[at], filed[at], 1)} | {percent(b, a, 1)}")
        lines.append(f"7 | 当日立案率 | % | {percent(same_day[at], filed[at], 1)} | {percent(c, a, 1)}")
        text = f"""
诉讼服务工作月报表 | < | < | < | <
报送部门：立案庭（诉讼服务中心） | < | < | 2024年{at + 1}月 | <
序号 | 指标 | 单位 | 当月 | 年初至今
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"立案庭2024-{at + 1:02}.xlsx", {"月报": text}))
    return ForeignForm(
        BUREAU,
        "立案庭",
        files,
        """
立案总数 | 件 | flow
网上立案 | 件 | flow
窗口立案 | 件 | flow
当日立案 | 件 | flow
接待来访群众 | 人次 | flow
网上立案率 | % | rate | 网上立案 / 立案总数
当日立案率 | % | rate | 当日立案 / 立案总数
""",
    )


def execution() -> ForeignForm:
    """Months down under a year, money in 万元 and persons, the sum called 累计."""
    draw, months = Numbers(33), 6
    asked = draw.money(months, 900, 1_600)
    paid = [(own * Decimal(str(draw.chance.randint(40, 70))) / 100).quantize(Decimal("0.01")) for own in asked]
    listed, held, sales = draw.many(months, 20, 60), draw.many(months, 2, 9), draw.many(months, 3, 12)
    lines = [f"{at + 1}月 | {asked[at]} | {paid[at]} | {percent(paid[at], asked[at], 2)} | {listed[at]} | {held[at]} | {sales[at]}" for at in range(months)]
    text = f"""
2024年执行工作统计表 | < | < | < | < | < | <
填报单位：{BUREAU}执行局 | < | < | < | | |
月份 | 申请执行标的额（万元） | 执行到位金额（万元） | 到位率（%） | 失信被执行人（人次） | 司法拘留（人） | 网络拍卖（次）
{chr(10).join(lines)}
累计 | {sum(asked)} | {sum(paid)} | {percent(sum(paid), sum(asked), 2)} | {sum(listed)} | {sum(held)} | {sum(sales)}
"""
    return ForeignForm(
        BUREAU,
        "执行局",
        [DrawnFile("执行统计.xlsx", {"2024年": text})],
        """
申请执行标的额 | 万元 | flow
执行到位金额 | 万元 | flow
到位率 | % | rate | 执行到位金额 / 申请执行标的额
失信被执行人 | 人次 | flow
司法拘留 | 人 | flow
网络拍卖 | 次 | flow
""",
    )


def teams() -> ForeignForm:
    """A .csv a month; teams down, no corner unit, units in the headings, days on average."""
    draw, months = Numbers(34), 4
    names = ("速裁一庭", "速裁二庭", "速裁三庭")
    files = []
    for at in range(months):
        rows = [(own, draw.part([own], 0.3, 0.5)[0], draw.part([own], 0.4, 0.6)[0]) for own in draw.many(3, 40, 90)]
        lines = [f"{name},{a},{b},{c},{percent(b, a, 2)}" for name, (a, b, c) in zip(names, rows, strict=True)]
        a, b, c = (sum(row[i] for row in rows) for i in range(3))
        text = "\n".join(
            line.replace(",", " | ")
            for line in (
                f"速裁快审中心2024年{at + 1}月速裁案件统计",
                "团队名称,速裁结案数（件）,调解撤诉数（件）,当庭宣判数（件）,调撤率（%）",
                *lines,
                f"合计,{a},{b},{c},{percent(b, a, 2)}",
            )
        )
        files.append(DrawnFile(f"速裁{at + 1}月.csv", {"速裁": text}))
    return ForeignForm(
        BUREAU,
        "速裁快审中心",
        files,
        """
速裁结案数 | 件 | flow
调解撤诉数 | 件 | flow
当庭宣判数 | 件 | flow
调撤率 | % | rate | 调解撤诉数 / 速裁结案数
""",
    )


def kinds() -> ForeignForm:
    """Kinds of cases down; 新收 and 审结 over 本月, 累计 and 同比: three words name a figure."""
    draw, months = Numbers(35), 4
    names = ("民事案件", "刑事案件", "行政案件")
    new = {name: draw.many(months, 40, 200) for name in names}
    done = {name: draw.many(months, 35, 190) for name in names}
    files = []
    for at in range(months):
        lines = []
        for name in names:
            a, b = running(new[name])[at], running(done[name])[at]
            lines.append(f"{name} | {new[name][at]} | {a} | {percent(a - 300, 300, 1)} | {done[name][at]} | {b} | {percent(b - 280, 280, 1)}")
        text = f"""
研究室司法统计月报（2024年{at + 1}月） | < | < | < | < | < | <
计量单位：件 | < | < | < | < | < | <
案件类型 | 新收 | < | < | 审结 | < | <
^ | 本月 | 累计 | 同比（%） | 本月 | 累计 | 同比（%）
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"司法统计{at + 1}月.xlsx", {"统计": text}))
    truth = "\n".join(f"{name}新收 | 件 | flow\n{name}审结 | 件 | flow" for name in names)
    return ForeignForm(BUREAU, "研究室", files, truth)


def mediation() -> ForeignForm:
    """Groups as rows of their own, a lone column 数量, the month over it; counts and stocks beside each other."""
    draw, months = Numbers(36), 4
    sent, tried, agreed = draw.many(months, 200, 300), [], []
    tried = draw.part(sent, 0.8, 0.95)
    agreed = draw.part(tried, 0.4, 0.6)
    bodies, people = draw.level(months, 24, 0.0), draw.level(months, 88, 0.02)
    files = []
    for at in range(months):
        text = f"""
诉前调解工作情况
2024年{at + 1}月当月数
填报单位：多元解纷中心 | < |
项目 | 计量单位 | 数量
（一）诉前委派 | |
委派调解案件 | 件 | {sent[at]}
实际调解案件 | 件 | {tried[at]}
调解成功案件 | 件 | {agreed[at]}
调解成功率 | % | {percent(agreed[at], tried[at], 2)}
（二）调解力量 | |
入驻调解组织 | 个 | {bodies[at]}
在册调解员 | 名 | {people[at]}
"""
        files.append(DrawnFile(f"诉前调解{at + 1}月.xlsx", {"Sheet1": text}))
    return ForeignForm(
        BUREAU,
        "多元解纷中心",
        files,
        """
委派调解案件 | 件 | flow
实际调解案件 | 件 | flow
调解成功案件 | 件 | flow
调解成功率 | % | rate | 调解成功案件 / 实际调解案件
入驻调解组织 | 个 | stock
在册调解员 | 名 | stock
""",
    )


def cases() -> ForeignForm:
    """A ledger: one row a case with its days and money; no cell of it is a measure."""
    draw = Numbers(37)
    lines = []
    for number in range(1, 41):
        month, day = draw.many(1, 1, 4)[0], draw.many(1, 1, 27)[0]
        closed = f"2024-{month + 1:02}-{day:02}" if number % 4 else ""
        kind = ("买卖合同纠纷", "离婚纠纷", "劳动争议", "民间借贷纠纷")[number % 4]
        lines.append(f"{number} | (2024)虚0101民初{100 + number}号 | {kind} | 2024-{month:02}-{day:02} | {closed} | {draw.many(1, 1_000, 90_000)[0]} | 民一庭")
    text = f"""
民事案件登记台账 | < | < | < | < | < | <
序号 | 案号 | 案由 | 立案日期 | 结案日期 | 标的额（元） | 承办部门
{chr(10).join(lines)}
"""
    return ForeignForm(BUREAU, "民一庭", [DrawnFile("民一庭案件台账2024.xlsx", {"台账": text})], "", cases=True)
