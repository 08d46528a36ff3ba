"""Questions are asked once: an answer is kept by layout and words, and next month the same layout raises none."""

import json
from dataclasses import replace

import pytest

from kpi.finding import Severity
from kpi.workbook.answer_mapping import OWN, SKIP, AnswerMapping, Since, answer_key
from kpi.workbook.report import Beside, Column, Question, QuestionKind
from tests.kpi.workbook.layouts.drawing import Spec, cells
from tests.kpi.workbook.layouts.test_layouts import read
from tests.kpi.workbook.learning import learn

MONTHLY = """登记注册科2023年{month}月报表 | < | <
项目 | 数量 | 完成数占比
新登记市场主体总计划 | {figure} | 3
新登记企业 | 100 | 4"""


def sheet(text: str, **told: str) -> Spec:
    return Spec("问", {"Sheet1": [cells(line) for line in text.splitlines()]}, told=told)


def asked(reports) -> dict[QuestionKind, list[Question]]:
    found: dict[QuestionKind, list[Question]] = {}
    for question in reports[0].questions:
        found.setdefault(question.kind, []).append(question)
    return found


def values(reports) -> dict[tuple[str, str], str]:
    return {(reading.measure, reading.column.value): reading.raw for report in reports for reading in report.readings if reading.raw}


def test_an_answered_layout_asks_nothing_next_month(parser):
    questions = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))
    [row] = questions[QuestionKind.ROW]
    amount = next(question for question in questions[QuestionKind.COLUMN] if question.seen == "数量")
    share = next(question for question in questions[QuestionKind.COLUMN] if question.seen == "完成数占比")
    assert "market_entities_new" in dict(row.candidates)
    assert dict(amount.candidates) == {"ytd": 0.5, "month": 0.5}

    mapping = learn(learn(learn(AnswerMapping(), row, "market_entities_new"), amount, "month"), share, SKIP)
    reports = read(parser, sheet(MONTHLY.format(month=11, figure=8)), mapping)

    assert reports[0].questions == ()
    assert values(reports) == {("market_entities_new", "month"): "8", ("enterprises_new", "month"): "100"}
    assert not {"unknown-row", "unknown-column", "unsure-column"} & {finding.code for finding in reports[0].findings}


def test_answers_are_plain_data(parser):
    [row] = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))[QuestionKind.ROW]
    mapping = learn(AnswerMapping(), row, "market_entities_new")

    assert AnswerMapping(json.loads(json.dumps(mapping.answers))) == mapping


def test_an_answer_of_another_layout_is_no_answer(parser):
    [row] = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))[QuestionKind.ROW]
    mapping = learn(AnswerMapping(), row, "market_entities_new")

    again = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7).replace("数量", "累计数量")), mapping))
    assert [question.seen for question in again[QuestionKind.ROW]] == [row.seen]


def test_a_row_may_be_answered_with_none_of_ours(parser):
    [row] = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))[QuestionKind.ROW]
    reports = read(parser, sheet(MONTHLY.format(month=10, figure=7)), learn(AnswerMapping(), row, SKIP))

    assert QuestionKind.ROW not in asked(reports)


def test_an_answer_for_another_office_is_not_taken(parser):
    [row] = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))[QuestionKind.ROW]
    reports = read(parser, sheet(MONTHLY.format(month=10, figure=7)), learn(AnswerMapping(), row, "websites_inspected_online"))

    assert asked(reports)[QuestionKind.ROW] == [row]


@pytest.mark.parametrize(
    ("answer", "words"),
    [("dropped_measure", "「dropped_measure」，指标目录里已没有这一项"), ("websites_inspected_online", "不由本科室填报")],
)
def test_an_answer_that_can_no_longer_be_followed_is_named_and_asked_again(parser, answer, words):
    """A hint at the cell; the row is read as if nobody had ever said anything."""
    plain = read(parser, sheet(MONTHLY.format(month=10, figure=7)))
    [row] = asked(plain)[QuestionKind.ROW]
    reports = read(parser, sheet(MONTHLY.format(month=10, figure=7)), learn(AnswerMapping(), row, answer))

    [outdated] = [finding for finding in reports[0].findings if finding.code == "answer-outdated"]
    assert (outdated.severity, outdated.place) == (Severity.HINT, row.place)
    assert words in outdated.seen
    assert [one.place for one in asked(reports)[QuestionKind.ROW]] == [row.place]
    assert values(reports) == values(plain)


