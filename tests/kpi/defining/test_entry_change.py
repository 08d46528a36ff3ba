"""An entry is changed exactly where the loader would take it; each fault stands at its field, in the words of the headings."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.files import folder_of
from kpi.catalog.folder_writing import file_texts
from kpi.catalog.load import catalog_of, load
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import PARTS, NounEntry, entries_of, noun_rows
from kpi.catalog.noun_fields import FieldKind
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import documents_of
from kpi.catalog.row_gathering import gather
from kpi.catalog.toml_text import toml_text
from kpi.defining.entry_change import EntryError, EntryFault, find_entry, with_entry, with_former_name
from kpi.errors import CatalogError
from tests.kpi.catalog.conftest import Folder
from tests.kpi.workbook.definitions.whole_catalogue import write_whole

VALUES: dict[FieldKind, list[Any]] = {
    FieldKind.TEXT: ["新名", "质量科", "商品煤\\检验、批次", "= 1"],
    FieldKind.TEXTS: [["新名"], ["甲 × 乙"], ["甲 ×"], []],
    FieldKind.CODE: ["bureau", "quality", "root", "coal_tested", "new_code", "Ä"],
    FieldKind.CODES: [["coal_tested"], ["nobody"]],
    FieldKind.WORD: ["flow", "rate", "floor", "annual", "higher", "sum", "hard", "block", "=", "nonsense"],
    FieldKind.YES_NO: [True, False],
    FieldKind.WHOLE: [-1, 0, 3, 29, 2023],
    FieldKind.WHOLES: [[1, 2], []],
    FieldKind.NUMBER: [Decimal("1.5"), 0, -3],
    FieldKind.DAY: ["2023-02-30"],
    FieldKind.MONTH: ["2024-07", "2024-13"],
    FieldKind.FORMULA: ["coal_tested", "coal_tested + visits", "coal_tested + 1", "coal_passed / 0", "x y", "2 * coal_passed"],
    FieldKind.STEPS: [[]],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A catalogue that states every field of every noun."""
    return load(write_whole(tmp_path_factory.mktemp("whole")))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A small sound catalogue of two offices."""
    return load(Folder(tmp_path_factory.mktemp("small")).path)


def entry(catalog: Catalog, noun: str, key: str) -> NounEntry:
    """The entry with a key, which is there."""
    found = find_entry(catalog, noun, key)
    assert found is not None
    return found


def stating(before: NounEntry, **fields: Any) -> NounEntry:
    """An entry with other values in its own fields; None in the place of nothing."""
    return replace(before, own={key: value for key, value in {**before.own, **fields}.items() if value is not None})


def refused(catalog: Catalog, before: NounEntry | None, after: NounEntry | None) -> list[EntryFault]:
    """Why a change is refused."""
    with pytest.raises(EntryError) as error:
        with_entry(catalog, before, after)
    return list(error.value.faults)


def test_entries_put_together_again_are_the_catalogue(whole: Catalog) -> None:
    """Every row of every sheet belongs to one entry, those below an entry among them."""
    documents = documents_of(whole)
    assert gather(noun_rows(entries_of(documents))).documents == documents


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_form_takes_what_the_loader_takes_and_nothing_else(whole: Catalog, data: st.DataObject) -> None:
    """Whatever one field of one entry, or of a row below it, becomes."""
    entries = entries_of(documents_of(whole))
    before = data.draw(st.sampled_from(entries))
    part = data.draw(st.sampled_from([None, *(each for each in PARTS[before.noun] if before.parts.get(each.noun))]))
    sheet = part or before.sheet
    field = data.draw(st.sampled_from([each for each in sheet.fields if not part or each.key in {key for row in before.parts[part.noun] for key in row}]))
    value = data.draw(st.sampled_from([None, *VALUES[field.kind]]))
    if part is None:
        after = stating(before, **{field.key: value})
    else:
        first, *others = before.parts[part.noun]
        row = {key: each for key, each in {**first, field.key: value}.items() if each is not None}
        after = replace(before, parts={**before.parts, part.noun: [row, *others]})

    changed = [after if each == before else each for each in entries]
    gathering = gather(noun_rows(changed))
    texts = {name: toml_text(document, "").encode() for name, document in gathering.documents.items()}
    taken, faults = _attempted(whole, before, after)
    if taken is None:
        assert all(fault.words.endswith("。") and "请" in fault.words for fault in faults)
        assert not gathering.complete or gathering.faults or not _loads(texts)
    else:
        assert _loads(texts)
        assert documents_of(catalog_of(folder_of({name: text.encode() for name, text in file_texts(taken).items()}))) == documents_of(taken)


def _attempted(catalog: Catalog, before: NounEntry, after: NounEntry) -> tuple[Catalog | None, tuple[EntryFault, ...]]:
    try:
        return with_entry(catalog, before, after), ()
    except EntryError as error:
        return None, error.faults


def _loads(texts: dict[str, bytes]) -> bool:
    try:
        catalog_of(folder_of(texts))
    except CatalogError:
        return False
    return True


def test_each_fault_stands_at_its_field_in_the_words_of_the_headings(small: Catalog) -> None:
    """A formula, a lacking name, a word that is none; a measure that a formula needs is named with that formula."""
    rate = entry(small, "indicator", "coal_pass_rate")
    assert refused(small, rate, stating(rate, denominator="coal_testd")) == [
        EntryFault("「分母」引用的数据项「coal_testd」不存在，最接近的是「coal_tested」；请改正。", "denominator")
    ]
    assert refused(small, rate, stating(rate, name=None, better="up")) == [
        EntryFault("缺少「名称」；请改正。", "name"),
        EntryFault("「好坏方向」的值「up」不在可选值「越高越好」、「越低越好」、「不论高低」之内；请改正。", "better"),
    ]
    tested = entry(small, "measure", "coal_tested")
    assert refused(small, tested, stating(tested, unit="吨", kind="rate")) == [
        EntryFault("「指标」里的「商品煤合格率」：「分母」用了填报率 coal_tested；指标只能由件数、户数等数据项计算，率不能再参与计算；请改正。")
    ]
    assert refused(small, tested, stating(tested, name="商品煤合格批次")) == [
        EntryFault("「数据项」里的「商品煤合格批次」：名称或别名「商品煤合格批次」与 coal_tested 相同，同一张报表里分不清是哪一个；请改正。")
    ]
    assert refused(small, tested, stating(tested, office="nobody")) == [
        EntryFault("「科室」写的「nobody」不在「科室」里，最接近的是「food」；请写「科室」里的代码。", "office")
    ]


def test_a_code_that_is_none_is_the_fault_not_the_file_it_would_name(small: Catalog) -> None:
    """Nobody who fills in a form has heard of files."""
    food = entry(small, "office", "food")
    faults = refused(small, food, stating(food, code="Ä"))

    assert [fault for fault in faults if fault.key == "code"] != []
    assert [fault.words for fault in faults if "文件" in fault.words] == []


def test_a_row_below_an_entry_is_named_by_its_number(whole: Catalog) -> None:
    """The second parent of a place that moved lacks its code; a ledger's figure names a measure that is none."""
    moved = entry(whole, "org", "chengguan")
    rows = [moved.parts["parent"][0], {"from": "2024-07"}]
    [fault, *_] = refused(whole, moved, replace(moved, parts={"parent": rows}))
    assert (fault.part, fault.position, fault.key, fault.words) == ("parent", 2, "parent", "「先后上级」的第 2 项缺少「上级」；请改正。")


