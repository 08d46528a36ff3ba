"""
Organisations (机构): the tree of stations, district, city and provincial bureaus that report.

A bureau that stands alone is a tree of one, itself; offices (科室) are the same in every organisation that reports.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from kpi.catalog.frozen import Frozen

BUREAU = "bureau"  # code of the bureau that stands alone; what was filed without an organisation is of this one


class Organisation(Frozen):
    """A node of the tree (机构、单位): it reports itself, or stands for those below it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""  # empty: the root, which stands for all
    level: str = ""  # 所, 区, 市, 省: a word of the catalogue, printed beside the name
    order: int = 0  # among those of one parent
    reports: bool | None = None  # whether it sends sheets itself; a leaf does unless it says otherwise, an inner node never does


class Tree:
    """Organisations as a tree; every list of codes is in its order, a node before those below it."""

    def __init__(self, orgs: Iterable[Organisation]) -> None:
        below: dict[str, list[Organisation]] = {}
        for org in orgs:
            below.setdefault(org.parent, []).append(org)
        self._below = {parent: tuple(sorted(children, key=lambda org: org.order)) for parent, children in below.items()}

    @property
    def root(self) -> Organisation:
        """The one that has none above it."""
        return self._below[""][0]

    @cached_property
    def orgs(self) -> dict[str, Organisation]:
        """Every organisation, ``reports`` settled."""
        settled = (org.model_copy(update={"reports": org.code not in self._below and org.reports is not False}) for org in self._from(self.root))
        return {org.code: org for org in settled}

    @cached_property
    def leaves(self) -> Mapping[str, tuple[str, ...]]:
        """Of each node the organisations at or below it that report."""
        found: dict[str, tuple[str, ...]] = {}
        for code in reversed(self.orgs):  # those below before the node itself
            own = (code,) if self.orgs[code].reports else ()
            found[code] = own + tuple(leaf for child in self.children(code) for leaf in found[child])
        return found

    def children(self, code: str) -> tuple[str, ...]:
        """Those directly below a node."""
        return tuple(org.code for org in self._below.get(code, ()))

    def _from(self, org: Organisation) -> Iterable[Organisation]:
        yield org
        for child in self._below.get(org.code, ()):
            yield from self._from(child)
