"""What every answer of the interface (接口) is: a document of JSON, or a sentence under ``fault`` with the status that says whose fault it is."""

from collections.abc import Mapping

from starlette.responses import Response

from kpi.access.caller import DeniedError
from kpi.documents.json_document import Document, document_text
from kpi.errors import KpiError, OutdatedError, StoreError

PREFIX = "/api/v1"
MEDIA = "application/json"
_STATUSES = {DeniedError: 403, StoreError: 503, OutdatedError: 409}
_ASKED_WRONGLY = 400


def refused(sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """What is answered to a question that cannot be: a sentence."""
    return Response(document_text({"fault": sentence}), status, media_type=MEDIA, headers=dict(headers or {}))


def refused_by(fault: KpiError) -> Response:
    """What is answered where a use case refuses."""
    return refused(str(fault), next((status for kind, status in _STATUSES.items() if isinstance(fault, kind)), _ASKED_WRONGLY))


def faults(*statuses: str) -> Document:
    """The answers of OpenAPI that are a sentence, by their status."""
    fault = {"description": "不能回答，fault 是一句话", "content": {MEDIA: {"schema": {"type": "object", "properties": {"fault": {"type": "string"}}}}}}
    return dict.fromkeys(statuses, fault)
