"""某区卫生健康局 (invented): seven forms, all figures drawn from a seed."""

from collections.abc import Iterator

from tests.foreign.drawing import DrawnFile, ForeignForm, Numbers, percent, running

BUREAU = "某区卫生健康局"


def forms() -> list[ForeignForm]:
    """The forms of the bureau."""
    return [hospitals(), vaccines(), township(), mothers(), supervision(), finances(), emergencies()]


def hospitals() -> ForeignForm:
    """Measures down, month and year beside last year and growth, 其中 by indents, 单位 in a column."""
    draw, months = Numbers(1), 4
    visits, urgent = draw.many(months, 9_000, 12_000), draw.many(months, 700, 990)
    admitted, left, surgery = draw.many(months, 1_500, 1_900), draw.many(months, 1_450, 1_880), draw.many(months, 300, 480)
    open_days, used_days = draw.many(months, 30_000, 31_000), draw.many(months, 24_000, 27_000)
    beds, staff = draw.level(months, 1_020, 0.01), draw.level(months, 1_404, 0.01)
    prior = draw.many(5, 5_000, 9_000)
    files = []
    for at in range(months):
        flows = [
            ("门急诊人次", "人次", visits),
            ("　其中：急诊人次", "人次", urgent),
            ("入院人数", "人", admitted),
            ("出院人数", "人", left),
            ("　　其中：手术人数", "人", surgery),
        ]
        lines = []
        for (name, unit, numbers), before in zip(flows, prior, strict=True):
            total, last = running(numbers)[at], running([before] * months)[at]
            lines.append(f"{name} | {unit} | {numbers[at]} | {total} | {last} | {percent(total - last, last, 2)}")
        for name, numbers in (("实际开放总床日数", open_days), ("实际占用总床日数", used_days)):
            total = running(numbers)[at]
            lines.append(f"{name} | 床日 | {numbers[at]} | {total} | | ")
        lines.append(f"病床使用率 | % | {percent(used_days[at], open_days[at], 2)} | {percent(running(used_days)[at], running(open_days)[at], 2)} | | ")
        lines += [f"期末实有床位 | 张 | | {beds[at]} | | ", f"在岗职工 | 人 | | {staff[at]} | | "]
        text = f"""
{BUREAU}医政科{2024}年{at + 1}月医疗服务情况月报表 | < | < | < | < | <
填报单位：医政科 | | | | 填报日期：2024年{at + 2}月3日 |
指标名称 | 计量单位 | 本月 | 本年累计 | 上年同期累计 | 同比增长（%）
{chr(10).join(lines)}
填报人： | | 审核人： | | |
注：门急诊人次含体检人次（虚构数据）。
"""
        files.append(DrawnFile(f"医政科{at + 1}月.xlsx", {"月报": text}))
    return ForeignForm(
        BUREAU,
        "医政科",
        files,
        """
门急诊人次 | 人次 | flow
急诊人次 | 人次 | flow
入院人数 | 人 | flow
出院人数 | 人 | flow
手术人数 | 人 | flow
实际开放总床日数 | 床日 | flow
实际占用总床日数 | 床日 | flow
病床使用率 | % | rate | 实际占用总床日数 / 实际开放总床日数
期末实有床位 | 张 | stock
在岗职工 | 人 | stock
""",
    )


def vaccines() -> ForeignForm:
    """Kinds down, and over the columns 本月 and 累计, each over 应种, 实种 and 接种率: row and column name a measure together."""
    draw, months = Numbers(2), 3
    kinds = ("乙肝疫苗", "脊灰疫苗", "百白破疫苗")
    due = {kind: draw.many(months, 300, 420) for kind in kinds}
    given = {kind: draw.part(due[kind], 0.93, 0.99) for kind in kinds}
    files = []
    for at in range(months):
        lines = []
        for kind in kinds:
            a, b = due[kind][at], given[kind][at]
            c, d = running(due[kind])[at], running(given[kind])[at]
            lines.append(f"{kind} | {a} | {b} | {percent(b, a, 2)} | {c} | {d} | {percent(d, c, 2)}")
        text = f"""
2024年{at + 1}月免疫规划疫苗接种情况统计表 | < | < | < | < | < | <
填报单位：疾病预防控制科 | < | < | | | 单位：人 | <
疫苗种类 | 本月 | < | < | 本年累计 | < | <
^ | 应种人数 | 实种人数 | 接种率（%） | 应种人数 | 实种人数 | 接种率（%）
{chr(10).join(lines)}
"""
        files.append(DrawnFile(f"免疫接种2024年{at + 1}月.xlsx", {"Sheet1": text}))
    truth = "\n".join(f"{kind}应种人数 | 人 | flow\n{kind}实种人数 | 人 | flow\n{kind}接种率 | % | rate | {kind}实种人数 / {kind}应种人数" for kind in kinds)
    return ForeignForm(BUREAU, "疾病预防控制科", files, truth)


