"""The model against figures worked by hand: it must be right before anything is held against it."""

from datetime import date
from fractions import Fraction as F

import pytest

from kpi.period import Month, Span
from kpi.value import State
from tests.kpi.store.reports import value
from tests.oracle.bureau import definitions
from tests.oracle.model.log import Cells, Entry, Sent, Withdrawn
from tests.oracle.model.row import Model, Row

DEFINITIONS = definitions()
OFFICE = {code: office for office, codes in DEFINITIONS.offices.items() for code in codes}


def sent(org: str, month: str, **cells: str) -> list[Entry]:
    """A sheet for each office named by its measures; each is written ``本月数 本年累计 上年同期累计``, with ``@20`` for the day of the month."""
    point, found = Month.parse(month), {}
    for code, written in cells.items():
        figures, _, day = written.partition("@")
        texts = [*figures.split(), "–", "–"][:3]
        own = date(point.year, point.month, int(day)) if day else point.last_day
        found.setdefault(OFFICE[code], {})[code] = Cells(own, *(value(text) for text in texts))
    return [Sent(org, office, point, each) for office, each in found.items()]


def year(number: int, org: str = "east", **columns: str) -> list[Entry]:
    """Sheets from January on, each measure's months parted by ``|``."""
    split = {code: [text.strip() for text in texts.split("|")] for code, texts in columns.items()}
    count = max(map(len, split.values()))
    return [entry for n in range(count) for entry in sent(org, f"{number}-{n + 1:02}", **{code: texts[n] for code, texts in split.items() if n < len(texts)})]


def row(entries: list[Entry], code: str, month: str, org: str = "east", span: Span = Span.YTD) -> Row:
    return Model(DEFINITIONS, entries).row(org, code, Month.parse(month), span)


def test_a_rate_is_over_the_months_that_have_both_parts():
    """96 of 100, 97 of nobody knows what, 96 of 100: 192 of 200 without February, never 289 of 200."""
    entries = year(2023, tested="100 | – | 100", passed="96 | 97 | 96", failed="4 | 3 | 4")
    march = row(entries, "plain_rate", "2023-03")
    assert (march.numerator, march.denominator, march.value) == (192, 200, 96)
    assert march.missing == (Month(2023, 2),)
    assert march.status == "未定"  # February can be anything from 0 to 100 %
    assert row(entries, "plain_rate", "2023-02").state is State.UNREPORTED


def test_a_part_whose_whole_is_known_is_bounded_by_it():
    """March states 300 tested so far, February nothing: of the 100 left out none or all may have failed, so 8 % to 41.3 % failed."""
    entries = year(2023, tested="100 | – | 100 300", passed="96 | – | 96", failed="4 | – | 20")
    found = row(entries, "failed_rate", "2023-03")
    assert (found.value, found.status) == (12, "未达标")  # 24 of 200; at least 24 of 300 is above 4 and its tolerance of 1
    assert row(entries, "plain_rate", "2023-03").status == "未定"  # 192 to 292 of 300


@pytest.mark.parametrize(
    ("accidents", "status"),
    [("3 | – | 4", "未定"), ("3 | 0 | 4", "达标"), ("3 | – | 14", "未达标"), ("3 | – | 4 9", "达标"), ("3 | 未开展 | 4", "达标"), ("3 | 未公开 | 4 9", "达标")],
)
def test_what_lacks_decides_nothing_of_a_ceiling(accidents, status):
    """At most 10, tolerance 2: unknown while February is; broken is broken; a stated cumulative needs no February."""
    assert row(year(2023, accidents=accidents), "accidents", "2023-03").status == status


def test_a_hidden_month_hides_the_cumulative_until_one_is_stated():
    """3, 未公开, 4: the year says 未公开, the month of March 4; with 9 stated so far it is 9."""
    hidden = year(2023, accidents="3 | 未公开 | 4")
    assert (row(hidden, "accidents", "2023-03").state, row(hidden, "accidents", "2023-03").status) == (State.WITHHELD, "未定")
    assert row(hidden, "accidents", "2023-03", span=Span.MONTH).value == 4


