"""
Whose figures they are where there are several organisations: as the sender says, or by a name on the sheet, of the file or of its folder.

A name may stand anywhere in a title, with those of the organisations above it before it: 江城市东湖区市场监督管理局月报表 is of
东湖区.  A text that names two that are not above one another names none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import Organisation
from kpi.catalog.organisation_moves import carried_on_by
from kpi.errors import RequestError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.forms.bureau_names import BUREAU, Level, org_key, read_name
from kpi.workbook.forms.organisation_mentions import Mentions, code_of, mentions
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.report import Question, QuestionKind

_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Whose:
    """The organisation a table is of, None where nothing says so, and the findings and questions about it."""

    org: str | None
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def find_org(catalog: Catalog, text: str) -> Organisation | None:
    """The organisation called so by code, name or alias."""
    key = org_key(text)
    return catalog.orgs.get(code_of(catalog, key) or key)


def is_bureau(catalog: Catalog, text: str) -> bool:
    """Whether a text is the name of one of ours or of a superior, and nothing else."""
    return find_org(catalog, text) is not None or mentions(catalog, text).superiors == (org_key(text),)


def org_in(catalog: Catalog, text: str) -> Organisation | None:
    """The organisation that a text names, the lowest of those in one line of the tree; None when it names none, or several."""
    lowest = _lowest(catalog, mentions(catalog, text).orgs)
    return catalog.orgs[lowest[0]] if len(lowest) == 1 else None


def _lowest(catalog: Catalog, orgs: Sequence[str]) -> list[str]:
    """The organisations that no other of them ever stands below."""
    return [code for code in orgs if not any(code in catalog.tree.ancestors(other) for other in orgs)]


def without_org(catalog: Catalog, key: str) -> str:
    """The key of a text without the name of an organisation before it: 东湖区市场监督管理局食品科 is 食品科."""
    return next((key[length:] for length in range(len(key) - 1, 0, -1) if code_of(catalog, org_key(key[:length]))), key)


def check_requested_org(catalog: Catalog, org: str | None) -> None:
    """
    See that the organisation that a sender names can send sheets.

    Raises:
        RequestError: There is none of this code, or it stands for others.

    """
    if org is not None and org not in catalog.orgs:
        raise RequestError(f"没有代码为「{org}」的单位；请从指标目录的机构中选一个。")
    if org is not None and not catalog.orgs[org].reports:
        raise RequestError(f"{catalog.orgs[org].name}自己不报数，它的数由下级机构汇总得出；请选报数的单位。")


def whose_ledger(
    catalog: Catalog, requested: str | None, statements: Sequence[Statement], hints: Sequence[str], place: Place, months: Sequence[Month]
) -> Whose:
    """Whose a ledger is, as `whose` says; in a bureau called by no place another district's name over it has to be confirmed too."""
    if catalog.branched:
        return whose(catalog, requested, None, statements, hints, place, months)
    return Whose(catalog.root, tuple(_alone(catalog, statements, hints, place, nameless=Severity.CHECK)))


def whose(
    catalog: Catalog,
    requested: str | None,
    meta: Statement | None,
    statements: Sequence[Statement],
    hints: Sequence[str],
    place: Place,
    months: Sequence[Month] = (),
) -> Whose:
    """
    Whose figures they are.

    Args:
        catalog: Its organisations.
        requested: The code of the organisation, when the sender says so.
        meta: What the hidden sheet of the template says.
        statements: What the sheet shows of itself, the weightiest first.
        hints: The name of the file, then those of its folders, the nearest first.
        place: Where to say that nothing is known.
        months: The months of the table, ascending, as far as they are known.

    """
    if not catalog.branched:
        return Whose(catalog.root, tuple(_alone(catalog, statements, hints, place)))
    named = [(title, mentions(catalog, title.text)) for title in statements]
    issued = [(org, meta)] if meta and (org := catalog.orgs.get(meta.text)) else []
    shown = [*issued, *((catalog.orgs[lowest[0]], title) for title, mentioned in named if len(lowest := _lowest(catalog, mentioned.orgs)) == 1)]
    hinted = next((org for hint in hints if (org := org_in(catalog, hint)) and org.reports), None)
    chosen = catalog.orgs[requested] if requested else next((org for org, _ in shown if org.reports), None) or hinted
    strange = _strange(catalog, named, hints, place)
    if chosen is None or (requested is None and strange and not shown):
        return _unknown(catalog, shown, strange, place, months)
    findings = _contradictions(catalog, chosen, shown, named, months)
    if strange and not findings:
        words, at = strange[0]
        seen = f"{words}，机构名单里没有，这份按{chosen.name}读取"
        findings = [Finding("org-mismatch", Severity.CHECK, at, seen, f"请确认是{chosen.name}的数；不是的不要报送，要收这个单位的数，请先在指标目录登记")]
    if hinted and hinted.code != chosen.code:
        seen = f"文件或文件夹的名称写的是{hinted.name}，这份按{chosen.name}读取"
        findings.append(Finding("org-mismatch", Severity.CHECK, place, seen, "请确认是哪个单位的数"))
    return Whose(chosen.code, tuple(findings))


