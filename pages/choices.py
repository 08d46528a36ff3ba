"""
What can be chosen on a page (期间、单位、科室、指标 …): the words of its address, and those that its picker shows.

An address names codes, which never change; names are read too.  What a choice offers may depend on those before it, so
each is asked with what has been read so far.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kpi.access.roles import Right
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure
from kpi.compute.row import Status
from kpi.errors import RequestError
from kpi.filing.submissions import Standing
from kpi.meeting import editions
from kpi.period import Month, Span
from kpi.setup import proposal_groups
from pages.widgets import filings, pasts, session

ALL = "all"
MATTERS = ("open", "relation", "finding", "note")  # words of an address that name what is to be followed up: an indicator, a relation, a finding, a decision
SPANS = {Span.YTD: "本年累计", Span.MONTH: "本月数", Span.QUARTER: "本季", Span.HALF: "本半年"}
NOUNS = {"office": "科室", "measure": "数据项", "indicator": "指标", "relation": "勾稽", "target": "目标", "ledger": "台账", "org": "机构"}
STATUSES = {"missed": Status.MISSED, "behind": Status.BEHIND, "undecided": Status.UNDECIDED, "unreported": Status.UNREPORTED, "met": Status.MET}
_STATUS_WORDS = {"late": "未达标和滞后"} | {key: status.value for key, status in STATUSES.items()} | {ALL: "全部"}
_DIGITS = 18  # of the largest number that an entry of the log can have
Chosen = Mapping[str, str]  # what has been read so far: values by key


@dataclass(frozen=True, slots=True)
class Option:
    """One that can be chosen: its word in the address, what the picker shows, and under which heading."""

    value: str
    label: str
    heading: str = ""
    names: tuple[str, ...] = ()  # what an address may call it as well


NO_AREA = Option("none", "未分板块")  # the indicators of which neither they nor their office name an area


@dataclass(frozen=True, slots=True)
class Choice:
    """A picker: its name in the address, its label, what it offers, and which of them is shown until somebody chooses."""

    key: str
    label: str
    options: Callable[[Chosen], Sequence[Option]]
    default: Callable[[Chosen, Sequence[Option]], str]
    nearest: Callable[[str, Sequence[Option]], str | None] = lambda _asked, _options: None
    few: bool = False  # all of them in sight, side by side
    own_place: bool = False  # drawn by the page where it belongs, not in its head

    def read(self, asked: str, options: Sequence[Option]) -> str | None:
        """The value that an address asks for; None where it is none of the options."""
        for option in options:
            if asked in (option.value, option.label, *option.names):
                return option.value
        return None


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A word that is written into a field: its label, what a sentence calls it, the kind of field, how it is read, and what is shown without it."""

    label: str
    noun: str
    field: str
    read: Callable[[str], str | None]
    usual: Callable[[Chosen], str]


def _areas(_: Chosen) -> list[Option]:
    catalog = session.bureau().catalog
    if not catalog.areas:
        return []
    rest = [NO_AREA] if any(catalog.area_of(code) is None for code in catalog.indicators) else []
    return [Option(ALL, "全部"), *(Option(area.code, area.name) for area in catalog.areas.values()), *rest]


def _chapters(chosen: Chosen) -> list[Option]:
    """The areas as the chapters of a summary, which has no chapter of what is in none."""
    return [option for option in _areas(chosen) if option != NO_AREA]


def _groups(chosen: Chosen) -> list[Option]:
    """By what a board can be grouped; nothing to choose where the bureau has named no areas."""
    return [Option("office", "按科室"), Option("area", "按板块")] if _areas(chosen) else []


def _proposed(_: Chosen) -> list[Option]:
    """What of a setup is looked at: what is asked, the offices, each of them, and what is between them; nothing before any sheet was surveyed."""
    return [Option(value, label) for value, label in proposal_groups.choices(session.bureau())]


def _first(_: Chosen, options: Sequence[Option]) -> str:
    return options[0].value


