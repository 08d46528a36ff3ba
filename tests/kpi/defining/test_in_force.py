"""Another catalogue comes in force while the bureau runs: figures, record, audit and the next start agree, or nothing has changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.access.admission import Admission
from kpi.access.audit import Audited
from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog import load
from kpi.catalog.formula import Linear
from kpi.catalog.model import Catalog
from kpi.defining.in_force import ChangeNote, changes, put_in_force
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.period import Month
from kpi.review.board import board
from kpi.store.kept_catalog import KeptCatalog

NOVEMBER = Month(2023, 11)
RATE = "food_sampling_pass_rate"
NOTE = ChangeNote("王统计", "分母改为监督抽检", about="指标「食品抽检合格率」")


@pytest.fixture
def bureau(demo_copy: Path) -> Iterator[LiveBureau]:
    """The demonstration, with its audit."""
    with open_bureau(demo_copy) as opened:
        admission = Admission(demo_copy)
        yield replace(opened, audit=admission.audit)
        admission.close()


def inverted(catalog: Catalog) -> Catalog:
    """The rate with numerator and denominator the other way round."""
    rate = catalog.indicators[RATE]
    assert isinstance(rate.numerator, Linear)
    turned = rate.model_copy(update={"numerator": rate.denominator, "denominator": rate.numerator, "failed": None, "total": None})
    return replace(catalog, indicators={**catalog.indicators, RATE: turned})


def value(bureau: LiveBureau) -> str:
    """The rate of November as its board has it, to six decimals."""
    [row] = [row for row in board(bureau, NOVEMBER) if row.indicator == RATE]
    return f"{row.figure.value:.6f}"


def test_figures_change_at_once_and_the_next_start_has_the_same(bureau: LiveBureau, demo_copy: Path) -> None:
    """1,724 of 1,763 lots, then 1,763 of 1,724; who was looking with the earlier bureau is told of the one that takes its place."""
    successors: list[LiveBureau] = []
    watched = replace(bureau, replaced_by=successors.append)
    assert value(bureau) == f"{100 * 1724 / 1763:.6f}"

    changed = put_in_force(watched, inverted(bureau.catalog), NOTE, after=0)

    assert value(changed) == f"{100 * 1763 / 1724:.6f}"
    assert successors == [changed]
    [begun, made] = changes(changed)
    assert (begun.why, made.by, made.why, [*made.files]) == ("开始在网页上改以前的指标目录", "王统计", "分母改为监督抽检", ["food_coordination.toml"])
    assert changed.audit is not None
    [noted] = changed.audit.latest("", 1)
    assert (noted.what, noted.about) == (Audited.DEFINITION, "指标「食品抽检合格率」：分母改为监督抽检")
    assert changed.store.verify() == []
    shown = board(changed, NOVEMBER)
    bureau.close()
    with open_bureau(demo_copy) as again:
        assert board(again, NOVEMBER) == shown
        assert again.catalog.digest == changed.catalog.digest


def test_who_may_not_define_changes_nothing(bureau: LiveBureau, demo_copy: Path) -> None:
    """A reviewer does not; a reason and a name are asked of everybody."""
    reviewer = bureau.of(Caller("wang", "王统计", AccountRole.REVIEWER))
    with pytest.raises(DeniedError, match="不能改指标目录和目标"):
        put_in_force(reviewer, inverted(bureau.catalog), NOTE, after=0)
    with pytest.raises(RequestError, match="请写明姓名和理由"):
        put_in_force(bureau, inverted(bureau.catalog), ChangeNote("王统计", " "), after=0)
    assert not KeptCatalog(demo_copy).exists()


def test_a_whole_catalogue_that_changes_what_figures_are_of_is_refused(bureau: LiveBureau, demo_copy: Path) -> None:
    """A unit that is another one, and a measure that is gone, are refused as in a form; names and what has no figures may change."""
    tested = bureau.catalog.measures["food_samples_tested"]
    measures = {code: measure for code, measure in bureau.catalog.measures.items() if code != "trademarks_registered_new"}
    other = replace(bureau.catalog, measures=measures | {tested.code: tested.model_copy(update={"unit": "件"})})

    with pytest.raises(RequestError, match="新的指标目录里「食品抽检检验批次」的「计量单位」变了；没有「新增商标注册」；没有改动。"):
        put_in_force(bureau, other, NOTE, after=0)
    assert not KeptCatalog(demo_copy).exists()
    renamed = replace(bureau.catalog, measures={**bureau.catalog.measures, tested.code: tested.model_copy(update={"name": "检验批次"})})
    assert put_in_force(bureau, renamed, NOTE, after=0).catalog.measures[tested.code].name == "检验批次"


def test_no_figure_that_counts_is_left_out_of_the_months_of_its_measure(bureau: LiveBureau) -> None:
    """The demonstration runs to November 2023: what ends in October has a figure that no board would show; what ends in November has none."""
    tested = bureau.catalog.measures["trademarks_registered_new"]

    def ending(last: Month) -> Catalog:
        return replace(bureau.catalog, measures={**bureau.catalog.measures, tested.code: tested.model_copy(update={"last": last})})

    with pytest.raises(RequestError, match="有 2023 年 11 月的数，新的指标目录里那个月没有这个数据项；没有改动。请改写"):
        put_in_force(bureau, ending(Month(2023, 10)), NOTE, after=0)
    assert put_in_force(bureau, ending(NOVEMBER), NOTE, after=0).catalog.measures[tested.code].last == NOVEMBER


def test_a_catalogue_of_another_folder_is_not_changed_here(demo_copy: Path) -> None:
    """What ``--catalog`` or the setting names belongs to whoever keeps that folder."""
    with open_bureau(demo_copy, load.DEFAULT) as bureau, pytest.raises(RequestError, match="指标目录用的是 KPI_CATALOG 或 --catalog 写的文件夹"):
        put_in_force(bureau, inverted(bureau.catalog), NOTE, after=0)


def test_where_the_disk_refuses_nothing_has_changed(bureau: LiveBureau, demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures were computed by then; they are as they were for everybody."""

    def refuse(*_: object, **__: object) -> None:
        raise StoreError("指标目录没有改成（磁盘已满）；请检查磁盘后再试。")

    before = board(bureau, NOVEMBER)
    with monkeypatch.context() as patch:
        patch.setattr(KeptCatalog, "keep", refuse)
        with pytest.raises(StoreError, match="磁盘已满"):
            put_in_force(bureau, inverted(bureau.catalog), NOTE, after=0)
    assert board(bureau, NOVEMBER) == before
    assert not KeptCatalog(demo_copy).exists()
    assert bureau.store.verify() == []


def test_a_second_change_needs_the_number_of_the_first(bureau: LiveBureau, demo_copy: Path) -> None:
    """Whoever looked before somebody else's change is told, and the figures are those of that change."""
    changed = put_in_force(bureau, inverted(bureau.catalog), NOTE, after=0)

    with pytest.raises(OutdatedError, match="又改过"):
        put_in_force(changed, bureau.catalog, ChangeNote("李科长", "改回"), after=1)
    assert value(changed) == f"{100 * 1763 / 1724:.6f}"
    back = put_in_force(changed, bureau.catalog, ChangeNote("李科长", "改回"), after=KeptCatalog(demo_copy).number)
    assert value(back) == f"{100 * 1724 / 1763:.6f}"
    with pytest.raises(RequestError, match=r"没有任何改动。"):
        put_in_force(back, bureau.catalog, ChangeNote("李科长", "再来"), after=3)
