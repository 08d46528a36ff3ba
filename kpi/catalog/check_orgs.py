"""The organisations must make one tree in every month: one root, no circle, and somebody below every node who reports."""

from collections.abc import Iterator, Mapping, Sequence

from kpi.catalog.draft import Draft, DraftEntry
from kpi.catalog.fault_line import nearest
from kpi.catalog.organisation import Organisation, Validity
from kpi.catalog.tree import turns
from kpi.period import Month

_Orgs = Mapping[str, DraftEntry[Organisation]]
_EVER = Month(1950, 1)  # a month before all that reports are about


def organisations(draft: Draft) -> Iterator[str]:
    """Faults of the tree: those of each organisation, then, where there are none, those of the trees that they make."""
    entries = draft.of(Organisation)
    faults = [*_stretches(entries), *_unknown(entries, draft), *_roots(entries)]
    yield from faults
    orgs = {org.noun.code: org for org in entries}
    months = [_EVER, *turns(org.noun for org in entries)]
    circles = [] if _disordered(entries) else list(_circles(orgs, months))
    yield from circles
    if entries and len(entries) == len(draft.named["org"]) and not faults and not circles:
        alone = list(_alone(orgs, months))
        yield from alone
        if not alone:
            yield from _silent(entries, months)


def _disordered(entries: Sequence[DraftEntry[Organisation]]) -> bool:
    return any(fault for org in entries for fault in _of_stretches(org.noun))


def _stretches(entries: Sequence[DraftEntry[Organisation]]) -> Iterator[str]:
    yield from (org.where.says(fault) for org in entries for fault in _of_stretches(org.noun))


def _of_stretches(org: Organisation) -> Iterator[str]:
    """Months that end before they begin, that overlap, or that lie between two parents."""
    if org.parent and org.parents:
        yield "parent 和 parents 只能写一个：一直在同一个上级下面的写 parent，先后在几个上级下面的写 parents"
    if not org.parent and not org.parents and (org.first or org.last):
        yield "最上级一直都在，不写 from 和 until"
    if _ends_early(org):
        yield f"until（{org.last}）早于 from（{org.first}）"
    ended = False
    for position, parent in enumerate(org.parents, 1):
        if _ends_early(parent):
            ended = True
            yield f"parents 的第 {position} 项 until（{parent.last}）早于 from（{parent.first}）"
    if org.parents and not ended:
        yield from _gaps(org)


def _ends_early(months: Validity) -> bool:
    return months.first is not None and months.last is not None and months.last < months.first


def _gaps(org: Organisation) -> Iterator[str]:
    """Months in which there is one, but below two or below nobody."""
    before, after = org.parents[0], org.parents[-1]
    if before.first and (org.first is None or org.first < before.first):
        yield f"{before.first} 以前没有上级；那时还没有设立的，请写 from，否则请把 parents 补全"
    for earlier, later in zip(org.parents, org.parents[1:], strict=False):
        if earlier.last is None or later.first is None or later.first <= earlier.last:
            yield f"parents 里「{earlier.parent}」和「{later.parent}」的月份重叠；后一个的 from 应是前一个 until 的下一个月"
        elif later.first != earlier.last.plus(1):
            yield f"parents 里 {earlier.last.plus(1)} 至 {later.first.plus(-1)} 没有上级；后一个的 from 应是前一个 until 的下一个月"
    if after.last and (org.last is None or after.last < org.last):
        yield f"{after.last} 以后没有上级；已经撤销的，请写 until，否则请把 parents 补全"


