"""
The tree of organisations as it was in each month.

Where nothing is dated there is one tree for all months.  Else the months fall into stretches of one tree each.  A figure
of a node is added up over the tree of its own month: whoever moves brings its months from then on, and leaves behind those
before.  A `Stay` names the months in which the figures of one that reports are those of a node above it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from kpi.catalog.organisation import Organisation
from kpi.period import Month

_ANY = Month(2000, 1)  # a month as good as any other where there is one tree for all


@dataclass(frozen=True, slots=True)
class Stay:
    """The months, both included and open where None, in which one that reports (末级) stands below a node (所属)."""

    leaf: str
    node: str
    first: Month | None
    last: Month | None

    @property
    def code(self) -> str:
        """How the store calls its figures: those of an organisation that was always there are simply its own."""
        if self.first is None and self.last is None:
            return self.leaf
        return f"{self.leaf}@{self.node}{f'@{self.first}' if self.first else ''}"


def turns(orgs: Iterable[Organisation]) -> list[Month]:
    """The months, ascending, in which a tree begins that is another one than that of the month before."""
    stretches = [stretch for org in orgs for stretch in org.dated]
    begun = {stretch.first for stretch in stretches if stretch.first} | {stretch.last.plus(1) for stretch in stretches if stretch.last}
    return sorted(begun)


class _Branches:
    """The tree of some months."""

    def __init__(self, orgs: Sequence[Organisation], month: Month) -> None:
        self.above = {org.code: above for org in orgs if (above := org.above(month)) is not None}
        below: dict[str, list[Organisation]] = {}
        for org in orgs:
            if (above := self.above.get(org.code)) is not None:
                below.setdefault(above, []).append(org)
        self.below = {code: tuple(org.code for org in sorted(children, key=lambda org: org.order)) for code, children in below.items()}

    def path(self, code: str) -> tuple[str, ...]:
        """The organisations from the root down to one, both included; none where there is none of it."""
        above = self.above.get(code)
        return () if above is None else (*self.path(above), code) if above else (code,)


class Tree:
    """Organisations as a tree; every list of codes is in its order, a node before those below it."""

    def __init__(self, orgs: Iterable[Organisation]) -> None:
        self._every = tuple(orgs)
        self._turns = turns(self._every)
        self._branches = [_Branches(self._every, month) for month in (self._turns[0].plus(-1) if self._turns else _ANY, *self._turns)]

    @property
    def changes(self) -> tuple[Month, ...]:
        """The months with another tree than the month before them, ascending."""
        return tuple(self._turns)

    @cached_property
    def changing(self) -> Mapping[Month, tuple[str, ...]]:
        """Of each month with another tree who came, went, or stands below another one than the month before."""
        pairs = zip(self._turns, pairwise(self._branches), strict=True)
        return {month: tuple(code for code in self.orgs if before.above.get(code) != after.above.get(code)) for month, (before, after) in pairs}

    @cached_property
    def orgs(self) -> dict[str, Organisation]:
        """Every organisation there ever is, below the last one that it stands below, ``reports`` settled."""
        nodes = {above for org in self._every for above in org.everywhere}
        below: dict[str, list[Organisation]] = {}
        for org in self._every:
            below.setdefault(next(reversed(org.everywhere), ""), []).append(org)
        return {org.code: org.model_copy(update={"reports": org.code not in nodes and org.reports is not False}) for org in _from("", below)}

    def children(self, code: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """Those directly below a node in any of some months, of all months unless told."""
        branches = self._during(first, last)
        if len(branches) == 1:
            return branches[0].below.get(code, ())
        children = {child for tree in branches for child in tree.below.get(code, ())}
        return tuple(org for org in self.orgs if org in children)

    def leaves(self, code: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """Those at or below a node that report in any of some months, of all months unless told."""
        if self.orgs[code].reports:
            return (code,) if any(code in tree.above for tree in self._during(first, last)) else ()
        return tuple(dict.fromkeys(stay.leaf for stay in self._stays[code] if overlaps(stay, first, last)))

    def path(self, code: str, month: Month | None = None) -> tuple[str, ...]:
        """The organisations from the root down to one, both included; in the months it last stood somewhere unless told."""
        if month is not None:
            return self._at(month).path(code)
        return next((path for tree in reversed(self._branches) if (path := tree.path(code))), ())

    def ancestors(self, code: str) -> set[str]:
        """All that one ever stands below, near or far."""
        return {node for tree in self._branches for node in tree.path(code)[:-1]}

    def stays(self, node: str) -> tuple[Stay, ...]:
        """Whose figures, of which months, are those of a node; of one that reports its own."""
        return self._stays[node]

    @cached_property
    def dated_stays(self) -> tuple[Stay, ...]:
        """The stays of some months alone."""
        return tuple(stay for code in self.orgs for stay in self._stays[code] if stay.code != stay.leaf)

    @cached_property
    def addends(self) -> dict[str, tuple[str, ...]]:
        """
        What the figures of each node are added up from, a node after all that it is added up from.

        That is those directly below it whose own sums are its own in every month, and of the others the stays.
        """
        addends: dict[str, tuple[str, ...]] = {}
        for node in sorted((code for code, org in self.orgs.items() if not org.reports), key=lambda code: self.height[code]):
            settled = [child for child in self.children(node) if self._settled(child, node)]
            covered = {leaf for child in settled for leaf in self.leaves(child)}
            addends[node] = (*settled, *(stay.code for stay in self._stays[node] if stay.leaf not in covered))
        return addends

    @cached_property
    def height(self) -> dict[str, int]:
        """How many levels there ever are below each."""
        heights = dict.fromkeys(self.orgs, 0)
        for tree in self._branches:
            for code in tree.above:
                for up, node in enumerate(reversed(tree.path(code))):
                    heights[node] = max(heights[node], up)
        return heights

    def _settled(self, child: str, node: str) -> bool:
        """Whether one stands directly below a node in every month, over the same that report."""
        return all(tree.above.get(child) == node for tree in self._branches) and all(stay.code == stay.leaf for stay in self._stays[child])

    @cached_property
    def _stays(self) -> Mapping[str, tuple[Stay, ...]]:
        months: dict[str, dict[str, list[int]]] = {code: {} for code in self.orgs}  # by node and leaf the numbers of the trees it stands in
        for number, tree in enumerate(self._branches):
            for leaf in (code for code, org in self.orgs.items() if org.reports):
                for node in tree.path(leaf)[:-1]:
                    months[node].setdefault(leaf, []).append(number)
        own = {code: (Stay(code, code, None, None),) for code, org in self.orgs.items() if org.reports}
        place = {code: number for number, code in enumerate(self.orgs)}
        return {
            node: own.get(node) or tuple(stay for leaf in sorted(leaves, key=place.__getitem__) for stay in self._runs(leaf, node, leaves[leaf]))
            for node, leaves in months.items()
        }

    def _runs(self, leaf: str, node: str, numbers: Sequence[int]) -> Iterator[Stay]:
        """A stay for each run of trees that follow one another."""
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            trees = [number for _, number in run]
            first = self._turns[trees[0] - 1] if trees[0] else None
            last = self._turns[trees[-1]].plus(-1) if trees[-1] < len(self._turns) else None
            yield Stay(leaf, node, first, last)

    def _at(self, month: Month) -> _Branches:
        return self._branches[sum(turn <= month for turn in self._turns)]

    def _during(self, first: Month | None, last: Month | None) -> Sequence[_Branches]:
        start = sum(turn <= first for turn in self._turns) if first else 0
        end = sum(turn <= last for turn in self._turns) if last else len(self._turns)
        return self._branches[start : end + 1]


def overlaps(stay: Stay, first: Month | None, last: Month | None) -> bool:
    """Whether any of some months lies within a stay."""
    return (stay.first is None or last is None or stay.first <= last) and (stay.last is None or first is None or first <= stay.last)


def _from(code: str, below: Mapping[str, Sequence[Organisation]]) -> Iterator[Organisation]:
    for org in sorted(below.get(code, ()), key=lambda org: org.order):
        yield org
        yield from _from(org.code, below)