def test_a_column_with_an_answer_of_no_meaning_is_asked_about_again(parser):
    """Not passed over in silence."""
    amount = next(question for question in asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))[QuestionKind.COLUMN] if question.seen == "数量")
    reports = read(parser, sheet(MONTHLY.format(month=10, figure=7)), learn(AnswerMapping(), amount, "no such figure"))

    assert amount in asked(reports)[QuestionKind.COLUMN]
    assert "answer-outdated" in {finding.code for finding in reports[0].findings}


def test_a_question_shows_the_first_figures_of_its_row_or_column(parser):
    """With the words over or before each, so that a person can tell what it is."""
    questions = asked(read(parser, sheet(MONTHLY.format(month=10, figure=7))))
    assert questions[QuestionKind.ROW][0].figures == (("数量", "7"), ("完成数占比", "3"))
    assert questions[QuestionKind.COLUMN][0].figures == (("新登记市场主体总计划", "7"), ("新登记企业", "100"))


WIDE = """登记注册科2023年各月登记情况 | < | <
月份 | 新登记市场主体 | 新登记企业户数合计数
9月 | 350 | 90
10月 | 400 | 95
11月 | 500 | 97"""


def test_a_heading_is_answered_with_the_measure_it_is_about(parser):
    """A table with its measures over the columns: once said, each month's figure under it is read."""
    [heading] = asked(read(parser, sheet(WIDE)))[QuestionKind.HEADING]
    assert (heading.seen, heading.candidates[0][0]) == ("新登记企业户数合计数", "enterprises_new")
    assert heading.figures == (("9月", "90"), ("10月", "95"), ("11月", "97"))

    reports = read(parser, sheet(WIDE.replace("| 97", "| 98")), learn(AnswerMapping(), heading, "enterprises_new"))

    assert all(report.questions == () for report in reports)
    assert [reading.raw for report in reports for reading in report.readings if reading.measure == "enterprises_new"] == ["90", "95", "98"]
    assert QuestionKind.HEADING not in asked(read(parser, sheet(WIDE), learn(AnswerMapping(), heading, SKIP)))


LINES = """登记注册科2023年11月登记情况 | < | <
区域 | 新登记市场主体本年累计 | 新登记企业本年累计
城关所 | 3000 | 700
东关所 | 2000 | 600"""


def test_a_line_is_answered_with_whether_it_is_the_offices_own(parser):
    """One of two is; or neither is."""
    lines = asked(read(parser, sheet(LINES)))[QuestionKind.LINE]
    assert [line.seen for line in lines] == ["城关所", "东关所"]

    own = read(parser, sheet(LINES), learn(AnswerMapping(), lines[0], OWN))
    assert values(own) == {("market_entities_new", "ytd"): "3000", ("enterprises_new", "ytd"): "700"}
    assert own[0].questions == ()

    none = read(parser, sheet(LINES), learn(learn(AnswerMapping(), lines[0], SKIP), lines[1], SKIP))
    assert (values(none), none[0].questions) == ({}, ())


def test_an_office_is_asked_with_the_owner_of_the_rows_first(parser):
    text = "2023年11月 | <\n项目 | 累计\n新登记市场主体 | 5000\n新登记企业 | 1300"
    [office] = asked(read(parser, sheet(text)))[QuestionKind.OFFICE]
    assert office.candidates[0] == ("registration", 0.95)

    mapping = learn(AnswerMapping(), office, "registration")
    reports = read(parser, sheet(text.replace("11月", "12月")), mapping)
    assert (reports[0].office, reports[0].questions) == ("registration", ())


def test_an_unknown_office_name_is_likened_to_those_we_know(parser):
    text = "填报单位：登记注册股 | <\n2023年11月 | <\n项目 | 累计\n新登记市场主体 | 5000"
    [office] = asked(read(parser, sheet(text)))[QuestionKind.OFFICE]

    assert (office.seen, office.candidates[0][0]) == ("登记注册股", "registration")