def test_a_task_already_done_stays_done():
    """10, nothing, 10 of the 30 due by March is open; 115, nothing, 10 is 125 of 120 whatever February was."""
    assert row(year(2023, tasks="10 | – | 10"), "tasks", "2023-03").status == "未定"
    done = row(year(2023, tasks="115 | – | 10"), "tasks", "2023-03")
    assert (done.value, done.status, done.points) == (125, "达标", None)  # each 20 beyond earn more, and how many there are is open


def test_growth_is_over_the_months_of_both_years():
    """30 in November 2023 alone against 25 a month: 25 of November against 30, −16.67 %, never 275 against 30; December adds nothing."""
    entries = year(2024, opened="25|" * 11 + "25") + sent("east", "2023-11", opened="30")
    found = row(entries, "opened_growth", "2024-12")
    assert found.value == F(-5, 30) * 100
    assert (found.missing, len(found.prior_missing), found.status) == ((), 11, "未定")


@pytest.mark.parametrize(("october", "november", "base"), [("80", "95@24", 80), ("80@10", "95@24", 95), ("80@31", "95@30", 80)])
def test_a_base_is_that_of_the_nearest_day(october, november, base):
    """This year to 4 November: 31 October of last year is 4 days off and 24 November 20; 10 October 25 days off."""
    entries = sent("east", "2023-10", opened=f"– {october}") + sent("east", "2023-11", opened=f"– {november}") + sent("east", "2024-11", opened="– 110@4")
    found = row(entries, "opened_growth", "2024-11")
    assert (found.numerator, found.denominator) == (110 - base, base)


def test_results_still_open_leave_a_verdict_open():
    """44 passed, 7 failed, 27 open of 78: 56.4 % to 91.0 %, both below 95 less the tolerance."""
    found = row(sent("east", "2023-01", taken="78", tested="51", passed="44", failed="7"), "pass_rate", "2023-01")
    assert (found.low, found.high, found.status) == (F(4400, 78), F(7100, 78), "未达标")
    assert (found.value, found.points) == (F(4400, 51), 0)


def test_a_month_is_the_step_between_cumulatives_whose_day_moved_on():
    """5, then 9: 4. To the same day again: none. A step down only of what may fall."""
    assert row(year(2023, tasks="– 5 | – 9"), "tasks", "2023-02", span=Span.MONTH).value == 4
    assert row(year(2023, tasks="– 9 | – 5"), "tasks", "2023-02", span=Span.MONTH).value is None
    assert row(year(2023, net="– 9 | – 5"), "net", "2023-02", span=Span.MONTH).value == -4
    quarter = row(year(2023, tasks="– – | – 50 | – 80"), "tasks", "2023-03", span=Span.QUARTER)
    assert (quarter.value, quarter.missing) == (80, ())


def test_a_quarter_of_which_a_month_is_not_known_has_no_sum():
    entries = year(2023, tasks="1 | 2 | 3 | 10 | – | 30")
    assert row(entries, "tasks", "2023-06", span=Span.QUARTER).value is None


def test_a_rate_per_year_counts_the_days_of_the_months_it_has():
    """3 and 3 over 1000 shops without February: 6 × 365 × 10000 / (1000 × (90 − 28)) = 353.2, at least 243.3 over all 90 days."""
    entries = year(2023, accidents="3 | – | 3", shops="– 1000 | – 1000 | – 1000")
    found = row(entries, "death_rate", "2023-03")
    assert (found.value, found.status) == (F(6 * 365 * 10, 62), "未达标")
    few = year(2023, accidents="1 | – | 0", shops="– 1000 | – 1000 | – 1000")
    assert row(few, "death_rate", "2023-03").status == "未定"  # at least 40.6 of at most 110


