"""
Nothing is taken away in silence.

The wrong number without an error: a blank form, or one read as nothing, stored over a month that was reported.
"""

import io
import json
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.cli.app import main
from kpi.errors import RequestError
from kpi.filing.intake import Outcome, Prepared, Upload, accept, prepare
from kpi.finding import Severity
from kpi.period import Month
from kpi.value import State
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.filing.test_intake import COAL, TODAY, coal, one, workbook

NOVEMBER = Month(2023, 11)
WORDS = "未报"


def away(prepared: Prepared) -> list[tuple[Severity, tuple[str, ...]]]:
    return [(f.severity, f.measures) for f in prepared.findings if f.code == "figures-taken-away"]


def table(*rows: tuple[object, ...], name: str = "表.xlsx", **told: object) -> Upload:
    book, sink = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(sink)
    return Upload(name, sink.getvalue(), **told)


def only(word: str) -> Upload:
    title = f"质量监管科 {NOVEMBER.chinese}月报表"
    return table((title,), ("数据项", "本年累计"), ("商品煤抽检批次", word), ("商品煤合格批次", word))


@pytest.mark.parametrize("blank", ["untouched", "words"])
def test_a_form_without_a_figure_is_no_report(empty, blank):
    """The full form of November, then the untouched one, or one full of 未报: refused, nothing changes."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    prepared = one(empty, workbook(empty, "product_quality") if blank == "untouched" else only(WORDS))

    assert prepared.status is Outcome.REJECTED
    [finding] = [f for f in prepared.findings if f.code == "no-figures"]
    assert (finding.severity, finding.place.sheet != "") == (Severity.BLOCK, True)
    assert "未开展、不适用 或 0" in finding.remedy
    with pytest.raises(RequestError):
        accept(empty, [prepared], "王统计", "已核对")
    assert len(empty.store.submissions()) == 1


@pytest.mark.parametrize("word", ["未开展", "不适用", "0"])
def test_a_form_of_statements_is_a_report(empty, word):
    """未开展 in every cell says that nothing was done."""
    prepared = one(empty, only(word))
    assert "no-figures" not in {f.code for f in prepared.findings}
    assert prepared.status is not Outcome.REJECTED


def test_a_sheet_of_which_nothing_was_recognised_can_not_be_confirmed(empty):
    """读出 0 个数 is no report, whatever is written beside it; it says what to do."""
    rows = [("质量监管科2023年11月情况",), ("项目", "本年累计"), ("甲乙丙丁", 5), ("戊己庚辛", 7)]
    prepared = one(empty, table(*rows))

    assert (prepared.figures, prepared.status) == (0, Outcome.REJECTED)
    [finding] = [f for f in prepared.findings if f.code == "no-figures"]
    assert "报表导入页" in finding.remedy


def test_figures_that_would_be_gone_are_a_check_that_names_them_first(empty):
    """Three of five rows are missing: the first finding of the file, with their names and how many."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    prepared = one(empty, table((f"质量监管科 {NOVEMBER.chinese}月报表",), ("数据项", "本年累计"), ("商品煤抽检批次", 78), ("商品煤已检测批次", 51)))

    assert prepared.status is Outcome.NEEDS_CONFIRMATION
    first = prepared.findings[0]
    assert (first.code, first.severity) == ("figures-taken-away", Severity.CHECK)
    assert "3 个数" in first.seen
    assert all(name in first.seen for name in ("商品煤合格批次", "商品煤不合格批次", "商品煤在检批次"))
    assert {c.measure for c in prepared.changes if c.new.state is State.UNREPORTED} == set(first.measures)


def test_a_note_for_several_files_does_not_cover_what_one_takes_away(empty):
    """It needs its own; alone, the note is its own."""
    months = (Month(2023, 10), NOVEMBER)
    for month in months:
        accept(empty, [one(empty, coal(empty, month))], "王统计", "两个月的数相同")
    both = prepare(empty, [coal(empty, month, pending="") for month in months], today=TODAY)
    assert [away(one) for one in both] == [[(Severity.CHECK, ("coal_samples_pending",))]] * 2

    with pytest.raises(RequestError, match="单独写明说明"):
        accept(empty, both, "王统计", "共同的说明")
    with pytest.raises(RequestError, match="单独写明说明"):
        accept(empty, [replace(both[0], note="复检"), both[1]], "王统计", "共同的说明")
    assert len(empty.store.submissions()) == 2

    stored = accept(empty, [replace(each, note=f"第 {at} 份") for at, each in enumerate(both)], "王统计", "共同的说明")
    assert [one.note for one in stored] == ["第 0 份", "第 1 份"]


def test_alone_the_note_is_its_own(empty):
    accept(empty, [one(empty, coal(empty))], "王统计")
    [stored] = accept(empty, [one(empty, coal(empty, pending=""))], "王统计", "在检的已并入")
    assert stored.note == "在检的已并入"


