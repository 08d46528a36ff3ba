"""What comes from outside of the program is refused in one sentence before anything is written, and what is harmless is made good."""

import shutil
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.errors import RequestError
from kpi.period import Month, Span, parse_day
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.store.edition import Edition
from tests.kpi.store.reports import accepted, catalog_of

BAD = "\udcd6\udcd0"
NOON = datetime.fromisoformat("2024-04-08T12:00")


def test_text_that_no_file_can_hold_is_refused_before_anything_is_written(store: Store, folder: Path) -> None:
    """The title of an edition, a reason, the name of a file, a note: no frozen file is left behind without an entry."""
    store.commit([accepted("2024-03", food_sampling_tested="3")])
    before = sorted(folder.rglob("*"))
    item = accepted("2024-04", food_sampling_tested="4")
    edition = Edition(Month(2024, 3), Span.YTD, BAD, sha256(b"{}").hexdigest(), 1, "first", "李主任", NOON)
    for act in (
        lambda: store.freeze(edition, b"{}"),
        lambda: store.decide(Decision(Act.LOCK, Month(2024, 3), None, None, "李主任", NOON, BAD)),
        lambda: store.commit([replace(item, file=BAD)]),
        lambda: store.commit([replace(item, note=BAD)]),
    ):
        with pytest.raises(RequestError, match="里有读不出的字"):
            act()
    assert sorted(folder.rglob("*")) == before


def test_partial_that_was_taken_away_is_made_again(store: Store, folder: Path) -> None:
    """Nothing is kept in it."""
    shutil.rmtree(folder / "partial")
    assert [one.seq for one in store.commit([accepted("2024-03", food_sampling_tested="3")])] == [1]


def test_submissions_of_an_office_or_template_that_the_catalogue_lacks_are_named(folder: Path) -> None:
    """At start and by verify, until the catalogue has them again."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-03", food_sampling_tested="3"), accepted("2024-03", "drug", drug_samples_tested="3")])
    catalog = catalog_of("second")
    offices = {"food": catalog.offices["food"].model_copy(update={"template": "新月报表"})}
    with Store.open(folder, replace(catalog, offices=offices)) as store:
        expected = ["指标目录里没有科室「drug」，第 2 号报送却是它的", "指标目录里没有食品安全协调科的报表「食品安全协调科月报表」，第 1 号报送却是它的"]
        assert [notice.partition("：")[0] for notice in store.notices] == expected
        assert store.verify() == list(store.notices)
    with Store.open(folder, catalog_of()) as store:
        assert (store.notices, store.verify()) == ((), [])


@pytest.mark.parametrize("text", ["2023-W05-1", "20231205", "2023-12-5"])
def test_only_a_day_as_it_is_documented_is_one(text: str) -> None:
    """Other spellings of ISO 8601 are refused."""
    with pytest.raises(RequestError, match="请写成 2023-12-05 的样式"):
        parse_day(text)
