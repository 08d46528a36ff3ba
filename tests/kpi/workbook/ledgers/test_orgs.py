"""Ledgers of several organisations: told, or by the name of the sheet, of the file or of its folder; each filed for itself."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT
from kpi.filing.intake import Outcome, accept, prepare
from kpi.filing.submissions import withdraw
from kpi.workbook.forms.organisation_mentions import mentions
from tests.kpi.workbook.ledgers.books import FOOD, food_rows, workbook

TODAY = date(2023, 12, 3)
ORGS = """
[[org]]
code = "city"
name = "江城市市场监管局"

[[org]]
code = "donghu"
name = "东湖区市场监管局"
aliases = ["东湖"]
parent = "city"

[[org]]
code = "nanhu"
name = "南湖区市场监管局"
aliases = ["南湖"]
parent = "city"
"""
CASES = """
2023年11月食品抽检台账
抽样单编号 | 抽样日期   | 检验结论
A1         | 2023-11-05 | 合格
A2         | 2023-11-06 | 不合格
"""


@pytest.fixture
def city(tmp_path):
    """The shipped catalogue under a city of two districts."""
    shutil.copytree(DEFAULT, tmp_path / "catalog")
    (tmp_path / "catalog" / "orgs.toml").write_text(ORGS, encoding="utf-8")
    with open_bureau(tmp_path / "data", tmp_path / "catalog") as bureau:
        yield bureau


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The shipped catalogue of a bureau that stands alone and says of which district it is."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(DEFAULT, folder / "catalog")
    bureau = folder / "catalog" / "bureau.toml"
    bureau.write_text(bureau.read_text("utf-8").replace("区市场监管局", "江城市西山区市场监管局"), "utf-8")
    with open_bureau(folder / "data", folder / "catalog") as opened:
        yield opened


def test_whose_a_ledger_is_says_its_sheet_its_file_or_its_folder(city):
    uploads = [workbook("台账.xlsx", 东湖台账=CASES), workbook("南湖抽检.xlsx", 台账=CASES), replace(workbook("台账.xlsx", 台账=CASES), folders=("东湖区",))]

    assert [[one.org for one in prepare(city, [upload], today=TODAY)] for upload in uploads] == [["donghu"], ["nanhu"], ["donghu"]]
    [told] = prepare(city, [replace(workbook("台账.xlsx", 台账=CASES), org="nanhu")], today=TODAY)
    assert (told.org, told.message.partition("读出")[0]) == ("nanhu", "南湖区市场监管局食品安全协调科 2023 年 11 月食品抽检台账")
    [unknown] = prepare(city, [workbook("台账.xlsx", 台账=CASES)], today=TODAY)
    assert (unknown.org, unknown.status, unknown.findings[0].code) == (None, Outcome.REJECTED, "unknown-org")


def test_one_ledger_for_two_organisations_is_asked_about(city):
    """Numbers of cases are each organisation's own, but not all of them are the same; the other one is named, of the batch or of the store."""
    found = prepare(city, [workbook(f"{name}.xlsx", 台账=CASES) for name in ("东湖", "南湖")], today=TODAY)
    doubts = [[finding for finding in one.findings if finding.code in ("case-filed-before", "same-report-twice", "same-as-other-org")] for one in found]
    assert doubts[0] == []
    [finding] = doubts[1]
    assert (finding.code, finding.severity.value) == ("same-as-other-org", "check")
    assert finding.seen == "全部 4 个数与本批中「东湖.xlsx」（东湖区市场监管局）完全相同"

    stored = accept(city, found, "王统计", "已核对")
    assert [(one.org, one.template, one.batch.split("/")[1]) for one in stored] == [(org, "food_sampling_ledger", org) for org in ("donghu", "nanhu")]
    [(_, kept, _)] = city.store.filed_ledger("food_coordination", "food_sampling_ledger", "nanhu")
    assert (kept.keys, kept.rows) == (["A1", "A2"], [3, 4])
    assert city.store.verify() == []
    withdraw(city, stored[1].seq, "王统计", "报错了单位")
    [again] = prepare(city, [workbook("台账（终）.xlsx", 南湖=titled("食品抽检台账（2023年11月）"))], today=TODAY)
    [finding] = [finding for finding in again.findings if finding.code == "same-as-other-org"]
    assert finding.seen == "全部 4 个数与东湖区市场监管局的第 1 号报送（2023 年 11 月，「东湖.xlsx」）完全相同"
    [other] = prepare(city, [workbook("南湖.xlsx", 台账=CASES.replace("A1 ", "B1 "))], today=TODAY)
    assert not [finding for finding in other.findings if finding.code == "same-as-other-org"]


