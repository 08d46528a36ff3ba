"""The weights of the faces of a figure: of several that stand in the way of a sum the heaviest speaks, in SQL and in Python alike."""

from kpi.compute.parts import Parts
from kpi.store.database import Store
from kpi.value import REASONS, State


def test_the_store_joins_the_weights_of_the_enum(store: Store) -> None:
    """
    未报 outweighs 未公开, that 在检/在办, that 未开展, and that 不适用; a number weighs nothing.
    """
    rows = store.rows("select word, nothing_to_count from state where weight > 0 order by weight desc", {})

    assert rows == [("未报", False), ("未公开", False), ("在检/在办", False), ("未开展", True), ("不适用", True)]
    assert store.rows("select word from state where weight = 0 order by word", {}) == [("数值",), ("零",)]


def test_what_nobody_said_anything_about_is_unreported() -> None:
    """
    The reason of an absent part is a weight of the same enum.
    """
    absent = Parts.absent("bureau", 1)

    assert {REASONS[reason] for reason in (absent.reason, absent.prior_reason, absent.before_reason)} == {State.UNREPORTED}
