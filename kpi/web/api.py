"""
The interface (接口) for other systems of the bureau: the documents of the command line over HTTP, read by who has a token.

``/api/v1/<question>?period=2023-11&…`` answers the JSON of ``python -m kpi <question> --json``.  An answer carries an ETag
that changes with the data, the day and the question, so that who asks again is told that nothing has changed.  The gate has
let in the caller by then.  Reports are sent to ``/api/v1/submissions`` (`kpi.web.submission_api`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kpi.bureau import Bureau, LiveBureau
from kpi.documents import figure_documents, filing_documents, proof_documents
from kpi.documents.json_document import Document, document_text
from kpi.errors import KpiError, RequestError
from kpi.filing.completeness import completeness
from kpi.period import Month, Span, parse_day
from kpi.review.board import board, missed
from kpi.review.known_nouns import known_office, known_org
from kpi.review.prospects import outlooks, signalled
from kpi.review.relation_results import relations
from kpi.review.series import series
from kpi.review.source import source
from kpi.store.clock import today
from kpi.web import submission_api
from kpi.web.api_answer import MEDIA, PREFIX, faults, refused, refused_by

_WORDS = {  # what stands behind the question mark: what it is, and an example
    "period": ("月份", "2023-11"),
    "from": ("起始月份", "2023-01"),
    "to": ("截止月份", "2023-11"),
    "indicator": ("指标或数据项的代码", "food_sampling_pass_rate"),
    "span": ("口径", "ytd"),
    "office": ("科室的代码或名称", "credit"),
    "org": ("单位的代码或名称", "donghu"),
    "as_of": ("按这一天所知", "2023-12-05"),
}


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What an address asks for; each property refuses in a sentence what is missing or cannot be."""

    bureau: Bureau
    words: Mapping[str, str]

    def month(self, name: str = "period") -> Month:
        """A month that must be written."""
        return Month.parse(self.required(name))

    def required(self, name: str) -> str:
        """A word that must be written."""
        if not (word := self.words.get(name, "").strip()):
            raise RequestError(f"没有写 {name}；请在网址里写上，如 {name}={_WORDS[name][1]}。")
        return word

    @property
    def day(self) -> date | None:
        """The day as known on which; None: now."""
        return parse_day(self.words["as_of"]) if self.words.get("as_of") else None

    @property
    def then(self) -> Bureau:
        """The bureau as known on that day."""
        return self.bureau.as_known(self.day) if self.day else self.bureau

    @property
    def org(self) -> str | None:
        """The organisation; that of the caller unless told."""
        return known_org(self.bureau.catalog, self.words["org"]) if self.words.get("org") else self.bureau.caller.org or None

    @property
    def node(self) -> str:
        """The organisation whose figures are asked for; the root when none was."""
        return self.org or self.bureau.catalog.root

    @property
    def office(self) -> str | None:
        """The office; None for all of them."""
        return known_office(self.bureau.catalog, self.words["office"]) if self.words.get("office") else None

    @property
    def span(self) -> Span:
        """How many months the figures cover."""
        word = self.words.get("span", Span.YTD.value)
        if word not in tuple(Span):
            raise RequestError(f"span「{word[:20]}」不对；请写 {'、'.join(Span)}。")
        return Span(word)


@dataclass(frozen=True, slots=True)
class ApiQuestion:
    """A question that can be asked: what answers it, what it is, which words it must and which it may have."""

    answer: Callable[[ApiRequest], Document]
    about: str
    required: Sequence[str]
    optional: Sequence[str]


def _board(asked: ApiRequest) -> Document:
    month, span = asked.month(), asked.span
    rows = signalled(asked.then, board(asked.then, month, span, asked.office, asked.node))
    return figure_documents.board_document(month, span, rows, asked.bureau.catalog, asked.day, asked.node)


def _missed(asked: ApiRequest) -> Document:
    month = asked.month()
    rows = signalled(asked.then, missed(asked.then, month, asked.node))
    return figure_documents.missed_document(month, rows, outlooks(asked.then, rows), asked.bureau.catalog, asked.day, asked.node)


def _series(asked: ApiRequest) -> Document:
    points = series(asked.then, asked.required("indicator"), asked.month("from"), asked.month("to"), asked.span, asked.node)
    return figure_documents.series_document(points, asked.node, asked.day)


def _source(asked: ApiRequest) -> Document:
    code, month = asked.required("indicator"), asked.month()
    return proof_documents.source_document(code, month, source(asked.then, code, month, asked.node), asked.node, asked.then.catalog, asked.day)


