"""What was changed is kept, listed and can be taken back; the record says it in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.access.admission import Admission
from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import documents_of
from kpi.defining.change_list import change_records, earlier_catalog
from kpi.defining.entry_change import EntryError, find_entry
from kpi.defining.entry_differences import CHANGED, EntryDifference, FieldDifference, value_words
from kpi.defining.entry_saving import save
from kpi.defining.in_force import ChangeNote, put_in_force
from kpi.errors import OutdatedError, RequestError
from kpi.period import Month

NOTE = ChangeNote("王统计", "机构改革", Month(2024, 1))


@pytest.fixture
def bureau(demo_copy: Path) -> Iterator[LiveBureau]:
    """The demonstration, with its audit."""
    with open_bureau(demo_copy) as opened:
        admission = Admission(demo_copy)
        yield replace(opened, audit=admission.audit)
        admission.close()


def test_a_change_is_listed_field_by_field_and_can_be_taken_back(bureau: LiveBureau) -> None:
    """An office that was renamed keeps its name as an alias; codes are said by name."""
    before = find_entry(bureau.catalog, "office", "drug")
    assert before is not None
    after = replace(before, own={**before.own, "name": "药品科", "aliases": ["药监科"], "due_day": 8})

    changed = save(bureau, before, after, NOTE, number=0)

    assert changed.catalog.offices["drug"].aliases == ("药监科", "药品监管科")
    last, first = change_records(changed)
    assert (last.number, last.by, last.why, last.first, first.entries) == (2, "王统计", "机构改革", None, ())  # an office is for all months
    fields = (
        FieldDifference("名称", "药品监管科", "药品科"),
        FieldDifference("别名", "药品科、药监科", "药监科、药品监管科"),
        FieldDifference("应报日", "", "8"),
    )
    assert last.entries == (EntryDifference("office", "drug", "科室", "药品科", CHANGED, fields),)
    assert changed.audit is not None
    assert changed.audit.latest("", 1)[0].about == "改动科室「药品科」：机构改革"

    back = put_in_force(changed, earlier_catalog(changed, 1), ChangeNote("王统计", "改回"), after=2)
    assert documents_of(back.catalog) == documents_of(bureau.catalog)
    assert [record.number for record in change_records(back)] == [3, 2, 1]
    with pytest.raises(RequestError, match="没有第 4 次变动；现有 3 次"):
        earlier_catalog(back, 4)


def test_what_is_refused_or_was_changed_meanwhile_leaves_nothing(bureau: LiveBureau) -> None:
    """Neither a fault nor a change of somebody else is written over."""
    before = find_entry(bureau.catalog, "office", "drug")
    assert before is not None
    with pytest.raises(EntryError, match="「应报日」应在 1 到 28 之间，现为 31"):
        save(bureau, before, replace(before, own={**before.own, "due_day": 31}), NOTE, number=0)
    with pytest.raises(EntryError, match="已经有报来的数，不能删去"):
        save(bureau, before, None, NOTE, number=0)
    with pytest.raises(RequestError, match="没有任何改动"):
        save(bureau, None, None, NOTE, number=0)
    assert change_records(bureau) == ()
    changed = save(bureau, before, replace(before, own={**before.own, "due_day": 8}), NOTE, number=0)
    with pytest.raises(OutdatedError, match="又改过"):
        save(changed, before, replace(before, own={**before.own, "due_day": 9}), NOTE, number=1)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("cases + cases@ly", "立案 + 上年同期立案"),
        ("100 * cases@last_12m / cases@last_3m_ago_3m", "100 × 近 12 个月立案 ÷ 3 个月前的近 3 个月立案"),
        ("shops@year_start - shops@month_start", "年初商户 - 月初商户"),
        ("food@received / bureau@due", "食品科已报报表 ÷ 全局应报报表"),
        ("cases@nonsense", "立案@nonsense"),
    ],
)
def test_a_formula_is_recorded_in_names(formula: str, words: str) -> None:
    """What its terms count as well as of what."""
    names = {("measure", "cases"): "立案", ("measure", "shops"): "商户", ("office", "food"): "食品科"}
    assert value_words(NOUN_SHEETS["indicator"].field("numerator"), formula, names) == words
