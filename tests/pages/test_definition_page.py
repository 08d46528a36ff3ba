"""指标目录 on a page: the entries are listed and found, a form says what is wrong and what would come of it, and what is saved holds at once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.noun_entries import ENTRY_NOUNS
from kpi.defining.change_list import ChangeRecord
from kpi.defining.entry_change import find_entry, with_entry
from kpi.defining.entry_differences import ADDED, REMOVED, EntryDifference
from kpi.workbook.writing.definition_book import write_definitions
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.bodies import entry_list
from pages.choices import NOUNS
from pages.site import BY_PATH
from pages.widgets import running
from tests.pages.fragments import answer, body_of, fragments, table, texts, view_of

RATE = "food_sampling_pass_rate"
FORM = f"define-indicator-{RATE}"


@dataclass
class Desk:
    """The bureau as it is now, and the shell in which somebody changes its catalogue."""

    bureau: LiveBureau
    shell: AppTest

    def go(self, **query: str) -> "Desk":
        """Open the page at an address."""
        for name, value in query.items():
            self.shell.query_params[name] = value
        self.shell.run().switch_page("admin/definition_page.py")
        return self.run()

    def write(self, key: str, value: object) -> "Desk":
        """Fill a field by its key, as one who leaves it does."""
        widgets = (*self.shell.text_input, *self.shell.text_area, *self.shell.selectbox, *self.shell.multiselect)
        [field] = [field for field in widgets if field.key == key]
        field.set_value(value)
        return self

    def run(self) -> "Desk":
        """Let the page be drawn anew."""
        self.shell.run()
        assert not self.shell.exception
        assert not self.shell.error  # a fault of ours that the page has put into a sentence
        return self

    def press(self, label: str) -> "Desk":
        """Press a button by what stands on it."""
        [button] = [button for button in self.shell.button if button.label == label]
        button.click()
        return self.run()

    @property
    def refusals(self) -> list[str]:
        """The sentences that say what is wrong."""
        return [warning.value.replace("\\", "") for warning in self.shell.warning]

    @property
    def consequences(self) -> list[str]:
        """The sentences that say what would be another one."""
        return [info.value.replace("\\", "") for info in self.shell.info]


@pytest.fixture
def desk(changing: tuple[LiveBureau, AppTest], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The demonstration; who looks after a change looks at the bureau that has taken its place."""
    bureau, shell = changing
    made = Desk(bureau, shell)
    monkeypatch.setattr(running, "opened", lambda: replace(made.bureau, replaced_by=lambda successor: setattr(made, "bureau", successor)))
    return made


@pytest.mark.parametrize(("noun", "title"), NOUNS.items())
def test_every_noun_is_listed(looking: Bureau, noun: str, title: str) -> None:
    """A bureau that stands alone has no organisations; each row leads to its form."""
    page, count = body_of("catalog", noun=noun), {"org": 0, "office": len(looking.catalog.offices), "measure": len(looking.catalog.measures)}
    assert title in answer(page)
    assert noun in ENTRY_NOUNS
    if noun in count:
        assert (str(count[noun]) in answer(page)) is (count[noun] > 0)
        assert len(page.css("tbody tr")) == min(count[noun], 300)
    if noun != "org":
        assert all(f"noun={noun}" in (link.attributes["href"] or "") for link in page.css("tbody a"))


@pytest.mark.parametrize(
    ("noun", "asked", "found"),
    [("office", "食安办", "food_coordination"), ("measure", "食品安全协调科 food_samples_passed", "food_samples_passed"), ("org", "某", None)],
)
def test_an_entry_is_found_by_any_of_its_names(looking: Bureau, noun: str, asked: str, found: str | None) -> None:
    """Each word may stand in another of them: name, code, alias, office."""
    del looking
    assert [entry.key for entry in entry_list.listed(view_of("catalog", noun=noun, q=asked))] == ([found] if found else [])