def test_a_period_is_asked_with_the_month_before_it_was_filled_in_first(parser):
    text = "填报单位：登记注册科 填报时间：2023年12月3日 | <\n项目 | 累计\n新登记市场主体 | 5000"
    [period] = asked(read(parser, sheet(text)))[QuestionKind.PERIOD]

    assert [month for month, _ in period.candidates] == ["2023-11", "2023-12"]
    assert read(parser, sheet(text, 月份="2023-11"))[0].questions == ()


def test_what_stands_beside_a_figure_is_kept_for_checking(parser):
    text = """登记注册科2023年11月 | < | < | < | < | <
项目 | 年度目标 | 累计 | 完成率 | 上年同期 | 同比增长% | 上年末
新登记市场主体 | 6000 | 5000(同比↑4.17%) | 83.33% | 4800 | 4.17 | 减少0.11个百分点"""
    [report] = read(parser, sheet(text))

    typed = {(one.beside, one.column): str(one.value.number) for one in report.typed}
    assert typed[Beside.TARGET, Column.YTD] == "6000"
    assert typed[Beside.PROGRESS, Column.YTD] == "83.33"
    assert typed[Beside.YOY, Column.YTD] == "4.17"
    assert len([one for one in report.typed if one.beside is Beside.YOY]) == 2  # in the cell, and in its own column
    assert values([report])["market_entities_new", "ytd"].startswith("5000")


def test_a_typed_rate_column_is_the_rate(parser):
    text = "食品安全协调科2023年1-11月 | < | <\n食品监督抽检批次 | 食品抽检合格批次 | 食品抽检合格率(%)\n1763 | 1724 | 97.8"
    [report] = read(parser, sheet(text))

    assert values([report])["food_sampling_pass_rate", "ytd"] == "97.8"


HEADLESS = """登记注册科2023年{month}月报表
新登记市场主体 | {month}0 | {month}00
新登记企业 | {month} | {month}1"""
GROWTH = """登记注册科2023年{month}月主要指标增速
指标 | 同比增长（%）
市场主体总量同比增长率 | {month}.1"""
NAMELESS = """登记注册科2023年{month}月
新登记市场主体累计 | 新登记企业累计
{month}00 | {month}0
{month}01 | {month}2"""
PRICES = """登记注册科2023年{month}月监测情况
产品名称 | 单位 | 本期（个） | 比上期涨跌
新登记市场主体 | 户 | {month}0 | 3"""
LAST_YEAR = """登记注册科2023年{month}月登记情况
项目 | 累计 | 上年
新登记市场主体 | {month}00 | 5300"""


@pytest.mark.parametrize(
    ("text", "answers", "wanted"),
    [
        (
            HEADLESS,
            ["month", "ytd"],
            {
                ("market_entities_new", "month"): "110",
                ("market_entities_new", "ytd"): "1100",
                ("enterprises_new", "month"): "11",
                ("enterprises_new", "ytd"): "111",
            },
        ),
        (GROWTH, ["ytd"], {("market_entities_growth_yoy", "ytd"): "11.1"}),
        (NAMELESS, [SKIP, OWN], {("market_entities_new", "ytd"): "1101", ("enterprises_new", "ytd"): "112"}),
        (PRICES, ["month", SKIP], {("market_entities_new", "month"): "110"}),
        (LAST_YEAR, [SKIP], {("market_entities_new", "ytd"): "1100"}),
    ],
    ids=["no headings", "only growth", "lines without a name", "prices", "a whole year"],
)
def test_what_no_words_say_is_answered_once_and_read_every_month(parser, text, answers, wanted):
    """Asked in October; in November the same sheet with other figures is read without a question."""
    october = read(parser, sheet(text.format(month=10)))
    mapping = AnswerMapping()
    for question, answer in zip(october[0].questions, answers, strict=True):
        mapping = learn(mapping, question, answer)

    november = read(parser, sheet(text.format(month=11)), mapping)

    assert november[0].questions == ()
    assert values(november) == wanted


def test_headless_tables_of_other_rows_are_other_layouts(parser):
    """Where no words stand over the columns, an answer is kept for the rows it was given about: the second column of another sheet may be anything."""
    [month, ytd] = read(parser, sheet(HEADLESS.format(month=10)))[0].questions
    mapping = learn(learn(AnswerMapping(), month, "month"), ytd, "ytd")

    other = read(parser, sheet(HEADLESS.format(month=10).replace("新登记企业", "个转企")), mapping)

    assert [question.kind for question in other[0].questions] == [QuestionKind.COLUMN, QuestionKind.COLUMN]


