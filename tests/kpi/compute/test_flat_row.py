"""The flat names of a row: what scripts read and editions hold, however the row is grouped in the code."""

from dataclasses import fields

import pytest

from kpi.compute.flat_row import NAMES, defaulted, field_of, fields_of, row_of, types
from kpi.compute.marks import MarkCounts
from kpi.compute.row import Below, BoardRow, Caveats, Figure, LastYear, SingleMonth, TargetProgress
from tests.kpi.present.rows import row, with_fields


def test_a_row_is_its_flat_fields() -> None:
    """
    Taken apart and put together again it is the same row, in the order of the JSON contract.
    """
    full = row(value="97.8", target="98", mom_words="持平", lacking=())

    assert row_of(fields_of(full)) == full
    assert tuple(fields_of(full)) == NAMES
    assert NAMES[:8] == ("period", "org", "indicator", "name", "office", "unit", "state", "value")
    assert (NAMES[-1], len(NAMES)) == ("year_begins", 70)


def test_every_field_of_every_group_has_one_flat_name() -> None:
    """
    A field that is added to a group and has no flat name would be missing from every JSON document and every edition.
    """
    groups = (Figure, SingleMonth, LastYear, TargetProgress, Below, Caveats)
    grouped = sum(len(fields(group)) for group in groups)

    assert len(NAMES) == len(types()) == grouped + len(fields(BoardRow)) - len(groups)


def test_a_field_is_read_and_replaced_by_its_flat_name() -> None:
    """
    ``prior_value`` is the value of last year, ``target`` the value of the target.
    """
    changed = with_fields(row(), prior_value=95, target=98)

    assert (changed.last_year.value, changed.target.value) == (95, 98)
    assert (field_of(changed, "prior_value"), field_of(changed, "target")) == (95, 98)


def test_a_row_without_a_field_that_has_no_default_is_none() -> None:
    """
    What is left out is never taken for nothing.
    """
    with pytest.raises(TypeError):
        row_of({name: value for name, value in fields_of(row()).items() if name != "value"})


def test_what_boards_of_earlier_versions_may_lack_has_a_default() -> None:
    assert {"certain", "moves"} <= defaulted()
    assert not {"period", "value", "status"} & defaulted()


def test_a_board_of_an_earlier_version_is_of_one_organisation_that_lacks_nothing() -> None:
    below = Below()

    assert (below.leaves, below.counted, below.compared, below.gapped, below.prior_gapped) == (1, 1, 1, 0, 0)
    assert (below.lacking, below.marks) == ((), MarkCounts(0, 0, 0))
