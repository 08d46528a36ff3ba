"""A month as a field of the catalogue states it, ``"2024-07"``; anything else is a fault of its own kind, so that it is put into Chinese."""

from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from kpi.errors import RequestError
from kpi.period import Month


def _month(written: object) -> object:
    if written is None or isinstance(written, Month):
        return written
    try:
        return Month.parse(written) if isinstance(written, str) else _no_month()
    except RequestError:
        return _no_month()


def _no_month() -> object:
    raise PydanticCustomError("month", "no month")


WrittenMonth = Annotated[Month, BeforeValidator(_month)]
OpenEnd = Annotated[Month | None, BeforeValidator(_month)]  # None: that end is open