def test_the_page_is_for_who_may_define() -> None:
    """The administrator, who sees no figures; without login everybody."""
    allowed = {role for role in AccountRole if BY_PATH["catalog"].open_to(Caller("x", "某", role))}
    assert allowed == {AccountRole.ADMINISTRATOR}


def test_a_definition_is_typed_with_names_tried_and_put_in_force(desk: Desk) -> None:
    """A slip is named at its field; then both values of each month stand side by side, and what is saved is the record and the board."""
    desk.go(noun="indicator", row=RATE)
    assert desk.write(f"{FORM}-0-formula-denominator", "食品抽检合格批次 + 食品抽检批").run().refusals == [
        "「分母」里的「食品抽检批」不是数据项的名称或代码，最接近的是「食品抽检批次」；请改正。"
    ]
    desk.write(f"{FORM}-0-formula-denominator", "食品抽检合格批次 × 2").run()
    assert desk.refusals == []
    assert desk.consequences == ["改动指标「食品抽检合格率」：分母：由「食品抽检检验批次」改为「食品抽检合格批次 × 2」"]
    [november, *_] = table(fragments(desk.shell), "试算")
    assert (november["月份"], november["现在"], november["改后"]) == ("2023 年 11 月", "97.8%", "50.0%")
    assert desk.press("保存，马上生效").refusals == ["请写明姓名和理由；它们一直留在变动记录里。"]
    desk.write(f"{FORM}-0-save-by", "王统计").write(f"{FORM}-0-save-why", "试一试").press("保存，马上生效")

    assert [success.value for success in desk.shell.success] == ["指标「食品抽检合格率」改好了，马上生效。"]
    denominator = desk.bureau.catalog.indicators[RATE].denominator
    assert denominator is not None
    assert denominator.text == "food_samples_passed * 2"
    [last, first] = table(fragments(desk.shell), "变动记录")
    assert (last["谁"], last["理由"], last["哪一条"]) == ("王统计", "试一试", "指标「食品抽检合格率」")
    assert first["改了什么"] == "当时的指标目录，此后的变动都从它算起"


def test_what_figures_forbid_is_refused_at_its_field(desk: Desk) -> None:
    """The unit of a measure with figures; taking it out names who uses it."""
    form = "define-measure-food_samples_tested"
    desk.go(noun="measure", row="food_samples_tested").write(f"{form}-0-unit", "件").run()
    assert desk.refusals == ["「食品抽检检验批次」已经有报来的数，「计量单位」不能再改；请改回去，另外新增一个数据项。"]
    desk.write(f"{form}-0-unit", "批次").run()
    desk.write(f"{form}-0-remove-by", "王统计").write(f"{form}-0-remove-reason", "不用了").press("确认")
    assert "不能删去" in desk.refusals[0]
    assert "「指标」里的「食品抽检合格率」" in desk.refusals[0]


def test_an_office_is_added_and_found(desk: Desk) -> None:
    """What lacks is named at once; the page then shows the new entry."""
    desk.go(noun="office", row=entry_list.NEW).write("define-office-+-0-code", "legal").run()
    assert "缺少「名称」；请改正。" in desk.refusals
    for key, value in {"name": "法规科", "order": "30", "template": "法规科月报表", "parent": "bureau"}.items():
        desk.write(f"define-office-+-0-{key}", value)
    desk.run().write("define-office-+-0-save-by", "王统计").write("define-office-+-0-save-why", "新设").press("保存，马上生效")
    assert desk.bureau.catalog.offices["legal"].name == "法规科"
    assert desk.shell.query_params["row"] == "legal"
    assert "科室：法规科" in texts(fragments(desk.shell), "h2")


