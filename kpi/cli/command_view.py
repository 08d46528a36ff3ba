"""The bureau as a command looks at it: as known on a day, and from an organisation of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.cli.options import office_of, org_of
from kpi.cli.workplace import workplace
from kpi.period import parse_day


@dataclass(frozen=True)
class CommandView:
    """A bureau that is open, with what ``--as-of`` and ``--org`` say."""

    today: LiveBureau  # as it is now
    day: date | None = None  # as known on which; None: as it is now
    org: str | None = None  # None: no organisation was asked for, and the caller is of all

    @cached_property
    def bureau(self) -> Bureau:
        """The bureau that is asked: as known on the day."""
        return self.today.as_known(self.day) if self.day else self.today

    @property
    def catalog(self) -> Catalog:
        return self.today.catalog

    @property
    def node(self) -> str:
        """The organisation whose figures are asked for; the root when none was."""
        return self.org or self.catalog.root

    def office(self, text: str | None) -> str | None:
        """The office of ``--office``; None when it was not given."""
        return office_of(self.catalog, text)

    @property
    def whose(self) -> str:
        """The organisation as a title begins with it; nothing where there is but one."""
        name = self.catalog.called(None, self.node)
        return f"{name} " if name else ""

    @property
    def known_words(self) -> str:
        """What a title says of a board as known on a day."""
        return f"（按 {self.day.isoformat()} 所知；机构、口径和目标用现在的指标目录）" if self.day else ""


@contextmanager
def open_view(data: Path | None, catalog: Path | None, org: str | None = None, as_of: str | None = None, *, acts: bool = False) -> Iterator[CommandView]:
    """
    Open a bureau that is there for one command.

    Args:
        data: What ``--data`` says, as are the others what their options say.
        catalog: ``--catalog``.
        org: ``--org``: code, name or alias.
        as_of: ``--as-of``.
        acts: Whether the command changes something, which is noted in the audit.

    Raises:
        RequestError: There is no such day or organisation.
        CatalogError, StoreError: As `kpi.bureau.open_existing` does; for a command that acts, also where the audit is damaged.

    """
    day = None if as_of is None else parse_day(as_of)
    place = workplace()
    with (place.open_to_act if acts else place.open_existing)(data, catalog) as bureau:
        yield CommandView(bureau, day, org_of(bureau.catalog, org) or bureau.caller.org or None)
