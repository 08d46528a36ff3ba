"""指标口径: the definition on screen is the one in force, what changed of it is said, and no platform of the bureau is missing."""

from datetime import date

import pytest

from kpi.meeting import definition_history, editions
from kpi.meeting.definition_history import Definition
from kpi.period import Month
from kpi.present import formulas
from pages.bodies import definition_list
from pages.widgets import session
from tests.pages.fragments import answer, body_of, links, table, texts, view_of, words


def test_every_system_has_its_line(looking):
    systems = table(body_of("indicators"), "平台、台账和专项行动")
    assert [row["名称"] for row in systems] == [system.name for system in looking.catalog.systems.values()]
    assert len(systems) == 106
    silent = {row["名称"] for row in systems if row["供出的数"] == "本年无量化指标"}
    assert silent == {system.name for system in looking.catalog.systems.values() if not system.feeds}


def test_every_indicator_has_its_line_from_the_catalogue(looking):
    lines = table(body_of("indicators"), "指标口径")
    catalog = looking.catalog
    assert [row["指标"] for row in lines] == [indicator.name for indicator in catalog.indicators.values()]
    assert [row["公式"] for row in lines] == [formulas.indicator(indicator, catalog.measures) for indicator in catalog.indicators.values()]


def test_a_search_that_leaves_few_prints_them_in_full(looking):
    page = body_of("indicators", q="商品煤抽检合格率")
    assert texts(page, "h2")[0] == "商品煤抽检合格率"
    [indicator] = [indicator for indicator in looking.catalog.indicators.values() if indicator.name == "商品煤抽检合格率"]
    assert indicator.denominator_words in words(page.css_first(".k-definition"))


def test_what_is_looked_for_stands_in_the_field_and_in_the_address(looking):
    """So that a link opens the same search; an empty one is left out."""
    view = view_of("indicators", q=" 煤 ")
    [field] = [picker for picker in view.pickers if picker.key == "q"]
    assert (field.field, field.value, view.get("q")) == ("search", "煤", "煤")
    assert "q" not in view_of("indicators", q="").values


def test_a_search_for_nothing_says_so(looking):
    assert answer(body_of("indicators", q="没有这个词")) == "0 项指标，0 个平台、台账和专项行动。"


def test_a_row_opens_its_definition_and_leads_to_its_figure(looking):
    page = body_of("indicators", row="food_sampling_pass_rate")
    assert texts(page, "h2")[0] == "食品抽检合格率"
    assert links(page)["这个月的数和来历"] == "/indicators?row=food_sampling_pass_rate&period=2023-11&figure=food_sampling_pass_rate"
    changes = table(page, "目标和口径的变动")
    assert {row["什么"] for row in changes} <= {"2022 年目标", "2023 年目标"}
    assert all(row["内容"].startswith("≥97.8%") for row in changes if row["什么"] == "2023 年目标")


def test_a_target_that_changed_within_the_year_is_said_with_its_day(looking):
    catalog = looking.catalog
    [(code, later)] = [(code, target) for (code, _), every in catalog.targets.items() for target in every if target.since]
    changes = table(body_of("indicators", row=code), "目标和口径的变动")
    assert changes[0]["从哪天起"] == later.since.isoformat() == "2023-07-01"
    assert changes[0]["什么"] == "2023 年目标（年中调整）"
    assert changes[0]["依据"] == later.document


def test_a_system_opens_what_it_feeds(looking):
    system = next(system for system in looking.catalog.systems.values() if len(system.feeds) > 2)
    page = body_of("indicators", row=system.id)
    assert texts(page, "h2")[0] == system.name
    figures = session.figures(Month(2023, 11), session.root())
    assert [row["名称"] for row in table(page, f"{system.name}供出的数")] == [figures[code].name for code in system.feeds if code in figures]


@pytest.mark.usefixtures("bare_shell")
def test_before_the_first_sheet_the_definitions_are_there():
    page = body_of("indicators", row="food_sampling_pass_rate")
    assert answer(page) == "82 项指标，106 个平台、台账和专项行动。"
    assert texts(page, "h2")[0] == "食品抽检合格率"
    assert "这个月的数和来历" not in links(page)


def test_a_definition_that_an_edition_shows_and_that_is_another_one_now(changing, monkeypatch):
    """The first edition that shows it names its code; the one in force comes last."""
    bureau, _ = changing
    code = editions.freeze(bureau, Month(2023, 11), "王统计").edition.code
    real = formulas.indicator
    monkeypatch.setattr(
        definition_history.formulas, "indicator", lambda entry, measures: "甲 ÷ 乙" if entry.code == "food_sampling_pass_rate" else real(entry, measures)
    )
    then, now = definition_history.definitions(bureau)["food_sampling_pass_rate"]
    assert then == Definition(real(bureau.catalog.indicators["food_sampling_pass_rate"], bureau.catalog.measures), then.day, code, recorded=False)
    assert isinstance(then.day, date)
    assert now == Definition("甲 ÷ 乙", None, "", recorded=True)
    [row] = [row for row in table(body_of("indicators", row="food_sampling_pass_rate"), "目标和口径的变动") if row["什么"] == "口径"]
    assert row["内容"] == f"由「{then.words}」改为「甲 ÷ 乙」"
    assert (row["从哪天起"], row["依据"]) == ("最近一次定稿以后", "现在的指标目录")


def test_the_tables_that_are_given_away_are_those_of_the_search(looking):
    names = [table.name for table in definition_list.tables(view_of("indicators", q="商品煤抽检合格率"))]
    assert names[:1] == ["指标口径"]
