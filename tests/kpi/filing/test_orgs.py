"""Organisations from the file to the list of who has reported: whose sheet it is, what is asked, what is owed."""

import io
import json
from datetime import date, datetime
from decimal import Decimal as D

import openpyxl
import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.cli.app import main
from kpi.errors import RequestError
from kpi.filing.completeness import Arrival, completeness, reminder
from kpi.filing.intake import Outcome, Upload, accept, prepare
from kpi.period import Month
from kpi.review.known_nouns import known_org
from kpi.review.relation_results import relations
from kpi.validation.relation_figures import Result
from kpi.workbook.report import Column, QuestionKind
from kpi.workbook.writing.template import Filling, write_template
from tests.kpi.province import BUREAUS, report

NOVEMBER = Month(2023, 11)
TODAY = date(2023, 12, 4)
FIGURES = {("visits", Column.MONTH): D(30), ("visits", Column.YTD): D(330), ("entities", Column.YTD): D(9000)}


def sheet(bureau: Bureau, org: str | None = None, values: dict[tuple[str, Column], D] | None = None) -> bytes:
    """The filled template of the office of credit."""
    return write_template(bureau.catalog, "credit", NOVEMBER, Filling(values=values or FIGURES), org)


def own_form(title: str, office: str, visits: tuple[int, int] = (30, 330), entities: int | None = 9000, month: int = 11) -> bytes:
    """A form of somebody's own, with a title and who fills it in."""
    book = openpyxl.Workbook()
    page = book.active
    for line in ([title], [f"填报单位：{office}", None, f"期间：2023年{month}月"], ["数据项", "计量单位", "本月数", "本年累计"]):
        page.append(line)
    page.append(["双随机检查", "家次", *visits])
    page.append(["经营主体总量", "户", None, entities])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(bureau: Bureau, data: bytes, name: str = "报表.xlsx", folders: tuple[str, ...] = (), org: str | None = None):
    [found] = prepare(bureau, [Upload(name, data, org=org, folders=folders)], today=TODAY)
    return found


def codes(found) -> dict[str, str]:
    return {finding.code: finding.seen for finding in found.findings if finding.code.endswith("-org") or finding.code == "org-mismatch"}


def test_the_template_of_an_organisation_knows_whose_it_is(province):
    found = read(province, sheet(province, "gangkou"))

    assert (found.org, found.office, found.status) == ("gangkou", "credit", Outcome.READY)
    assert found.message == "港口区市场监管局信用监管科 2023 年 11 月报表读出 3 个数，可以入库。"
    page = openpyxl.load_workbook(io.BytesIO(sheet(province, "gangkou")))["信用监管科月报表"]
    assert (page["A1"].value, page["C2"].value) == ("港口区市场监管局信用监管科月报表", "港口区市场监管局信用监管科")


@pytest.mark.parametrize(
    ("title", "office", "name", "folders", "org"),
    [
        ("东湖区市场监管局月报表", "信用监管科", "报表.xlsx", (), "donghu"),
        ("江城市南湖区市场监督管理局月报表", "信用监管科", "报表.xlsx", (), "nanhu"),
        ("月报表", "北山区市场监督管理局信用监管科", "报表.xlsx", (), "beishan"),
        ("信用监管科月报表", "云台区市场监管局", "报表.xlsx", (), "yuntai"),
        ("月报表", "信用监管科", "港口信用科11月.xlsx", ("东湖",), "gangkou"),
        ("海州市市场监管局月报表", "信用监管科", "报表.xlsx", ("11月", "云台区", "海州"), "yuntai"),
    ],
)
def test_a_form_says_whose_it_is_by_its_words_its_name_or_its_folder(province, title, office, name, folders, org):
    found = read(province, own_form(title, office), name, folders)

    assert (found.org, found.office, found.status, codes(found)) == (org, "credit", Outcome.READY, {})


def test_what_is_told_comes_first(province):
    assert read(province, own_form("月报表", "信用监管科"), org="nanhu").org == "nanhu"


