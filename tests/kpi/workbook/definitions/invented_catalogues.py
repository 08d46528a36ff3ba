"""Catalogues that nobody would write: every optional field, and texts of signs that a workbook, a list or a file of TOML treats as its own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kpi.catalog.files import Folder
from kpi.catalog.ledger_rules import PERSONAL
from kpi.catalog.load import catalog_of
from kpi.catalog.model import Catalog

_PIECES = [
    *(
        "、",
        "；",
        "，",
        ",",
        "\\",
        "\\、",
        "\\空",
        "\\u0041",
        "\\\\",
        "：",
        ":",
        "=",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "'",
        '"',
        '"""',
        "'''",
        "#",
        "[",
        "]",
        "{",
        "}",
    ),
    *("\n", "\r", "\r\n", "\t", " ", "　", "\u00a0", "\u2028", "\ufeff", "\u200b", "\x00", "\x01", "\x1d", "\x1e", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff"),
    *(
        "_x0041_",
        "_x005F_",
        "<b>",
        "&amp;",
        "%",
        "ＡＢＣ",
        "１２３",
        "中文",
        "食品",
        "é",
        "e\u0301",
        "😀",
        "👨\u200d👩",
        "𠮷",
        "0012",
        "2023-11",
        "TRUE",
        "1e5",
        "13800138000",
    ),
]
_ODD = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="×第"), max_size=12)
ODD = _ODD | st.just("很长的说明；" * 2000)
"""A text of people, that may fill half a cell of a workbook; where several stand in one cell each is `_ODD`, short enough for all."""
_NOBODY = _ODD.filter(lambda text: not PERSONAL.search(text))  # a ledger may keep nothing that sounds like a person
_DECIMALS = (
    st.decimals(min_value=-(10**7), max_value=10**7, places=4)
    | st.integers(-(10**14), 10**14).map(Decimal)
    | st.sampled_from(["1.50", "0", "-0.0"]).map(Decimal)
)
_DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
_MONTHS = st.sampled_from(["2015-01", "2023-11", "2999-12", "1950-1"])
_WHOLES = st.integers(-5, 10**17)


def _exact(number: Decimal) -> int | Decimal:
    """A number as a file of TOML gives it."""
    return int(number) if number.as_tuple().exponent == 0 else number


