"""
Reports that other systems send (接口报送): ``POST /api/v1/submissions``, through the same intake as ``python -m kpi ingest``.

One file is the body, its name in the address; several are parts of a form.  The answer is the JSON of ``ingest --json``; the
same bytes once more are ``unchanged``.  Who may not send anything is refused before a byte of the body is read, and so is
what is too large.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import PureWindowsPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.documents.filing_documents import ingest_document
from kpi.documents.json_document import Document, document_text
from kpi.errors import KpiError, RequestError, cause
from kpi.filing import drop_limits, intake
from kpi.filing.prepared import Outcome, Upload
from kpi.filing.storable_reports import storable
from kpi.period import Month
from kpi.review.known_nouns import known_office, known_org
from kpi.web.api_answer import MEDIA, PREFIX, faults, refused, refused_by
from kpi.web.request_body import TooLargeError, weighed
from kpi.workbook.ledgers.on_file_faults import ADDS, REPLACES

_log = logging.getLogger(__name__)
NAME = "submissions"
PATH = f"{PREFIX}/{NAME}"
_WORDS = {  # what may stand behind the question mark, or in a form beside the files: what it is, and an example
    "file": ("文件名，正文就是一份文件时要写", "2023-11_食品科月报表.xlsx"),
    "office": ("只收这个科室的报表（代码或名称）", "credit"),
    "period": ("只收这个月份的报表", "2023-11"),
    "org": ("是这个单位的报表（代码、名称或别名）", "donghu"),
    "confirm": ("对「请核对」问题的书面说明，用于全部文件", "数据已与科室核对"),
    "cases": (f"台账里没有在库的某些件时：{ADDS} 这些也算，{REPLACES} 替换在库的", ADDS),
    "dry_run": ("1 只检查，不入库", "1"),
}
_METHODS = ("POST", "GET", "PUT", "PATCH", "DELETE")
_AT_ONCE = 4  # requests whose files lie in memory
_TURN_WITHIN = 30.0  # seconds that a request waits for its turn
_SENT_WITHIN = 300.0  # seconds for a body to arrive
_HEADS = 2**20  # bytes of a form beside its files
_MEGABYTE = 1_000_000
_AGAIN = "5"  # seconds
_TRUE, _FALSE = ("1", "true"), ("", "0", "false")
_Files = list[tuple[str, bytes]]


def route(bureau: Callable[[], LiveBureau]) -> Route:
    """
    The address to which reports are sent.

    Args:
        bureau: The bureau, asked by the caller of the request that is answered.

    """
    return Route(PATH, _receiving(bureau), methods=_METHODS)


def _receiving(bureau: Callable[[], LiveBureau]) -> Callable[[Request], Awaitable[Response]]:
    turns = asyncio.Semaphore(_AT_ONCE)

    async def answered(request: Request) -> Response:
        if request.method != "POST":
            return refused("报送用 POST。", 405, {"allow": "POST"})
        try:
            asked = await run_in_threadpool(bureau)
            if not asked.caller.account:
                return refused("接口报送要有令牌；请先设账号，由管理员给一个令牌，写在 Authorization: Bearer 后面。", 401, {"www-authenticate": "Bearer"})
            asked.require(Right.SUBMIT, asked.caller.org, asked.caller.office)
            async with asyncio.timeout(_TURN_WITHIN):
                await turns.acquire()
        except KpiError as fault:
            return refused_by(fault)
        except TimeoutError:
            return refused("同时在收的报表太多，请过几秒再送。", 429, {"retry-after": _AGAIN})
        try:
            return await _received(request, asked)
        finally:
            turns.release()

    return answered


async def _received(request: Request, bureau: LiveBureau) -> Response:
    """The answer to a request whose turn it is."""
    try:
        async with asyncio.timeout(_SENT_WITHIN):
            words, files = await _sent(request)
        if sentence := drop_limits.refusal([len(data) for _, data in files], []):
            return refused(sentence, 413)
        document, status = await run_in_threadpool(_taken, bureau, words, files)
        return Response(document_text(document), status, media_type=MEDIA, headers={"cache-control": "no-store"})
    except KpiError as fault:
        return refused_by(fault)
    except TooLargeError:
        return refused(f"送来的超过 {drop_limits.megabytes_at_once()} MB，一份都没有收下；请分几次送。", 413)
    except TimeoutError:
        return refused("文件送得太慢，一份都没有收下；请检查网络后重送。", 408)
    except MultiPartException:
        return refused(f"表单读不出，或者超过 {drop_limits.files_at_once()} 份，一份都没有收下；请用 multipart/form-data，分几次送。", 400)
    except ClientDisconnect:
        return refused("文件没有送完，一份都没有收下。", 400)
    except OSError as error:  # of a form, a file of more than a megabyte lies on the disk until all have come
        _log.error("接口报送的文件放不进临时文件夹（%s）；请检查服务器的磁盘。", cause(error))
        return refused(f"服务器的临时文件夹放不下送来的文件（{cause(error)}），一份都没有收下；请管理员腾出磁盘空间，再重送。", 507)


async def _sent(request: Request) -> tuple[Mapping[str, str], _Files]:
    """
    What was sent: the words of the address and of the form, and the files.

    Raises:
        RequestError: A word is not known, or there is no file.
        TooLargeError, MultiPartException, ClientDisconnect: The body cannot be read to its end.

    """
    most = drop_limits.megabytes_at_once() * _MEGABYTE + _HEADS
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise TooLargeError
    words = dict(request.query_params)
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        form = await MultiPartParser(request.headers, weighed(request, most), max_files=drop_limits.files_at_once(), max_fields=len(_WORDS)).parse()
        try:
            words |= {name: part for name, part in form.multi_items() if isinstance(part, str)}
            files = [(part.filename or "", await part.read()) for _, part in form.multi_items() if isinstance(part, UploadFile)]
        finally:
            await form.close()
    else:
        data = b"".join([chunk async for chunk in weighed(request, most)])
        files = [(words.get("file", ""), data)] if data else []
    if unknown := sorted(set(words) - set(_WORDS)):
        raise RequestError(f"不认识「{unknown[0][:30]}」；这里可以写 {'、'.join(_WORDS)}。")
    if not files:
        raise RequestError("没有送来文件；请把一份文件作为正文，或用 multipart/form-data 送几份。")
    named = [(PureWindowsPath(name).name.strip(), data) for name, data in files]
    if not all(name for name, _ in named):
        raise RequestError(f"没有写文件名；正文就是一份文件的，请在网址里写 file={_WORDS['file'][1]}。")
    return words, named


def _taken(bureau: LiveBureau, words: Mapping[str, str], files: _Files) -> tuple[Document, int]:
    """What became of the files, as ``ingest --json`` says it, and the status: 200 where nothing was refused, else 422."""
    office = known_office(bureau.catalog, words["office"]) if words.get("office") else None
    org = known_org(bureau.catalog, words["org"]) if words.get("org") else None
    month = Month.parse(words["period"]) if words.get("period") else None
    dry_run, cases, confirm = _switch(words.get("dry_run", "")), words.get("cases", ""), words.get("confirm", "")
    if cases not in ("", ADDS, REPLACES):
        raise RequestError(f"cases「{cases[:20]}」不对；请写 {ADDS} 或 {REPLACES}。")
    uploads = [Upload(name, data, office=office, period=month, org=org, cases=cases) for name, data in files]
    prepared = intake.prepare(bureau, uploads, visitor=bureau.caller.account)
    takes, left = storable(prepared, confirm, alone=len(uploads) == 1)
    stored = [] if dry_run else intake.accept(bureau, takes, bureau.caller.name, confirm)
    document = ingest_document(prepared, stored)
    refusals = {Outcome.REJECTED} if dry_run else {Outcome.REJECTED, Outcome.NEEDS_CONFIRMATION}
    return document, 422 if left or any(file["status"] in refusals for file in document["files"]) else 200


def _switch(word: str) -> bool:
    if word.lower() not in (*_TRUE, *_FALSE):
        raise RequestError(f"dry_run「{word[:20]}」不对；请写 1 或 0。")
    return word.lower() in _TRUE


def description() -> Document:
    """The address in the words of OpenAPI."""
    answer = {"content": {MEDIA: {"schema": {"type": "object"}}}}
    binary = {"type": "string", "format": "binary"}
    form = {"type": "object", "properties": {"file": {"type": "array", "items": binary}}}
    return {
        "operationId": NAME,
        "summary": "报送报表：读取、核对、入库，同命令行 ingest",
        "parameters": [
            {"name": name, "in": "query", "required": False, "description": about, "example": example, "schema": {"type": "string"}}
            for name, (about, example) in _WORDS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": binary}, "multipart/form-data": {"schema": form}},
        },
        "responses": {
            "200": {"description": "全部收下、送审，或者没有变动；同命令行 ingest --json 的文档", **answer},
            "422": {"description": "有没有收下的，同一个文档，逐份写明原因", **answer},
            **faults("400", "401", "403", "405", "408", "409", "413", "429", "503", "507"),
        },
    }
