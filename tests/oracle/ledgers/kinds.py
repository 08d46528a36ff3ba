"""
The four kinds of ledgers counted in plain Python: one function a kind, from the cases of a month to its figures.

Nothing of the product is used here but the codes of its figures; what counts is written out from the words of the catalogue.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from chinese_calendar import is_workday

Case = Mapping[str, str]  # by the heading of the column, as written
Figures = dict[str, Decimal]


@dataclass(frozen=True)
class Kind:
    """One kind of ledger."""

    code: str
    office: str
    title: str
    day: str  # the column by which a case belongs to a month
    key: tuple[str, ...]
    changed: tuple[str, ...]  # the columns that say when it changed
    headings: tuple[str, ...]
    draw: Callable[[Random, str, date], dict[str, str]]
    count: Callable[[Sequence[Case]], Figures]
    later: dict[str, str] = field(default_factory=dict)  # what an open case says in the columns that a closed one fills

    def key_of(self, case: Case) -> str:
        """What tells one case from another."""
        return "|".join(case[column] for column in self.key)


@cache
def worked(first: date, last: date) -> int:
    """The working days after the first day up to the last."""
    return sum(is_workday(first + timedelta(days=passed)) for passed in range(1, (last - first).days + 1))


def complaint(draw: Random, number: str, day: date) -> dict[str, str]:
    kind, channel = draw.choice(("投诉", "举报", "咨询")), draw.choice(("12315", "12345", "信访平台"))
    closed = day + timedelta(days=draw.randrange(90))
    money = str(Decimal(draw.randrange(500_000)) / 100) if kind == "投诉" else ""
    return {
        "登记编号": number, "受理日期": day.isoformat(), "诉求类型": kind, "来源": channel,
        "办结日期": closed.isoformat(), "办理结果": "调解成功", "挽回经济损失（元）": money,
    }  # fmt: skip


def complaints(cases: Sequence[Case]) -> Figures:
    found = dict.fromkeys(
        (
            "consumer_requests_total", "complaints_12315", "reports_12315", "consultations_12315", "complaints_12345", "petitions_gansu",
            "x_complaints_reports_closed", "consumer_losses_recovered", "complaint_cases_closed", "complaint_handling_workdays",
        ),
        Decimal(0),
    )  # fmt: skip
    for case in cases:
        kind, channel = case["诉求类型"], case["来源"]
        found["consumer_requests_total"] += channel in ("12315", "信访平台") or kind == "投诉"
        found["complaints_12315"] += (kind, channel) == ("投诉", "12315")
        found["reports_12315"] += (kind, channel) == ("举报", "12315")
        found["consultations_12315"] += (kind, channel) == ("咨询", "12315")
        found["complaints_12345"] += (kind, channel) == ("投诉", "12345")
        found["petitions_gansu"] += channel == "信访平台"
        found["consumer_losses_recovered"] += Decimal(case["挽回经济损失（元）"] or 0) / 10_000
        if case["办结日期"] and kind != "咨询":
            days = worked(date.fromisoformat(case["受理日期"]), date.fromisoformat(case["办结日期"]))
            found["complaint_cases_closed"] += 1
            found["complaint_handling_workdays"] += days
            found["x_complaints_reports_closed"] += days <= 45 and (kind, channel) in (("投诉", "12315"), ("投诉", "12345"), ("举报", "12315"))
    return found


def batch(draw: Random, number: str, day: date) -> dict[str, str]:
    result = draw.choice(("合格", "合格", "不合格", "问题样品"))
    return {"抽样单编号": number, "抽样日期": day.isoformat(), "检验结论": result, "报告日期": (day + timedelta(days=draw.randrange(40))).isoformat()}


def batches(cases: Sequence[Case]) -> Figures:
    results = [case["检验结论"] for case in cases]
    failed = sum(result in ("不合格", "问题样品") for result in results)
    passed = results.count("合格")
    counts = {"taken": len(results), "tested": passed + failed, "passed": passed, "failed": failed}
    return {f"food_samples_{what}": Decimal(count) for what, count in counts.items()}


def registration(draw: Random, number: str, day: date) -> dict[str, str]:
    business, whose = draw.choice(("设立", "设立", "变更", "注销", "吊销")), draw.choice(("企业", "农民专业合作社", "个体工商户"))
    return {
        "统一社会信用代码": number, "核准日期": day.isoformat(), "业务类型": business, "主体类型": whose,
        "是否个转企": "是" if whose == "企业" and draw.random() < 0.2 else "否",
    }  # fmt: skip


def registrations(cases: Sequence[Case]) -> Figures:
    new = [case for case in cases if case["业务类型"] == "设立"]
    gone = sum(case["业务类型"] in ("注销", "吊销") for case in cases)
    of = {kind: sum(case["主体类型"] == kind for case in new) for kind in ("企业", "农民专业合作社", "个体工商户")}
    counts = {
        "market_entities_new": len(new),
        "enterprises_new": of["企业"],
        "farmer_cooperatives_new": of["农民专业合作社"],
        "individual_businesses_new": of["个体工商户"],
        "market_entities_net_increase": len(new) - gone,
        "individual_to_enterprise_conversions": sum(case["是否个转企"] == "是" for case in new),
    }
    return {measure: Decimal(count) for measure, count in counts.items()}


def inspection(draw: Random, number: str, day: date) -> dict[str, str]:
    failed = draw.random() < 0.3
    return {
        "检查编号": number, "设备代码": f"D{draw.randrange(30)}", "检查日期": day.isoformat(), "使用单位代码": f"U{draw.randrange(8)}",
        "检查结论": "不合格" if failed else "合格", "指令书编号": f"Z{draw.randrange(5)}" if failed else "",
    }  # fmt: skip


def inspections(cases: Sequence[Case]) -> Figures:
    units, orders = {case["使用单位代码"] for case in cases}, {case["指令书编号"] for case in cases if case["指令书编号"]}
    counts = {"inspected": len(cases), "units_inspected": len(units), "safety_orders": len(orders)}
    return {f"special_equipment_{what}": Decimal(count) for what, count in counts.items()}


def _kind(
    code: str, office: str, title: str, day: str, key: tuple[str, ...], draw: Callable[..., dict[str, str]], count: Callable[..., Figures], **more: object
) -> Kind:
    headings = tuple(draw(Random(0), "0", date(2023, 1, 2)))
    return Kind(code, office, title, day, key, more.get("changed", ()), headings, draw, count, more.get("later", {}))  # type: ignore[arg-type]


KINDS = (
    _kind(
        "complaints_ledger", "consumer", "12315投诉举报台账", "受理日期", ("登记编号",), complaint, complaints,
        changed=("办结日期",), later={"办结日期": "", "办理结果": ""},
    ),
    _kind(
        "food_sampling_ledger", "food_coordination", "食品抽检台账", "抽样日期", ("抽样单编号",), batch, batches,
        changed=("报告日期",), later={"检验结论": "在检", "报告日期": ""},
    ),
    _kind("registration_ledger", "registration", "企业登记台账", "核准日期", ("统一社会信用代码", "核准日期", "业务类型"), registration, registrations),
    _kind("special_equipment_ledger", "special_equipment", "特种设备检查台账", "检查日期", ("检查编号", "设备代码"), inspection, inspections),
)  # fmt: skip
