"""
The office that a table is of: by the sender, by the hidden sheet, by a line 填报单位, by an answer given before, or by the title.

All that a sheet says is compared: one that names another office than the one it is sent for is refused.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.finding import Finding, Severity
from kpi.place import Place
from kpi.workbook.answer_mapping import AnswerMapping, answer_key
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.forms.whose_organisation import is_bureau, without_org
from kpi.workbook.layout.labelled_lines import Label
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.naming import name_key
from kpi.workbook.report import Question, QuestionKind

_TELL_OFFICE = "在报表导入页选定科室"
_LIKE = 0.5  # a likeness below it is no candidate
_CERTAIN = 0.95  # the most that a candidate of a question may be


@dataclass(frozen=True, slots=True)
class OfficeOf:
    """The office of a table, None where nothing says so, and the findings and questions about it."""

    office: str | None
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


def find_office(catalog: Catalog, text: str) -> Office | None:
    """The office called so by code, name or alias; the name of the bureau or of an organisation may stand before it."""
    key = name_key(text)
    wanted = (key, without_org(catalog, key))
    for office in catalog.offices.values():
        if any(name_key(name) in wanted for name in (office.code, office.name, *office.aliases)):
            return office
    return None


def office_of(
    catalog: Catalog,
    table: Table,
    requested: str | None,
    answers: AnswerMapping,
    owners: Counter[str],
    *,
    meta: Statement | None,
    lines: Mapping[Label, Sequence[Statement]],
    titles: Sequence[Statement],
) -> OfficeOf:
    """
    Whose table it is.

    Args:
        catalog: Its offices.
        table: The table.
        requested: The code of the office, when the sender says so.
        answers: What has been answered before.
        owners: How many of its rows belong to which office.
        meta: What the hidden sheet of the template says.
        lines: What stands behind the labels around the table.
        titles: Its titles, the weightiest first.

    """
    shown = (line for line in lines.get(Label.OFFICE, ()) if line.text)
    line = next((line for line in shown if not is_bureau(catalog, line.text)), None)
    named = find_office(catalog, line.text) if line else None
    owner = catalog.offices.get(meta.text) if meta else None
    key = answer_key(QuestionKind.OFFICE, line.text if line else "/".join(_words(table, titles)))
    answered = catalog.offices.get(answers.answer(table.layout, key) or "")
    chosen = catalog.offices.get(requested) if requested else owner or named or answered or _titled(catalog, titles)
    if chosen is None:
        return _unknown(catalog, table, line, owners, key)
    findings = []
    if line and named is None and answered is None:
        seen = f"科室名单里没有「{line.text}」，按{chosen.name}读取"
        findings.append(Finding("unknown-office", Severity.CHECK, line.place, seen, f"请把填报单位写成「{chosen.name}」"))
    for place, other in ((line.place if line else None, named), (Place(table.sheet.name), owner)):
        if place and other and other.code != chosen.code:
            seen = f"这是{other.name}的报表，不是{chosen.name}的"
            findings.append(Finding("wrong-office", Severity.BLOCK, place, seen, f"请改选{other.name}，或上传{chosen.name}的报表"))
            break
    return OfficeOf(chosen.code, tuple(findings))


def office_in_names(catalog: Catalog, hints: Sequence[str], owners: Counter[str]) -> Office | None:
    """The office that the name of the file, or of a folder, says where the sheet names none, if all measures of the table are its own."""
    if len(owners) != 1:
        return None
    office = catalog.offices[next(iter(owners))]
    keys = [name_key(hint) for hint in hints]
    return office if any(name_key(name) in key for name in (office.name, *office.aliases) if len(name) > 1 for key in keys) else None


def _unknown(catalog: Catalog, table: Table, line: Statement | None, owners: Counter[str], key: str) -> OfficeOf:
    place, text = (line.place, line.text) if line else (Place(table.sheet.name), "")
    seen = f"科室名单里没有「{text}」" if line else "表上没有写填报单位"
    way_out = "请改成指标目录中的科室名称" if line else "请在表头上方写明「填报单位：科室名称」"
    likely: dict[str, float] = {code: round(_CERTAIN * count / owners.total(), 2) for code, count in owners.items()}
    for office in catalog.offices.values() if line else ():
        likeness = max(SequenceMatcher(None, name_key(text), name_key(name)).ratio() for name in (office.name, *office.aliases))
        if likeness >= _LIKE:
            likely[office.code] = max(likely.get(office.code, 0.0), round(min(likeness, _CERTAIN), 2))
    candidates = tuple(sorted(likely.items(), key=lambda pair: -pair[1])[:3])
    finding = Finding("unknown-office", Severity.BLOCK, place, seen, f"{way_out}，或{_TELL_OFFICE}")
    return OfficeOf(None, (finding,), (Question(QuestionKind.OFFICE, place, text, candidates, table.layout, key),))


def _titled(catalog: Catalog, titles: Sequence[Statement]) -> Office | None:
    """The office whose name or sheet the title or the sheet's name contains; the longest name wins."""
    keys = [name_key(title.text) for title in titles]
    matches = [
        (len(name), office)
        for office in catalog.offices.values()
        for name in (office.name, office.template, *(alias for alias in office.aliases if len(alias) > 2))
        if any(name_key(name) in key for key in keys)
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _words(table: Table, titles: Sequence[Statement]) -> list[str]:
    """What tells this table from others with the same headings: its title and its first rows."""
    rows = [table.spread.cell(row, column).text for row in list(table.rows())[:8] for column in table.labels[-1:]]
    return [re.sub(r"\d+", "#", name_key(text)) for text in (*(title.text for title in titles[:1]), *rows)]
