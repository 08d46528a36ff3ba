"""Whose a superior's form is by its own words: one that names another organisation over its table is filled with nobody else's figures."""

import re
from collections.abc import Iterator, Sequence

from kpi.catalog.model import Catalog
from kpi.errors import WorkbookError
from kpi.papers.writing.superior_cells import line_names
from kpi.place import Place, cell_name
from kpi.workbook.forms.bureau_names import org_key
from kpi.workbook.forms.whose_organisation import org_in
from kpi.workbook.grid import Sheet

_LABEL_AND_NAME = 2  # filled cells of a row over a table, at most: a title, or 填报单位 and what stands beside it
_LABEL = re.compile(r"(?:填报|报送|填表|编报|编制|上报|制表)(?:单位|机构|部门)")


def require_subject(sheets: Sequence[Sheet], catalog: Catalog, org: str) -> None:
    """
    Refuse a form whose title or 填报单位 names another organisation than the one to be filled in; a superior's name stands on forms of theirs.

    Raises:
        WorkbookError: It does.

    """
    for sheet in sheets if catalog.branched else ():
        for place, text, labelled in _texts_above(sheet):
            named = org_in(catalog, text)
            if named is None or catalog.is_below(org, named.code) or (not labelled and org_key(text) in line_names(named)):
                continue  # a bare name that nothing says more of begins a line
            own = catalog.orgs[org].name
            raise WorkbookError(f"{place}：这里写的是{named.name}，要填的是{own}，没有填；请核对单位，或先改正表上写的单位。")


def _texts_above(sheet: Sheet) -> Iterator[tuple[Place, str, bool]]:
    """The texts over the table of a sheet, and whether each is at its very head or has the label of who fills it in beside it."""
    head = min(sheet.rows, default=0)
    for row in sorted(sheet.rows):
        texts = {column: cell.text for column, cell in sheet.rows[row].items() if cell.text.strip()}
        if len(texts) > _LABEL_AND_NAME:
            return
        labelled = row == head or any(_LABEL.search(text) for text in texts.values())
        yield from ((Place(sheet.name, cell_name(row, column)), text, labelled) for column, text in texts.items())
