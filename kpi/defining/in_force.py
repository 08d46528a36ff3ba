"""
Putting another catalogue in force (目录生效): computed first, then kept, then seen by everybody at once.

A catalogue with which the stored figures cannot be computed is refused and leaves nothing behind.
"""

from dataclasses import dataclass, replace

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.folder_writing import file_texts
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import documents_of
from kpi.defining.change_refusals import ReportedCodes, figures_left_out, lost_figures
from kpi.errors import RequestError
from kpi.figures.definitions import definitions
from kpi.period import Month
from kpi.store.catalog_change import CatalogChange
from kpi.store.kept_catalog import KeptCatalog, catalog_of
from kpi.store.past import Pasts

_FIRST_REASON = "开始在网页上改以前的指标目录"
_ELSEWHERE = "指标目录用的是 KPI_CATALOG 或 --catalog 写的文件夹，不在这里改；请改那个文件夹里的文件再重启看板，或去掉这个设置再改。"
_SHOWN = 3  # things that a sentence names


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What is said of a change of the catalogue."""

    by: str  # the name of who does it
    why: str
    first: Month | None = None  # from which month it holds; None: for all months
    about: str = ""  # what is changed, for the audit: 指标「抽检合格率」


def kept_catalog(bureau: LiveBureau) -> KeptCatalog:
    """
    The changes of a catalogue that may be changed here.

    Raises:
        RequestError: The bureau was told to use a folder of its own.

    """
    if bureau.kept is None:
        raise RequestError(_ELSEWHERE)
    return bureau.kept


def put_in_force(bureau: LiveBureau, catalog: Catalog, note: ChangeNote, *, after: int, binding: ReportedCodes | None = None) -> LiveBureau:
    """
    Put a catalogue in force and keep it as a change; whichever way a catalogue comes, it comes through here.

    Args:
        bureau: The bureau; it goes on with the earlier catalogue, and is no longer what the process has open.
        catalog: What is to be in force.
        note: Who, why, from when.
        after: The number of the change that was looked at, `KeptCatalog.number`; 0 where the data folder keeps none yet.
        binding: What keeps its meaning, as of `StoreReader.reported_codes`: all that stored submissions name, unless told.

    Returns:
        The bureau with the new catalogue.

    Raises:
        DeniedError: The caller may not define.
        RequestError: There is no reason, nothing is changed, somebody changed it meanwhile, it is kept elsewhere, or the stored figures
            cannot be computed with it, or would be of something else.
        StoreError: The disk refuses; nothing was changed.

    """
    bureau.require(Right.DEFINE)
    kept = kept_catalog(bureau)
    if not note.why.strip() or not note.by.strip():
        raise RequestError("请写明姓名和理由；它们一直留在变动记录里。")
    if documents_of(catalog) == documents_of(bureau.catalog) and kept.exists():
        raise RequestError("没有任何改动。")
    require_kept_meaning(bureau, catalog, binding)
    written = catalog_of(file_texts(catalog))  # as the next start reads it

    def keep() -> None:
        number = after
        if not number:
            number = kept.keep(bureau.catalog, note.by, _FIRST_REASON, after=0, account=bureau.caller.account).number
        kept.keep(written, note.by.strip(), note.why.strip(), after=number, account=bureau.caller.account, first=note.first)

    bureau.store.put_in_force(written, definitions(written), keep)
    successor = replace(bureau, catalog=written, pasts=Pasts())
    bureau.replaced_by(successor)
    successor.note_done(Audited.DEFINITION, f"{note.about or '指标目录'}：{note.why.strip()}")
    return successor


def require_kept_meaning(bureau: Bureau, catalog: Catalog, binding: ReportedCodes | None = None) -> None:
    """
    Refuse a catalogue with which stored figures would be of something else, or of nothing.

    Raises:
        RequestError: With what it is that would.

    """
    lost = lost_figures(bureau.catalog, catalog, bureau.store.reported_codes() if binding is None else binding)
    if lost:
        words = "；".join(map(str, lost[:_SHOWN])) + (f"等 {len(lost)} 处" if len(lost) > _SHOWN else "")
        raise RequestError(f"已经有报来的数，新的指标目录里{words}；没有改动。请照原来的写回，不再用的填最后的月份，含义要变的另外新增一个代码。")
    if left := next(figures_left_out(bureau, catalog), None):
        raise RequestError(f"{left}；没有改动。请改写起止月份，把那个月包括在内，或先在「报送记录」里撤回、更正那一份。")


def changes(bureau: LiveBureau) -> tuple[CatalogChange, ...]:
    """Every change of the catalogue, the first one first; none where it is kept elsewhere or never was changed here."""
    return bureau.kept.changes() if bureau.kept is not None else ()
