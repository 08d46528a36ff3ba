"""
The catalogue as the model reads it: the TOML files themselves, formulas taken apart by one expression.

Only what the model needs is kept.  Nothing of the product's own loader is used.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

_CODE = r"[a-z][a-z0-9_]*(?:@(?!ly\b)[a-z0-9_]+)?"
_TERM = re.compile(
    rf"(?P<sign>[+-]?)\s*(?:(?P<times>\d+(?:\.\d+)?)\s*\*\s*)?(?P<code>{_CODE}(?:\s*\*\s*{_CODE})*)(?P<ly>@ly)?|(?P<minus>[+-]?)\s*(?P<number>\d+)"
)


@dataclass(frozen=True)
class Term:
    """
    One measure in a formula, with its coefficient; ``ly`` when it is that of a year earlier.

    ``shops@year_start``, ``opened@last_3m``, ``visits*shops`` and ``work@received`` are codes as well, see `derived`.
    """

    code: str
    times: Fraction
    ly: bool = False


@dataclass(frozen=True)
class Target:
    """A number for a year and an organisation, and how it is scored."""

    kind: str
    value: Fraction
    tolerance: Fraction
    upper: Fraction | None
    due: date | None
    pace: str
    score: dict[str, Any] | None

    @property
    def paced(self) -> bool:
        return self.kind in ("annual", "progress")

    @property
    def yearly(self) -> bool:
        return self.paced or self.kind == "milestone"


@dataclass(frozen=True)
class Indicator:
    """What is computed, by its formulas."""

    code: str
    unit: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    failed: tuple[Term, ...]
    total: tuple[Term, ...]
    scale: int
    annualised: bool
    may_exceed: bool

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the value is made of; results still open are no part of it."""
        return self.numerator + self.denominator

    @property
    def growth(self) -> bool:
        return any(term.ly for term in self.terms)

    @property
    def positive(self) -> bool:
        """A sum that every further month can only raise, unless a measure in it is signed."""
        return not self.denominator and not self.growth and all(term.times > 0 for term in self.numerator)


@dataclass(frozen=True)
class Definitions:
    """Measures by code (as their files have them), indicators, targets by indicator, year and organisation, and the tree."""

    measures: dict[str, dict[str, Any]]
    indicators: dict[str, Indicator]
    targets: dict[tuple[str, int, str], Target]
    leaves: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]  # the measures of each

    def flow(self, code: str) -> bool:
        """Whether months of it add up: of a product those of its flow, and sheets do."""
        if "@" in code:
            return code.endswith(("@received", "@due"))
        return any(self.measures[factor]["kind"] == "flow" for factor in code.split("*"))

    def sums_up(self, indicator: Indicator) -> bool:
        """Whether it is a count that grows over the year, of which a month is but a part."""
        return not indicator.denominator and all(self.flow(term.code) for term in indicator.terms)

    def signed(self, code: str) -> bool:
        return any(bool(self.measures.get(factor, {}).get("signed")) for factor in code.partition("@")[0].split("*"))


def terms(text: str) -> tuple[Term, ...]:
    """``tasks + 2 * visits``, ``shops - shops@ly``, ``100 - closed_share``, of which the number is a term without a code."""
    return tuple(
        Term("", Fraction(f"{match['minus']}{match['number']}"))
        if match["number"]
        else Term("*".join(sorted(match["code"].replace(" ", "").split("*"))), Fraction(f"{match['sign']}{match['times'] or 1}"), bool(match["ly"]))
        for match in _TERM.finditer(text)
    )


def read(folder: Path) -> Definitions:
    """The definitions of a folder."""
    tables = [(path, tomllib.loads(path.read_text("utf-8"))) for path in sorted(folder.rglob("*.toml"))]
    orgs = [entry for _, table in tables for entry in table.get("org", ())]
    return Definitions(
        measures={entry["code"]: entry for _, table in tables for entry in table.get("measure", ())},
        indicators=_expanded({entry["code"]: _indicator(entry) for _, table in tables for entry in table.get("indicator", ())}, tables),
        targets=dict(entry for path, table in tables for entry in _targets(path, table)),
        leaves={org["code"]: _leaves(org["code"], orgs) for org in orgs},
        offices={path.stem: tuple(entry["code"] for entry in table["measure"]) for path, table in tables if "measure" in table},
    )


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        code=entry["code"],
        unit=entry["unit"],
        numerator=terms(entry["numerator"]),
        denominator=terms(entry.get("denominator", "")),
        failed=terms(entry.get("failed", "")),
        total=terms(entry.get("total", "")),
        scale=entry.get("scale", 1),
        annualised=bool(entry.get("annualised")),
        may_exceed=bool(entry.get("may_exceed")),
    )


def _expanded(indicators: dict[str, Indicator], tables: list[tuple[Path, dict[str, Any]]]) -> dict[str, Indicator]:
    """Indicators with those in their numerators put in: of a rate both sums, and a number as so many times what the rate is of."""
    own = {entry["code"] for _, table in tables for entry in table.get("measure", ())}
    found = dict(indicators)
    for code, outer in indicators.items():
        inner = next((indicators[term.code] for term in outer.numerator if term.code in indicators and term.code not in own), None)
        if inner is None:
            continue
        [times] = [term.times for term in outer.numerator if term.code == inner.code]
        number = sum((term.times for term in outer.numerator if not term.code), Fraction(0))
        above = [Term(term.code, times * term.times, term.ly) for term in inner.numerator]
        above += [Term(term.code, number / inner.scale * term.times, term.ly) for term in inner.denominator] if number else []
        above += [term for term in outer.numerator if term.code not in ("", inner.code)]
        found[code] = replace(outer, numerator=tuple(above), denominator=inner.denominator or outer.denominator, scale=outer.scale * inner.scale)
    return found


def _targets(path: Path, table: dict[str, Any]) -> Iterator[tuple[tuple[str, int, str], Target]]:
    for entry in table.get("target", ()):
        upper, score = entry.get("upper"), entry.get("score")
        yield (
            (entry["indicator"], int(path.stem), entry["org"]),
            Target(
                kind=entry["kind"],
                value=Fraction(str(entry["value"])),
                tolerance=Fraction(str(entry["tolerance"])),
                upper=None if upper is None else Fraction(str(upper)),
                due=entry.get("due"),
                pace=entry.get("pace", "days"),
                score=score,
            ),
        )


def _leaves(code: str, orgs: list[dict[str, Any]]) -> tuple[str, ...]:
    children = [org["code"] for org in orgs if org.get("parent") == code]
    return tuple(leaf for child in children for leaf in _leaves(child, orgs)) or (code,)
