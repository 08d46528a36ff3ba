"""
Forms that are being filled in (草稿): kept as somebody types, for an account, an organisation, an office and a month.

They lie where the files of a desk lie, sealed and named by nothing that stands on the disk, and go with them seven days
after the last change.  Where there is no login a form is of everybody at the machine.
"""

import hmac
import json
from dataclasses import replace
from hashlib import sha256

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import KpiError, StoreError
from kpi.filing.web_form import WebForm, cells_of, web_form
from kpi.period import Month
from kpi.workbook.writing.template_cells import FormColumn

_NAME_LENGTH = 32  # hexadecimal digits of the name of a draft
_NOT_KEPT = "草稿没有存下（磁盘满了、写不进去，或者没有入库的草稿太多）；填的还在这一页上，请不要关掉，可以照常入库。"


def keep_form(bureau: LiveBureau, form: WebForm) -> None:
    """
    Keep a form in the place of what was kept of it before; a blank one is kept no longer.

    Raises:
        DeniedError: The caller may not submit for the office.
        StoreError: The disk refuses, or there are too many drafts.

    """
    bureau.require(Right.SUBMIT, form.org, form.office)
    if form.blank:
        discard_form(bureau, form)
        return
    draft = _draft(bureau, form.org, form.office, form.period)
    cells = [[code, column.value, text] for (code, column), text in form.cells.items()]
    try:
        kept = bureau.drafts.keep(draft, str(form.period), json.dumps(cells, ensure_ascii=False).encode())
    except StoreError:
        raise StoreError(_NOT_KEPT) from None
    for earlier in bureau.drafts.keys(draft):
        if earlier < kept.key:
            bureau.drafts.remove(draft, earlier)


def kept_form(bureau: LiveBureau, org: str, office: str, period: Month) -> WebForm | None:
    """What the caller has typed and not yet submitted, in the cells that the sheet still has; None where there is nothing."""
    files = bureau.drafts.files(_draft(bureau, org if bureau.catalog.branched else None, office, period))
    if not files:
        return None
    try:
        cells = {(code, FormColumn(column)): text for code, column, text in json.loads(files[-1].data)}
        there = cells_of(bureau.catalog, office, period)
        fitting = {cell: text for cell, text in cells.items() if cell in there}
        return replace(web_form(bureau.catalog, org, office, period, fitting), gone=len(cells) - len(fitting))
    except (ValueError, KpiError):
        return None


def discard_form(bureau: LiveBureau, form: WebForm) -> None:
    """Keep a form no longer."""
    bureau.drafts.discard(_draft(bureau, form.org, form.office, form.period))


def _draft(bureau: LiveBureau, org: str | None, office: str, period: Month) -> str:
    """The name of the draft, which only who has the key of the data folder can tell."""
    return hmac.new(bureau.store.secret.encode(), f"form {org} {office} {period}".encode(), sha256).hexdigest()[:_NAME_LENGTH]
