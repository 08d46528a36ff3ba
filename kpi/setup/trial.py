"""
Trying a catalogue (试用目录): which figures of the boards would be others, and why, before it counts.

The stored originals are taken in again under it, beside a copy of the data folder that is computed with the catalogue in
force; both are thrown away.  So a bureau can change names, units, formulas and targets, and see what that does.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.bureau import Bureau, LiveBureau, open_bureau, plan_restoring, restore_bureau
from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.data_place import data_folder
from kpi.meeting.differences import Drift, differing_boards
from kpi.meeting.editions import printed
from kpi.period import Month, Span
from kpi.review.board import board, periods
from kpi.setup.retaking import Retaken, take_again
from kpi.store.backup import back_up
from kpi.store.clock import now
from kpi.store.notice import repairs_unannounced

BEFORE, AFTER = "现行", "改后"  # words for the two catalogues


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What of the board of a month would be something else."""

    period: Month
    org: str
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class CatalogTrial:
    """What a catalogue would do."""

    catalog: Catalog  # the one in force
    retaken: Retaken
    months: int  # boards that were compared
    changes: tuple[BoardChange, ...]  # of the months in which anything differs, the latest first

    @property
    def figures(self) -> int:
        """How many figures of all boards would be something else."""
        return sum(len(change.drifts) for change in self.changes)


def try_catalog(
    folder: Path,
    data: Path | None = None,
    catalog: Path | None = None,
    span: Span = Span.YTD,
    org: Callable[[Bureau], str | None] = lambda _: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> CatalogTrial:
    """
    Compare the boards of all months under the catalogue in force and under another one; nothing that is stored changes.

    Args:
        folder: The other catalogue.
        data: The data folder, else as `kpi.bureau.open_bureau`; a running dashboard may have it open.
        catalog: The catalogue in force, else as there.
        span: How many months the values cover.
        org: Whose boards, told the bureau; the root's where it says None.
        progress: Told how many files of how many are taken in.

    Raises:
        CatalogError: One of the catalogues has faults.
        RequestError: The organisation is in one catalogue only.
        StoreError: There is no such data folder, it cannot be copied, or the disk is full.

    """
    load.load(folder)  # its faults are told before anything is copied
    with _both(folder, data, catalog) as (bureau, scratch):
        retaken = take_again(bureau, scratch, progress)
        node = org(bureau)
        months = periods(bureau)
        changes = [BoardChange(month, node or bureau.catalog.root, tuple(_changes(bureau, scratch, month, span, node))) for month in months]
    return CatalogTrial(
        bureau.catalog, retaken, len(months), tuple(sorted((change for change in changes if change.drifts), key=lambda change: change.period, reverse=True))
    )


@contextmanager
def _both(folder: Path, data: Path | None, catalog: Path | None) -> Iterator[tuple[Bureau, LiveBureau]]:
    """A copy of the bureau, made like a backup, and an empty bureau with the other catalogue."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(TemporaryDirectory(prefix="kpi-try-")))
        backup = back_up(data_folder(data), work / "copy.tar", now())
        stack.enter_context(repairs_unannounced())
        restore_bureau(plan_restoring(backup.path, work / "before"), catalog)
        backup.path.unlink()
        bureau = stack.enter_context(open_bureau(work / "before", catalog))
        yield bureau, stack.enter_context(open_bureau(work / "after", folder))


def _changes(bureau: Bureau, scratch: Bureau, month: Month, span: Span, org: str | None) -> list[Drift]:
    """What of one board differs, in its order."""
    before, after = (printed(own, board(own, month, span, org=org)) for own in (bureau, scratch))
    return differing_boards(scratch, before, after, (BEFORE, AFTER))
