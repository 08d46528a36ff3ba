"""In whichever order sheets and offices come, the same contradictions are found."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import NOTHING_KNOWN, Background, CellOnFile, FiledCell, History
from kpi.validation.backgrounds import Backgrounds
from kpi.validation.checks import check
from kpi.value import Value
from kpi.workbook.report import Column, Reading, Report
from tests.kpi.validation.sheets import ADDS_UP, CATALOG, indicator, measure

MONTHS = 4
TODAY = date(2023, 12, 3)
OFFICES = {code: Office(code=code, name=code, parent="bureau", order=1, template=code) for code in ("lab", "desk")}
MEASURES = {m.code: m for m in (measure("passed", "合格", office="lab"), measure("failed", "不合格", office="lab"), measure("tested", "检验", office="desk"))}
TWO_OFFICES = replace(
    CATALOG, offices=OFFICES, measures=MEASURES, indicators={"rate": indicator("rate", "合格率", "passed", "tested")}, relations={"R051": ADDS_UP}
)
"""The part is one office's, the whole another's; passed + failed = tested says that they are counted at once."""


class Nothing:
    """A store that holds nothing; what comes is the batch."""

    def background(self, period: Month, org: str = "bureau") -> Background:
        return NOTHING_KNOWN

    def history(self, office: str, period: Month, org: str = "bureau") -> History:
        return {}

    def cells(self, org: str, office: str, years: tuple[int, ...]) -> list[FiledCell]:
        return []


class Stated(NamedTuple):
    """What a sheet says of a month: both, either or none of 本月数 and 本年累计."""

    month: int | None
    total: int | None


def report(office: str, number: int, cells: dict[str, Stated]) -> Report:
    period = Month(2023, number)
    readings = [
        Reading(code, column, Value.of(amount), Place("表", f"{column}{row}"), str(amount), period.last_day)
        for row, (code, stated) in enumerate(cells.items())
        for column, amount in ((Column.MONTH, stated.month), (Column.YTD, stated.total))
        if amount is not None
    ]
    return Report(office, period, tuple(readings), {}, ())


def found(reports: Sequence[Report], catalog: Catalog) -> set[tuple[int, str]]:
    """The contradictions found as reports come one after the other, by month and code; what is refused is added all the same."""
    backgrounds = Backgrounds(Nothing(), catalog)  # type: ignore[arg-type]
    contradictions: set[tuple[int, str]] = set()
    for one in reports:
        assert one.office
        assert one.period
        for finding in check(one, catalog, backgrounds.against(one.office, one.period), TODAY):
            contradictions |= {(month, finding.code) for month in _months(finding, one.period)}
        backgrounds.add("f", "", one)
    return contradictions


def _months(finding: Finding, own: Month) -> list[int]:
    """The months a finding is about: those it names, else the sheet's own."""
    named = re.match(r"与 ((?:2023 年 \d+ 月、?)+)的报表", finding.seen)
    return [int(number) for number in re.findall(r"年 (\d+) 月", named[1])] if named else [own.month]


def standing(reports: Sequence[Report], catalog: Catalog) -> set[tuple[int, str]]:
    """The contradictions that each sheet sees looking back once all have come."""
    backgrounds = Backgrounds(Nothing(), catalog)  # type: ignore[arg-type]
    for one in reports:
        backgrounds.add("f", "", one)
    return {
        (one.period.month, finding.code)
        for one in reports
        if one.office and one.period
        for finding in check(one, catalog, backgrounds.against(one.office, one.period), TODAY)
        if not finding.seen.startswith("与 ")
    }


truths = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=MONTHS, max_size=MONTHS)
shown = st.lists(st.tuples(*[st.booleans()] * 4), min_size=MONTHS, max_size=MONTHS)


def _excess(truth: list[tuple[int, int]], seen: list[tuple[bool, ...]]) -> bool:
    """Apart from the product: whether over any stretch of months that can be told of the whole, what can be told of the part is more."""
    told: list[set[tuple[int, int]]] = []
    for side in (0, 1):
        ends = [0]  # of each month end the one that it is counted from
        for number, flags in enumerate(seen, 1):
            by_month, by_total = flags[2 * side : 2 * side + 2]
            ends.append(0 if by_total else ends[-1] if by_month else number)
        pairs = {(a, b) for a in range(MONTHS) for b in range(a + 1, MONTHS + 1) if ends[a] == ends[b]}
        told.append(pairs | {(number, number + 1) for number, flags in enumerate(seen) if flags[2 * side]})
    return any(_told(truth, told[0], a, b) > sum(whole for _, whole in truth[a:b]) for a, b in told[1])


