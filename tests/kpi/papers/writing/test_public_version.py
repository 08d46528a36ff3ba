"""Public versions together: what one of them hides is told neither by another month, nor by another choice, nor by last year's."""

from dataclasses import replace

import pytest

from kpi.catalog.small_counts import SmallCounts
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.papers.writing.summary_paper import handed_out
from kpi.papers.writing.summary_writing import write_summary
from kpi.period import Month, Span
from kpi.store.backup_contents import backup_contents
from kpi.store.folder import DataFolder
from tests.kpi.store.reports import accepted

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)
FIGURE, OTHER = "complaints_12345", {"x_complaints_reports_closed": "40 900"}


@pytest.fixture
def complaints(empty):
    """495 complaints until October, 497 until November; the 2 of November are too few to be published."""
    empty.store.commit([accepted("2023-10", "consumer", {FIGURE: "40 495", **OTHER}), accepted("2023-11", "consumer", {FIGURE: "2 497", **OTHER})])
    return empty


def hidden(bureau, month: Month, span: Span = Span.YTD) -> bool:
    return FIGURE in write_summary(bureau, month, span, public=True).version.hidden


def test_two_months_are_not_subtracted(complaints):
    """497 is published as long as the 495 of October is not; afterwards 497 - 495 = 2 would tell November."""
    assert hidden(complaints, NOVEMBER, Span.MONTH)
    assert not hidden(complaints, NOVEMBER)
    handed_out(complaints, write_summary(complaints, OCTOBER, public=True))
    assert hidden(complaints, NOVEMBER)


def test_what_was_corrected_since_tells_nobody(complaints):
    """October was published as 495 and is 480 now: 497 - 480 = 17 may be told."""
    handed_out(complaints, write_summary(complaints, OCTOBER, public=True))
    complaints.store.commit([accepted("2023-10", "consumer", {FIGURE: "25 480", **OTHER})])
    assert not hidden(complaints, NOVEMBER)


def test_what_is_public_cannot_be_hidden(complaints):
    handed_out(complaints, write_summary(complaints, NOVEMBER, public=True))
    with pytest.raises(RequestError, match="「其中：12345 平台投诉」凭以前公开过的材料就能推出，不能再隐去"):
        write_summary(complaints, NOVEMBER, public=True, hide=[FIGURE])


def test_growth_over_a_count_that_last_year_hides_is_left_out(empty):
    """10 after 2 are +400 %: the 2 were not published."""
    empty.store.commit([accepted("2022-11", "consumer", {FIGURE: "– 2"}), accepted("2023-11", "consumer", {FIGURE: "– 10"})])
    row = write_summary(empty, NOVEMBER, public=True).version.rows[FIGURE]
    assert (row.figure.value, row.last_year.yoy, row.last_year.value) == (10, None, None)


def test_growth_over_a_small_count_that_the_office_gives_itself_is_left_out(empty):
    """A bureau without sheets of last year has its 上年同期 alone: 10 after 2."""
    empty.store.commit([accepted("2023-11", "consumer", {FIGURE: "– 10 2"})])
    assert write_summary(empty, NOVEMBER, public=True).version.rows[FIGURE].last_year.yoy is None


def test_two_growths_are_not_subtracted(empty):
    """900 are +81.8 % over the 495 of last October; 1000 over 497 would be +101.2 %, which tells the 2 of last November."""
    empty.store.commit([accepted("2023-10", "consumer", {FIGURE: "– 900 495"}), accepted("2023-11", "consumer", {FIGURE: "– 1000 497"})])
    handed_out(empty, write_summary(empty, OCTOBER, public=True))
    row = write_summary(empty, NOVEMBER, public=True).version.rows[FIGURE]
    assert (row.figure.value, row.last_year.yoy) == (1000, None)


def test_what_last_years_version_printed_is_not_subtracted_from_a_growth(empty):
    """495 until last October were published then; 1000 over 497 tell the 2 of last November."""
    empty.store.commit([accepted("2022-10", "consumer", {FIGURE: "40 495"}), accepted("2022-11", "consumer", {FIGURE: "2 497"})])
    empty.store.commit([accepted("2023-11", "consumer", {FIGURE: "– 1000"})])
    assert write_summary(empty, NOVEMBER, public=True).version.rows[FIGURE].last_year.yoy is not None
    handed_out(empty, write_summary(empty, Month(2022, 10), public=True))
    assert write_summary(empty, NOVEMBER, public=True).version.rows[FIGURE].last_year.yoy is None


def test_what_a_paper_did_not_speak_of_may_be_a_sum_of_what_it_printed(empty):
    """2000 - 1000 - 300 - 400 - 200 = 100 consultations until October, 102 until November."""
    codes = ("consumer_requests_total", "complaints_12315", "reports_12315", "complaints_12345", "petitions_gansu", "consultations_12315")
    for month, values in ((OCTOBER, (2000, 1000, 300, 400, 200, 100)), (NOVEMBER, (2402, 1100, 400, 500, 300, 102))):
        empty.store.commit([accepted(str(month), "consumer", {code: f"– {value}" for code, value in zip(codes, values, strict=True)})])
    october = write_summary(empty, OCTOBER, public=True)
    assert "consultations_12315" in write_summary(empty, NOVEMBER, public=True).version.printed
    silent = replace(october.version, rows={code: october.version.rows[code] for code in codes[:-1]})
    handed_out(empty, replace(october, version=silent))
    assert "consultations_12315" in write_summary(empty, NOVEMBER, public=True).version.hidden


def test_an_indicator_that_is_a_growth_is_left_out_too(empty):
    """The growth of 新登记市场主体 is an indicator of its own, over last year's figure: 10 after 2, where 户 are protected as well."""
    empty.store.commit(
        [accepted("2022-11", "registration", {"market_entities_new": "– 2"}), accepted("2023-11", "registration", {"market_entities_new": "– 10"})]
    )
    protecting = replace(empty, catalog=replace(empty.catalog, small_counts=SmallCounts(5, ("户",))))
    assert "market_entities_new_growth_yoy" not in write_summary(empty, NOVEMBER, public=True).version.hidden
    assert "market_entities_new_growth_yoy" in write_summary(protecting, NOVEMBER, public=True).version.hidden


def test_a_publication_is_kept_once_backed_up_and_proved(complaints):
    first, second = write_summary(complaints, OCTOBER, public=True), write_summary(complaints, NOVEMBER, public=True)
    handed_out(complaints, first)
    handed_out(complaints, write_summary(complaints, OCTOBER, public=True))
    [publication] = complaints.store.publications()
    assert (publication.month, publication.printed[FIGURE]) == (OCTOBER, 495)
    with pytest.raises(OutdatedError, match="写好以后又公开了别的材料"):
        handed_out(complaints, second)

    folder = DataFolder(complaints.store._folder.root)
    [kept] = (folder.root / "published").iterdir()
    assert backup_contents(folder).texts[f"published/{kept.name}"] == kept.read_bytes()
    kept.write_bytes(b"{}")
    assert any("公开记录" in fault and "已损坏" in fault for fault in complaints.store.verify())
    with pytest.raises(StoreError, match="公开记录"):
        write_summary(complaints, NOVEMBER, public=True)