@pytest.mark.parametrize(
    ("title", "seen", "likely"),
    [
        ("月报表", "看不出是哪个单位的数", BUREAUS),
        ("海州市市场监管局月报表", "只写了海州市市场监管局，看不出是下面哪个单位的数", ("gangkou", "yuntai")),
        ("东湖、南湖月报表", "看不出是哪个单位的数", BUREAUS),
    ],
)
def test_a_form_that_does_not_say_is_asked_about(province, title, seen, likely):
    found = read(province, own_form(title, "信用监管科"))

    assert (found.org, found.status, codes(found)) == (None, Outcome.REJECTED, {"unknown-org": seen})
    assert found.message == "「报表.xlsx」看不出是哪个单位的报表，没有入库；请选定后再读一遍。"
    [question] = found.report.questions
    assert (question.kind, tuple(code for code, _ in question.candidates)) == (QuestionKind.ORG, likely)


def test_a_sheet_of_another_organisation_is_refused(province):
    found = read(province, sheet(province, "gangkou"), org="donghu")

    assert (found.status, codes(found)) == (Outcome.REJECTED, {"wrong-org": "这是港口区市场监管局的报表，不是东湖区市场监管局的"})


def test_a_file_called_after_another_organisation_is_asked_about(province):
    found = read(province, sheet(province, "gangkou"), "东湖区信用科.xlsx")

    assert (found.org, found.status) == ("gangkou", Outcome.NEEDS_CONFIRMATION)
    assert codes(found) == {"org-mismatch": "文件或文件夹的名称写的是东湖区市场监管局，这份按港口区市场监管局读取"}


def test_a_node_that_does_not_report_cannot_be_told(province):
    with pytest.raises(RequestError, match="海州市市场监管局自己不报数，它的数由下级机构汇总得出；请选报数的单位"):
        read(province, own_form("月报表", "信用监管科"), org="haizhou")


def test_the_same_office_of_two_organisations_is_not_the_same_report(province):
    """Nor are the figures of one what the other is checked against."""
    others = FIGURES | {("visits", Column.MONTH): D(31), ("visits", Column.YTD): D(331)}
    found = prepare(province, [Upload("donghu.xlsx", sheet(province, "donghu")), Upload("gangkou.xlsx", sheet(province, "gangkou", others))], today=TODAY)

    assert [(one.org, one.status, one.findings) for one in found] == [(org, Outcome.READY, ()) for org in ("donghu", "gangkou")]
    assert [one.org for one in accept(province, found, "王统计")] == ["donghu", "gangkou"]
    again = read(province, sheet(province, "gangkou", others))
    assert (again.status, again.replaces.org) == (Outcome.UNCHANGED, "gangkou")


def test_one_form_for_two_organisations_is_asked_about(province):
    """The same bytes told for another organisation, and the same figures under its own title: both would be counted twice."""
    data = own_form("2023年11月报表", "信用监管科")
    [first] = prepare(province, [Upload("报表.xlsx", data, org="donghu")], today=TODAY)
    accept(province, [first], "王统计")
    for upload in (Upload("报表.xlsx", data, org="nanhu"), Upload("南湖.xlsx", own_form("南湖区市场监管局2023年11月报表", "信用监管科"))):
        [found] = prepare(province, [upload], today=TODAY)
        [finding] = [finding for finding in found.findings if finding.code == "same-as-other-org"]
        assert (found.org, found.status, str(finding.place)) == ("nanhu", Outcome.NEEDS_CONFIRMATION, "Sheet!C4")
        assert finding.seen == "全部 3 个数与东湖区市场监管局的第 1 号报送（2023 年 11 月，「报表.xlsx」）完全相同"


def test_the_same_figures_of_another_month_are_no_form_of_another_organisation(province):
    """Neither its own of the month before nor those of its neighbour."""
    accept(province, prepare(province, [Upload("报表.xlsx", own_form("2023年11月报表", "信用监管科"), org="donghu")], today=TODAY), "王统计")
    for org in ("donghu", "nanhu"):
        found = read(province, own_form("报表", "信用监管科", month=10), org=org)
        assert "same-as-other-org" not in codes(found), org
    again = read(province, own_form("2023年11月报表", "信用监管科", (31, 331), 12), org="donghu")
    assert "same-as-other-org" not in codes(again)


