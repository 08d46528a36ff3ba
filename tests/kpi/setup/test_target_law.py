"""A table of targets written in any of its layouts is read as the targets it was written from."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.setup.target_reading import read_targets
from tests.kpi.setup.drawn import drawn_file
from tests.kpi.setup.target_bureau import bureau

CATALOG = bureau()
COUNTED = {"lots": "食品抽检批次", "conversions": "个转企", "entities_new": "新设经营主体"}
STATIONS = {"east": "东街所", "west": "西街市场监管所"}
QUARTERS = ("一季度", "上半年", "三季度")

amounts = st.integers(1, 10**6)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], dict[tuple[str, str], tuple[Decimal, tuple[Decimal, ...]]]]:
    """The grid of a table below its title, and the number and the shares of each target in it, by indicator and organisation."""
    codes = draw(st.lists(st.sampled_from(sorted(COUNTED)), min_size=2, max_size=3, unique=True))
    layout = draw(st.sampled_from(["year", "nodes", "months", "stations"]))
    wanted: dict[tuple[str, str], tuple[Decimal, tuple[Decimal, ...]]] = {}
    head = {
        "year": ["2024年目标"],
        "nodes": [*QUARTERS, "全年"],
        "months": [*(f"{month}月" for month in range(1, 13)), "合计"],
        "stations": [*STATIONS.values(), "合计"],
    }[layout]
    rows = [["指标", *head]]
    for code in codes:
        if layout == "year":
            numbers = [draw(amounts)]
            wanted[code, "bureau"] = Decimal(numbers[0]), ()
        elif layout == "nodes":
            quarter = draw(st.integers(1, 10**5))
            numbers = [25 * quarter, 50 * quarter, 75 * quarter, 100 * quarter]
            wanted[code, "bureau"] = Decimal(100 * quarter), tuple(map(Decimal, (25, 50, 75, 100)))
        elif layout == "months":
            own = draw(st.lists(amounts, min_size=12, max_size=12))
            numbers = [*own, sum(own)]
            wanted[code, "bureau"] = Decimal(sum(own)), tuple(map(Decimal, own))
        else:
            own = draw(st.lists(amounts, min_size=2, max_size=2))
            numbers = [*own, sum(own)]
            wanted |= {(code, org): (Decimal(number), ()) for org, number in zip((*STATIONS, "bureau"), numbers, strict=True)}
        rows.append([COUNTED[code], *map(str, numbers)])
    if draw(st.booleans()):
        rows = [list(row) for row in zip(*rows, strict=True)]
    return rows, wanted


@settings(deadline=None)  # the first one loads the library
@given(tables())
def test_written_and_read_it_is_the_same(table: tuple[list[list[str]], dict[tuple[str, str], tuple[Decimal, tuple[Decimal, ...]]]]) -> None:
    """Whichever way it stands, with nodes, months or stations: every number, nothing more, and nothing asked."""
    rows, wanted = table
    text = "\n".join(["某区市场监督管理局2024年目标任务分解表", *(" | ".join(row) for row in rows)])

    read = read_targets(drawn_file("目标.xlsx", {"Sheet1": text}), CATALOG)

    assert (read.asked, read.unmatched, read.sums) == ((), (), ())
    targets = [proposal.target for proposal in read.ready]
    assert {
        (target.indicator, target.org): (target.value, target.monthly or tuple(milestone.share for milestone in target.milestones)) for target in targets
    } == wanted
    assert len(targets) == len(wanted)