@pytest.mark.parametrize("filed", [False, True])
def test_nearly_the_same_ledger_in_two_districts_is_counted_and_named(city, filed):
    """Six of the ten of 南湖 are 东湖's, by number and day; a seventh has another day, and of September 东湖 has all ten."""
    first = workbook("东湖.xlsx", 台账=[["2023年11月食品抽检台账"], FOOD, *food_rows("A", 2023, 11, 9)])
    earlier = workbook("东湖九月.xlsx", 台账=[["2023年9月食品抽检台账"], FOOD, *food_rows("B", 2023, 9, 10)])
    rows = [*food_rows("A", 2023, 11, 6), ["A231107", "2023-11-27", "合格"], *food_rows("B", 2023, 11, 3)]
    second = workbook("南湖.xlsx", 台账=[["2023年11月食品抽检台账"], FOOD, *rows])
    if filed:
        accept(city, prepare(city, [earlier, first], today=TODAY), "王统计", "已核对")
    found = prepare(city, [second] if filed else [first, second], today=TODAY)[-1]

    [finding] = [finding for finding in found.findings if finding.code == "cases-of-other-org"]
    where = "东湖区市场监管局的第 2 号报送（2023 年 11 月，「东湖.xlsx」）" if filed else "本批中「东湖.xlsx」（东湖区市场监管局）"
    assert finding.severity.value == "check"
    assert finding.seen == f"这份的 10 件中有 6 件在{where}里也有（编号、日期都相同）：A231101、A231102、A231103、A231104、A231105等；入库后两个单位各计一次"
    assert len(finding.cases) == 6


def test_cases_on_file_that_are_damaged_stop_nobody_else_and_blame_no_sender(city, tmp_path):
    """东湖's kept cases are cut short: 南湖's ledger is asked about, for nothing could be compared; 东湖's own next one says whose fault it is not."""
    accept(city, prepare(city, [workbook("东湖.xlsx", 台账=CASES)], today=TODAY), "王统计", "已核对")
    [kept] = (tmp_path / "data" / "cases").rglob("*.parquet")
    kept.write_bytes(kept.read_bytes()[:9])

    mine, theirs = (prepare(city, [workbook(f"{name}.xlsx", 台账=CASES.replace("A1", "B1"))], today=TODAY)[0] for name in ("东湖", "南湖"))

    [finding] = [finding for finding in theirs.findings if finding.code == "cases-of-other-org"]
    assert (theirs.status, finding.severity.value) == (Outcome.NEEDS_CONFIRMATION, "check")
    assert finding.seen.endswith("「东湖.xlsx」）的台账明细缺失或已损坏，没有核对这份里的件是不是它也有")
    assert (mine.status, [finding.code for finding in mine.findings]) == (Outcome.REJECTED, ["record-damaged"])


@pytest.mark.parametrize(
    ("numbers", "severity"),
    [
        (["1620102002023110512345", "1620102002023110512377"], ["check"]),  # of the national platform: nobody else's
        (["A23110501", "A23110502"], ["hint"]),  # the day and a number from 1 on, as two districts may each write
        (["7", "8"], []),
        (["1620102002023110512345"], []),  # a single one may be mistyped
    ],
)
def test_a_few_cases_of_one_number_and_day_in_two_districts_are_named(city, numbers, severity):
    """Under half of either ledger: numbers that are nobody else's are a CHECK, others a HINT, those that count from 1 nothing."""
    first, second = (
        workbook(f"{name}.xlsx", 台账=[["2023年11月食品抽检台账"], FOOD, *([key, "2023-11-05", "合格"] for key in numbers), *food_rows(prefix, 2023, 11, 6)])
        for name, prefix in (("东湖", "D"), ("南湖", "N"))
    )
    found = [f for one in prepare(city, [first, second], today=TODAY) for f in one.findings if f.code == "cases-of-other-org"]

    assert [f.severity.value for f in found] == severity
    assert [f.cases for f in found] == [tuple(numbers)] * len(severity)


def titled(title: str) -> str:
    return CASES.replace("2023年11月食品抽检台账", title)


@pytest.mark.parametrize(
    ("title", "org", "code", "severity", "seen"),
    [
        ("东湖区2023年11月食品抽检台账", "nanhu", "wrong-org", "block", "这是东湖区市场监管局的报表，不是南湖区市场监管局的"),
        ("东湖高新区2023年11月食品抽检台账", "donghu", "org-mismatch", "check", "这里写的是「东湖高新区」，机构名单里没有，这份按东湖区市场监管局读取"),
        ("东湖街道2023年11月食品抽检台账", "donghu", "org-mismatch", "check", "这里写的是「东湖街道」，机构名单里没有，这份按东湖区市场监管局读取"),
        (
            "西山区市场监管局2023年11月食品抽检台账",
            "nanhu",
            "org-mismatch",
            "check",
            "这里写的是「西山区市场监管局」，机构名单里没有，这份按南湖区市场监管局读取",
        ),
        ("西山区2023年11月食品抽检台账", "nanhu", "org-mismatch", "check", "这里写的是「西山区」，机构名单里没有，这份按南湖区市场监管局读取"),
        ("东湖区、南湖区2023年11月食品抽检台账", "nanhu", "org-mismatch", "check", "这里写了东湖区市场监管局和南湖区市场监管局，这份按南湖区市场监管局读取"),
    ],
)
def test_the_title_of_a_ledger_is_read_for_its_organisation(city, title, org, code, severity, seen):
    """As that of a form is: what the sender says is not booked against what stands over the table."""
    [found] = prepare(city, [replace(workbook("台账.xlsx", 台账=titled(title)), org=org)], today=TODAY)
    [finding] = [finding for finding in found.findings if finding.code in ("wrong-org", "org-mismatch")]
    assert (finding.code, finding.severity.value, finding.seen, str(finding.place)) == (code, severity, seen, "台账!A1")