def _told(truth: list[tuple[int, int]], told: set[tuple[int, int]], first: int, last: int) -> int:
    """The most of the part that some of its stretches, none overlapping, tell of between two month ends."""
    if first == last:
        return 0
    ways = [sum(part for part, _ in truth[first:b]) + _told(truth, told, b, last) for a, b in told if a == first and b <= last]
    return max([_told(truth, told, first + 1, last), *ways])


@settings(deadline=None, max_examples=100)
@given(truths, shown, st.randoms(use_true_random=False))
def test_a_part_above_its_whole_is_found_in_any_order(truth: list[tuple[int, int]], seen: list[tuple[bool, ...]], random: object) -> None:
    """Law: months and cumulatives shown or blank, two offices, any order: found where it stands, and nothing where nothing stands."""
    reports = []
    for number in range(1, MONTHS + 1):
        for side, (office, code) in enumerate((("lab", "passed"), ("desk", "tested"))):
            month, total = truth[number - 1][side], sum(pair[side] for pair in truth[:number])
            by_month, by_total = seen[number - 1][2 * side : 2 * side + 2]
            reports.append(report(office, number, {code: Stated(month if by_month else None, total if by_total else None)}))
    reports = [one for one in reports if one.readings]
    code = "part-exceeds-whole"
    last = {one for one in standing(reports, TWO_OFFICES) if one[1] == code}
    assert bool(last) == _excess(truth, seen)
    for _ in range(4):
        random.shuffle(reports)  # type: ignore[attr-defined]
        came = {one for one in found(reports, TWO_OFFICES) if one[1] == code}
        assert last <= came
        assert bool(last) == bool(came)


stated = st.builds(Stated, st.one_of(st.none(), st.integers(0, 4)), st.one_of(st.none(), st.integers(0, 9)))


@settings(deadline=None, max_examples=100)
@given(st.lists(stated, min_size=MONTHS, max_size=MONTHS), st.randoms(use_true_random=False))
def test_months_that_contradict_one_another_are_found_in_any_order(cells: list[Stated], random: object) -> None:
    """Law: 累计 = 上月累计 + 本月, no cumulative falls, no month is more than its year: whoever comes last says so."""
    reports = [one for number, cell in enumerate(cells, 1) if (one := report("lab", number, {"passed": cell})).readings]
    last = standing(reports, TWO_OFFICES)
    for _ in range(4):
        random.shuffle(reports)  # type: ignore[attr-defined]
        assert {pair for pair in last if pair[1].startswith(("cumulative", "month"))} <= found(reports, TWO_OFFICES)


def test_a_law_broken_in_several_later_months_is_said_once() -> None:
    """January's sheet comes last and is larger than the cumulatives of February, March and April."""
    later = [report("lab", number, {"passed": Stated(None, total)}) for number, total in ((2, 9), (3, 9), (4, 9))]
    backgrounds = Backgrounds(Nothing(), TWO_OFFICES)  # type: ignore[arg-type]
    for one in later:
        backgrounds.add("f.xlsx", "", one)
    january = report("lab", 1, {"passed": Stated(None, 10)})

    [finding] = check(january, TWO_OFFICES, backgrounds.against("lab", Month(2023, 1)), TODAY)

    assert (finding.code, finding.severity.value, str(finding.place)) == ("cumulative-falls", "check", "表!ytd0")
    assert finding.seen == "与 2023 年 2 月的报表（「f.xlsx」表!ytd0）对不上：2 月的合格本年累计 9，上月累计 10，减少 1"


def test_a_correction_of_the_day_alone_is_a_change() -> None:
    """100 to 25 November becomes 100 to the 30th: next year's sheet states 90 to that same day, which could not be compared before."""
    november, next_year = Month(2023, 11), Month(2024, 11)
    beside = {("passed", column): {next_year: CellOnFile(Value.of(number), next_year.last_day)} for column, number in ((Column.YTD, 120), (Column.PRIOR, 90))}
    before = {("passed", Column.YTD): {november: CellOnFile(Value.of(100), date(2023, 11, 25))}}

    findings = check(report("lab", 11, {"passed": Stated(None, 100)}), TWO_OFFICES, replace(NOTHING_KNOWN, filed=beside, replaced=before), TODAY)

    assert [(finding.code, finding.severity.value, finding.seen) for finding in findings] == [
        ("base-differs", "check", "与 2024 年 11 月的报表对不上：11 月的合格上年同期填 90，系统记录的 2023 年 11 月是 100")
    ]