def township() -> ForeignForm:
    """Clinics down, measures with their units over the columns, a sheet for each month; the year is in the name of the file alone."""
    draw, months = Numbers(3), 4
    places = ("城东卫生院", "城西卫生院", "河口镇卫生院", "青山社区卫生服务中心")
    levels = [draw.level(months, first, 0.01) for first in draw.many(4, 4_000, 6_000)]
    sheets = {}
    for at in range(months):
        rows = []
        for own in levels:
            files, checks = own[at], draw.many(1, 200, 300)[0]
            visits = draw.part([checks], 0.7, 0.9)[0]
            rows.append((files, checks, visits))
        lines = [f"{place} | {a} | {b} | {c} | {percent(c, b, 1)}" for place, (a, b, c) in zip(places, rows, strict=True)]
        a, b, c = (sum(row[i] for row in rows) for i in range(3))
        sheets[f"{at + 1}月"] = "\n".join(
            [
                "基层卫生科基本公共卫生服务情况 | < | < | < | <",
                "机构名称 | 规范化电子建档数（份） | 高血压应随访人次（人次） | 高血压实随访人次（人次） | 随访率（%）",
                *lines,
                f"合计 | {a} | {b} | {c} | {percent(c, b, 1)}",
                "说明：以上为虚构数据。",
            ]
        )
    return ForeignForm(
        BUREAU,
        "基层卫生科",
        [DrawnFile("基层卫生科2024年.xlsx", sheets)],
        """
规范化电子建档数 | 份 | stock
高血压应随访人次 | 人次 | flow
高血压实随访人次 | 人次 | flow
随访率 | % | rate | 高血压实随访人次 / 高血压应随访人次
""",
    )


def mothers() -> ForeignForm:
    """Months down with their sum, percentages shown as such, a title over merged cells."""
    draw, months = Numbers(4), 6
    mothers_, born, hospital, early = draw.many(months, 180, 260), [], [], []
    born = draw.part(mothers_, 1.0, 1.03)
    hospital = draw.part(mothers_, 0.985, 1.0)
    early = draw.part(mothers_, 0.85, 0.96)
    lines = [
        f"{at + 1}月 | {mothers_[at]} | {born[at]} | {hospital[at]} | {percent(hospital[at], mothers_[at], 2)}% | {early[at]} | "
        f"{percent(early[at], mothers_[at], 2)}%"
        for at in range(months)
    ]
    a, b, c, d = map(sum, (mothers_, born, hospital, early))
    text = f"""
{BUREAU}2024年孕产妇健康管理情况表 | < | < | < | < | < | <
填报科室：妇幼健康科 | < | < | | | |
月份 | 产妇数（人） | 活产数（人） | 住院分娩数（人） | 住院分娩率 | 早孕建册数（人） | 早孕建册率
{chr(10).join(lines)}
合计 | {a} | {b} | {c} | {percent(c, a, 2)}% | {d} | {percent(d, a, 2)}%
"""
    return ForeignForm(
        BUREAU,
        "妇幼健康科",
        [DrawnFile("妇幼2024.xlsx", {"孕产妇": text})],
        """
产妇数 | 人 | flow
活产数 | 人 | flow
住院分娩数 | 人 | flow
住院分娩率 | % | rate | 住院分娩数 / 产妇数
早孕建册数 | 人 | flow
早孕建册率 | % | rate | 早孕建册数 / 产妇数
""",
    )


