"""Parts, wholes and typed rates."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.formula import parse_expression
from kpi.catalog.relation import Raises, RelationKind
from kpi.catalog.target import TargetKind
from kpi.value import State
from tests.kpi.validation.sheets import CATALOG, PASS_RATE, findings, found, said, sheet, with_relation


def codes(**figures: object) -> list[str]:
    return [code for code, _, _ in found(sheet(**figures), catalog=replace(CATALOG, relations={}))]


def test_a_part_larger_than_its_whole_is_refused() -> None:
    """60 passed of 54 tested cannot be, whatever the office writes; neither can 60 failed."""
    alone = replace(CATALOG, relations={})

    assert found(sheet(tested=54, passed=60), catalog=alone) == [("part-exceeds-whole", "block", "抽检!F9")]
    assert found(sheet(tested=54, failed=60), catalog=alone) == [("part-exceeds-whole", "block", "抽检!F10")]
    assert said(sheet(tested=54, passed=60), catalog=alone) == [("合格批次 60，大于检验批次 54", "合格率的分子不能大于分母，请核对这两项")]
    assert said(sheet(tested=54, failed=60), catalog=alone)[0][1] == "合格率的分项不能大于分母，请核对这两项"


def test_a_task_may_be_overfulfilled() -> None:
    """A completion rate is open above."""
    progress = replace(CATALOG, relations={}, indicators={"pass_rate": PASS_RATE.model_copy(update={"target_kind": TargetKind.PROGRESS})})

    assert found(sheet(tested=54, passed=60), catalog=progress) == []


def test_more_results_than_samples_are_explained_not_refused() -> None:
    """In January the lots of December get their results."""
    assert found(sheet(taken=50, tested=54)) == [("tested-exceeds-taken", "check", "抽检!F8")]
    assert said(sheet(taken=50, tested=54)) == [("检验批次 54，大于抽检批次 50", "请核对这两项；含上年抽样、今年出结论的，请写明批次数")]


def test_a_typed_rate_is_held_against_its_parts() -> None:
    """The digits typed decide: 97.8 agrees with 97.788, 97.9 does not, 98 does."""
    parts = {"tested": 1763, "passed": 1724, "failed": 39}

    assert found(sheet(**parts, pass_rate="97.8")) == found(sheet(**parts, pass_rate="98")) == []
    assert found(sheet(**parts, pass_rate="97.9")) == [("rate-differs", "check", "抽检!F11")]
    assert said(sheet(**parts, pass_rate="97.9"))[0][0] == "合格率填报 97.9%，按合格批次 1724、检验批次 1763 计算为 97.8%"


def test_a_typed_rate_is_held_once() -> None:
    """By the catalogue's own relation where it has one that raises something, else by its indicator."""
    relation = {"kind": RelationKind.RATIO, "left": parse_expression("passed / tested * 100"), "right": parse_expression("pass_rate"), "decimals": 1, "op": "≈"}
    report = sheet(tested=1763, passed=1724, failed=39, pass_rate="97.9")

    for raises, law in ((Raises.CHECK, "R051"), (Raises.NOTHING, None)):
        [finding] = findings(report, catalog=with_relation({**relation, "raises": raises}))
        assert (finding.code, finding.relation) == ("rate-differs", law)


def test_nothing_exact_is_asked_of_an_approximation() -> None:
    """约1700 of 1763 makes no exact rate, and 约97.9 is none."""
    assert codes(tested=1763, passed="约1700", pass_rate="97.8") == []
    assert codes(tested=1763, passed=1724, pass_rate="约97.9") == []


@pytest.mark.parametrize(
    ("rate", "denominator", "possible"),
    [
        ("99.38", 17017, True),
        ("97.8", 1763, True),
        ("3.79", 1692, False),
        ("3.79", 262, False),
        *[("53.05", n, False) for n in (91, 61, 34, 14)],
        ("53.05", 262, True),
        ("3.8", 262, True),  # the same rate with one digit less
    ],
)
def test_a_rate_whose_numerator_is_not_given_must_be_possible(rate: str, denominator: int, possible: bool) -> None:
    """Granularity: no whole number of 1692 makes 3.79 %."""
    assert codes(tested=denominator, pass_rate=rate) == ([] if possible else ["rate-unreachable"])


def test_an_impossible_rate_shows_the_nearest_possible_ones() -> None:
    """So that the office sees by how much it is off."""
    assert said(sheet(tested=1692, pass_rate="3.79")) == [
        (
            "合格率填报 3.79%，分母（检验批次 1692）下没有哪个整数分子能得出（64 得 3.78%，65 得 3.84%）",
            "请核对分母；是几个比率的平均数的，应改为分子之和除以分母之和",
        )
    ]


@pytest.mark.parametrize("figures", [{"tested": 0}, {"tested": State.WITHHELD}, {"tested": "约91"}, {}])
def test_granularity_needs_an_exact_denominator(figures: dict[str, object]) -> None:
    """Nothing tested, nothing published, roughly ninety-one: no law."""
    assert codes(**figures, pass_rate="53.05") == []


def test_granularity_is_asked_once() -> None:
    """Not again where the catalogue has its own relation for the rate, and not where the parts themselves disagree."""
    relation = {"kind": RelationKind.REACHABLE, "left": parse_expression("pass_rate"), "right": parse_expression("tested"), "decimals": 2, "op": "≈"}

    assert found(sheet(tested=91, pass_rate="53.05"), catalog=with_relation(relation)) == [("rate-unreachable", "check", "抽检!F8")]
    assert [code for code, *_ in found(sheet(tested=91, pass_rate="53.05"), catalog=with_relation({**relation, "raises": Raises.NOTHING}))] == [
        "rate-unreachable"
    ]
    assert codes(tested=91, passed=50, pass_rate="53.05") == ["rate-differs"]


@settings(deadline=None)
@given(st.integers(1, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), st.integers(0, 2))
def test_a_rate_printed_from_real_parts_is_never_questioned(parts: tuple[int, int], decimals: int) -> None:
    """Law: with its numerator or without, at any number of digits."""
    part, whole = parts
    scaled = (part * 10 ** (decimals + 2) * 2 + whole) // (2 * whole)  # half up
    rate = f"{scaled // 10**decimals}" + (f".{scaled % 10**decimals:0{decimals}}" if decimals else "")

    assert codes(tested=whole, pass_rate=rate) == []
    assert codes(tested=whole, passed=part, pass_rate=rate) == []
