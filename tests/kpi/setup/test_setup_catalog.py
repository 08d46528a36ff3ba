"""The catalogue of a setup in force: its figures, what stands against it, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog import load
from kpi.catalog.plain_tables import documents_of
from kpi.defining.in_force import ChangeNote, changes, put_in_force
from kpi.errors import RequestError
from kpi.filing.intake import Upload, accept, prepare
from kpi.period import Month
from kpi.review.board import board
from kpi.setup.proposal import LedgerProposal, OfficeProposal
from kpi.setup.setting_up import SettingUp, setting_up
from kpi.setup.setup_catalog import (
    SetupFaultsError,
    catalog_of_draft,
    put_setup_in_force,
    refusal_to_set_up,
    refusal_to_undo,
    undo_setup,
)
from kpi.setup.setup_intake import not_taken_in, take_in, waiting_sheets
from kpi.store.demonstration import Demonstration
from tests import blank
from tests.foreign import waterworks
from tests.kpi.filing.test_intake import coal
from tests.kpi.setup.own_sheets import BUREAU, every_sheet, sheet

MARCH = Month(2023, 3)


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[LiveBureau]:
    """A bureau with nothing stored."""
    with open_bureau(blank.copied(tmp_path / "data")) as opened:
        yield opened


def answered(bureau: LiveBureau) -> SettingUp:
    """The setup of a bureau with all that is certain accepted."""
    setup = setting_up(bureau)
    setup.put(bureau, every_sheet())
    setup.look(bureau)
    setup.accept_certain(bureau)
    return setup


def figures(bureau: LiveBureau) -> dict[str, str]:
    """The board of March, to four decimals."""
    rows = [row for row in board(bureau, MARCH) if row.figure.value is not None]
    return {bureau.catalog.indicators[row.indicator].name: f"{row.figure.value:.4f}" for row in rows}


def test_from_sheets_to_the_board_and_back(bureau: LiveBureau, tmp_path: Path) -> None:
    """123 of 127 lots; undone, the catalogue of before is in force again and nothing counts; generated once more, it is the same."""
    setup, before = answered(bureau), bureau.catalog
    successor = put_setup_in_force(bureau, setup, BUREAU, "王统计")
    taken = take_in(successor, setup, "王统计")

    assert (taken.stored, taken.waiting) == (6, ())
    shown = figures(successor)
    assert shown == {
        "监测广告": "905.0000",
        "发现违法广告": "20.0000",
        "食品抽检批次": "127.0000",
        "食品抽检合格批次": "123.0000",
        "食品抽检不合格批次": "4.0000",
        "食品抽检合格率": "96.8504",
    }
    assert successor.catalog.bureau == BUREAU

    undone = undo_setup(successor, setup, "王统计", "分类要重做")

    assert documents_of(undone.catalog) == documents_of(before)
    assert undone.store.current_submissions() == []
    assert [change.why for change in changes(undone)] == ["开始在网页上改以前的指标目录", "由 6 份报表建局", "撤销建局：分类要重做"]
    again = put_setup_in_force(undone, setup, BUREAU, "王统计")
    assert waiting_sheets(again, setup) == ()  # they were taken in and withdrawn: whoever wants them sends them again
    assert again.catalog.digest == successor.catalog.digest
    assert again.store.verify() == []
    again.close()
    with open_bureau(tmp_path / "data") as restarted:
        assert restarted.catalog.digest == successor.catalog.digest


def test_later_sheets_extend_a_catalogue_in_force(bureau: LiveBureau) -> None:
    """Next month's sheets need no new catalogue: they wait and are taken in; one that contradicts a relation goes on waiting for a word."""
    setup = setting_up(bureau)
    setup.put(bureau, [sheet(office, month) for office in ("食品科", "广告科") for month in (1, 2)])
    setup.look(bureau)
    setup.accept_certain(bureau)
    bureau = put_setup_in_force(bureau, setup, BUREAU, "王统计")
    take_in(bureau, setup, "王统计")
    setup.put(bureau, [sheet("食品科", 3, changed={"食品抽检不合格批次": 2}), sheet("广告科", 3)])
    setup.look(bureau)

    assert {file.name for file in waiting_sheets(bureau, setup)} == {"2023年3月广告科.xlsx", "2023年3月食品科.xlsx"}
    taken = take_in(bureau, setup, "王统计")
    assert (taken.stored, [file.name for file in taken.waiting]) == (1, ["2023年3月食品科.xlsx"])
    assert waiting_sheets(bureau, setup) == taken.waiting
    assert figures(bureau)["监测广告"] == "905.0000"


def test_faults_lead_to_their_proposals(bureau: LiveBureau) -> None:
    """Two measures of one office that are called the same: the fault names the file, and the proposal to be changed."""
    setup = answered(bureau)
    setup.accept(bureau, "measure/guanggaoke/发现违法广告", {"name": "监测广告"})

    with pytest.raises(SetupFaultsError) as refused:
        put_setup_in_force(bureau, setup, BUREAU, "王统计")

    assert {fault.key for fault in refused.value.faults} & {"measure/guanggaoke/发现违法广告", "measure/guanggaoke/监测广告"}
    assert not bureau.kept or not bureau.kept.exists()
    assert setup.state.in_force is None