def _orgs(_: Chosen) -> list[Option]:
    bureau = session.bureau()
    return [Option(code, org.name) for code, org in bureau.catalog.orgs.items() if bureau.sees(code)]


def _units(_: Chosen) -> list[Option]:
    bureau = session.bureau()
    return [Option(code, bureau.catalog.orgs[code].name) for code in bureau.catalog.leaves(bureau.catalog.root) if bureau.sees(code)]


def _offices(_: Chosen) -> list[Option]:
    return [Option(ALL, "全局"), *(Option(office.code, office.name, names=office.aliases) for office in session.bureau().catalog.offices.values())]


def _forms(_: Chosen) -> list[Option]:
    """The offices whose sheet the caller may fill in."""
    bureau = session.bureau()
    offices = [office for office in bureau.catalog.offices.values() if bureau.catalog.office_measures(office.code)]
    return [Option(office.code, office.name, names=office.aliases) for office in offices if bureau.may(Right.SUBMIT, bureau.caller.org, office.code)]


def _own_form(chosen: Chosen, options: Sequence[Option]) -> str:
    """The office that the address names elsewhere, where it can be filled in here, else the first."""
    return next((option.value for option in options if option.value == chosen.get("office")), options[0].value)


def _months_to_fill(_: Chosen) -> list[Option]:
    return [_month(month) for month in filings.months_to_fill()[0]]


def _due_month(_: Chosen, _options: Sequence[Option]) -> str:
    return str(filings.months_to_fill()[1])


def _months(_: Chosen) -> list[Option]:
    return [_month(month) for month in reversed(session.periods())]


def _months_of_submissions(_: Chosen) -> list[Option]:
    """The months of the submissions, those taken back among them, and the months between that nobody reported."""
    reported = {record.submission.period for record in filings.history(None, None)}
    return [*map(_month, sorted(reported.union(session.periods()), reverse=True)), Option(ALL, "全部期间")]


def _months_owed(_: Chosen) -> list[Option]:
    return [_month(month) for month in reversed(filings.months_owed())]


def _month(month: Month) -> Option:
    return Option(str(month), month.chinese)


def _nearest_month(asked: str, options: Sequence[Option]) -> str | None:
    """The month that is asked for in another spelling, else the one nearest to it, the later of two; None where nobody can read which it is."""
    with suppress(RequestError):
        wanted = Month.parse(asked).first_day
        months = [Month.parse(option.value) for option in options if option.value != ALL]
        return str(min(months, key=lambda month: (abs(month.first_day - wanted), wanted > month.first_day))) if months else None
    return None


def _usual_month(chosen: Chosen, options: Sequence[Option]) -> str:
    usual = str(session.usual_month(chosen.get("org")))
    return usual if any(option.value == usual for option in options) else options[0].value


def _codes(_: Chosen) -> list[Option]:
    return session.kept(_all_codes)


def _all_codes() -> list[Option]:
    """Indicators and measures under the heading of their office."""
    catalog = session.bureau().catalog
    options = []
    for office in sorted(catalog.offices.values(), key=lambda office: office.order):
        indicators = [i for i in catalog.indicators.values() if i.office == office.code]
        measures = [m for m in catalog.measures.values() if m.office == office.code and m.code not in catalog.indicators]
        entries: list[tuple[Indicator | Measure, str]] = [*((i, "") for i in indicators), *((m, "（数据项）") for m in measures)]
        for entry, kind in entries:
            label = f"{entry.name}{kind}"
            options.append(Option(entry.code, label, office.name, (f"{office.name} · {label}", entry.name)))
    return options


def _worst(chosen: Chosen, options: Sequence[Option]) -> str:
    """The indicator that misses its target by most, else the first of those that leaders follow."""
    month = Month.parse(chosen["period"]) if "period" in chosen else session.usual_month(chosen.get("org"))
    if late := session.missed(month, chosen.get("org")):
        return late[0].indicator
    indicators = session.bureau().catalog.indicators
    return next((code for code, indicator in indicators.items() if indicator.headline), options[0].value)