def test_one_form_for_two_organisations_of_a_batch_is_asked_about(province):
    """Told for both at once; the figures are small enough to agree by chance, the bytes are not."""
    data = own_form("2023年11月报表", "信用监管科", (3, 8), None)
    found = prepare(province, [Upload("报表.xlsx", data, org=org) for org in ("donghu", "nanhu")], today=TODAY)
    assert [[finding.seen for finding in one.findings if finding.code == "same-as-other-org"] for one in found] == [
        [],
        ["全部 2 个数与本批中「报表.xlsx」（东湖区市场监管局）完全相同"],
    ]


def test_a_form_for_a_month_without_its_organisation_is_refused(province_catalog, tmp_path):
    """东湖 was dissolved at the end of June 2023; 南湖 carries on."""
    orgs = province_catalog / "orgs.toml"
    orgs.write_text(orgs.read_text("utf-8").replace('code = "donghu"\n', 'code = "donghu"\nuntil = "2023-06"\nsuccessor = "nanhu"\n'), "utf-8")
    with open_bureau(tmp_path / "data", province_catalog) as bureau:
        [found] = prepare(bureau, [Upload("报表.xlsx", own_form("东湖区2023年11月报表", "信用监管科"))], today=TODAY)
    [finding] = [finding for finding in found.findings if finding.code == "org-not-there"]
    assert (found.status, finding.severity.value, finding.place.sheet) == (Outcome.REJECTED, "block", "Sheet")
    assert finding.seen == "东湖区市场监管局只到 2023 年 6 月，此后已撤销，由南湖区市场监管局承接，没有 2023 年 11 月的数"
    assert finding.remedy == "请核对表上的月份；确是这个月的，用「改选」选南湖区市场监管局，或把表上的单位改写成南湖区市场监管局，由它报送"


def test_the_way_out_of_a_dissolved_organisation_can_be_taken(province_catalog, tmp_path):
    """Choosing the heir for a sheet that still names the other would be refused again; with its name on the sheet it is taken."""
    orgs = province_catalog / "orgs.toml"
    orgs.write_text(orgs.read_text("utf-8").replace('code = "donghu"\n', 'code = "donghu"\nuntil = "2023-06"\nsuccessor = "nanhu"\n'), "utf-8")
    with open_bureau(tmp_path / "data", province_catalog) as bureau:
        [found] = prepare(bureau, [Upload("报表.xlsx", own_form("南湖区市场监管局2023年11月报表", "信用监管科"))], today=TODAY)
    assert (found.org, {"wrong-org", "org-not-there"} & set(codes(found))) == ("nanhu", set())


@pytest.mark.parametrize("said", ["nanhu", "南湖区市场监管局", "南湖", "南湖区市场监督管理局"])
def test_an_organisation_is_meant_by_code_name_or_alias(province, said):
    assert known_org(province.catalog, said) == "nanhu"


def test_a_slip_in_its_name_is_answered_with_the_nearest(province):
    with pytest.raises(RequestError, match=r"没有「南胡区市场监管局」这个单位；最接近的是 .*南湖区市场监管局（nanhu）"):
        known_org(province.catalog, "南胡区市场监管局")


def test_every_office_of_every_organisation_owes_its_sheet(province):
    province.store.commit([report("donghu", "food", "2023-11", food_tested="40 400")], at=datetime.fromisoformat("2023-12-05T09:00"))
    province.store.commit([report("gangkou", "food", "2023-11", food_tested="25 250")], at=datetime.fromisoformat("2023-12-07T09:00"))

    rows = completeness(province, NOVEMBER, date(2023, 12, 8))
    assert [(row.org, row.office) for row in rows] == [(org, office) for org in BUREAUS for office in ("food", "credit")]
    assert [(row.org, row.words) for row in rows if row.received] == [("donghu", "按时报送"), ("gangkou", "迟报 2 天")]
    assert sum(row.state is Arrival.OVERDUE for row in rows) == 8

    haizhou = completeness(province, NOVEMBER, date(2023, 12, 8), org="haizhou")
    assert [(row.org_name, row.name, row.words) for row in haizhou] == [
        ("港口区市场监管局", "食品科", "迟报 2 天"),
        ("港口区市场监管局", "信用监管科", "逾期 3 天未报"),
        ("云台区市场监管局", "食品科", "逾期 3 天未报"),
        ("云台区市场监管局", "信用监管科", "逾期 3 天未报"),
    ]
    assert reminder(haizhou).splitlines()[1] == "1. 港口区市场监管局信用监管科：《信用监管科月报表》（2023 年 11 月），期限 2023-12-05，逾期 3 天未报"