def test_what_is_asked_of_who_generates(bureau: LiveBureau) -> None:
    """A name of the bureau and of who does it."""
    setup = answered(bureau)

    with pytest.raises(RequestError, match="请写明本局名称"):
        catalog_of_draft(setup.draft, " ", date(2026, 11, 29))
    with pytest.raises(RequestError, match="请写明姓名"):
        put_setup_in_force(bureau, setup, BUREAU, " ")
    with pytest.raises(DeniedError):
        put_setup_in_force(bureau.of(Caller("li", "李审核", AccountRole.REVIEWER)), setup, BUREAU, "")


def test_an_administrator_sets_up_and_a_reviewer_takes_in(bureau: LiveBureau) -> None:
    """Who defines sees no figures and submits none; the sheets wait for who may submit for all offices, not for a filer of one."""
    administrator = bureau.of(Caller("zhang", "张管理", AccountRole.ADMINISTRATOR))
    setup = answered(administrator)
    successor = put_setup_in_force(administrator, setup, BUREAU, "")
    filer = Caller("zhao", "赵填报", AccountRole.FILER, office=next(iter(successor.catalog.offices)))
    reviewer = successor.of(Caller("li", "李审核", AccountRole.REVIEWER))

    assert waiting_sheets(successor, setup) == ()
    assert waiting_sheets(successor.of(filer), setup) == ()
    assert len(waiting_sheets(reviewer, setup)) == 6
    with pytest.raises(DeniedError):
        take_in(successor, setup, "")
    assert take_in(reviewer, setup, "").stored == 6
    assert "请审核员先在「报送记录」撤回" in refusal_to_undo(successor, setup)


def test_real_reports_under_another_catalogue_stand_against_it(bureau: LiveBureau, coal_sheet: Upload) -> None:
    """Their figures would be in no table any more: a new data folder is the way."""
    accept(bureau, prepare(bureau, [coal_sheet]), "李统计", "核对过")
    setup = answered(bureau)

    with pytest.raises(RequestError, match="新目录里没有「质量监管科」，已有的数会看不到；请停下看板，用环境变量 KPI_DATA 另写一个空的文件夹"):
        put_setup_in_force(bureau, setup, BUREAU, "王统计")


@pytest.mark.parametrize(("others", "way"), [(0, "请先清空演示数据"), (3, "不能在这里建局；请停下看板")])
def test_the_demonstration_stands_against_it(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch, others: int, way: str) -> None:
    """It is ended first; where it cannot be ended any more, another folder is the way."""
    monkeypatch.setattr(bureau.store, "demonstration", lambda: Demonstration(437, others))

    assert way in refusal_to_set_up(bureau, None, setting_up(bureau))


def test_a_catalogue_that_is_told_stands_against_it(tmp_path: Path) -> None:
    """Who keeps the folder changes it there."""
    with open_bureau(blank.copied(tmp_path / "data"), load.DEFAULT) as bureau:
        assert "KPI_CATALOG" in refusal_to_set_up(bureau, None, setting_up(bureau))


def test_a_catalogue_that_was_changed_since_is_not_overwritten(bureau: LiveBureau) -> None:
    """Neither generated anew nor undone: both would lose what somebody changed."""
    setup = answered(bureau)
    successor = put_setup_in_force(bureau, setup, BUREAU, "王统计")
    renamed = successor.catalog.indicators["jianceguanggao"].model_copy(update={"name": "监测的广告"})
    changed = put_in_force(
        successor,
        replace(successor.catalog, indicators={**successor.catalog.indicators, "jianceguanggao": renamed}),
        ChangeNote("李主任", "改名"),
        after=setup.state.in_force.number if setup.state.in_force else 0,
    )

    assert "（李主任于" in refusal_to_set_up(changed, None, setup)
    assert "又改过" in refusal_to_undo(changed, setup)
    with pytest.raises(RequestError, match="又改过"):
        undo_setup(changed, setup, "王统计", "不要了")


@pytest.fixture
def coal_sheet(bureau: LiveBureau) -> Upload:
    """A sheet that the shipped catalogue knows."""
    return coal(bureau, passed=45, failed=6)


def test_a_ledger_is_taken_in_and_withdrawn_with_the_others(bureau: LiveBureau) -> None:
    """Its cases are kept under a digest of their own; it does not wait as if nobody had taken it in."""
    setup = setting_up(bureau)
    setup.put(bureau, [*every_sheet(), *((form.name, form.data) for form in waterworks.repairs().files)])
    setup.look(bureau)
    setup.accept_certain(bureau)
    for proposal in setup.draft.open:
        if isinstance(proposal, OfficeProposal | LedgerProposal):
            setup.accept(bureau, proposal.key, {})
    successor = put_setup_in_force(bureau, setup, BUREAU, "王统计")

    taken = take_in(successor, setup, "王统计")

    assert (taken.waiting, not_taken_in(successor, setup)) == ((), ())
    assert taken.stored == len(successor.store.current_submissions()) > 6
    assert undo_setup(successor, setup, "王统计", "台账另报").store.current_submissions() == []
