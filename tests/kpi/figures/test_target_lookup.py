"""What an indicator is held to at a point: which target, over which days, how much of it, and how it falls due."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.compute.target_in_force import TargetInForce
from kpi.figures.target_lookup import targets_in_force
from kpi.period import Month, Span
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, files, indicator, target
from tests.soundness.test_lacking_below import TREE

PLAN = "[5, 15, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]"
LIMITS = "[90, 92, 95, 95, 95, 95, 95, 95, 95, 95, 95, 96]"


def of(text: str, org: str = "city", **more: str) -> str:
    """A target with its organisation, and what is no text as it is written: days, lists."""
    return text + f'org = "{org}"\n' + "".join(f"{key.rstrip('_')} = {value}\n" for key, value in more.items())


MORE = [
    indicator("planned", "按月检验批次", "tested", unit="批次", target_kind="annual"),
    indicator("evenly", "逐日检验批次", "tested", unit="批次", target_kind="annual"),
    indicator("standing", "在册户数下限", "shops", unit="户", target_kind="floor"),
    indicator("due_rate", "限期合格率", "passed", "tested", target_kind="milestone"),
]
TARGETS = "".join(
    [
        of(target("tested", "annual", "120", pace="months")),
        of(target("tested", "annual", "240", pace="months"), from_="2023-07-31"),
        of(target("evenly", "annual", "365")),
        of(target("planned", "annual", "100"), monthly=PLAN),
        of(target("fines", "annual", "365", pace="profile")),
        of(target("pass_rate", "floor", "95"), monthly=LIMITS),
        of(target("plain_rate", "floor", "90")),
        of(target("accidents", "ceiling", "10")),
        of(target("complaint_rate", "ceiling", "8")),
        of(target("complaint_rate", "ceiling", "5"), "east"),
        of(target("standing", "floor", "500")),
        of(target("coverage", "progress", "100")),
        of(target("due_rate", "milestone", "80"), due="2023-06-30"),
    ]
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    quality = "\n".join([QUALITY, *MORE])
    return load.load(write(tmp_path_factory.mktemp("catalog"), files({2023: TARGETS}, quality) | {"orgs.toml": TREE}))


def held(catalog: Catalog, code: str, point: str, span: Span = Span.YTD, **more: object) -> list[TargetInForce]:
    return list(targets_in_force(catalog, Month.parse(point), code, span, more.pop("profiles", {}), **more))


def test_without_a_target_nobody_is_held_to_anything(catalog):
    """净增 has none, and 检验批次 has none of 2024."""
    assert targets_in_force(catalog, Month(2023, 6), "net", Span.YTD, {}) == ()
    assert targets_in_force(catalog, Month(2024, 6), "tested", Span.YTD, {}) == ()


def test_each_organisation_is_held_to_its_own_and_the_root_is_meant_unless_told(catalog):
    """At most 8 % in the city, 5 % in 东湖, and nothing is asked of 西山."""
    assert [entry.limit for entry in held(catalog, "complaint_rate", "2023-06")] == [8]
    assert [entry.limit for entry in held(catalog, "complaint_rate", "2023-06", org="east")] == [5]
    assert held(catalog, "complaint_rate", "2023-06", org="west") == []


def test_a_target_paced_by_days_is_one_stretch_of_its_year(catalog):
    """182 of 365 days by 1 July."""
    [entry] = held(catalog, "evenly", "2023-07")

    assert (entry.point, entry.paced, entry.basis) == (Month(2023, 7), True, "按天数")
    assert (entry.stretch.first, entry.stretch.last) == (date(2023, 1, 1), date(2023, 12, 31))
    assert entry.stretch.due(date(2023, 7, 1)) * 365 == 182


def test_a_target_changed_within_a_month_splits_it_at_its_first_day(catalog):
    """240 from 31 July: 120 for seven months, of which July ends on the 30th, then July's last day and the five months after it."""
    entries = held(catalog, "tested", "2023-07")

    assert [entry.limit for entry in entries] == [120] * 7 + [240] * 6
    assert [(entry.stretch.first.isoformat(), entry.stretch.last.isoformat()) for entry in entries[5:9]] == [
        ("2023-06-01", "2023-06-30"),
        ("2023-07-01", "2023-07-30"),
        ("2023-07-31", "2023-07-31"),
        ("2023-08-01", "2023-08-31"),
    ]
    assert [entry.stretch.due(entry.stretch.last) * 12 for entry in entries[5:9]] == [6, 7, 7, 8]
    assert entries[-1].stretch.last == date(2023, 12, 31)