def test_a_number_that_becomes_a_word_is_a_check_by_name(empty):
    """27 在检批次, then 未公开: a statement, but the number is gone."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    prepared = one(empty, coal(empty, pending="*"))

    [finding] = [f for f in prepared.findings if f.code == "figures-to-words"]
    assert (finding.severity, finding.measures) == (Severity.CHECK, ("coal_samples_pending",))
    assert "未公开" in finding.seen
    assert away(prepared) == []


def test_a_file_of_the_same_batch_takes_away_too(empty):
    """The second of two different forms lacks a figure of the first."""
    first, second = prepare(empty, [coal(empty), replace(coal(empty, pending=""), name="后.xlsx")], today=TODAY)
    assert (first.status, away(second)) == (Outcome.READY, [(Severity.CHECK, ("coal_samples_pending",))])


def test_the_same_bytes_twice_in_one_call_are_unchanged(empty):
    """Under two names: the second is no second report of the month, it is the first."""
    first, second = prepare(empty, [coal(empty), replace(coal(empty), name="副本.xlsx")], today=TODAY)

    assert (first.status, second.status) == (Outcome.READY, Outcome.UNCHANGED)
    assert "same-report-twice" not in {f.code for f in second.findings}
    assert first.file in second.message
    assert len(accept(empty, [first, second], "王统计")) == 1


def test_the_command_line_confirms_it_file_by_file(tmp_path, capsys):
    """--confirm is for one file alone; of several each needs its --note."""

    def ingest(*paths: object, code: int = 0, **options: str) -> list[str]:
        words = [word for option, text in options.items() for word in (f"--{option}", text)]
        assert main(["ingest", *map(str, paths), *words, "--data", str(tmp_path / "data"), "--json"]) == code
        return [file["status"] for file in json.loads(capsys.readouterr().out)["files"]]

    catalog = load(DEFAULT)
    paths = []
    for month in (10, 11):
        paths.append(tmp_path / f"{month}.xlsx")
        figures = {(f"coal_samples_{name}", Column.YTD): Decimal(figure) for name, figure in COAL.items()}
        paths[-1].write_bytes(write_template(catalog, "product_quality", Month(2023, month), Filling(figures)))
    assert ingest(*paths, confirm="首报") == ["accepted", "accepted"]
    for path, month in zip(paths, (10, 11), strict=True):
        figures = {(f"coal_samples_{name}", Column.YTD): Decimal(figure) for name, figure in COAL.items() if name != "pending"}
        path.write_bytes(write_template(catalog, "product_quality", Month(2023, month), Filling(figures)))

    assert ingest(*paths, confirm="已核对", code=1) == ["needs-confirmation", "needs-confirmation"]
    assert ingest(*paths, confirm="已核对", note="11.xlsx=在检的撤回", code=1) == ["needs-confirmation", "accepted"]
    assert ingest(paths[0], confirm="在检的也撤回") == ["accepted"]
    assert main(["ingest", str(paths[0]), "--note", "没有.xlsx=说明", "--data", str(tmp_path / "data")]) == 2


LAST_YEAR = [
    [("数据项", "年份", "本年累计"), ("商品煤抽检批次", 2022, 100), ("商品煤合格批次", 2022, 90)],
    [("数据项", "统计时间", "本年累计"), ("商品煤抽检批次", "2022年11月", 100), ("商品煤合格批次", "2022年11月", 90)],
    [("期间", "商品煤抽检批次", "商品煤合格批次"), ("去年累计", 100, 90)],
    [("数据项", "本年累计", "上年同期"), ("商品煤抽检批次", None, 100), ("商品煤合格批次", None, 90)],
    [("数据项", "本年累计", "上年同期"), ("商品煤抽检批次", "未报", 100), ("商品煤合格批次", "", 90)],
]


@pytest.mark.parametrize("rows", LAST_YEAR, ids=["years", "times", "line", "empty column", "unreported"])
def test_a_sheet_with_nothing_but_last_years_figures_is_no_report_of_this_month(empty, rows):
    """The month would count as reported with not one figure of its own."""
    prepared = one(empty, table((f"质量监管科{NOVEMBER.chinese}报表",), *rows))

    assert prepared.status is Outcome.REJECTED
    [finding] = [f for f in prepared.findings if f.code == "no-figures"]
    assert (finding.severity, "「改选」里选那个月" in finding.remedy) == (Severity.BLOCK, True)


def test_last_years_figure_beside_one_of_this_month_is_of_a_report(empty):
    """The measure without one of this month is missing, by name."""
    rows = [("数据项", "年份", "本年累计"), ("商品煤抽检批次", 2022, 100), ("商品煤抽检批次", 2023, 110), ("商品煤合格批次", 2022, 90)]
    prepared = one(empty, table((f"质量监管科{NOVEMBER.chinese}报表",), *rows))

    assert "no-figures" not in {f.code for f in prepared.findings}
    assert any(f.code == "missing-row" and "coal_samples_passed" in f.measures for f in prepared.findings)