def test_relations_are_those_of_one_organisation(province_catalog, tmp_path):
    law = {"id": "P1", "name": "合格不大于抽检", "kind": "bound", "strength": "hard", "raises": "check"}
    law |= {"left": "food_passed", "op": "<=", "right": "food_tested"}
    food = province_catalog / "food.toml"
    food.write_text(food.read_text("utf-8") + "[[relation]]\n" + "".join(f'{key} = "{said}"\n' for key, said in law.items()), "utf-8")
    with open_bureau(tmp_path / "laws", province_catalog) as bureau:
        passed = {"donghu": ("– 400", "– 392"), "gangkou": ("– 250", "– 251")}
        bureau.store.commit([report(org, "food", "2023-11", food_tested=tested, food_passed=good) for org, (tested, good) in passed.items()])
        found = {org: [one.result for one in relations(bureau, NOVEMBER, org)] for org in ("donghu", "gangkou", "nanhu")}
        assert found == {"donghu": [Result.HOLDS], "gangkou": [Result.VIOLATED], "nanhu": [Result.MISSING]}
        with pytest.raises(RequestError, match="海州市市场监管局自己不报数"):
            relations(bureau, NOVEMBER, "haizhou")


def test_a_bureau_that_stands_alone_names_no_organisation(empty):
    row = completeness(empty, NOVEMBER, date(2023, 12, 8))[0]

    assert (row.org, row.org_name) == ("bureau", "")


def run(capsys, *arguments: object) -> tuple[int, dict]:
    code = main([*map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out or "{}")


def say_nothing_was_done(path) -> None:
    """未开展 in every cell under 本年累计."""
    filled = openpyxl.load_workbook(path)
    sheet = filled.worksheets[0]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "本年累计")
    name = next(cell for cell in sheet[head.row] if cell.value == "数据项")
    for row in range(head.row + 1, sheet.max_row + 1):
        if sheet.cell(row, name.column + 1).value:
            sheet.cell(row, head.column).value = "未开展"
    filled.save(path)


def test_the_command_line_from_blank_sheets_to_who_is_missing(tmp_path, province_catalog, capsys):
    """A city's blank sheets lie in a folder for each bureau; where they lie says nothing that they do not say themselves."""
    where = ("--data", tmp_path / "data", "--catalog", province_catalog)
    assert run(capsys, "template", "--all", "--period", "2023-11", "--org", "海州", "--out", tmp_path / "报表", "--catalog", province_catalog)[0] == 0
    written = sorted(path.relative_to(tmp_path / "报表").as_posix() for path in (tmp_path / "报表").rglob("*.xlsx"))
    assert written == [f"{org}区市场监管局/2023-11_{office}月报表.xlsx" for org in ("云台", "港口") for office in ("信用监管科", "食品科")]

    code, document = run(capsys, "ingest", tmp_path / "报表", *where, "--confirm", "年初无数")
    assert (code, {file["status"] for file in document["files"]}) == (1, {"rejected"})  # a blank form is no report
    for path in (tmp_path / "报表").rglob("*.xlsx"):
        say_nothing_was_done(path)
    code, document = run(capsys, "ingest", tmp_path / "报表", *where, "--confirm", "年初无数")
    assert code == 0
    assert {(file["org"], file["office"], file["status"]) for file in document["files"]} == {
        (org, office, "accepted") for org in ("gangkou", "yuntai") for office in ("food", "credit")
    }
    _, document = run(capsys, "completeness", "--period", "2023-11", "--org", "haizhou", *where)
    assert [(row["org"], row["office"], row["submission"]) for row in document["rows"]] == [
        ("gangkou", "food", 4), ("gangkou", "credit", 3), ("yuntai", "food", 2), ("yuntai", "credit", 1),
    ]  # fmt: skip
    _, document = run(capsys, "lock", "--period", "2023-11", "--org", "云台", "--reason", "定稿", *where)
    assert (document["org"], document["office"]) == ("yuntai", None)

    own = tmp_path / "信用.xlsx"
    own.write_bytes(own_form("月报表", "信用监管科"))
    code, document = run(capsys, "ingest", own, "--org", "东湖", *where)
    assert (code, document["files"][0]["org"], document["files"][0]["status"]) == (0, "donghu", "accepted")
    assert main(["ingest", str(own), "--org", "江城", *map(str, where)]) == 1
    assert "江城市市场监管局自己不报数" in capsys.readouterr().err
    assert main(["completeness", "--period", "2023-11", *map(str, where)]) == 0
    assert "云台区" in capsys.readouterr().out


