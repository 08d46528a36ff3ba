"""
What a form that is filled in on a page (网页填报) asks the server: ``POST /kpi/fill/check``, ``submit`` and ``discard``, JSON both ways.

``check`` keeps the draft and answers what the intake says of it, ``submit`` sends it like a file, ``discard`` forgets the draft.
The gate lets nothing through that does not come from a page of ours; whose form it may be is asked of the bureau each time.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.documents.json_document import Document, document_text
from kpi.errors import KpiError, RequestError, StoreError
from kpi.filing.form_check import FormCheck, check_form, submit_form
from kpi.filing.form_drafts import discard_form, keep_form
from kpi.filing.prepared import Outcome
from kpi.filing.two_steps import refers
from kpi.filing.web_form import WebForm, web_form
from kpi.period import Month
from kpi.present import numbers
from kpi.store import clock
from kpi.validation.taken_away import Change
from kpi.web.api_answer import MEDIA, refused, refused_by
from kpi.web.request_body import TooLargeError, weighed
from kpi.workbook.writing.template_cells import FormCell, FormColumn, cell_key

PREFIX = "/kpi/fill"
_LARGEST = 512 * 1024  # bytes; the longest sheet with a long remark in each row has a tenth
_SENT_WITHIN = 20.0  # seconds
_MOST_CELLS = 5_000
_BEGUN = "还没有填；填了就边填边核对，草稿自动保存。"
_Asked = Mapping[str, Any]


def routes(bureau: Callable[[], LiveBureau], stored: Callable[[], object]) -> list[Route]:
    """
    The addresses.

    Args:
        bureau: The bureau, asked by the caller of the request that is answered.
        stored: Told after a form was stored.

    """

    def check(asked: _Asked) -> Document:
        return _checked(bureau(), asked)

    def submit(asked: _Asked) -> Document:
        document = _submitted(bureau(), asked)
        stored()
        return document

    def discard(asked: _Asked) -> Document:
        asking = bureau()
        discard_form(asking, _form(asking, {**asked, "cells": {}}))
        return {}

    return [Route(f"{PREFIX}/{name}", _answering(answer), methods=["POST"]) for name, answer in (("check", check), ("submit", submit), ("discard", discard))]


def _answering(answer: Callable[[_Asked], Document]) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith(MEDIA):
            return refused("这个地址只收网页填报的内容。", 415)
        try:
            async with asyncio.timeout(_SENT_WITHIN):
                asked = await _sent(request)
            return Response(document_text(await run_in_threadpool(answer, asked)), media_type=MEDIA, headers={"cache-control": "no-store"})
        except KpiError as fault:
            return refused_by(fault)
        except (TimeoutError, ClientDisconnect):
            return refused("填的内容没有送完，没有保存；请检查网络。", 408)

    return answered


async def _sent(request: Request) -> _Asked:
    try:
        body = b"".join([chunk async for chunk in weighed(request, _LARGEST)])
    except TooLargeError:
        raise RequestError("填的内容太长，没有保存；请把备注写短一些。") from None
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise RequestError("填的内容读不出，没有保存；请刷新页面。")
    return asked


def _form(bureau: LiveBureau, asked: _Asked) -> WebForm:
    """
    The form of a request.

    Raises:
        DeniedError: The caller may not submit for its office.
        RequestError: It is none.

    """
    org, office, cells = asked.get("org") or bureau.catalog.root, asked.get("office"), asked.get("cells")
    if not isinstance(office, str) or office not in bureau.catalog.offices or org not in bureau.catalog.leaves(bureau.catalog.root):
        raise RequestError("没有这个单位或科室的报表；请刷新页面。")
    bureau.require(Right.SUBMIT, org, office)
    if not isinstance(cells, dict) or len(cells) > _MOST_CELLS or not all(isinstance(text, str) for text in cells.values()):
        raise RequestError("填的内容读不出，没有保存；请刷新页面。")
    return web_form(bureau.catalog, org, office, Month.parse(str(asked.get("period"))), {_cell(key): text for key, text in cells.items()})


def _cell(key: str) -> FormCell:
    code, _, column = key.rpartition(" ")
    if column not in (*FormColumn,):
        raise RequestError("填的内容里有表上没有的格，没有保存；请刷新页面。")
    return code, FormColumn(column)


def _checked(bureau: LiveBureau, asked: _Asked) -> Document:
    """Keep the draft, unless the form was only opened, and what the intake says of it; that it could not be kept hinders no check."""
    form, saved, fault = _form(bureau, asked), "", ""
    if not asked.get("opened"):
        try:
            keep_form(bureau, form)
            saved = f"{clock.now():%H:%M:%S}"
        except StoreError as error:
            fault = str(error)
    if form.blank:
        return {"saved": saved, "unsaved": fault, "sentence": _BEGUN, "status": "blank", "digest": "", "findings": [], "changes": []}
    return {"saved": saved, "unsaved": fault, **_said(bureau, check_form(bureau, form))}


def _said(bureau: LiveBureau, checked: FormCheck) -> Document:
    prepared = checked.prepared
    return {
        "sentence": prepared.message,
        "status": prepared.status.value,
        "takable": prepared.status in (Outcome.READY, Outcome.NEEDS_CONFIRMATION),
        "digest": checked.digest,
        "findings": [
            {
                "cell": cell_key(cell) if cell else "",
                "severity": finding.severity.value,
                "word": finding.severity.chinese,
                "words": f"{finding.seen}。{finding.remedy}",
            }
            for cell, finding in checked.findings
        ],
        "changes": [_change(bureau, change) for change in prepared.changes],
    }


def _change(bureau: LiveBureau, change: Change) -> str:
    """A figure that differs from the one on file, in words."""
    measure = bureau.catalog.measures.get(change.measure)
    unit = measure.unit if measure else ""
    old = numbers.stated(change.old, unit) if change.old else "（没有）"
    return f"{measure.name if measure else change.measure} {change.column.chinese}：{old} → {numbers.stated(change.new, unit)}"


def _submitted(bureau: LiveBureau, asked: _Asked) -> Document:
    by, note, seen = (str(asked.get(name) or "") for name in ("by", "note", "seen"))
    stored = submit_form(bureau, _form(bureau, asked), by, note, seen)
    if refers(bureau.caller):
        return {"done": "已送审，等审核员审核；审核了没有、有没有退回，在「审核」页看。", "numbers": []}
    numbered = "、".join(str(submission.seq) for submission in stored)
    return {"done": f"已入库，第 {numbered} 号报送，看板已经更新。填错了的，改好再入库一次；整份不要的，在「报送记录」撤回。", "numbers": numbered}
