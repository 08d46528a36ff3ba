"""
Publications (公开记录): which figures a public version printed and which it hid, kept so that a later one does not tell by subtraction what this one hid.

Each is a file of its own, ``published/<sha256>.json``, whole or not at all and never written again; its name is the sha256 of what is in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from kpi.errors import KpiError
from kpi.period import Month, Span


@dataclass(frozen=True, slots=True)
class Publication:
    """
    A public version that was handed out.

    Attributes:
        month: Its last month.
        span: How many months it is of.
        org: The organisation whose figures it states.
        title: What it is called.
        printed: The figures that it prints, unrounded, by the code of the measure or indicator.
        hidden: The codes of those that it hides.
        beside: Those of them that are hidden because they would tell another.
        grown: The codes of those whose growth is printed, which tells last year's figure.
        by: The account of who took it away; empty without login.
        at: When, in local time.
        demonstration: Whether its figures are those of the demonstration; it counts as long as that is shown.

    """

    month: Month
    span: Span
    org: str
    title: str
    printed: Mapping[str, Decimal]
    hidden: frozenset[str]
    beside: frozenset[str]
    grown: frozenset[str]
    by: str
    at: datetime
    demonstration: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        written = {
            "month": str(self.month),
            "span": self.span.value,
            "org": self.org,
            "title": self.title,
            "printed": {code: f"{value:f}" for code, value in sorted(self.printed.items())},
            "hidden": sorted(self.hidden),
            "beside": sorted(self.beside),
            "grown": sorted(self.grown),
            "by": self.by,
            "at": self.at.isoformat(),
            "demonstration": self.demonstration,
        }
        return json.dumps(written, ensure_ascii=False, indent=1).encode()

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{sha256(self.data).hexdigest()}.json"

    def tells_the_same(self, other: "Publication") -> bool:
        """Whether another one prints and hides the same figures of the same months."""
        own, others = ((each.month, each.span, each.org, each.printed, each.hidden, each.grown) for each in (self, other))
        return own == others

    @classmethod
    def parse(cls, data: bytes) -> "Publication":
        """
        The publication of a file.

        Raises:
            ValueError: It is none.

        """
        try:
            written = json.loads(data)
            return cls(
                Month.parse(written["month"]),
                Span(written["span"]),
                str(written["org"]),
                str(written["title"]),
                {code: Decimal(value) for code, value in written["printed"].items()},
                frozenset(written["hidden"]),
                frozenset(written["beside"]),
                frozenset(written.get("grown", written["printed"])),  # one of an earlier version of this program may have printed each
                str(written["by"]),
                datetime.fromisoformat(written["at"]),
                written["demonstration"] is True,
            )
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, KpiError) as error:
            raise ValueError("no publication") from error
