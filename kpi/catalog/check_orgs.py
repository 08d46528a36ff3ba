"""The organisations must make one tree: one root, no circle, and somebody below every node who reports."""

from collections.abc import Iterator, Mapping

from kpi.catalog.draft import Draft, Found
from kpi.catalog.fault import nearest
from kpi.catalog.organisation import Organisation


def organisations(draft: Draft) -> Iterator[str]:
    """Faults of the tree."""
    found = draft.of(Organisation)
    orgs = {one.entry.code: one for one in found}
    astray = [one for one in found if one.entry.parent and one.entry.parent not in draft.named["org"]]
    for one in astray:
        yield one.where.says(f"parent 写的上级机构「{one.entry.parent}」不存在{nearest(one.entry.parent, draft.named['org'])}")
    roots = [one for one in found if not one.entry.parent]
    for one in roots[1:]:
        yield one.where.says(f"没有写 parent，而 {roots[0].entry.code} 已经是最上级；最上级只能有一个，请写明上级机构")
    circles = list(_circles(orgs))
    for circle in circles:
        yield orgs[circle[0]].where.says(f"上级关系成了一圈：{' → '.join([*circle, circle[0]])}；请改正其中一个的 parent")
    if found and len(found) == len(draft.named["org"]) and len(roots) == 1 and not astray and not circles:
        yield from _silent(found)


def _circles(orgs: Mapping[str, Found[Organisation]]) -> Iterator[list[str]]:
    """Each circle of parents once, from its first organisation in the file."""
    told: set[str] = set()
    for code in orgs:
        path: list[str] = []
        while code in orgs and code not in path and code not in told:
            path.append(code)
            code = orgs[code].entry.parent
        if code in path:
            yield path[path.index(code) :]
        told.update(path)


def _silent(found: list[Found[Organisation]]) -> Iterator[str]:
    """Nodes that report although others stand below them, and nodes below which nobody reports."""
    parents = {one.entry.parent for one in found}
    above = {one.entry.code: one.entry.parent for one in found}
    heard: set[str] = set()
    for one in found:
        code = one.entry.code
        if code not in parents and one.entry.reports is not False:
            while code:
                heard.add(code)
                code = above[code]
    for one in found:
        if one.entry.code in parents and one.entry.reports:
            yield one.where.says("下面还有机构，数由下级汇总得出，自己不能再报；请删去 reports = true，本级自己的数另立一个下级机构来报")
        elif one.entry.code not in heard and (one.entry.code in parents or not one.entry.parent):
            yield one.where.says("下面没有一个报数的机构；请至少让一个下级报数（reports = true）")
