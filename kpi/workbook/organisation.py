"""
Whose figures they are where there are several organisations: told, or by a name on the sheet, of the file or of its folder.

A name may stand anywhere in a title, with those of the organisations above it before it: 江城市东湖区市场监督管理局月报表 is of
东湖区.  A text that names two that are not above one another names none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import Organisation
from kpi.errors import RequestError
from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.workbook.naming import name_key
from kpi.workbook.report import Asked, Question
from kpi.workbook.said import Said

_CANDIDATES = 5
_LONGEST = 40  # letters of a name


@dataclass(frozen=True, slots=True)
class Whose:
    """The organisation a table is of, None where nothing says so, and what is to be said or asked about it."""

    org: str | None
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def find_org(catalog: Catalog, text: str) -> Organisation | None:
    """The organisation called so by code, name or alias."""
    return catalog.orgs.get(_called(catalog).get(_key(text), _key(text)))


def org_in(catalog: Catalog, text: str) -> Organisation | None:
    """The organisation that a text names, the lowest of those in one line of the tree; None when it names none, or several."""
    key, called = _key(text), _called(catalog)
    held = {key[start:end] for start in range(len(key)) for end in range(start + 1, min(start + _LONGEST, len(key)) + 1)} & called.keys()
    found = {called[name]: name for name in sorted(held, key=len)}
    longest = {code for code, name in found.items() if not any(name != other and name in other for other in found.values())}
    lowest = [code for code in longest if not any(code in catalog.path(other)[:-1] for other in longest)]
    return catalog.orgs[lowest[0]] if len(lowest) == 1 else None


def without_org(catalog: Catalog, key: str) -> str:
    """The key of a text without the name of an organisation before it: 东湖区市场监督管理局食品科 is 食品科."""
    called = _called(catalog)
    return next((key[length:] for length in range(len(key) - 1, 0, -1) if _key(key[:length]) in called), key)


def check_told(catalog: Catalog, org: str | None) -> None:
    """
    See that a told organisation can send sheets.

    Raises:
        RequestError: There is none of this code, or it stands for others.

    """
    if org is not None and org not in catalog.orgs:
        raise RequestError(f"没有代码为「{org}」的单位；请从指标目录的机构中选一个。")
    if org is not None and not catalog.orgs[org].reports:
        raise RequestError(f"{catalog.orgs[org].name}自己不报数，它的数由下级机构汇总得出；请选报数的单位。")


def whose(catalog: Catalog, told: str | None, meta: Said | None, said: Sequence[Said], hints: Iterable[str], place: Place) -> Whose:
    """
    Whose figures they are.

    Args:
        catalog: Its organisations.
        told: The code of the organisation, when the sender says so.
        meta: What the hidden sheet of the template says.
        said: What the sheet shows of itself, the weightiest first.
        hints: The name of the file, then those of its folders, the nearest first.
        place: Where to say that nothing is known.

    """
    if not catalog.branched:
        return Whose(catalog.root)
    issued = [(org, meta)] if meta and (org := catalog.orgs.get(meta.text)) else []
    shown = [*issued, *((org, title) for title in said if (org := org_in(catalog, title.text)))]
    hinted = next((org for hint in hints if (org := org_in(catalog, hint)) and org.reports), None)
    chosen = catalog.orgs[told] if told else next((org for org, _ in shown if org.reports), None) or hinted
    if chosen is None:
        return _unknown(catalog, shown, place)
    findings = []
    for org, title in shown:
        if org.code not in catalog.path(chosen.code):
            seen = f"这是{org.name}的报表，不是{chosen.name}的"
            findings.append(Finding("wrong-org", Severity.BLOCK, title.place, seen, f"请改选{org.name}，或上传{chosen.name}的报表"))
            break
    if hinted and hinted.code != chosen.code:
        seen = f"文件或文件夹的名称写的是{hinted.name}，这份按{chosen.name}读取"
        findings.append(Finding("org-mismatch", Severity.CHECK, place, seen, "请确认是哪个单位的数"))
    return Whose(chosen.code, tuple(findings))


def _unknown(catalog: Catalog, shown: Sequence[tuple[Organisation, Said]], place: Place) -> Whose:
    leaves = [leaf for org, _ in shown for leaf in catalog.leaves(org.code)] or list(catalog.leaves(catalog.root))
    seen = f"只写了{shown[0][0].name}，看不出是下面哪个单位的数" if shown else "看不出是哪个单位的数"
    remedy = f"请把「填报单位」写成{catalog.orgs[leaves[0]].name}这样的单位全称，或让文件名带上单位名称，或在报表导入页选定单位"
    likely = tuple((leaf, round(0.9 / len(leaves), 2)) for leaf in dict.fromkeys(leaves)) if len(leaves) <= _CANDIDATES else ()
    at = shown[0][1].place if shown else place
    return Whose(None, (Finding("unknown-org", Severity.BLOCK, at, seen, remedy),), (Question(Asked.ORG, at, "", likely),))


def _called(catalog: Catalog) -> dict[str, str]:
    """The codes of organisations by the keys of their names; gathered once for a catalogue, which may have thousands."""
    known: dict[str, str] | None = catalog.__dict__.get("called_orgs")
    if known is None:
        known = catalog.__dict__["called_orgs"] = {_key(name): org.code for org in catalog.orgs.values() for name in (org.name, *org.aliases)}
    return known


def _key(text: str) -> str:
    """Two spellings of one bureau are alike: 市场监督管理局 and 市场监管局."""
    return name_key(text).replace("监督管理", "监管")