def supervision() -> ForeignForm:
    """Codes 1, 1.1, 一, units in the labels, one column that runs from January, numbers typed as text."""
    draw, months = Numbers(5), 4
    checks, places, found, mended = draw.many(months, 90, 160), draw.many(months, 40, 80), draw.many(months, 20, 40), []
    mended = draw.part(found, 0.7, 0.95)
    cases, fines = draw.many(months, 3, 9), draw.money(months, 1.2, 6.5)
    files = []
    for at in range(months):
        total = [*(running(numbers)[at] for numbers in (checks, places, found, mended, cases)), running(fines)[at]]
        text = f"""
卫生监督执法情况统计表 | < | <
报送单位：卫生监督所 | | 统计期间：2024年1-{at + 1}月
编号 | 项目 | 累计完成
一 | 监督检查 |
1 | 公共场所监督户次（户次） | '{total[0]}
1.1 | 其中：住宿场所（户次） | '{total[1]}
2 | 发现问题数（个） | '{total[2]}
2.1 | 其中：已完成整改（个） | '{total[3]}
3 | 问题整改率（%） | {percent(total[3], total[2], 1)}
二 | 行政处罚 |
4 | 立案数（件） | '{total[4]}
5 | 罚没款（万元） | {total[5]}
"""
        files.append(DrawnFile(f"卫监所报表({at + 1}月).xlsx", {"统计表": text}))
    return ForeignForm(
        BUREAU,
        "卫生监督所",
        files,
        """
公共场所监督户次 | 户次 | flow
住宿场所 | 户次 | flow
发现问题数 | 个 | flow
已完成整改 | 个 | flow
问题整改率 | % | rate | 已完成整改 / 发现问题数
立案数 | 件 | flow
罚没款 | 万元 | flow
""",
    )


def finances() -> ForeignForm:
    """Hospitals across and measures down, 单位：万元 over the table, a column 合计, a file a month."""
    draw, months = Numbers(6), 3
    places = ("区人民医院", "区中医院", "区妇幼保健院")

    def files() -> Iterator[DrawnFile]:
        for at in range(months):
            drugs = draw.money(3, 300, 800)
            medical = [drug + other for drug, other in zip(drugs, draw.money(3, 500, 900), strict=True)]
            spent = draw.money(3, 700, 1_500)
            rows = [("医疗收入", medical), ("其中：药品收入", drugs), ("医疗支出", spent)]
            lines = [f"{name} | {' | '.join(map(str, own))} | {sum(own)}" for name, own in rows]
            shares = [percent(drug, whole, 2) for drug, whole in zip(drugs, medical, strict=True)]
            lines.append(f"药占比（%） | {' | '.join(shares)} | {percent(sum(drugs), sum(medical), 2)}")
            text = f"""
公立医院收支情况表 | < | < | < | <
2024年{at + 1}月（当月） | < | | 单位：万元 | <
项目 | {" | ".join(places)} | 合计
{chr(10).join(lines)}
"""
            yield DrawnFile(f"2024年{at + 1}月公立医院收支.xlsx", {"收支": text}, ("规划财务科",))

    return ForeignForm(
        BUREAU,
        "规划财务科",
        list(files()),
        """
医疗收入 | 万元 | flow
药品收入 | 万元 | flow
医疗支出 | 万元 | flow
药占比 | % | rate | 药品收入 / 医疗收入
""",
    )


def emergencies() -> ForeignForm:
    """A .csv of a year: months across, a sum at the end, units in a column."""
    draw, months = Numbers(7), 6
    calls, sent, saved = draw.many(months, 900, 1_300), [], []
    sent = draw.part(calls, 0.6, 0.8)
    saved = draw.part(sent, 0.85, 0.97)
    cars = draw.level(months, 18, 0.0)
    lines = [
        f"{name} | {unit} | {' | '.join(map(str, own))} | {sum(own) if flow else ''}"
        for name, unit, own, flow in (
            ("120呼入电话", "次", calls, True),
            ("出车次数", "车次", sent, True),
            ("有效救治人数", "人", saved, True),
            ("值班救护车", "辆", cars, False),
        )
    ]
    rates = [percent(a, b, 2) for a, b in zip(sent, calls, strict=True)]
    lines.append(f"出车率 | % | {' | '.join(rates)} | {percent(sum(sent), sum(calls), 2)}")
    head = " | ".join(f"{month}月" for month in range(1, months + 1))
    text = f"""
2024年急救中心运行情况
项目 | 单位 | {head} | 合计
{chr(10).join(lines)}
"""
    return ForeignForm(
        BUREAU,
        "急救中心",
        [DrawnFile("急救中心2024.csv", {"急救": text})],
        """
120呼入电话 | 次 | flow
出车次数 | 车次 | flow
有效救治人数 | 人 | flow
值班救护车 | 辆 | stock
出车率 | % | rate | 出车次数 / 120呼入电话
""",
    )
