"""What of an organisation is another one from some month on (机构变动): who came to it, who left it, who it carries on for."""

from dataclasses import dataclass
from enum import StrEnum

from kpi.catalog.organisation import Organisation
from kpi.catalog.tree import Tree
from kpi.period import Month


class MoveKind(StrEnum):
    """What happened, as the node sees it whose figures are other ones since."""

    FOUNDED = "设立"  # below it, or itself where no organisation is named
    JOINED = "划入"
    MERGED = "并入"  # a dissolved one, into the node itself or into one below it
    LEFT = "划出"
    DISSOLVED = "撤销"  # below it, and nobody below it carries on; or itself


@dataclass(frozen=True, slots=True)
class Move:
    """One change of what belongs to an organisation, from the first day of a month on."""

    month: Month
    change: MoveKind
    org: str  # who came or went; the organisation itself where it was founded or dissolved
    name: str
    other: str  # the name of who it left for or is carried on by; empty where there is none


def carried_on_by(tree: Tree, code: str, month: Month) -> Organisation | None:
    """Who carries on the work of a dissolved organisation in a month, over several dissolutions; None where there is no such organisation."""
    org: Organisation | None = tree.orgs[code]
    while org is not None and org.last is not None and org.last < month:
        org = tree.orgs.get(org.successor)
    return None if org is None or org.code == code else org


def moves(tree: Tree, node: str) -> tuple[Move, ...]:
    """The changes of what belongs to an organisation, ascending; what is carried on below the same node is no change of that node."""
    return tuple(move for month in tree.changes for code in tree.changing[month] if (move := _seen_from(tree, node, code, month)))


def _seen_from(tree: Tree, node: str, code: str, month: Month) -> Move | None:
    """What happened to an organisation in a month, as a node sees it; None where that is nothing to the node."""
    org, was, now = tree.orgs[code], tree.path(code, month.plus(-1)), tree.path(code, month)
    heir = tree.orgs.get(org.successor)
    carried_on = tree.path(heir.code, month) if heir else ()
    if code == node:
        if was and now:
            return None
        return Move(month, MoveKind.FOUNDED if now else MoveKind.DISSOLVED, code, org.name, heir.name if heir and not now else "")
    if (node in was) == (node in (now or carried_on)):
        return None
    if node in was:
        return (
            Move(month, MoveKind.LEFT, code, org.name, tree.orgs[now[-2]].name)
            if now
            else Move(month, MoveKind.DISSOLVED, code, org.name, heir.name if heir else "")
        )
    if not now:
        return Move(month, MoveKind.MERGED, code, org.name, heir.name if heir and heir.code != node else "")
    if was:
        return Move(month, MoveKind.JOINED, code, org.name, "")
    replaced = any(node in tree.path(other, month.plus(-1)) for other in tree.changing[month] if tree.orgs[other].successor == code)
    return None if replaced else Move(month, MoveKind.FOUNDED, code, org.name, "")