@pytest.mark.parametrize(
    "title", ["东湖高新区2023年11月食品抽检台账", "东湖街道2023年11月食品抽检台账", "东湖路2023年11月食品抽检台账", "东湖区南湖区2023年11月食品抽检台账"]
)
def test_a_strangers_ledger_is_asked_about(city, title):
    """An alias inside another name is nobody's."""
    [found] = prepare(city, [workbook("台账.xlsx", 台账=titled(title))], today=TODAY)
    assert (found.org, found.status) == (None, Outcome.REJECTED)
    assert [finding.code for finding in found.findings if finding.code.endswith("-org")] == ["unknown-org"]


FOREIGN = ("东湖区2023年11月食品抽检台账", "江城市东湖区2023年11月食品抽检台账", "2023年11月食品抽检台账（东湖区）", "永安县2023年11月食品抽检台账")
OWN = ("全区2023年11月食品抽检台账", "江城市2023年11月食品抽检台账", "江城市西山区2023年11月食品抽检台账", "城区2023年11月食品抽检台账", "区级食品抽检台账")
BODIES = ("东湖区人民商场2023年11月食品抽检台账", "东湖区食品有限公司食品抽检台账", "东湖区农贸市场食品抽检台账", "东湖区消费者协会食品抽检台账")


@pytest.mark.parametrize(("title", "strange"), [*((title, True) for title in FOREIGN), *((title, False) for title in (*OWN, *BODIES))])
def test_another_districts_name_over_a_ledger_is_asked_about_in_a_bureau_that_stands_alone(alone, title, strange):
    """西山区 of 江城市 has no tree: 东湖区's ledger is not taken in silence, its own city's, a company's and a market's are no doubt."""
    [found] = prepare(alone, [workbook("台账.xlsx", 台账=titled(title))], today=TODAY)
    doubts = [(finding.severity.value, str(finding.place)) for finding in found.findings if finding.code == "org-mismatch"]
    assert doubts == ([("check", "台账!A1")] if strange else [])


def test_a_name_over_a_ledger_of_a_bureau_called_by_none_says_where_its_own_is_written(tmp_path):
    """The shipped name is 区市场监管局: whoever is 东湖区 writes it into bureau.toml once."""
    with open_bureau(tmp_path / "data", DEFAULT) as bureau:
        [found] = prepare(bureau, [workbook("台账.xlsx", 台账=titled("东湖区市场监管局2023年11月食品抽检台账"))], today=TODAY)
    [finding] = [finding for finding in found.findings if finding.code == "org-mismatch"]
    assert finding.seen == "这里写的是「东湖区市场监管局」，本局名称是「区市场监管局」，这份按本局的读取"
    assert "bureau.toml 的 name 写全本局名称" in finding.remedy


def test_a_title_says_whose_a_ledger_is(city):
    [found] = prepare(city, [workbook("台账.xlsx", 台账=titled("江城市东湖区市场监督管理局2023年11月食品抽检台账"))], today=TODAY)
    assert found.org == "donghu"
    assert not [finding for finding in found.findings if finding.code in ("wrong-org", "org-mismatch")]


def test_a_strangers_file_name_is_a_doubt(city):
    [found] = prepare(city, [replace(workbook("东湖高新区.xlsx", 台账=CASES), org="nanhu")], today=TODAY)
    [finding] = [finding for finding in found.findings if finding.code == "org-mismatch"]
    assert finding.seen == "文件或文件夹的名称写的是「东湖高新区」，机构名单里没有，这份按南湖区市场监管局读取"


def test_a_unit_line_says_another_district_and_a_city_may_be_written_short(alone):
    def strangers(text: str) -> tuple[str, ...]:
        return mentions(alone.catalog, text).strangers

    assert strangers("填报单位：东湖区") == strangers("报送单位：东湖区　2023年11月") == ("东湖区",)
    assert strangers("填报单位：西山区") == strangers("江城西山区食品抽检台账") == strangers("江城西山区市场监督管理局") == ()
