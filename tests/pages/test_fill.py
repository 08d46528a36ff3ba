"""网页填报 and 更正 as pages: what stands in the sheet when it is opened, whose it may be, and what the form of a correction does."""

from selectolax.lexbor import LexborHTMLParser

from kpi.filing.corrections import correctable
from kpi.filing.form_drafts import keep_form
from kpi.filing.submissions import lock
from kpi.period import Month
from kpi.workbook.writing.template_cells import cell_key
from pages import choices, view
from pages.bodies import figure_panel, form_opening
from pages.site import BY_PATH
from pages.widgets import running, warmth
from tests.kpi.filing.test_web_form import FILER, OFFICE, of_coal
from tests.pages.fragments import answer, body_of, fragments, links, texts, view_of
from tests.pages.test_filings import opened

NOVEMBER = Month(2023, 11)


def cells(page) -> dict[str, str]:
    """The texts of the open cells, by name."""
    return {field.attributes["name"]: field.attributes["value"] or "" for field in page.css("input[data-cell]")}


def test_a_sheet_has_the_rows_of_the_blank_one(looking):
    """In its order and under its headings; what is on file stands in it, and beside it what was before."""
    page = body_of("fill", form=OFFICE, due="2023-11")
    measures = looking.catalog.office_measures(OFFICE)
    assert [row.attributes["data-row"] for row in page.css("tr[data-row]")] == [str(number + 1) for number in range(len(measures))]
    assert texts(page, ".k-topic th") == list(dict.fromkeys(measure.topic for measure in measures))
    assert answer(page).startswith("质量监管科 2023 年 11 月：已经报过（第 426 号")
    assert cells(page)["coal_samples_passed ytd"] == "44"
    assert "coal_samples_pending month" not in cells(page)
    assert texts(page, "thead th")[4:] == ["本月数", "本年累计", "上年同期累计", "数据截止日", "备注"]
    labels = {field.attributes["aria-label"] for field in page.css("td input")}
    assert "商品煤合格批次 本年累计（批次）" in labels
    assert {option.attributes["value"] for option in page.css("#k-no-number option")} == {"未开展", "不适用", "在检", "在办", "*", "未报"}


def test_the_month_that_is_due_is_shown_first(looking):
    """The one after the last that came; a month that is chosen elsewhere is none of this page."""
    page = body_of("fill", period="2023-05", office=OFFICE)
    assert answer(page) == "质量监管科 2023 年 12 月：14 个数据项，还没有填。"
    assert set(cells(page).values()) == {""}
    last_month = [row.css("td")[1].text() for row in page.css("tr[data-row]")]
    assert last_month[6].startswith("44")
    assert [field.attributes["data-on-file"] for field in page.css('input[name="coal_samples_passed prior"]')] != [""]


def test_who_is_of_an_office_sees_its_sheet_alone(looking, monkeypatch):
    monkeypatch.setattr(running, "caller", lambda: FILER)
    monkeypatch.setattr(running, "opened", lambda: looking)
    assert [option.value for option in choices.CHOICES["form"].options({})] == [OFFICE]
    shown = view.read(BY_PATH["fill"], {"form": "ip", "due": "2023-11"})
    assert shown.get("form") == OFFICE
    page = body_of("fill", form="ip")
    assert "报送人 王统计" in texts(page, ".k-fill-acts span")
    assert not page.css("[data-by]")


def test_a_draft_and_a_lock_are_said(changing):
    bureau, _ = changing
    keep_form(bureau, of_coal(bureau, NOVEMBER.plus(1)))
    lock(bureau, NOVEMBER.plus(1), "李主任", "已上会")
    page = body_of("fill", form=OFFICE)
    assert answer(page) == "质量监管科 2023 年 12 月：14 个数据项，草稿里填了 5 格，还没有报。"
    [first, second] = texts(page, ".k-note:not([hidden])")
    assert first.endswith("锁定，理由：已上会；填的可以存成草稿，解锁后才能入库。")
    assert second == "看板里现在是演示数据（虚构），入库以后就和它混在一起，不能再分开；请先清空演示数据，见 报表导入 。"


def test_the_page_is_drawn_anew_after_it_was_sent(looking):
    """Where nothing else differs either: a page that comes out as it was would keep what was typed."""
    del looking
    shown = view_of("fill", form=OFFICE)
    assert form_opening.opening(shown) != form_opening.opening(shown)


def test_a_figure_is_corrected_where_its_submission_stands(changing, monkeypatch):
    """The address says which; name and reason are asked for; the record of the old one says what took its place."""
    bureau, shell = changing
    monkeypatch.setattr(warmth, "keep_ready", lambda: None)  # a thread would outlive the bureau of the test
    opened(shell, "submission_list", office="质量监管科", row="426", cell="coal_samples_passed ytd")
    assert shell.expander[0].proto.expanded
    assert shell.selectbox(key="correct-426-cell").value == list(cells_of(bureau)).index("coal_samples_passed ytd")
    fill_in(shell, "47", "", "李统计")
    assert shell.warning[0].value == "更正要写明姓名和理由，理由会一直留在记录里。"
    fill_in(shell, "47", "漏录 3 批次", "李统计")
    assert shell.success[0].value.startswith("已更正，第 438 号代替第 426 号，看板已经更新。")
    assert bureau.store.submission(438).note.startswith("更正：漏录 3 批次；原说明：")
    assert "已被第 438 号替换。" in " ".join(texts(fragments(shell), ".k-plain"))
    assert not shell.expander


def test_the_panel_of_a_figure_leads_to_its_correction(looking):
    """本年累计 first, for that is what it shows."""
    del looking
    panel = LexborHTMLParser(figure_panel.panel(view_of("targets", period="2023-11", figure="coal_samples_passed")))
    assert "cell=coal_samples_passed+ytd" in links(panel)["更正这个数"]


def test_a_locked_month_offers_no_correction(changing):
    bureau, shell = changing
    lock(bureau, NOVEMBER, "李主任", "已上会")
    opened(shell, "submission_list", office="质量监管科", row="426")
    assert not shell.expander
    assert any("解锁后才能撤回或更正。" in text for text in texts(fragments(shell), ".k-soft"))


def cells_of(bureau) -> list[str]:
    """The figures that can be chosen, as an address names them."""
    return [cell_key(cell) for cell in correctable(bureau, bureau.store.submission(426))]


def fill_in(shell, text: str, reason: str, by: str) -> None:
    """Hand in the form of a correction."""
    for name, value in (("text", text), ("reason", reason), ("by", by)):
        shell.text_input(key=f"correct-426-0-{name}").set_value(value)
    next(button for button in shell.button if button.form_id == "correct-426-0").click().run()
    assert not shell.exception
