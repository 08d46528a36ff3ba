"""Questions of files that come together: each asked once, answered for good, taken back with a word."""

from dataclasses import replace

import pytest

from kpi.errors import RequestError
from kpi.filing import questions
from kpi.filing.intake import Outcome, Upload, prepare
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.answer_mapping import OWN, SKIP
from kpi.workbook.report import QuestionKind
from tests.kpi.filing.test_intake import TODAY, coal, one, renamed

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)


def test_the_same_question_of_several_files_is_asked_once(empty):
    """October and November ask about one row: one question, both cells, the likeliest measure first, every measure of the office to choose from."""
    uploads = [renamed(empty, OCTOBER), renamed(empty, NOVEMBER), coal(empty, Month(2023, 9))]

    [asking] = questions.asked(empty, prepare(empty, uploads, today=TODAY))

    assert (asking.question.kind, asking.question.seen, asking.office) == (QuestionKind.ROW, "商品煤抽检/商品煤合格的批次数", "product_quality")
    assert asking.places == ((uploads[0].name, Place("质量监管科月报表", "C11")), (uploads[1].name, Place("质量监管科月报表", "C11")))
    assert asking.question.figures == (("本年累计", "44"),)
    own = [measure.code for measure in empty.catalog.office_measures("product_quality")]
    assert asking.choices[0] == "coal_samples_passed"
    assert set(asking.choices) == {*own, SKIP}
    assert len(asking.choices) == len(own) + 1


def test_an_answer_holds_for_next_month_and_until_it_is_undone(empty):
    """Answered in October, November asks nothing; undone, it asks again."""
    [asking] = questions.asked(empty, [one(empty, renamed(empty, OCTOBER))])
    [kept] = questions.keep(empty, [(asking, "coal_samples_passed")], " 王统计 ")
    assert (kept.by, kept.office, kept.file, str(kept.place), kept.said) == (
        "王统计",
        "product_quality",
        "改过名2023-10.xlsx",
        "质量监管科月报表!C11",
        "coal_samples_passed",
    )

    november = one(empty, renamed(empty, NOVEMBER))
    assert (questions.asked(empty, [november]), november.figures, november.status) == ([], 5, Outcome.READY)

    questions.undo(empty, kept, "李主任")
    [again] = questions.asked(empty, [one(empty, renamed(empty, NOVEMBER))])
    assert again.question.key == asking.question.key
    assert [(one.said, one.by) for one in empty.store.answers()] == [("coal_samples_passed", "王统计"), (None, "李主任")]
    with pytest.raises(RequestError, match="已经撤销"):
        questions.undo(empty, kept, "李主任")


@pytest.mark.parametrize("by", ["", "  "])
def test_an_answer_is_signed(empty, by):
    """Nothing is kept, nothing taken back without a name."""
    [asking] = questions.asked(empty, [one(empty, renamed(empty))])
    with pytest.raises(RequestError, match="写明报送人"):
        questions.keep(empty, [(asking, SKIP)], by)
    assert empty.store.answers() == []


def test_a_measure_that_left_the_catalogue_is_a_finding_and_no_crash(empty):
    """The answer is passed over, the row asked about again."""
    [asking] = questions.asked(empty, [one(empty, renamed(empty))])
    questions.keep(empty, [(asking, "coal_samples_dropped_long_ago")], "王统计")

    prepared = one(empty, renamed(empty))

    assert [f.seen for f in prepared.findings if f.code == "answer-outdated"] == [
        "「商品煤合格的批次数」以前说明是「coal_samples_dropped_long_ago」，指标目录里已没有这一项，没有采用"
    ]
    assert len(questions.asked(empty, [prepared])) == 1
    [kept] = empty.store.answers_in_force()
    assert questions.answer_words(empty.catalog, kept.kind, kept.said or "") == "coal_samples_dropped_long_ago（指标目录里已没有）"


def test_whose_and_of_which_month_a_nameless_sheet_is_holds_for_that_file(empty):
    """The next sheet with the same headings may be another office's, so it is not among the questions that are kept."""
    prepared = one(empty, Upload("无.csv", "项目,本年累计\n新登记市场主体,5000\n".encode()))
    assert {question.kind for question in prepared.report.questions} == {QuestionKind.OFFICE, QuestionKind.PERIOD}
    assert questions.asked(empty, [prepared]) == []
    assert all(questions.of_one_file(question) for question in prepared.report.questions)


def test_an_office_known_by_another_name_is_asked_once(empty):
    """What is written as 填报单位 tells the sheet from others, so the answer is kept."""
    text = "填报单位：登记股\n2023年{}月报表,\n项目,本年累计\n新登记市场主体,{}\n"
    [asking] = questions.asked(empty, [one(empty, Upload("一.csv", text.format(10, 4500).encode()))])
    assert (asking.question.kind, asking.question.seen, asking.choices[0]) == (QuestionKind.OFFICE, "登记股", "registration")

    questions.keep(empty, [(asking, "registration")], "王统计")

    november = one(empty, Upload("二.csv", text.format(11, 5000).encode()))
    assert (november.office, november.figures) == ("registration", 1)


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (QuestionKind.ROW, "coal_samples_passed", "商品煤合格批次（批次）"),
        (QuestionKind.HEADING, SKIP, "不是我们的数据"),
        (QuestionKind.COLUMN, "ytd", "本年累计"),
        (QuestionKind.COLUMN, "prior_month", "上年同月"),
        (QuestionKind.COLUMN, "nonsense", "nonsense"),
        (QuestionKind.LINE, OWN, "本科室的数"),
        (QuestionKind.OFFICE, "ip", "知识产权科"),
        (QuestionKind.OFFICE, "gone", "gone（指标目录里已没有）"),
    ],
)
def test_an_answer_in_words(empty, kind, answer, words):
    assert questions.answer_words(empty.catalog, kind, answer) == words


def test_the_choices_of_a_column_and_of_a_line(empty):
    """A figure of any kind, or none of ours; the office's own, or not."""
    text = "登记注册科2023年10月报表\n项目,数量\n新登记市场主体,5000\n"
    [asking] = questions.asked(empty, [one(empty, Upload("一.csv", text.encode()))])
    assert asking.choices[:4] == ("ytd", "month", "prior", SKIP)
    line = replace(asking.question, kind=QuestionKind.LINE)
    prepared = one(empty, Upload("一.csv", text.encode()))
    assert questions.asked(empty, [replace(prepared, report=replace(prepared.report, questions=(line,)))])[0].choices == (OWN, SKIP)


def test_a_table_without_headings_is_answered_through_the_page_and_taken_in_next_month(empty):
    """Every choice that the question offers can be kept, and the next sheet of the kind asks nothing."""
    text = "登记注册科2023年{0}月报表\n新登记市场主体,{0}0,{0}00\n新登记企业,{0},{0}1\n"
    october = one(empty, Upload("十月.csv", text.format(10).encode()))
    first, second = questions.asked(empty, [october])
    assert (october.status, first.question.seen, first.question.figures) == (Outcome.REJECTED, "", (("新登记市场主体", "100"), ("新登记企业", "10")))
    assert first.choices[:4] == (SKIP, "month", "ytd", "prior")

    questions.keep(empty, [(first, "month"), (second, "ytd")], "王统计")

    november = one(empty, Upload("十一月.csv", text.format(11).encode()))
    assert (questions.asked(empty, [november]), november.figures) == ([], 4)
    assert november.status is Outcome.NEEDS_CONFIRMATION  # the rows that the sheet lacks
