"""
A province whose tree changes within two years, and what each node adds up to, counted by hand from the months of each bureau.

    新城区  set up in September 2022, below 海州
    北山区  moved from 江城 to 海州 in April 2023
    东湖区  dissolved at the end of June 2023, carried on by 南湖区
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from kpi.period import Month, months
from kpi.store.submission import Accepted
from tests.kpi.province import report, write_catalog

FIRST, LAST = Month(2022, 1), Month(2023, 12)
ORGS = """
[[org]]
code = "qinglan"
name = "青澜省市场监管局"
level = "省"

[[org]]
code = "jiangcheng"
name = "江城市市场监管局"
aliases = ["江城"]
parent = "qinglan"
order = 1

[[org]]
code = "haizhou"
name = "海州市市场监管局"
aliases = ["海州"]
parent = "qinglan"
order = 2

[[org]]
code = "donghu"
name = "东湖区市场监管局"
aliases = ["东湖"]
parent = "jiangcheng"
until = "2023-06"
successor = "nanhu"

[[org]]
code = "nanhu"
name = "南湖区市场监管局"
aliases = ["南湖"]
parent = "jiangcheng"

[[org]]
code = "beishan"
name = "北山区市场监管局"
aliases = ["北山"]
parents = [{ parent = "jiangcheng", until = "2023-03" }, { parent = "haizhou", from = "2023-04" }]

[[org]]
code = "gangkou"
name = "港口区市场监管局"
aliases = ["港口"]
parent = "haizhou"

[[org]]
code = "yuntai"
name = "云台区市场监管局"
aliases = ["云台"]
parent = "haizhou"

[[org]]
code = "xincheng"
name = "新城区市场监管局"
aliases = ["新城"]
parent = "haizhou"
from = "2022-09"
"""
LEAVES = ("donghu", "nanhu", "beishan", "gangkou", "yuntai", "xincheng")
Amount = Callable[[str, str, Month], int]


def changing_catalog(folder: Path) -> Path:
    """The catalogue of the province with the dated tree, without targets."""
    write_catalog(folder)
    (folder / "orgs.toml").write_text(ORGS, "utf-8")
    (folder / "targets" / "2023.toml").unlink()
    return folder


def city(leaf: str, month: Month) -> str | None:
    """The city that a bureau belongs to in a month, None while there is no such bureau."""
    if leaf == "donghu":
        return "jiangcheng" if month <= Month(2023, 6) else None
    if leaf == "xincheng":
        return "haizhou" if month >= Month(2022, 9) else None
    if leaf == "beishan":
        return "jiangcheng" if month <= Month(2023, 3) else "haizhou"
    return {"nanhu": "jiangcheng", "gangkou": "haizhou", "yuntai": "haizhou"}[leaf]


def below(node: str, month: Month) -> tuple[str, ...]:
    """The bureaus of a node in a month."""
    return tuple(leaf for leaf in LEAVES if (above := city(leaf, month)) and node in ("qinglan", above))


def amount(leaf: str, measure: str, month: Month) -> int:
    """A made-up figure of a bureau's month, another one each time."""
    number = 100 * (LEAVES.index(leaf) + 1) + 7 * month.month + 3 * (month.year - 2022)
    return {"food_tested": number, "food_passed": number - month.month - LEAVES.index(leaf), "visits": 2 * number}.get(measure, 1000 + number)


def added(node: str, measure: str, first: Month, last: Month) -> Decimal:
    """What some months add up to, each over the tree of its own."""
    return Decimal(sum(amount(leaf, measure, month) for month in months(first, last) for leaf in below(node, month)))


def reports(leaf: str, month: Month, figures: Amount = amount) -> list[Accepted]:
    """
    What a bureau reports for a month: samples as 本年累计 alone, visits as 本月数 alone, what stands under 本年累计.

    Since it was set up within the year, a cumulative counts from then on.
    """
    first = max(Month(month.year, 1), Month(2022, 9)) if leaf == "xincheng" else Month(month.year, 1)
    total: Mapping[str, int] = {code: sum(figures(leaf, code, one) for one in months(first, month)) for code in ("food_tested", "food_passed")}
    period = str(month)
    return [
        report(
            leaf,
            "food",
            period,
            food_tested=f"– {total['food_tested']}",
            food_passed=f"– {total['food_passed']}",
            food_shops=f"– {figures(leaf, 'food_shops', month)}",
        ),
        report(leaf, "credit", period, visits=f"{figures(leaf, 'visits', month)}", entities=f"– {figures(leaf, 'entities', month)}"),
    ]