CITY = ["海州市市场监管局信用监管科2023年11月汇总表"]


def book(*rows: list[object]) -> bytes:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(buffer)
    return buffer.getvalue()


def summary(*rows: list[object], head: str = "单位") -> bytes:
    """A city's own table, a line for each bureau."""
    return book(CITY, [head, "双随机检查本年累计（家次）", "经营主体总量（户）"], *rows)


def numbers(found) -> dict[str, object]:
    return {reading.measure: reading.value.number for reading in found.report.readings if reading.column is Column.YTD}


@pytest.mark.parametrize("head", ["单位", "单位名称", "区县", "辖区", ""])
def test_a_citys_summary_is_a_report_of_each_bureau(province, head):
    data = summary(["港口区", 330, 9000], ["云台区市场监督管理局", 200, 7000], ["合计", 530, 16000], head=head)
    found = prepare(province, [Upload("汇总.xlsx", data)], today=TODAY)

    assert [(one.org, one.status, numbers(one)) for one in found] == [
        ("gangkou", Outcome.READY, {"visits": 330, "entities": 9000}),
        ("yuntai", Outcome.READY, {"visits": 200, "entities": 7000}),
    ]
    told = [(finding.code, str(finding.place)) for one in found for finding in one.findings if finding.code != "original-not-kept"]
    assert told == [("total-row", "Sheet!A5")]


def test_a_long_summary_may_name_a_bureau_on_its_first_line_alone(province):
    lines = [["港口", "双随机检查", "家次", 330], ["", "经营主体总量", "户", 9000], ["云台", "双随机检查", "家次", 200], ["", "经营主体总量", "户", 7000]]
    found = prepare(province, [Upload("汇总.xlsx", book(CITY, ["单位名称", "数据项", "计量单位", "本年累计"], *lines))], today=TODAY)

    assert [(one.org, numbers(one)) for one in found] == [("gangkou", {"visits": 330, "entities": 9000}), ("yuntai", {"visits": 200, "entities": 7000})]


def test_a_line_of_nobody_is_pointed_at(province):
    data = summary(["港口区", 330, 9000], ["云台区", 200, 7000], ["云苔区", 5, 6])
    found = prepare(province, [Upload("汇总.xlsx", data)], today=TODAY)

    assert [codes(one) for one in found] == [{"unknown-org": "机构名单里没有报数的单位「云苔区」，这一行没有读取"}, {}]


def test_of_a_summary_what_is_told_alone_is_read(province):
    data = summary(["港口区", 330, 9000], ["云台区", 200, 7000], ["合计", 530, 16000])
    [found] = prepare(province, [Upload("汇总.xlsx", data, org="yuntai")], today=TODAY)
    assert (found.org, numbers(found)) == ("yuntai", {"visits": 200, "entities": 7000})

    [other] = prepare(province, [Upload("汇总.xlsx", data, org="donghu")], today=TODAY)
    assert (other.status, other.report.readings) == (Outcome.REJECTED, ())
    assert codes(other)["wrong-org"] == "表里各行是港口区市场监管局、云台区市场监管局的，没有东湖区市场监管局的"
