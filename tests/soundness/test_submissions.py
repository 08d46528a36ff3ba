"""The same work counted twice, or not at all, and the wrong one of two reports in force."""

from kpi.filing.submissions import withdraw
from kpi.period import Month, Span


def test_a_correction_replaces_and_does_not_add(small):
    """10, then corrected to 12: 12, not 22."""
    small.report("2023-01", tested="10")
    small.report("2023-01", tested="12")

    assert small.row("tested", "2023-01").figure.value == 12


def test_the_same_file_twice_is_one(small):
    """The bytes of a submission in force change nothing."""
    first = small.filed("2023-01", tested="10")
    again = small.filed("2023-01", tested="10")

    assert (again.seq, again.unchanged, small.row("tested", "2023-01").figure.value) == (first.seq, True, 10)


def test_a_correction_that_leaves_a_cell_blank_takes_the_figure_back(small):
    """The second sheet holds no tested batches any more: 未报, not the figure of the first."""
    small.report("2023-01", tested="10", passed="9")
    small.report("2023-01", tested="–", passed="9")

    assert (small.row("tested", "2023-01").figure.value, small.row("tested", "2023-01").figure.state) == (None, "未报")


def test_a_withdrawn_submission_counts_no_more(small):
    """Without the second the first stands again; without both nothing does."""
    first = small.filed("2023-01", tested="10")
    second = small.filed("2023-01", tested="12")
    withdraw(small.bureau, second.seq, "王统计", "报错了")
    assert small.row("tested", "2023-01").figure.value == 10

    withdraw(small.bureau, first.seq, "王统计", "也报错了")
    assert small.row("tested", "2023-01").figure.value is None


def test_a_ledger_and_a_sheet_are_not_added(small):
    """The sheet says 10 and the ledger 11: the later speaks, nobody has 21."""
    small.report("2023-01", tested="10")
    small.report("2023-01", template="register", tested="11")

    assert small.row("tested", "2023-01").figure.value == 11


def test_what_a_ledger_leaves_blank_does_not_silence_the_sheet(small):
    """Both are in force; the ledger counts nothing of what the sheet states."""
    small.report("2023-01", tested="10")
    small.report("2023-01", template="register", tested="–", passed="9")

    assert small.row("plain_rate", "2023-01").figure.value == 90


def test_a_late_month_finds_its_place(small):
    """March before February: the year is 10 + 20 + 30 in either order, and March's month is its own."""
    small.report("2023-01", tested="10")
    small.report("2023-03", tested="30")
    small.report("2023-02", tested="20")

    assert small.values("tested", "2023-01", "2023-03") == [10, 30, 60]


def test_a_correction_of_january_reaches_every_later_month(small):
    """15 in place of 10 in January: February's and March's years follow."""
    small.months(2023, tested="10|20|30")
    small.report("2023-01", tested="15")

    assert small.values("tested", "2023-01", "2023-03") == [15, 35, 65]


def test_a_correction_of_last_year_reaches_the_comparison(small):
    """Last year's 20 becomes 25: this year's 30 is +20 %, no longer +50 %."""
    small.report("2022-03", tested="– 20")
    small.report("2023-03", tested="– 30")
    assert small.row("tested", "2023-03").last_year.yoy == 50

    small.report("2022-03", tested="– 25")
    assert small.row("tested", "2023-03").last_year.yoy == 20


def test_one_office_is_not_counted_for_another(small):
    """10 of one office and 20 of the other are 30 together; alone neither has the other's."""
    small.report("2023-01", tested="10")
    small.report("2023-01", "food", food_tested="20")

    assert [small.row(code, "2023-01").figure.value for code in ("tested", "food_tested", "both")] == [10, 20, 30]


def test_a_sum_of_two_offices_waits_for_both(small):
    """One of two is no total: 未报, not 10."""
    small.report("2023-01", tested="10")

    assert (small.row("both", "2023-01").figure.value, small.row("both", "2023-01").figure.state) == (None, "未报")


def test_a_later_month_does_not_change_an_earlier_one(small):
    """What was shown of January in January's meeting stays when March comes."""
    small.months(2023, tested="10|20")
    shown = [small.row("tested", "2023-01", span) for span in Span]
    small.report("2023-03", tested="– 90")

    assert [small.row("tested", "2023-01", span) for span in Span] == shown
    assert small.points("tested", "2023-03", "2023-03")[0].adjustment == ()


def test_months_before_the_first_report_hold_nothing(small):
    """The grid begins in January of the first year; no month of it is 0."""
    small.report("2023-05", tested="5")

    assert small.values("tested", "2022-12", "2023-05") == [None, None, None, None, None, 5]
    assert small.bureau.store.months() == (Month(2023, 5), Month(2023, 5))