def test_what_begins_after_the_month_holds_nothing_in_it(catalog):
    """On the last day of July the 240 hold, in June they do not."""
    assert {entry.limit for entry in held(catalog, "tested", "2023-06")} == {120}
    assert {entry.limit for entry in held(catalog, "tested", "2023-07")} == {120, 240}


def test_a_limit_is_due_in_full_on_every_day(catalog):
    """A floor of 90 % is no less of one in January; it has no pace."""
    [entry] = held(catalog, "plain_rate", "2023-02")

    assert (entry.limit, entry.paced, entry.basis) == (90, False, "")
    assert (entry.stretch.first, entry.stretch.last) == (date(2023, 1, 1), date(2023, 12, 31))
    assert {entry.stretch.due(day) for day in (date(2023, 1, 1), date(2023, 2, 28), date(2023, 12, 31))} == {1}


@pytest.mark.parametrize(
    ("code", "span", "point", "limit"),
    [
        ("tested", Span.MONTH, "2023-05", None),  # 120 of the year, and no plan by month
        ("planned", Span.YTD, "2023-05", 100),
        ("planned", Span.MONTH, "2023-02", 15),
        ("planned", Span.QUARTER, "2023-02", 20),  # 5 + 15
        ("planned", Span.QUARTER, "2023-05", 16),  # 8 + 8
        ("planned", Span.HALF, "2023-06", 52),  # 5 + 15 + 4 × 8
        ("pass_rate", Span.YTD, "2023-02", 92),
        ("pass_rate", Span.MONTH, "2023-01", 90),
        ("pass_rate", Span.MONTH, "2023-12", 96),
        ("plain_rate", Span.MONTH, "2023-05", 90),  # a rate of a month is a rate
        ("standing", Span.MONTH, "2023-05", 500),  # and what stands at its end stands
        ("accidents", Span.MONTH, "2023-05", None),  # at most 10 in a year are not at most 10 in a month
        ("accidents", Span.YTD, "2023-05", 10),
        ("coverage", Span.QUARTER, "2023-05", None),  # 100 % by the year's end
        ("coverage", Span.YEAR, "2023-12", 100),
        ("due_rate", Span.MONTH, "2023-06", None),  # what was to be reached since January
        ("due_rate", Span.YTD, "2023-06", 80),
    ],
)
def test_what_a_year_is_to_reach_holds_no_month_unless_it_was_planned(catalog, code, span, point, limit):
    entries = held(catalog, code, point, span)

    assert {entry.limit for entry in entries} == (set() if limit is None else {limit})


def test_a_plan_by_month_is_the_pace_of_the_year_and_no_pace_of_a_month(catalog):
    """20 of 100 by the end of February; the 15 of February are due by whatever day."""
    year, [month] = held(catalog, "planned", "2023-02"), held(catalog, "planned", "2023-02", Span.MONTH)

    assert {(entry.paced, entry.basis) for entry in year} == {(True, "按月度计划")}
    assert year[1].stretch.due(date(2023, 2, 28)) * 100 == 20
    assert (month.paced, month.basis, month.stretch.due(date(2023, 2, 1))) == (False, "", 1)


def test_the_limits_of_months_are_no_pace(catalog):
    [entry] = held(catalog, "pass_rate", "2023-02")

    assert (entry.paced, entry.basis) == (False, "")


def test_last_years_course_is_that_of_the_indicator_and_year(catalog):
    """30 of last year's 100 stood at the end of June: 30 % is due by then; without a course 181 of 365 days, and the page says so."""
    course = ((date(2022, 6, 30), D(30)), (date(2022, 12, 31), D(100)))
    paced = held(catalog, "fines", "2023-06", profiles={("fines", 2023): course})
    other = held(catalog, "fines", "2023-06", profiles={("fines", 2024): course, ("tested", 2023): course})

    assert [(entry.basis, entry.stretch.due(date(2023, 6, 30)) * 100) for entry in paced[:1]] == [("按上年自身进度", 30)]
    assert [(entry.basis, entry.stretch.due(date(2023, 6, 30)) * 365) for entry in other] == [("上年各月数据不全，改按天数", 181)]


def test_a_pace_by_months_is_told_as_such(catalog):
    """The words about last year's course are for targets that are paced by it."""
    assert {entry.basis for entry in held(catalog, "tested", "2023-06")} == {"按月数"}