def test_entries_are_added_and_taken_out(small: Catalog) -> None:
    """A new office has a file of its own; what nobody uses goes without a trace."""
    office = NounEntry("office", {"code": "legal", "name": "法规科", "parent": "bureau", "order": 3, "template": "法规科月报表"})
    wider = with_entry(small, None, office)
    assert wider.offices["legal"].name == "法规科"
    assert "legal.toml" in file_texts(wider)
    assert documents_of(with_entry(wider, entry(wider, "office", "legal"), None)) == documents_of(small)
    assert refused(small, office, replace(office, own={**office.own, "name": "法制科"})) == [EntryFault("「科室」里已经没有「法规科」；请刷新页面再看。")]


def test_a_renamed_entry_keeps_its_name_as_an_alias(small: Catalog) -> None:
    """Once; what has no aliases, as an indicator, has none."""
    food = entry(small, "office", "food")
    renamed = with_former_name(food, stating(food, name="食品安全科"))
    assert renamed.own["aliases"] == ["食安科", "食品科"]
    assert with_former_name(food, renamed) == renamed
    assert with_former_name(food, stating(food, order=9)) == stating(food, order=9)
    rate = entry(small, "indicator", "coal_pass_rate")
    assert "aliases" not in with_former_name(rate, stating(rate, name="煤合格率")).own


def test_every_sheet_is_of_an_entry_or_below_one() -> None:
    """So the page can show all of a catalogue that the workbook holds."""
    parts = [part.noun for every in PARTS.values() for part in every]
    assert sorted({*parts, *(noun for noun in NOUN_SHEETS if noun not in parts)}) == sorted(NOUN_SHEETS)
    assert len(parts) == len(set(parts))