def test_a_target_is_set(desk: Desk) -> None:
    """The form of the noun with most fields, one of which is called as the rows below it are."""
    desk.go(noun="target", row=entry_list.NEW)
    for key, value in {"indicator": RATE, "year": "2026", "kind": "floor", "value": "98", "tolerance": "0", "document": "2026 年重点工作安排"}.items():
        desk.write(f"define-target-+-0-{key}", value)
    desk.run()
    assert desk.refusals == ["缺少「科室」；请改正。"]
    desk.write("define-target-+-0-office", desk.bureau.catalog.indicators[RATE].office).run()
    desk.write("define-target-+-0-save-by", "王统计").write("define-target-+-0-save-why", "新的一年").press("保存，马上生效")
    assert [(target.value, target.document) for target in desk.bureau.catalog.targets[RATE, 2026]] == [(98, "2026 年重点工作安排")]


def test_rows_below_an_entry_are_changed_one_at_a_time(desk: Desk) -> None:
    """A ledger's column gets another alias, and the form says what would differ."""
    ledger = next(iter(desk.bureau.catalog.ledgers.values()))
    form = f"define-ledger-{ledger.code}-0-column"
    desk.go(noun="ledger", row=ledger.code).write(f"{form}-row-0-which", 1).run()
    desk.write(f"{form}-row-0-1-aliases", "另一种写法").press("改这一行")
    assert any("台账列" in words and "另一种写法" in words for words in desk.consequences)


def test_the_whole_catalogue_is_changed_as_a_workbook(desk: Desk) -> None:
    """What differs is listed before somebody puts it in force; a workbook that is none is refused."""
    before = find_entry(desk.bureau.catalog, "office", "drug")
    assert before is not None
    later = with_entry(desk.bureau.catalog, before, replace(before, own={**before.own, "due_day": 8}))
    desk.go(noun="office").shell.file_uploader[0].upload("改好的.xlsx", write_definitions(later), MEDIA_TYPE).run()
    [row] = table(fragments(desk.shell), "不同的地方")
    assert row == {"哪一条": "科室「药品监管科」", "改了什么": "应报日：写上「8」"}
    desk.write("definition-workbook-0-by", "王统计").write("definition-workbook-0-why", "推迟三天").press("生效")
    assert desk.bureau.catalog.offices["drug"].due_day == 8
    assert [success.value for success in desk.shell.success] == ["「改好的.xlsx」里的 1 处改动已经生效。"]


def test_a_table_of_targets_is_read_on_the_page_of_targets(desk: Desk) -> None:
    """One cell of a table of the bureau's own; the target that stands there is replaced, and both are listed."""
    book = Workbook()
    for row in (["区市场监管局 2023 年目标任务分解表"], ["指标名称", "责任科室", "2023 年目标"], ["食品抽检合格率", "食品安全协调科", "≥97%"]):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    desk.go(noun="target").write("target-workbook-0-document", "某局〔2023〕9 号").run()
    desk.shell.file_uploader[0].upload("分解表.xlsx", content.getvalue(), MEDIA_TYPE).run()
    assert desk.consequences == ["读到 1 个 2023 年的目标，依据：某局〔2023〕9 号。"]
    assert table(fragments(desk.shell), "读到的目标") == [{"指标": "食品抽检合格率", "科室或单位": "食品安全协调科", "目标": "≥97%", "单元格": "Sheet!C3"}]
    [row] = table(fragments(desk.shell), "不同的地方")
    assert (row["哪一条"], "目标数：由「97.8」改为「97」" in row["改了什么"]) == ("目标「2023 年食品抽检合格率」", True)


def test_a_change_of_a_whole_catalogue_is_counted() -> None:
    """A line for each noun, with how many entries came and went and the first of them by name: nobody reads a thousand lines."""
    fresh = [EntryDifference("office", f"o{number}", "科室", f"{number}所", ADDED) for number in range(1, 41)]
    record = ChangeRecord(2, datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "王统计", "建局", None, (*fresh, EntryDifference("area", "a", "板块", "民生", REMOVED)))

    rows = [row.cells for row in entry_list.change_rows(record)]

    assert [(row["哪一条"].text, row["改了什么"].text, row["改了什么"].notes) for row in rows] == [
        ("科室", "新增 40 条", ("新增：1所、2所、3所、4所、5所 等",)),
        ("板块", "删去 1 条", ("删去：民生",)),
    ]