def _alone(catalog: Catalog, statements: Sequence[Statement], hints: Sequence[str], place: Place, *, nameless: Severity = Severity.HINT) -> Iterator[Finding]:
    """
    The finding about a sheet of a bureau that stands alone, which is of another bureau by its words.

    Another district is a CHECK.  A superior may only have issued the form, and what stands over a city's sheet may be a part of
    the city: either is a HINT.  A bureau that is called by no place may be the one that is named: it is as grave as ``nameless``.
    """
    own = read_name(org_key(catalog.bureau))
    named = [(title, mentions(catalog, title.text)) for title in statements]
    of_city = own.level > Level.DISTRICT
    strange = _strange(catalog, named, hints, place, bureaus=of_city)
    ours = f"，本局名称是「{catalog.bureau}」，这份按本局的读取"
    if strange:
        words, at = strange[0]
        severity = Severity.HINT if of_city else Severity.CHECK if own.district else nameless
        if own.district and own.district in org_key(words):  # a part of ours: 西山区市场监管局西苑所
            remedy = "只是本局一个所、队的数：报表请汇总全局的数再报；台账，或数已是全局的，写明说明后可以入库"
        else:
            remedy = "请确认是本局的数，不是的不要报送；就是本局的，写明说明后可以入库，请管理员在指标目录 bureau.toml 的 name 写全本局名称，以后不再问"
        yield Finding("org-mismatch", severity, at, f"{words}{ours}", remedy)
    elif not any(mentioned.orgs or (own.district and own.district in org_key(title.text)) for title, mentioned in named):
        above = next(((name, title.place) for title, mentioned in named for name in mentioned.superiors), None)
        if above:
            remedy = "上级制发的报表，数是本局的，不用改；是上级全部的数，请不要报送"
            yield Finding("org-mismatch", Severity.HINT, above[1], f"这里写的是上级「{above[0]}」{ours}", remedy)


def _strange(
    catalog: Catalog, named: Sequence[tuple[Statement, Mentions]], hints: Sequence[str], place: Place, *, bureaus: bool = False
) -> list[tuple[str, Place]]:
    """The names of organisations that are none of ours, each in words and with where it stands; ``bureaus`` leaves out those of mere places."""
    strange = [(name, f"这里写的是「{name}」", title.place) for title, mentioned in named for name in mentioned.strangers]
    strange += [(name, f"文件或文件夹的名称写的是「{name}」", place) for hint in hints for name in mentions(catalog, hint).strangers]
    return [(words, at) for name, words, at in strange if name.endswith(BUREAU) or not bureaus]


def _contradictions(
    catalog: Catalog,
    chosen: Organisation,
    shown: Sequence[tuple[Organisation, Statement]],
    named: Sequence[tuple[Statement, Mentions]],
    months: Sequence[Month],
) -> list[Finding]:
    """The first text that names another organisation than the chosen one, or others beside it."""
    line = {chosen.code, *catalog.tree.ancestors(chosen.code)}
    for org, title in shown:
        if org.code not in line and months and carried_on_by(catalog.tree, org.code, months[0]) == chosen:
            ended = f"它只到 {org.last.chinese}，此后由{chosen.name}承接" if org.last else ""
            seen = f"这是{org.name}的报表，{ended}，这份按{chosen.name}读取"
            remedy = f"请确认是{chosen.name}承接以后的数：入库后它就是{chosen.name}这个月的报表；确实如此的，写明说明后可以入库"
            return [Finding("org-mismatch", Severity.CHECK, title.place, seen, remedy)]
        if org.code not in line:
            seen = f"这是{org.name}的报表，不是{chosen.name}的"
            return [Finding("wrong-org", Severity.BLOCK, title.place, seen, f"请改选{org.name}，或上传{chosen.name}的报表")]
    for title, mentioned in named:
        if others := [catalog.orgs[code].name for code in mentioned.orgs if code not in line]:
            seen = f"这里写了{'、'.join(others)}{f'和{chosen.name}' if chosen.code in mentioned.orgs else ''}，这份按{chosen.name}读取"
            return [Finding("org-mismatch", Severity.CHECK, title.place, seen, f"请确认全部是{chosen.name}的数；几个单位合在一张表上的，请分开报送")]
    return []


def _unknown(
    catalog: Catalog, shown: Sequence[tuple[Organisation, Statement]], strange: Sequence[tuple[str, Place]], place: Place, months: Sequence[Month]
) -> Whose:
    leaves = [leaf for org, _ in shown for leaf in _there(catalog, org.code, months)] or _there(catalog, catalog.root, months)
    seen = f"只写了{shown[0][0].name}，看不出是下面哪个单位的数" if shown else "看不出是哪个单位的数"
    if strange and not shown:
        seen = f"{strange[0][0]}，机构名单里没有，看不出是哪个单位的数"
    remedy = f"请把「填报单位」写成{catalog.orgs[leaves[0]].name}这样的单位全称，或让文件名带上单位名称，或在报表导入页选定单位"
    likely = tuple((leaf, round(0.9 / len(leaves), 2)) for leaf in dict.fromkeys(leaves)) if len(leaves) <= _CANDIDATES else ()
    at = shown[0][1].place if shown else strange[0][1] if strange else place
    return Whose(None, (Finding("unknown-org", Severity.BLOCK, at, seen, remedy),), (Question(QuestionKind.ORG, at, "", likely),))


def _there(catalog: Catalog, node: str, months: Sequence[Month]) -> list[str]:
    """Those at or below a node that report in some months, of an unknown month those that are not dissolved; never none of the root."""
    every = catalog.leaves(node)
    there = catalog.leaves(node, months[0], months[-1]) if months else [leaf for leaf in every if catalog.orgs[leaf].last is None]
    return list(there) or (list(every) if node == catalog.root else [])
