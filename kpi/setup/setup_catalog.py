"""
The catalogue of a setup comes in force (生成目录), and goes again (撤销建局) as long as nothing but the setup's own sheets is stored.

It is put in force like any other change: the one before it stays readable, and so does what this one was.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.defining.change_refusals import ReportedCodes, lost_figures
from kpi.defining.in_force import ChangeNote, kept_catalog, put_in_force
from kpi.errors import CatalogError, RequestError
from kpi.filing.submissions import withdraw_all
from kpi.setup.catalog_entries import catalog_files
from kpi.setup.proposal import Proposal
from kpi.setup.proposal_fields import value_of
from kpi.setup.setting_up import SettingUp
from kpi.setup.setup_draft import SetupDraft
from kpi.setup.setup_state import SetupInForce
from kpi.store import clock
from kpi.store.kept_catalog import catalog_of
from kpi.store.submission import Submission

_ABOUT = "建局"
_FAULT = re.compile(r"(?P<file>[^ ：]+?)\.toml(?: 的(?P<noun>科室|数据项|指标|勾稽) (?P<code>[A-Za-z0-9_]+))?")
_NOTHING = "还没有生成目录，没有可以撤销的。"
_NEW_FOLDER = "请停下看板，用环境变量 KPI_DATA 另写一个空的文件夹再启动，在那里建局"


@dataclass(frozen=True, slots=True)
class SetupFault:
    """Why no catalogue can be made of a draft: a sentence, and the key of the proposal to be changed; empty where no single one is."""

    words: str
    key: str = ""


class SetupFaultsError(RequestError):
    """The answers do not go together; with every fault found."""

    def __init__(self, faults: tuple[SetupFault, ...]) -> None:
        self.faults = faults
        super().__init__(f"还建不成目录，有 {len(faults)} 处要改：{'；'.join(fault.words for fault in faults[:3])}{'等' if faults[3:] else ''}")


def catalog_of_draft(draft: SetupDraft, name: str, day: date) -> Catalog:
    """
    The catalogue of all that was accepted.

    Args:
        draft: The draft.
        name: The name of the bureau.
        day: The day on which it is confirmed.

    Raises:
        RequestError: The bureau has no name, or no office is accepted.
        SetupFaultsError: What was changed by hand does not go together.

    """
    try:
        return catalog_of(catalog_files(draft, name, day))
    except CatalogError as error:
        raise SetupFaultsError(tuple(SetupFault(fault, _proposal_of(draft, fault)) for fault in error.faults)) from None


def _proposal_of(draft: SetupDraft, fault: str) -> str:
    """The key of the proposal that a fault is about."""
    named = _FAULT.match(fault)
    if named is None or not named["code"]:
        return ""
    groups: dict[str, tuple[tuple[Proposal, ...], str]] = {
        "科室": (draft.proposed.offices, "code"),
        "数据项": (draft.proposed.measures, "code"),
        "指标": ((*draft.proposed.rates, *draft.proposed.measures), "code"),
    }
    proposals, field = groups.get(named["noun"], ((), ""))
    return next((proposal.key for proposal in proposals if value_of(draft, proposal, field) == named["code"]), "")


def refusal_to_set_up(bureau: LiveBureau, catalog: Catalog | None, setup: SettingUp) -> str:
    """
    Why the catalogue of a setup cannot come in force here, and what to do; empty where it can.

    Args:
        bureau: The bureau.
        catalog: The catalogue; None as long as there is none, then what stands against any is said.
        setup: The setup.

    """
    demo = bureau.store.demonstration()
    if demo.mixed:
        return f"库里既有演示报送，又有正式报送，不能在这里建局；{_NEW_FOLDER}。"
    if demo.shown:
        return "库里是演示数据（虚构）；建局从空的数据目录开始，请先清空演示数据。"
    if bureau.kept is None:
        return "指标目录用的是 KPI_CATALOG 或 --catalog 写的文件夹，不能在这里建局；请去掉这个设置、重启看板再来。"
    in_force = setup.state.in_force
    if in_force and in_force.number != bureau.kept.number:
        last = bureau.kept.changes()[-1]
        return f"建局以后指标目录又改过（{last.by}于 {last.at:%Y-%m-%d %H:%M}：{last.why}），再生成会盖掉这些改动；要加的请在指标目录里加。"
    return _words_of_lost(bureau, catalog) if catalog else ""


def _words_of_lost(bureau: Bureau, catalog: Catalog) -> str:
    """What counts now and would be lost, in a sentence; empty where nothing is."""
    lost = lost_figures(bureau.catalog, catalog, _codes_that_count(bureau))
    return f"库里有正式报送，新目录里{lost[0]}，已有的数会看不到；{_NEW_FOLDER}，或把它的报表也放进来一起建。" if lost else ""


def _codes_that_count(bureau: Bureau) -> ReportedCodes:
    """What the submissions that count name; what was withdrawn may become something else in a setup, which begins anew."""
    current = bureau.store.current_submissions()
    named = {("office", own.office) for own in current} | {("org", own.org) for own in current} | {("ledger", own.template) for own in current}
    return named | {("measure", code) for own in current for code, _ in bureau.store.stated_in(own.seq)}


def put_setup_in_force(bureau: LiveBureau, setup: SettingUp, name: str, by: str) -> LiveBureau:
    """
    Make the catalogue of a setup and put it in force.

    Args:
        bureau: The bureau, asked by who does it.
        setup: The setup.
        name: The name of the bureau.
        by: Who does it, where there is no login.

    Returns:
        The bureau with the new catalogue.

    Raises:
        DeniedError: The caller may not define.
        RequestError: Nobody is named, what is stored would be lost, or there is nothing to make it of.
        SetupFaultsError: The answers do not go together.
        StoreError: The disk refuses; nothing was changed.

    """
    bureau.require(Right.DEFINE)
    by = bureau.caller.signature(by).strip()
    if not by:
        raise RequestError("请写明姓名；它留在指标目录的变动记录里。")
    catalog = catalog_of_draft(setup.draft, name, clock.today())
    if why := refusal_to_set_up(bureau, catalog, setup):
        raise RequestError(why)
    kept = kept_catalog(bureau)
    number = kept.number
    note = ChangeNote(by, f"由 {len(setup.files) - len(setup.unread)} 份报表建局", about=_ABOUT)
    successor = put_in_force(bureau, catalog, note, after=number, binding=_codes_that_count(bureau))
    known = setup.state.in_force
    before = known.before if known else number or 1  # where there was no change, the first keeps what was in force until then
    setup.keep(replace(setup.state, in_force=SetupInForce(kept.number, before, by, f"{clock.now():%Y-%m-%d %H:%M}")))
    return successor


def own_submissions(bureau: Bureau, setup: SettingUp) -> list[Submission]:
    """The submissions that count and were made of the sheets of a setup."""
    digests, names = {file.digest for file in setup.files}, {file.name.split("/")[-1] for file in setup.files}
    ledgers = bureau.catalog.ledgers  # whose submissions are kept under a digest of their cases
    current = bureau.store.current_submissions()
    return [own for own in current if own.sha256 in digests or (own.template in ledgers and own.file in names)]


def refusal_to_undo(bureau: LiveBureau, setup: SettingUp) -> str:
    """Why a setup that is in force cannot be undone any more, or not by the caller; empty where it can."""
    in_force, kept = setup.state.in_force, bureau.kept
    if in_force is None or kept is None:
        return _NOTHING
    if in_force.number != kept.number:
        return "建局以后指标目录又改过，不能再整个撤销；要改的请在指标目录里改。"
    own = own_submissions(bureau, setup)
    if len(own) < len(bureau.store.current_submissions()):
        return "建局以后又入库了别的报表，不能再撤销建局；要改的请在指标目录里改。"
    if own and not bureau.may(Right.ACCEPT):
        return f"这些报表有 {len(own)} 份已经入库；请审核员先在「报送记录」撤回，再来撤销建局。"
    return ""


def undo_setup(bureau: LiveBureau, setup: SettingUp, by: str, why: str) -> LiveBureau:
    """
    Withdraw the sheets of a setup and put the catalogue before it in force again; the draft is there to go on with.

    Args:
        bureau: The bureau, asked by who does it.
        setup: The setup.
        by: Who does it, where there is no login.
        why: Why.

    Returns:
        The bureau with the catalogue of before.

    Raises:
        DeniedError: The caller may not define, or not withdraw.
        RequestError: Something else is stored or changed since, nobody is named, or no reason is given.
        StoreError: The disk refuses; where the submissions are withdrawn by then, it is undone by doing it once more.

    """
    bureau.require(Right.DEFINE)
    by = bureau.caller.signature(by).strip()
    if not by or not why.strip():
        raise RequestError("请写明姓名和理由；它们一直留在变动记录里。")
    if refused := refusal_to_undo(bureau, setup):
        raise RequestError(refused)
    kept, in_force = kept_catalog(bureau), setup.state.in_force
    if in_force is None:
        raise RequestError(_NOTHING)
    withdraw_all(bureau, own_submissions(bureau, setup), by, f"撤销建局：{why.strip()}")
    note = ChangeNote(by, f"撤销建局：{why.strip()}", about=_ABOUT)
    successor = put_in_force(bureau, kept.catalog(in_force.before), note, after=in_force.number, binding=_codes_that_count(bureau))
    setup.keep(replace(setup.state, in_force=None))
    return successor
