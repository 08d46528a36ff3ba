"""更正: one figure of a submission in force, changed with a reason; everything else of the sheet stays as it was."""

from datetime import date

import pytest

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.errors import RequestError
from kpi.filing.corrections import correct, correctable
from kpi.filing.intake import accept, prepare
from kpi.filing.submissions import Standing, history, lock
from kpi.value import Value
from kpi.workbook.report import Column
from kpi.workbook.writing.template_cells import FormColumn
from tests.bureaus import opened
from tests.kpi.filing.test_intake import NOVEMBER, coal
from tests.kpi.filing.test_web_form import FILER, OTHER
from tests.soundness.catalog import files, measure

PASSED = ("coal_samples_passed", FormColumn.YTD)
TODAY = date(2023, 12, 3)


@pytest.fixture
def filed(empty):
    """The coal sheet of November, 44 + 7 of 54 confirmed with a 说明."""
    accept(empty, prepare(empty, [coal(empty, tested=54, passed__month=5)], today=TODAY), "王统计", "3 批次在检")
    return empty


def figures(bureau, seq):
    return {key: value for key, (value, _) in bureau.store.written(seq).items()}


def test_one_figure_changes_and_nothing_else(filed):
    """The old one stays on record; the reason stands before the 说明 that was given then."""
    before = figures(filed, 1)
    [second] = correct(filed, 1, PASSED, "47", "李统计", "漏录 3 批次").submissions
    assert (second.seq, second.by, second.note) == (2, "李统计", "更正：漏录 3 批次；原说明：3 批次在检")
    assert second.file == "网页填报_更正第1号_2023-11_质量监管科月报表.xlsx"
    assert figures(filed, 2) == before | {("coal_samples_passed", Column.YTD): Value.of(47)}
    assert [(record.submission.seq, record.standing) for record in history(filed)] == [(2, Standing.IN_FORCE), (1, Standing.SUPERSEDED)]


def test_a_reason_is_kept_where_nothing_had_to_be_confirmed(filed):
    """47 + 7 is 54: the checks ask nothing, and still it is said why."""
    correct(filed, 1, PASSED, "47", "李统计", "漏录 3 批次")
    [third] = correct(filed, 2, ("coal_samples_pending", FormColumn.YTD), "在检", "李统计", "数还没有定").submissions
    assert third.note.startswith("更正：数还没有定")


@pytest.mark.parametrize(
    ("cell", "text", "by", "reason", "sentence"),
    [
        (PASSED, "47", " ", "漏录", "更正要写明姓名和理由"),
        (PASSED, "47", "王", " ", "更正要写明姓名和理由"),
        (PASSED, "44", "王", "漏录", "新的数和现在的一样"),
        (PASSED, "四十几", "王", "漏录", "没有更正：.*读不成数字"),
        (("coal_samples_pending", FormColumn.MONTH), "1", "王", "漏录", "没有这个可以更正的数"),
        (("coal_samples_passed", FormColumn.REMARK), "1", "王", "漏录", "没有这个可以更正的数"),
    ],
)
def test_what_cannot_be_corrected_changes_nothing(filed, cell, text, by, reason, sentence):
    with pytest.raises(RequestError, match=sentence):
        correct(filed, 1, cell, text, by, reason)
    assert len(filed.store.submissions()) == 1


def test_a_locked_month_refuses_with_the_usual_sentence(filed):
    lock(filed, NOVEMBER, "李主任", "已上会")
    with pytest.raises(RequestError, match=r"没有更正：2023 年 11 月的数据已由李主任于 .* 锁定（理由：已上会）。确需更正时，请管理员先解锁"):
        correct(filed, 1, PASSED, "47", "王", "漏录")


def test_only_what_is_in_force_and_of_the_own_office_is_corrected(filed):
    correct(filed, 1, PASSED, "47", "王", "漏录")
    with pytest.raises(RequestError, match="第 1 号报送现在不是有效的一份"):
        correct(filed, 1, PASSED, "48", "王", "漏录")
    with pytest.raises(RequestError, match="没有第 9 号报送"):
        correct(filed, 9, PASSED, "48", "王", "漏录")
    with pytest.raises(DeniedError, match="这是质量监管科的"):
        correct(filed.of(OTHER), 2, PASSED, "48", "", "漏录")
    with pytest.raises(DeniedError):
        correct(filed.of(Caller("zhao", "赵领导", AccountRole.LEADER)), 2, PASSED, "48", "", "漏录")


def test_in_two_steps_a_correction_waits(filed, monkeypatch):
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    [referred] = correct(filed.of(FILER), 1, PASSED, "47", "", "漏录").submissions
    assert (referred.seq, referred.by, referred.note[:5]) == (0, "王统计", "更正：漏录")
    assert figures(filed, 1)["coal_samples_passed", Column.YTD] == Value.of(44)


def test_every_figure_of_the_sheet_can_be_chosen(filed):
    choices = correctable(filed, filed.store.submission(1))
    assert (choices[PASSED], choices["coal_samples_passed", FormColumn.MONTH], choices["coal_samples_passed", FormColumn.PRIOR]) == ("44", "5", "")
    assert ("coal_samples_pending", FormColumn.MONTH) not in choices


def test_a_rate_that_its_sheets_state_for_the_month_stays(tmp_path):
    """Its 本月数 has a cell in the sheet that is sent, so another figure can be corrected and the rate itself too."""
    quality = measure("taken", "抽检批次") + measure("pass_rate", "合格率", "%", "rate", decimals=1, unstated="month")
    with opened(tmp_path, files(quality=quality)) as small:
        small.filed("2023-01", taken="10 10", pass_rate="97.5 97.8")
        before = figures(small.bureau, 1)
        correct(small.bureau, 1, ("taken", FormColumn.MONTH), "12", "王统计", "漏录")
        correct(small.bureau, 2, ("pass_rate", FormColumn.MONTH), "96.5", "王统计", "抄错")
        changed = {("taken", Column.MONTH): Value.of(12), ("pass_rate", Column.MONTH): Value.of("96.5")}
        assert figures(small.bureau, 3) == before | changed