def test_columns_of_two_years_are_two_questions_and_an_answer_mixes_no_years():
    """This year's and last year's column have keys of their own, which mean this and last year in next year's sheet too."""
    headings = [f"{year}年末数" for year in (2022, 2023)]
    keys = [answer_key(QuestionKind.COLUMN, heading, since=Since(2023, 12)) for heading in headings]

    assert len(set(keys)) == 2
    assert [answer_key(QuestionKind.COLUMN, f"{year}年末数", since=Since(2024, 12)) for year in (2023, 2024)] == keys
    assert answer_key(QuestionKind.COLUMN, "2023年末数", since=Since(2024, 12)) != keys[1]


@pytest.mark.parametrize(
    ("heading", "other"),
    [("2024年半年度", "2023年半年度"), ("12315平台", "12345平台"), ("9月末", "11月末"), ("15天以上", "30天以上"), ("1—9月", "1—11月")],
)
def test_headings_that_differ_in_a_number_are_never_one_question(heading, other):
    assert answer_key(QuestionKind.HEADING, heading, since=Since(2024, 11)) != answer_key(QuestionKind.HEADING, other, since=Since(2024, 11))


@pytest.mark.parametrize(
    ("heading", "later"),
    [("11月", "12月"), ("2023年11月", "2023年12月"), ("1—11月数量", "1—12月数量"), ("截至11月20日", "截至12月15日"), ("数量", "数量")],
)
def test_a_heading_is_the_same_question_in_next_months_sheet(heading, later):
    assert answer_key(QuestionKind.COLUMN, heading, since=Since(2023, 11)) == answer_key(QuestionKind.COLUMN, later, since=Since(2023, 12))


TWO = """登记注册科2023年12月登记情况 | < | <
项目 | {first} | {second}
新登记市场主体 | 70 | 80"""


def test_an_answer_about_last_years_column_says_nothing_of_this_years(parser):
    """Both are asked; 不是我们的数据 to last year's leaves this year's open."""
    spec = sheet(TWO.format(first="2022年完成户数计", second="2023年完成户数计"))
    before, now = asked(read(parser, spec))[QuestionKind.COLUMN]
    mapping = learn(AnswerMapping(), before, SKIP)
    assert asked(read(parser, spec, mapping))[QuestionKind.COLUMN] == [now]

    mapping = learn(mapping, now, "ytd")
    assert values(read(parser, spec, mapping)) == {("market_entities_new", "ytd"): "80"}

    next_year = sheet(TWO.replace("登记情况", "登记").replace("2023年12月", "2024年12月").format(first="2023年完成户数计", second="2024年完成户数计"))
    assert values(read(parser, next_year, mapping)) == {("market_entities_new", "ytd"): "80"}
    assert asked(read(parser, next_year, mapping)) == {}


def test_an_answer_of_old_holds_where_it_can_mean_no_other_column(parser):
    """A key of old had # for every number: it still answers for 11月数量, never for one of two years or of two numbers."""
    plain = sheet(TWO.format(first="甲类11月份报", second="备用"))
    [first, *_] = asked(read(parser, plain))[QuestionKind.COLUMN]
    old = replace(first, key=answer_key(QuestionKind.COLUMN, first.seen))
    assert old.key != first.key
    assert first.seen not in [question.seen for question in read(parser, plain, learn(AnswerMapping(), old, SKIP))[0].questions]

    two = sheet(TWO.format(first="甲类15天报", second="甲类30天报"))
    questions = asked(read(parser, two))[QuestionKind.COLUMN]
    kept = learn(AnswerMapping(), replace(questions[0], key=answer_key(QuestionKind.COLUMN, questions[0].seen)), SKIP)
    assert asked(read(parser, two, kept))[QuestionKind.COLUMN] == questions

    dated = sheet(TWO.format(first="甲类2022年报", second="备用"))
    [only, *_] = asked(read(parser, dated))[QuestionKind.COLUMN]
    kept = learn(AnswerMapping(), replace(only, key=answer_key(QuestionKind.COLUMN, only.seen)), SKIP)
    assert only in asked(read(parser, dated, kept))[QuestionKind.COLUMN]
