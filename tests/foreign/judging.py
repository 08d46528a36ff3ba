"""How far the proposals agree with the truth about drawn forms: measures by unit and kind, rates by their parts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kpi.setup.proposal import MeasureProposal, ProposedCatalog
from kpi.setup.proposing import propose
from kpi.setup.setup_draft import SetupDraft
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.process.parser import Parser
from tests.foreign import courts, districts, health, schools, strangers, taxes, waterworks
from tests.foreign.drawing import ForeignForm

BUREAUS = (health, schools, taxes, courts, waterworks, strangers, districts)


@dataclass
class ForeignScore:
    """What of one bureau was proposed right, and what not, in words."""

    measures: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    rates: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def add(self, other: "ForeignScore") -> None:
        self.measures += other.measures
        self.rates += other.rates
        self.offices += other.offices
        self.words += other.words


def surveyed_files(form: ForeignForm, parser: Parser) -> list[SurveyedFile]:
    """The files of a form as the product parses them."""
    return [SurveyedFile(file.name, parser.parse(file.data, file.name), file.folders) for file in form.files]


def judged(forms: Sequence[ForeignForm], parser: Parser) -> tuple[ProposedCatalog, ForeignScore]:
    """What the sheets of a bureau propose, all of them together, and how far that is the truth."""
    proposed = propose([file for form in forms for file in surveyed_files(form, parser)])
    score = ForeignScore()
    known: dict[str, MeasureProposal] = {}
    offices = {office.name: office.code for office in proposed.offices}
    for form in forms:
        known_office = any(name == form.office or name.startswith(f"{form.office}(") for name in offices)
        score.offices["right" if known_office or form.cases else "wrong"] += 1
        if not known_office and not form.cases:
            score.words.append(f"no office {form.office}: {sorted(offices)}")
        names = {file.name for file in form.files}
        own = [measure for measure in proposed.measures if {cell.file for cell in measure.evidence[0].cells} <= names]
        matched = dict(_matched(form.measures, own))
        for name, unit, kind, *_ in form.measures:
            measure = matched.get(name)
            verdict = "lacking" if measure is None else "unit" if unit_key(measure.unit) != unit_key(unit) else "kind" if measure.kind != kind else "right"
            score.measures[verdict] += 1
            if verdict != "right":
                score.words.append(f"{form.office} {name}: {verdict} {(measure.unit, str(measure.kind)) if measure else ''} for {unit} {kind}")
            if measure is not None:
                known[f"{form.office}/{name}"] = measure
        extra = [measure.name for measure in own if measure not in matched.values()]
        score.measures["extra"] += len(extra)
        score.words += [f"{form.office}: extra {name}" for name in extra]
        _judge_rates(form, proposed, known, score)
    return proposed, score


def _matched(truth: Iterable[Sequence[str]], own: Sequence[MeasureProposal]) -> Iterator[tuple[str, MeasureProposal]]:
    for name, *_ in truth:
        key = bare(name)
        found = [measure for measure in own if key in {bare(other) for other in (measure.name, *measure.aliases)}]
        if found:
            yield name, found[0]


def bare(name: str) -> str:
    """A name without blanks, signs and 其中."""
    return re.sub(r"[×、：:()（）\s]", "", name_key(name)).removeprefix("其中")


def _judge_rates(form: ForeignForm, proposed: ProposedCatalog, known: dict[str, MeasureProposal], score: ForeignScore) -> None:
    accepted = SetupDraft(proposed).all_accepted().answers
    codes = {name: measure.code for name, measure in known.items()}
    rates = {rate.code: rate for rate in proposed.rates}
    for name, _, kind, *parts in form.measures:
        if kind != "rate" or (code := codes.get(f"{form.office}/{name}")) is None or code not in rates:
            if kind == "rate" and parts[0] != "?":
                score.rates["lacking"] += 1
                score.words.append(f"{form.office} {name}: no rate proposed")
            continue
        rate = rates[code]
        right = None if parts[0] == "?" else tuple(frozenset(_signed(side, form.office, codes)) for side in parts[0].split(" / "))
        shown = (
            None if rate.parts is None else tuple(frozenset(re.findall(r"(?:^|- |\+ )[\w@]+", side)) for side in (rate.parts.numerator, rate.parts.denominator))
        )
        plain = None if shown is None else tuple(frozenset(term.removeprefix("+ ") for term in side) for side in shown)
        taken = rate.key in accepted
        verdict = "right" if plain == right and right else "asked" if plain is None else "wrong"
        if right is None:
            verdict = "rightly asked" if plain is None else "wrong"
        if verdict == "wrong" and taken:
            score.rates["wrong accepted"] += 1
        score.rates[verdict] += 1
        if verdict not in ("right", "rightly asked"):
            score.words.append(f"{form.office} {name}: rate {verdict} {rate.parts} for {parts[0]} choices {rate.choices}")


def _signed(side: str, office: str, codes: dict[str, str]) -> Iterator[str]:
    for term in re.findall(r"(?:- )?[^+\-]+", side):
        sign, name = ("- ", term[2:]) if term.startswith("- ") else ("", term)
        yield sign + codes.get(f"{office}/{name.strip()}", "?")