def _unknown(entries: Sequence[DraftEntry[Organisation]], draft: Draft) -> Iterator[str]:
    """Codes that lead nowhere, and successors that cannot carry on."""
    codes, orgs = draft.named["org"], {org.noun.code: org.noun for org in entries}
    nodes = {above for org in orgs.values() for above in org.everywhere}
    for org in entries:
        for above in org.noun.everywhere:
            if above not in codes:
                key = "parents 里" if org.noun.parents else "parent "
                yield org.where.says(f"{key}写的上级机构「{above}」不存在{nearest(above, codes)}")
        if not (code := org.noun.successor):
            continue
        heir = orgs.get(code)
        if code not in codes:
            yield org.where.says(f"successor 写的承接机构「{code}」不存在{nearest(code, codes)}")
        elif org.noun.last is None:
            yield org.where.says("写了 successor，就要写 until，即撤销前的最后一个月")
        elif heir is not None and (code == org.noun.code or not heir.holds(org.noun.last.plus(1))):
            yield org.where.says(f"successor 写的承接机构「{code}」在 {org.noun.last.plus(1)} 不存在，不能承接；请改写那时还在的机构")
        elif heir is not None and code in nodes and org.noun.code not in nodes:
            yield org.where.says(f"successor 写的承接机构「{code}」自己不报数，不能承接；请改写一个报数的机构")


def _roots(entries: Sequence[DraftEntry[Organisation]]) -> Iterator[str]:
    roots = [org for org in entries if not org.noun.everywhere]
    for org in roots[1:]:
        yield org.where.says(f"没有写 parent，而 {roots[0].noun.code} 已经是最上级；最上级只能有一个，请写明上级机构")


def _circles(orgs: _Orgs, months: Sequence[Month]) -> Iterator[str]:
    """Each circle of parents once, from its first organisation in the file, in the first month that has it."""
    known: set[frozenset[str]] = set()
    for month in months:
        seen: set[str] = set()
        for code in orgs:
            path: list[str] = []
            above = code
            while above in orgs and above not in path and above not in seen:
                path.append(above)
                above = orgs[above].noun.above(month) or ""
            if above in path and frozenset(circle := path[path.index(above) :]) not in known:
                known.add(frozenset(circle))
                yield orgs[circle[0]].where.says(f"{_since(month)}上级关系成了一圈：{' → '.join([*circle, circle[0]])}；请改正其中一个的 parent")
            seen.update(path)


def _alone(orgs: _Orgs, months: Sequence[Month]) -> Iterator[str]:
    """Organisations below one that there is not in some month, each for the first such month."""
    named: set[str] = set()
    for month in months:
        for code, org in orgs.items():
            above = org.noun.above(month)
            if above and code not in named and orgs[above].noun.above(month) is None:
                named.add(code)
                when = f"在 {month} " if month != _EVER else f"起初（{orgs[above].noun.first} 以前）"
                yield org.where.says(f"上级「{above}」{when}不存在；请写明那时的上级（parents），或本机构的 from、until")


def _silent(entries: Sequence[DraftEntry[Organisation]], months: Sequence[Month]) -> Iterator[str]:
    """Nodes that report although others stand below them, and nodes below which nobody reports in some month."""
    nodes = {above for org in entries for above in org.noun.everywhere}
    deaf: set[str] = set()
    for org in entries:
        if org.noun.code in nodes and org.noun.reports:
            deaf.add(org.noun.code)
            yield org.where.says("下面还有机构，数由下级汇总得出，自己不能再报；请删去 reports = true，本级自己的数另立一个下级机构来报")
    for month in months:
        above = {org.noun.code: org.noun.above(month) for org in entries}
        heard: set[str] = set()
        for org in entries:
            code: str | None = org.noun.code
            if code not in nodes and org.noun.reports is not False and above[org.noun.code] is not None:
                while code and code not in heard:
                    heard.add(code)
                    code = above[code]
        for org in entries:
            code = org.noun.code
            if above[code] is not None and code not in heard | deaf and (code in nodes or not org.noun.everywhere):
                deaf.add(code)
                end = "，或写明它的 from、until" if month != _EVER else ""
                yield org.where.says(f"{_since(month)}下面没有一个报数的机构；请至少让一个下级报数（reports = true）{end}")


def _since(month: Month) -> str:
    """From when on something is wrong; empty where it always was."""
    return "" if month == _EVER else f"{month} 起"