def test_a_node_is_the_sum_of_those_that_report():
    """392 of 400 and 190 of 200; the 290 of 南 without a denominator are in neither part."""
    entries = sent("east", "2023-01", tested="400", passed="392") + sent("west", "2023-01", tested="200", passed="190") + sent("north", "2023-01", passed="290")
    found = row(entries, "plain_rate", "2023-01", "city")
    assert (found.numerator, found.denominator, found.counted, found.status) == (582, 600, 2, "未定")


def test_what_stood_windows_and_products_by_hand():
    """1,000 in December, 1,030 in March: 30 more. 10, 1, 2: 13 in three months. 10 × 900 + 20 × 1,030, February without a standing figure."""
    entries = [*sent("east", "2023-12", shops="– 1000", opened="10"), *year(2024, opened="1|2", visits="10||20", shops="– 900|–|– 1030")]
    assert row(entries, "kept", "2024-03").value == 30
    assert row(entries, "kept", "2024-02").state is State.UNREPORTED
    assert row(entries, "opened_quarterly", "2024-02").value == 13
    assert row(entries, "opened_quarterly", "2024-03").state is State.UNREPORTED
    assert (row(entries, "load", "2024-03").value, row(entries, "load", "2024-03").missing) == (29600, (Month(2024, 2),))


def test_a_rate_within_another_by_hand():
    """3 closed of 10 and 5 of 10: 40 %, so 60 % are left."""
    assert row(year(2023, opened="10|10", closed="3|5"), "not_closed", "2023-02").value == 60


def test_sheets_and_blanks_by_hand():
    """Work came in January and March of the three months in which checks came, entities never: 5 of 9. A blank of March is 0, of February nothing."""
    entries = [*year(2023, taken="1|1|1"), *sent("east", "2023-01", letters="4", tasks="2"), *sent("east", "2023-03", tasks="3")]
    assert row(entries, "reporting", "2023-03").value == F(500, 9)
    assert (row(entries, "letters", "2023-03").value, row(entries, "letters", "2023-03").missing) == (4, (Month(2023, 2),))
    assert row(entries, "letters", "2023-03", span=Span.MONTH).state is State.ZERO
    assert row(entries, "letters_per_task", "2023-03").value == F(4, 5)
    assert row(entries, "per_sheet", "2023-03").value == F(5, 2)


def test_what_was_taken_back_does_not_count():
    """5, corrected to 7, the correction taken back: 5; taken back again: nothing."""
    log = [*sent("east", "2023-01", tasks="5"), *sent("east", "2023-01", tasks="7")]
    back: Entry = Withdrawn("east", "work", Month(2023, 1))
    assert [row(entries, "tasks", "2023-01").value for entries in (log, [*log, back], [*log, back, back])] == [7, 5, None]


@pytest.mark.parametrize(
    ("shops", "status"), [("1000", "达标"), ("≥1000", "达标"), ("≤1000", "未达标"), ("约1000", "未定"), ("≤900", "未达标"), ("约1100", "达标")]
)
def test_a_qualifier_decides_with_the_number(shops, status):
    """Not below 1000, tolerance 20: 不超过 1000 is not met, by however much."""
    assert row(sent("east", "2023-01", shops=f"– {shops}"), "shops", "2023-01").status == status


def test_scores_by_hand():
    """59 of 120 × 181/365 = 59.5 due: 59/59.5 of 5 points. 93.9 % of 95, step 0.5: three begun steps of 1 point of 8."""
    entries = year(2023, tasks="9 | 10 | 10 | 10 | 10 | 10")
    entries += sent("west", "2023-01", taken="1000", tested="1000", passed="939", failed="61")
    assert row(entries, "tasks", "2023-06").points == F(59 * 365 * 5, 120 * 181)
    assert row(entries, "pass_rate", "2023-01", "west").points == 5


