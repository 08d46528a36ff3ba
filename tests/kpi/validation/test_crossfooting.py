"""The catalogue's relations at the cells of a sheet."""

import pytest

from kpi.catalog.formula import parse_expression
from kpi.catalog.relation import Raises, RelationKind
from kpi.store.earlier_figures import Background
from kpi.value import State
from tests.kpi.validation.sheets import findings, found, known, said, sheet, with_relation


def test_parts_that_do_not_add_up_point_at_the_total() -> None:
    """44 + 7 is not 54: the coal row of the 2023 summary, as it was published."""
    [finding] = findings(sheet(tested=54, passed=44, failed=7))

    assert (finding.code, finding.severity, str(finding.place), finding.relation) == ("parts-do-not-add-up", "check", "抽检!F8", "R051")
    assert finding.seen == "检验批次 54，应等于合格批次 44 + 不合格批次 7 = 51，差 3"
    assert finding.remedy == "请核对是否把在检批次计入了检验批次"
    assert finding.measures == ("tested", "passed", "failed")


def test_parts_of_other_offices_come_from_the_store() -> None:
    """A relation over two offices is checked when the second sheet comes in."""
    assert found(sheet(passed=44), Background(known(tested=54, failed=7), {}, {})) == [("parts-do-not-add-up", "check", "抽检!F9")]


def test_a_cumulative_given_only_by_its_month_is_held_as_well() -> None:
    """上月累计 40 + 本月 4 passed, and the finding stands at the month's cell."""
    before = Background({}, known(tested=49, passed=40, failed=7), {})

    assert found(sheet(tested_month=5, passed_month=4, failed=7), before) == [("parts-do-not-add-up", "check", "抽检!E8")]
    assert (
        said(sheet(tested_month=5, tested=State.UNREPORTED, passed_month=4, failed=7), before)[0][0]
        == "检验批次 54，应等于合格批次 44 + 不合格批次 7 = 51，差 3"
    )
    assert found(sheet(tested_month=5, passed_month=4, failed=7)) == []


def test_an_approximation_breaks_no_sum_and_still_no_bound() -> None:
    """约44 + 7 may be 54; more than 60 passed are more than 54 tested."""
    bound = with_relation({"kind": RelationKind.BOUND, "left": parse_expression("taken"), "op": "<=", "right": parse_expression("visits")})

    assert found(sheet(tested=54, passed="约44", failed=7)) == []
    assert [code for code, *_ in found(sheet(taken="≥60", visits=54), catalog=bound)] == ["part-exceeds-whole"]


@pytest.mark.parametrize("raises", [Raises.BLOCK, Raises.CHECK, Raises.HINT])
def test_each_relation_says_what_it_raises(raises: Raises) -> None:
    """Hard and soft laws are the catalogue's to tell."""
    assert [severity for _, severity, _ in found(sheet(tested=54, passed=44, failed=7), catalog=with_relation({"raises": raises}))] == [raises.value]


def test_a_relation_of_one_month_or_for_information_is_silent_elsewhere() -> None:
    """R116 holds for the summary of 2023-11 only; a derived figure is no law."""
    for changed in ({"period": "2023-10"}, {"raises": Raises.NOTHING}):
        assert found(sheet(tested=54, passed=44, failed=7), catalog=with_relation(changed)) == []


def test_no_less_than_its_part_may_be_as_much() -> None:
    """50 visits and 50 leaflets keep the law, 49 and 50 break it."""
    law = with_relation({"kind": RelationKind.BOUND, "left": parse_expression("visits"), "op": ">=", "right": parse_expression("leaflets")})

    assert found(sheet(visits=50, leaflets=50), catalog=law) == []
    assert found(sheet(visits=49, leaflets=50), catalog=law) == [("part-exceeds-whole", "check", "抽检!F14")]


def test_figures_that_should_differ_and_do_not() -> None:
    """328 and 328: another meaning, the same number."""
    alike = with_relation({"kind": RelationKind.EQUALITY, "left": parse_expression("visits"), "op": "!=", "right": parse_expression("leaflets"), "remedy": ""})

    assert found(sheet(visits=328, leaflets=328), catalog=alike) == [("same-number-twice", "check", "抽检!F14")]
    assert said(sheet(visits=328, leaflets=328), catalog=alike) == [("宣传资料 328，应不同于走访户次 328", "请核对这几项；情况属实的请写明原因")]


def test_a_figure_looked_up_a_year_back_is_no_cell_of_this_sheet() -> None:
    """走访户次 not fewer than last year's 宣传资料: said at this year's 走访户次, and on no sheet that has 宣传资料 alone."""
    law = with_relation({"kind": RelationKind.BOUND, "left": parse_expression("visits"), "op": ">=", "right": parse_expression("leaflets@ly")})
    last_year = known(leaflets=60)

    assert found(sheet(visits=50, leaflets=70), Background({}, {}, last_year), catalog=law) == [("part-exceeds-whole", "check", "抽检!F13")]
    assert found(sheet(leaflets=70), Background(known(visits=50), {}, last_year), catalog=law) == []


def test_last_year_is_the_stated_base_before_the_recorded_one() -> None:
    """``tested@ly`` reads 上年同期 where it is filled in."""
    growth = with_relation(
        {
            "kind": RelationKind.RATIO,
            "left": parse_expression("(tested - tested@ly) / tested@ly * 100"),
            "op": "≈",
            "right": parse_expression("growth"),
            "decimals": 1,
        }
    )
    recorded = Background({}, {}, known(tested=40))

    assert found(sheet(tested=60, growth="50"), recorded, catalog=growth) == []
    assert found(sheet(tested=60, tested_prior=50, growth="20"), recorded, catalog=growth) == []
    assert (
        said(sheet(tested=60, growth="49"), recorded, catalog=growth)[0][0]
        == "增长率 49，应约等于(检验批次 60 - 上年同期检验批次 40) ÷ 上年同期检验批次 40 × 100 = 50，差 -1"
    )