class _Invention:
    """One catalogue in the making."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self._draw = draw
        self._number = 0

    def documents(self) -> dict[str, dict[str, Any]]:
        draw = self._draw
        areas = [{"code": f"area{number}", "name": self._named(), "order": draw(_WHOLES)} for number in range(draw(st.integers(0, 2)))]
        orgs = self._orgs() if draw(st.booleans()) else []
        codes = [f"office{number}" for number in range(draw(st.integers(1, 2)))]
        documents: dict[str, dict[str, Any]] = {
            "bureau.toml": {"name": self._named(), **self._optional(first_month=_MONTHS)},
            "offices.toml": {"office": [self._office(code, areas) for code in codes]},
            "reference.toml": {"reference": [self._reference()]},
        }
        if areas:
            documents["areas.toml"] = {"area": areas}
        if orgs:
            documents["orgs.toml"] = {"org": orgs}
        for code in codes:
            documents[f"{code}.toml"] = self._of_office(code, areas)
        documents["bureau_relations.toml"] = {"relation": [self._relation("B", "office0")]}
        documents["targets/2023.toml"] = {"target": [self._target(f"{code}_{kind}", code, kind) for code in codes for kind in _KINDS]}
        documents["ledgers/cases.toml"] = self._ledger()
        return dict(sorted(documents.items()))

    def _named(self) -> str:
        """A name that no other has, with odd signs before and behind."""
        self._number += 1
        return f"{self._draw(_NOBODY)}第{self._number}号{self._draw(_NOBODY)}"

    def _names(self) -> list[str]:
        return [self._named() for _ in range(self._draw(st.integers(0, 2)))]

    def _optional(self, **fields: Any) -> dict[str, Any]:
        """Some of the fields that need not be written."""
        return {key: self._draw(strategy) for key, strategy in fields.items() if self._draw(st.booleans())}

    def _orgs(self) -> list[dict[str, Any]]:
        below = {"aliases": st.builds(self._names), "level": ODD, "order": st.just(self._number)}
        moved = [{"parent": "root", "until": "2024-06"}, {"parent": "node", "from": "2024-07"}]
        return [
            {"code": "root", "name": self._named(), **self._optional(**below)},
            {"code": "first", "name": self._named(), "parent": "root", **self._optional(**below)},
            {"code": "node", "name": self._named(), "parent": "root", **self._optional(**below)},
            {"code": "second", "name": self._named(), "parent": "node", **self._optional(**below)},
            {"code": "third", "name": self._named(), "parents": moved, **self._optional(**below)},
            {"code": "silent", "name": self._named(), "parent": "root", "reports": False},
            {
                "code": "closed",
                "name": self._named(),
                "parent": "node",
                "until": "2023-05",
                "successor": "second",
                **self._optional(**{"from": st.just("2020-01")}),
            },
        ]

    def _office(self, code: str, areas: list[dict[str, Any]]) -> dict[str, Any]:
        office = {"code": code, "name": self._named(), "parent": "bureau", "order": self._draw(_WHOLES), "template": self._draw(ODD)}
        area = {"area": st.sampled_from([entry["code"] for entry in areas])} if areas else {}
        return office | self._optional(aliases=st.builds(self._names), due_day=st.integers(1, 28), **area)

    def _reference(self) -> dict[str, Any]:
        years = {str(year): _exact(self._draw(_DECIMALS)) for year in self._draw(st.sets(st.integers(1900, 2100), max_size=3))}
        return {"code": "people", "name": self._draw(ODD), "unit": self._draw(ODD), "source": self._draw(ODD), "values": years, **self._optional(note=ODD)}

    def _of_office(self, code: str, areas: list[dict[str, Any]]) -> dict[str, Any]:
        flow = [self._measure(f"{code}_m{number}", "flow") for number in range(2)]
        others = [self._measure(f"{code}_{kind}", kind) for kind in ("stock", "standard", "rate")]
        return {
            "measure": [*flow, *others],
            "indicator": [self._indicator(code, kind, areas) for kind in (*_KINDS, "none")],
            "relation": [self._relation(f"{code}{self._draw(_ODD)}", code)],
            "system": [self._system(code)],
            "sentence": [self._sentence(code, flow[0]["topic"])],
        }

    def _measure(self, code: str, kind: str) -> dict[str, Any]:
        fields = {"better": st.sampled_from(["higher", "lower", "neutral"]), "signed": st.booleans(), "scope": st.sampled_from(["本局", "全区"]), "note": ODD}
        fields |= {"aliases": st.builds(self._names), "decimals": st.integers(0, 6), "seq": st.lists(_WHOLES, max_size=3), "ledger_only": st.booleans()}
        return {"code": code, "name": self._named(), "topic": self._draw(ODD), "unit": "件", "kind": kind, **self._optional(**fields)}

    def _indicator(self, office: str, kind: str, areas: list[dict[str, Any]]) -> dict[str, Any]:
        flow = f"{office}_m0"
        written = {"may_assess": False, "may_assess_note": self._draw(_ODD) or "依据"} if kind == "none" else {}
        fields: dict[str, Any] = {
            "decimals": st.integers(0, 6),
            "scale": st.sampled_from([1, 100, 10**9]),
            "may_exceed": st.booleans(),
            "belated": st.booleans(),
        }
        fields |= {
            "headline": st.booleans(),
            "order": _WHOLES,
            "note": ODD,
            "reported": ODD,
            "denominator": st.sampled_from([f"{office}_m1", f"{flow}+2*{office}_m1@ly "]),
        }
        fields |= {"area": st.sampled_from([entry["code"] for entry in areas])} if areas else {}
        pending = {"failed": flow, "total": f"{office}_m1"} if self._draw(st.booleans()) else {}
        texts = {key: self._draw(ODD) for key in ("name", "why_it_matters", "denominator_words", "source")}
        texts["unit"] = self._draw(ODD.filter(lambda unit: unit not in ("%", "‰") and not unit.endswith("件")))
        numerator = self._draw(st.sampled_from([flow, f"({flow} - {flow}@ly) * 1.5"]))
        fixed = {"code": f"{office}_{kind}", "numerator": numerator, "better": "lower", "target_kind": kind, "reviewed_on": self._draw(st.dates())}
        earlier = [self._earlier(office, kind, until, number) for number, until in enumerate(["2020-01", "2021-05"], 2) if self._draw(st.booleans())]
        return fixed | texts | written | pending | self._optional(**fields) | ({"earlier": earlier} if earlier else {})

    def _earlier(self, office: str, kind: str, until: str, number: int) -> dict[str, Any]:
        """A definition that no other of the indicator is like."""
        flow = f"{office}_m0"
        fields: dict[str, Any] = {"decimals": st.integers(0, 6), "scale": st.sampled_from([1, 100]), "may_exceed": st.booleans(), "belated": st.booleans()}
        fields |= {"denominator": st.just(f"{office}_m1"), "reported": st.just(f"{office}_rate"), "changed_on": st.dates()}
        fields |= dict.fromkeys(("denominator_words", "reason", "document", "changed_by"), ODD)
        pending = {"failed": flow, "total": f"{office}_m1"} if self._draw(st.booleans()) else {}
        fixed = {"until": until, "numerator": f"{number} * {flow}", "unit": self._draw(ODD), "better": "higher", "target_kind": kind}
        return fixed | pending | self._optional(**fields)

    def _relation(self, name: str, office: str) -> dict[str, Any]:
        fields = {
            "op": st.sampled_from(["=", "!=", "≈", "<", "<=", ">", ">="]),
            "period": _MONTHS,
            "seq": st.lists(_WHOLES, max_size=2),
            "remedy": ODD,
            "note": ODD,
        }
        table = {
            "id": name,
            "name": self._draw(ODD),
            "kind": "bound",
            "strength": "soft",
            "raises": "hint",
            "left": f"{office}_m0 / 2",
            "right": f"-{office}_m1",
        }
        return table | {"decimals": self._draw(st.integers(0, 6))} | self._optional(**fields)

    def _system(self, office: str) -> dict[str, Any]:
        table = {"id": f"{office}{self._draw(_ODD)}", "name": self._draw(ODD), "kind": self._draw(st.sampled_from(["register", "policy_document"]))}
        return table | {"data": self._draw(ODD), **self._optional(feeds=st.lists(st.sampled_from([f"{office}_m0", f"{office}_annual"])), note=ODD)}

    def _sentence(self, office: str, topic: str) -> dict[str, Any]:
        words = self._draw(ODD).replace("{", "").replace("}", "")
        text = f"{words}{{{office}_m0}}，{{{office}_annual:同比}}"
        return {"id": f"{office}_first", "topic": topic, "text": text, **self._optional(order=_WHOLES, note=ODD)}

    def _target(self, indicator: str, office: str, kind: str) -> dict[str, Any]:
        value = self._draw(_DECIMALS.filter(lambda number: number.copy_abs() < 10**17))
        table = {
            "indicator": indicator,
            "office": office,
            "kind": kind,
            "value": _exact(value),
            "tolerance": 0,
            "document": self._draw(ODD),
            **self._optional(note=ODD),
        }
        if kind == "range":
            table |= {"upper": _exact(value + 1)}
        if kind == "milestone":
            table |= {"due": self._draw(st.dates())}
        if kind == "floor":
            table |= self._optional(monthly=st.lists(_DECIMALS.map(_exact), min_size=12, max_size=12), **{"from": _DAYS})
        if kind == "annual":
            table |= {"pace": "milestones", "milestones": [{"on": date(2023, 5, 31), "share": Decimal("33.30")}, {"on": date(2023, 12, 31), "share": 100}]}
            table |= self._optional(parts=st.just([indicator]))
        if kind == "ceiling" and self._draw(st.booleans()):
            table |= {
                "score": {"points": 5, "rule": "deduct", "step": Decimal("0.50"), "deduct": 1, **self._optional(floor=_DECIMALS.map(_exact), cap=st.just(6))}
            }
        return table

    def _ledger(self) -> dict[str, Any]:
        key, day, word = (self._named() for _ in range(3))
        words = {self._named(): self._names() for _ in range(2)}
        columns = [
            {"name": key, "role": "code", "key": True, "required": True},
            {"name": day, "role": "date", **self._optional(aliases=st.builds(self._names), not_before=st.just(day))},
            {"name": word, "role": "category", "values": words, **self._optional(once=st.just([*words]))},
            {"name": self._named(), "role": "number", **self._optional(unit=ODD)},
        ]
        chosen = {"column": word, "one_of": [*words], **self._optional(since=_ODD)}
        within = {"column": day, "within": self._draw(st.integers(1, 10**16)), "since": day}
        conditions = {
            "where": st.just([chosen, {"column": key, "filled": True}]),
            "either": st.lists(st.sampled_from([[], [chosen], [within, chosen]]), min_size=1, max_size=3),
            "less": st.just([{"column": key, "filled": False}]),
        }
        figures = [
            {"measure": "office0_m0", **self._optional(**conditions, note=ODD, since=ODD, per=st.integers(1, 10**16))},
            {"measure": "office0_m1", "count": "workdays", "of": day, "since": day},
        ]
        texts = {field: self._draw(ODD) for field in ("name", "source")}
        return {**texts, "office": "office0", "date": day, **self._optional(titles=st.lists(_ODD, max_size=3), note=ODD), "column": columns, "figure": figures}


_KINDS = ("annual", "progress", "floor", "ceiling", "growth", "range", "milestone")


@st.composite
def invented_catalogues(draw: Any) -> Catalog:
    """A sound catalogue of one or two offices, with a tree of organisations or without."""
    return catalog_of(Folder(_Invention(draw).documents(), (), (), ""))
