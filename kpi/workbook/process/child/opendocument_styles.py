"""
The styles of an OpenDocument file: which sheets they hide, and what they show in the place of a cell's number or text.

A format is a small tree of XML there; it is written here as Excel writes it, so that one rule reads the formats of all.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.workbook.process.child.number_format import is_telling

Attributes = dict[str, str]
_PARTS = {"number:year": "yyyy", "number:month": "mm", "number:day": "dd", "number:hours": "hh", "number:minutes": "mm", "number:seconds": "ss"}
_OTHERS = {"number:fraction": "# ?/?", "number:scientific-number": "0E+0", "number:text-content": "@", "number:boolean": "@", "number:era": "e", **_PARTS}
_FORMATS = ("number", "percentage", "currency", "date", "time", "text", "boolean")
_THOUSANDS = {"1000": ",", "1000000": ",,", "1000000000": ",,,"}
_POSITIONS = {"super": "superscript", "sub": "subscript"}


@dataclass(frozen=True)
class RunLook:
    """How a run of signs is set apart from the rest."""

    position: str = ""  # superscript, subscript
    struck: bool = False


PLAIN = RunLook()


class DocumentStyles:
    """The styles as the tags of the parts build them up; call `begin`, `end` and `text` for each."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}  # of a data style
        self._conditions: dict[str, list[tuple[str, str]]] = {}  # of a data style: when another one is used instead
        self._uses: dict[str, tuple[str, str]] = {}  # by cell style: its data style, and the style it is derived from
        self._looks: dict[str, RunLook] = {}
        self._unseen: set[str] = set()  # table styles that hide a sheet
        self._known: dict[str, str] = {}
        self._seen: dict[str, RunLook] = {}
        self._name = ""
        self._percent = False
        self._embedded: list[tuple[int, str]] = []
        self._figure: Attributes | None = None
        self._within: str | None = None  # the tag whose text is being read
        self._position = 0

    # ── the tags ──

    def begin(self, name: str, about: Attributes) -> None:
        """A tag opens."""
        kind = name.removeprefix("number:").removesuffix("-style")
        if name in ("style:style", "style:default-style"):
            self._name = about.get("style:name", "")
            self._uses[self._name] = about.get("style:data-style-name", ""), about.get("style:parent-style-name", "")
        elif name.startswith("number:") and kind in _FORMATS and name.endswith("-style"):
            self._name, self._percent = about.get("style:name", ""), kind == "percentage"
            self._codes[self._name] = ""
        elif name == "style:map":
            self._conditions.setdefault(self._name, []).append((about.get("style:condition", ""), about.get("style:apply-style-name", "")))
        elif name == "style:table-properties" and about.get("table:display") == "false":
            self._unseen.add(self._name)
        elif name == "style:text-properties":
            self._text_properties(about)
        elif name == "number:number":
            self._figure, self._embedded = about, []
        elif name in _OTHERS:
            self._write(_OTHERS[name])
        elif name in ("number:text", "number:currency-symbol", "number:embedded-text", "number:fill-character"):
            self._within = name
            self._position = int(position) if (position := about.get("number:position", "0")).isdecimal() else 0

    def end(self, name: str) -> None:
        """A tag closes."""
        if name == "number:number" and self._figure is not None:
            self._write(_digits(self._figure, self._embedded))
            self._figure = None
        elif name == self._within:
            self._within = None

    def text(self, text: str) -> None:
        """Text between two tags."""
        if self._within == "number:embedded-text":
            self._embedded.append((self._position, text))
        elif self._within == "number:currency-symbol":
            self._write(f"[${text}]")
        elif self._within == "number:fill-character":
            self._write(f"*{text}")
        elif self._within == "number:text":
            parts = text.split("%") if self._percent else [text]  # the sign that makes it a percentage is a text like any other
            self._write("%".join(_quoted(part) for part in parts))

    def _write(self, code: str) -> None:
        self._codes[self._name] = self._codes.get(self._name, "") + code

    def _text_properties(self, about: Attributes) -> None:
        raised = about.get("style:text-position", "").split()
        position = _POSITIONS.get(raised[0], "") if raised else ""
        if raised and raised[0].rstrip("%").lstrip("-").isdecimal() and raised[0].endswith("%"):  # 33% is above the line, -33% below
            position = "subscript" if raised[0].startswith("-") else "superscript" if raised[0] != "0%" else ""
        struck = about.get("style:text-line-through-style", "none") != "none" or about.get("style:text-line-through-type", "none") != "none"
        self._looks[self._name] = RunLook(position, struck)

    # ── what they mean ──

    @property
    def telling(self) -> bool:
        """Whether any style shows something else than cells hold."""
        return any(look.struck for look in self._looks.values()) or any(is_telling(self._code(name)) for name in self._codes)

    def hides(self, table: str) -> bool:
        """Whether a style of sheets hides them."""
        return table in self._unseen

    def look(self, style: str) -> RunLook:
        """How a style sets signs apart."""
        if style not in self._seen:
            self._seen[style] = next((self._looks[name] for name in self._line(style) if name in self._looks), PLAIN)
        return self._seen[style]

    def number_format(self, style: str) -> str:
        """The number format of a cell style as Excel writes it; empty where numbers look like themselves."""
        if style not in self._known:
            code = self._code(next((self._uses[name][0] for name in self._line(style) if self._uses[name][0]), ""))
            self._known[style] = code if is_telling(code) else ""
        return self._known[style]

    def _line(self, style: str) -> Iterator[str]:
        """A style and those it is derived from."""
        seen = set()
        while style in self._uses and style not in seen:
            seen.add(style)
            yield style
            style = self._uses[style][1]

    def _code(self, data_style: str) -> str:
        conditions = (
            (condition.removeprefix("value()"), other) for condition, other in self._conditions.get(data_style, ()) if condition.startswith("value()")
        )
        return ";".join([*(f"[{condition}]{self._codes.get(other, '')}" for condition, other in conditions), self._codes.get(data_style, "")])


def _digits(about: Attributes, embedded: list[tuple[int, str]]) -> str:
    """The digits of a number, with the texts that stand between them and the thousands it is divided by."""
    whole, decimals = (about.get(f"number:{name}", "0") for name in ("min-integer-digits", "decimal-places"))
    digits = ["0"] * min(int(whole) if whole.isdecimal() else 0, 30) or ["#"]
    for position, text in sorted(embedded):
        if position >= len(digits):
            digits = ["#"] * (position + 1 - len(digits)) + digits
        digits.insert(len(digits) - position, _quoted(text))
    point = "." + "0" * min(int(decimals), 30) if decimals.isdecimal() and int(decimals) else ""
    return "".join(digits) + point + _THOUSANDS.get(about.get("number:display-factor", "").removesuffix(".0"), "")


def _quoted(text: str) -> str:
    return text if not text.strip() else '"' + text.replace('"', "") + '"'
