"""
Organisations (机构): stations, district, city and provincial bureaus that report, and which stood below which in which months.

A bureau that stands alone is a tree of one, itself; offices (科室) are the same in every organisation that reports.
An organisation may be founded, moved and dissolved (设立、划转、撤并): then each month has a tree of its own, see `kpi.catalog.tree`.
"""

from pydantic import Field

from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.written_month import OpenEnd
from kpi.period import Month

BUREAU = "bureau"  # code of the bureau that stands alone; what was filed without an organisation is of this one


class Validity(FrozenModel):
    """Some months, both ends included; an end that is not written is open."""

    first: OpenEnd = Field(default=None, alias="from")
    last: OpenEnd = Field(default=None, alias="until")

    def holds(self, month: Month) -> bool:
        """Whether a month is one of them."""
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)


class Parent(Validity):
    """The organisation (上级) that one stands below in some months."""

    parent: str


class Lifetime(Validity):
    """What there is in some months: an organisation, an office, a measure; and who or what carries on after the last of them."""

    code: str
    name: str
    successor: str = ""


class Organisation(Lifetime):
    """A node of the tree (机构、单位): it reports itself, or stands for those below it; its months are those in which there is one."""

    aliases: tuple[str, ...] = ()
    parent: str = ""  # empty: the root, which stands for all
    parents: tuple[Parent, ...] = ()  # instead of ``parent``, where it stood below several one after another
    level: str = ""  # 所, 区, 市, 省: a word of the catalogue, printed beside the name
    order: int = 0  # among those of one parent
    reports: bool | None = None  # whether it sends sheets itself; a leaf does unless it says otherwise, an inner node never does

    def above(self, month: Month) -> str | None:
        """The organisation that it stands below in a month, empty for the root; None where it stands nowhere."""
        if not self.holds(month):
            return None
        if not self.parents:
            return self.parent
        return next((parent.parent for parent in self.parents if parent.holds(month)), None)

    @property
    def everywhere(self) -> tuple[str, ...]:
        """All that it ever stands below, the first one first."""
        return tuple(dict.fromkeys(parent.parent for parent in self.parents)) or ((self.parent,) if self.parent else ())

    @property
    def dated(self) -> tuple[Validity, ...]:
        """What of it holds for some months."""
        return (self, *self.parents)


def absence(org: Lifetime, heir: Lifetime | None, month: Month) -> str:
    """Why there is no such organisation or office in a month: not yet set up, or dissolved and who carries on; empty where there is one."""
    if org.holds(month):
        return ""
    if org.first is not None and month < org.first:
        return f"{org.name} {org.first.chinese}才设立"
    return f"{org.name}只到 {org.last.chinese if org.last else ''}，此后已撤销{f'，由{heir.name}承接' if heir else ''}"
