"""What the titles of a table say beside time and bureau: what it is about, and whether it is the form of an office by its name in the catalogue."""

import re
from collections.abc import Sequence

from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import name_key

_INSIDE = re.compile(r"\([^()]*\)")
_CAPTION = re.compile(
    r"情况|统计|汇总|月报|报表|报告|一览|明细|进度|数据|工作|台账|表|年度|月度|年|月|份|区市场监管局|区市场监督管理局|市场监管局|市场监督管理局"
)


def captions_of(titles: Sequence[Statement], catalog: Catalog) -> tuple[str, ...]:
    """What the titles and the name of the sheet are about, without dates and the words of all titles."""
    captions = []
    for statement in titles:
        rest = find_months(name_key(written_out(_INSIDE.sub("", name_key(statement.text))))).rest
        for office in catalog.offices.values():
            rest = rest.replace(name_key(office.name), "")
        for org in catalog.orgs.values() if catalog.branched else ():
            rest = rest.replace(name_key(org.name), "")
        if words := _CAPTION.sub("", rest.replace(name_key(catalog.bureau), "")):
            captions.append(words)
    return tuple(dict.fromkeys(captions))


def is_template(title: Statement, office: Office | None, catalog: Catalog) -> bool:
    """Whether a title is what the catalogue calls the form of an office, but for its month: no word of it says that it is something else."""
    months = find_months(written_out(title.text))
    named = name_key(office.template) if office else ""
    return bool(named) and name_key(months.rest).strip("()") in (named, f"{name_key(catalog.bureau)}{named}") and months.years_back is None