def _indicators(chosen: Chosen) -> list[Option]:
    """The indicators by which those below an organisation can be ranked; none where nobody is below it."""
    catalog = session.bureau().catalog
    return [option for option in _codes(chosen) if option.value in catalog.indicators] if catalog.children(chosen.get("org", catalog.root)) else []


def _headline(_: Chosen, options: Sequence[Option]) -> str:
    indicators = session.bureau().catalog.indicators
    return next((option.value for option in options if indicators[option.value].headline), options[0].value)


def _editions(chosen: Chosen) -> list[Option]:
    """The editions of the month, each of the same figures once, by the first that has them."""
    known: dict[str, Option] = {}
    for issue in editions.editions(session.bureau(), Month.parse(chosen["period"]), chosen.get("org", session.root())):
        known.setdefault(issue.edition.code, Option(issue.edition.code, issue.edition.code))
    return list(known.values())


def _fixed(words: Mapping[str, str]) -> Callable[[Chosen], list[Option]]:
    return lambda _: [Option(value, label) for value, label in words.items()]


def _day(asked: str) -> str | None:
    """A day as the address writes it: 2023-12-05."""
    with suppress(ValueError):
        return date.fromisoformat(asked.strip()).isoformat()
    return None


def _usual_day(chosen: Chosen) -> str:
    month = Month.parse(chosen["period"]) if "period" in chosen else session.usual_month(chosen.get("org"))
    return pasts.default_day(month).isoformat()


def number_of(word: str) -> int | None:
    """The number of an entry of the log that a word names; None where it is no number, or one that no log reaches."""
    return int(word) if len(word) <= _DIGITS and word.isdecimal() else None


FIELDS = {
    "day": FieldChoice("按哪一天所知", "日子", "date", _day, _usual_day),
    "q": FieldChoice("查找", "词", "search", str.strip, lambda _: ""),
}
CHOICES = {
    "org": Choice("org", "单位", _orgs, _first),
    "unit": Choice("unit", "单位", _units, _first),
    "office": Choice("office", "科室", _offices, _first),
    "proposed": Choice("part", "看哪些建议", _proposed, _first),
    "period": Choice("period", "期间", _months, _usual_month, _nearest_month),
    "month": Choice("period", "期间", _months_of_submissions, _first, _nearest_month),
    "owed": Choice("period", "期间", _months_owed, _usual_month, _nearest_month),
    "form": Choice("form", "科室", _forms, _own_form),
    "due": Choice("due", "期间", _months_to_fill, _due_month, _nearest_month),
    "code": Choice("code", "指标或数据项", _codes, _worst),
    "ranked": Choice("ranked", "指标", _indicators, _headline),
    "edition": Choice("edition", "编号", _editions, _first),
    "span": Choice("span", "口径", _fixed({span.value: word for span, word in SPANS.items()}), _first, few=True),
    "years": Choice("years", "范围", _fixed({"2": "今年与上年", "13": "近 13 个月", "24": "近 24 个月", "36": "近 36 个月"}), _first, few=True),
    "status": Choice("status", "状态", _fixed(_STATUS_WORDS), _first, few=True),
    "which": Choice("which", "看哪些", _fixed({ALL: "全部", "late": "未达标和滞后", "key": "重点指标"}), _first, few=True),
    "standing": Choice("standing", "报送状态", _fixed({ALL: "全部"} | {standing.value: standing.value for standing in Standing}), _first, few=True),
    "group": Choice("group", "分组", _groups, _first, few=True, own_place=True),
    "noun": Choice("noun", "改什么", _fixed(NOUNS), _first, few=True),
    "area": Choice("area", "板块", _areas, _first),
    "chapter": Choice("area", "板块", _chapters, _first),
    "version": Choice("version", "版本", _fixed({"internal": "内部版", "public": "公开版"}), _first, few=True),
}