def _completeness(asked: ApiRequest) -> Document:
    month, day = asked.month(), asked.day
    return filing_documents.completeness_document(month, completeness(asked.then, month, min(day, today()) if day else None, asked.org), day)


def _relations(asked: ApiRequest) -> Document:
    month = asked.month()
    return proof_documents.relations_document(month, relations(asked.then, month, asked.org), asked.day)


QUESTIONS = {
    "board": ApiQuestion(_board, "看板：一个月份的全部指标", ("period",), ("span", "office", "org", "as_of")),
    "missed": ApiQuestion(_missed, "未达标和滞后的指标，最差的在前", ("period",), ("org", "as_of")),
    "series": ApiQuestion(_series, "一个指标或数据项的逐月数", ("indicator", "from", "to"), ("span", "org", "as_of")),
    "source": ApiQuestion(_source, "一个指标的来源：文件、工作表、单元格", ("indicator", "period"), ("org", "as_of")),
    "completeness": ApiQuestion(_completeness, "报送情况：哪些报表按时、迟报、未报", ("period",), ("org", "as_of")),
    "relations": ApiQuestion(_relations, "勾稽关系逐条核对", ("period",), ("org", "as_of")),
}


def routes(bureau: Callable[[], LiveBureau]) -> list[Route]:
    """
    The addresses of the interface.

    Args:
        bureau: The bureau, asked by the caller of the request that is answered.

    """
    questions = [Route(f"{PREFIX}/{name}", _answering(question, bureau)) for name, question in QUESTIONS.items()]
    return [*questions, submission_api.route(bureau), Route(f"{PREFIX}/openapi.json", _description), Route("/api/{rest:path}", _nowhere)]


def _answering(question: ApiQuestion, bureau: Callable[[], Bureau]) -> Callable[[Request], Response]:
    """What answers one question."""

    def answered(request: Request) -> Response:
        try:
            asking = bureau()
            unknown = sorted(set(request.query_params) - {*question.required, *question.optional})
            if unknown:
                raise RequestError(f"不认识「{unknown[0][:30]}」；这里可以写 {'、'.join((*question.required, *question.optional))}。")
            tag = _tag(asking, request)
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers={"etag": tag})
            text = document_text(question.answer(ApiRequest(asking, request.query_params)))
            return Response(text, media_type=MEDIA, headers={"etag": tag, "cache-control": "private, no-cache"})
        except KpiError as fault:
            return refused_by(fault)

    return answered


def _tag(bureau: Bureau, request: Request) -> str:
    """What changes with the data, the day, the question, and what the caller may see."""
    state = f"{bureau.store.version} {bureau.store.referral_codes()} {today()} {bureau.catalog.digest}"
    asked = f"{state} {bureau.caller.org} {request.url.path} {sorted(request.query_params.items())}"
    return f'"{sha256(asked.encode()).hexdigest()[:32]}"'


def _description(_: Request) -> Response:
    """The interface in the words of OpenAPI, from the table of questions."""
    return Response(document_text(description()), media_type=MEDIA)


def description() -> Document:
    """The OpenAPI document."""
    answers = {"200": {"description": "同命令行 --json 的文档", "content": {MEDIA: {"schema": {"type": "object"}}}}, "304": {"description": "没有变化"}}
    answers |= faults("400", "401", "403", "429", "503")
    paths: Document = {
        f"{PREFIX}/{name}": {
            "get": {
                "operationId": name,
                "summary": question.about,
                "parameters": [_parameter(word, required=word in question.required) for word in (*question.required, *question.optional)],
                "responses": answers,
            }
        }
        for name, question in QUESTIONS.items()
    }
    security = {"token": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "市场监管指标看板接口", "version": "1"},
        "paths": paths | {submission_api.PATH: {"post": submission_api.description()}},
        "components": {"securitySchemes": security},
        "security": [{"token": []}],
    }


def _parameter(word: str, *, required: bool) -> Document:
    about, example = _WORDS[word]
    schema: Document = {"type": "string"} | ({"enum": list(Span)} if word == "span" else {})
    return {"name": word, "in": "query", "required": required, "description": about, "example": example, "schema": schema}


def _nowhere(_: Request) -> Response:
    return refused(f"没有这个接口；有的是 {'、'.join((*QUESTIONS, submission_api.NAME))}，说明在 {PREFIX}/openapi.json。", 404)
