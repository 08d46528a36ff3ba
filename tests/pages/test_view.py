"""Addresses: what is named is shown, what is not named has its usual value, what is not there is said; links carry all of it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.period import Month, Span
from pages import view
from pages.site import BY_PATH, PAGES
from tests.pages.fragments import view_of

KEYS = ["period", "org", "office", "code", "span", "status", "years", "edition", "ranked", "which", "zzz"]
WORDS = st.dictionaries(st.sampled_from(KEYS), st.text(max_size=8))


def test_an_address_that_names_nothing_says_what_is_shown(looking):
    shown = view_of("targets")
    assert dict(shown.values) == {"office": "all", "period": "2023-11", "area": "all", "status": "late"}
    assert (shown.period, shown.office, shown.org) == (Month(2023, 11), None, "bureau")
    assert not shown.notes


@pytest.mark.parametrize("asked", ["2023-09", "2023-9", "2023 年 9 月"])
def test_a_month_is_read_as_people_write_it(looking, asked):
    shown = view_of("", period=asked)
    assert shown.values["period"] == "2023-09"
    assert not shown.notes


@pytest.mark.parametrize("asked", ["credit", "信用监管科", "信用科"])
def test_an_office_is_read_by_code_name_or_alias(looking, asked):
    names = {looking.catalog.offices["credit"].name, *looking.catalog.offices["credit"].aliases, "credit"}
    if asked in names:
        assert view_of("targets", office=asked).office == "credit"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "2027-01"}, "地址里要看的期间是「2027-01」，这里没有；下面是「2023 年 11 月」。"),
        ({"period": "2020-05"}, "地址里要看的期间是「2020-05」，这里没有；下面是「2022 年 1 月」。"),
        ({"period": "去年"}, "地址里要看的期间是「去年」，这里没有；下面是「2023 年 11 月」。"),
        ({"period": ""}, "地址里没有写明要看的期间；下面是「2023 年 11 月」。"),
        ({"figure": "没有的数"}, "地址里要看的数是「没有的数」，这里没有；下面是整页。"),
        ({"office": "网络科"}, "地址里要看的科室是「网络科」，这里没有；下面是「全局」。"),
        ({"office": "长" * 5000}, f"地址里要看的科室是「{'长' * 40}…」，这里没有；下面是「全局」。"),
    ],
)
def test_what_is_not_there_gets_one_sentence_that_says_what_is_shown(looking, query, said):
    shown = view_of("targets", **query)
    assert shown.notes == (said,)
    assert not view.read(shown.page, shown.values).notes  # the address that it is put right to asks for nothing that is not there


def test_a_link_to_another_page_takes_month_office_and_indicator_along(looking):
    shown = view_of("targets", period="2023-10", office="credit", status="all", figure="x")
    link = urlsplit(shown.link("trends", code="double_random_timely_entry_rate"))
    assert link.path == "/trends"
    assert dict(parse_qsl(link.query)) == {"period": "2023-10", "office": "credit", "code": "double_random_timely_entry_rate"}


def test_a_link_within_a_page_keeps_everything_and_changes_what_it_is_about(looking):
    shown = view_of("targets", period="2023-10", office="credit", status="all", figure="x")
    assert dict(parse_qsl(urlsplit(shown.link(period="2023-09")).query)) == {**shown.values, "period": "2023-09"}
    assert "figure" not in dict(parse_qsl(urlsplit(shown.link(figure=None)).query))


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize("page", [page.path for page in PAGES])
@given(query=WORDS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_address_is_put_right_once_and_for_all(page, query):
    """What is read from the address that a page was given back is the same view, without a word."""
    shown = view.read(BY_PATH[page], query)
    again = view.read(BY_PATH[page], shown.values)
    assert again.values == shown.values
    assert not again.notes
    assert view.read(BY_PATH[page], dict(parse_qsl(urlsplit(shown.link()).query, keep_blank_values=True))).values == shown.values


def test_the_span_is_one_that_figures_have(looking):
    assert view_of("compare", span="quarter").span is Span.QUARTER
    assert view_of("compare", span="decade").span is Span.YTD


def test_an_empty_bureau_has_pages_without_a_month(empty, monkeypatch):
    from tests.pages.conftest import _over

    _over(empty, monkeypatch)
    for page in PAGES:
        shown = view.read(page, {"edition": "x"})
        assert "period" not in shown.values or page.path in ("completeness", "submissions")