@pytest.mark.parametrize(("day", "due"), [(30, 120), (15, 115)])
def test_pace_by_last_years_own_course(day, due):
    """Last year 110 by 31 October, 120 by 30 November, 200 in all: of a task of 240 by 30 November 144 is due, by the 15th 138."""
    entries = year(2023, opened="– 11|– 22|– 33|– 44|– 55|– 66|– 77|– 88|– 99|– 110|– 120|– 200")
    enough, short = (sent("east", "2024-11", opened=f"– {number}@{day}") for number in (due * 240 // 200, due * 240 // 200 - 1))
    assert row(entries + enough, "opened", "2024-11").status == "达标"
    assert row(entries + short, "opened", "2024-11").status == "滞后"


def test_a_course_that_does_not_reach_the_years_end_is_no_pace():
    """200 by 25 December are not the year's: by 30 November days are due, 335 of 366 of 240 are 219.7."""
    entries = year(2023, opened="– 11|– 22|– 33|– 44|– 55|– 66|– 77|– 88|– 99|– 110|– 120|– 200@25")
    assert [row(entries + sent("east", "2024-11", opened=f"– {number}"), "opened", "2024-11").status for number in (220, 219)] == ["达标", "滞后"]


def test_a_running_sum_runs_to_the_latest_of_its_days():
    """June 2023 was counted to 29 May, May to the 31st: the 44 by June run to 31 May, as near to 30 June as the 6 by May; 55 against 44."""
    june = Sent("east", OFFICE["opened"], Month(2023, 6), {"opened": Cells(date(2023, 5, 29), value("38"))})
    entries = [*year(2023, opened="1|1|1|1|2"), june, *sent("east", "2024-06", opened="– 55")]
    found = row(entries, "opened", "2024-06")
    assert (found.prior_value, found.yoy) == (44, 25)


def test_a_restated_part_does_not_mend_the_months_of_the_other():
    """50 restated of what was tested; but February had nothing to count of what passed, and last year it had: no comparison."""
    entries = year(2023, passed="10|10", tested="20|20") + year(2024, passed="15|未开展", tested="30|未开展 未开展 50")
    found = row(entries, "plain_rate", "2024-02")
    assert (found.value, found.prior_value, found.yoy) == (50, None, None)


def test_a_cumulative_is_told_though_its_month_had_nothing():
    """78 taken by January, nobody knows how many by February: results of 128 may be pending unseen."""
    entries = year(2023, taken="不适用 78", tested="78|50", passed="78|50", failed="0|0")
    assert row(entries, "pass_rate", "2023-02").status == "未定"


def test_months_are_named_beside_a_figure_only():
    """Nothing tested last year in the month that both have: no rate to compare with, and no month named beside it."""
    entries = year(2023, tested="0|5", passed="0|–") + year(2024, tested="10|10", passed="9|9")
    found = row(entries, "plain_rate", "2024-02")
    assert (found.value, found.prior_value, found.prior_missing) == (90, None, ())


def test_a_growth_of_a_quarter_leaves_out_what_last_year_withholds():
    """June of 2023 is withheld: 24 of April and May on 20."""
    entries = year(2023, opened="1|1|1|10|10|未公开") + year(2024, opened="1|1|1|12|12|12")
    found = row(entries, "opened_growth", "2024-06", span=Span.QUARTER)
    assert (found.value, found.prior_missing) == (20, (Month(2023, 6),))


def test_last_year_is_counted_in_the_days_that_it_was_counted_to():
    """1 by 20 January 2023 and nothing of February: 20 days; 2 by January 2024 in 31, of those to 22 February."""
    entries = sent("east", "2023-01", accidents="– 1@20") + sent("east", "2023-02", shops="– 1000")
    entries += sent("east", "2024-01", accidents="– 2@20") + sent("east", "2024-02", accidents="– 4@22", shops="– 1000")
    assert row(entries, "death_rate", "2024-02").prior_value == F(1 * 365 * 10, 20)
