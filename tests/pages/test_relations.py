"""勾稽核对: what does not hold stands first, with the cells of both sides and what the office wrote."""

from kpi.filing.intake import accept
from kpi.period import Month
from kpi.present import formulas
from kpi.validation.relation_figures import Result
from pages.bodies import relations
from pages.widgets import session
from tests.kpi.filing.test_intake import coal, one
from tests.pages.fragments import answer, body_of, links, table, texts, view_of, words


def coal_of(page):
    """The part about 商品煤, 44 + 7 against 54."""
    return next(part for part in page.css(".k-violation") if "R051" in words(part))


def test_relations_that_do_not_hold_come_first(looking):
    page = body_of("quality")
    assert answer(page).startswith("2023 年 11 月：5 条勾稽关系不成立，")
    assert len(page.css(".k-violation")) == 5
    assert texts(coal_of(page), ".k-sides li") == ["商品煤合格批次 + 商品煤不合格批次 = 51", "商品煤已检测批次 = 54", "相差 -3"]


def test_both_sides_have_their_cells_and_the_words_of_the_office(looking):
    """File, sheet and cell, the record of its submission, and why it was sent as it is."""
    part = coal_of(body_of("quality"))
    name = words(part.css_first("caption"))
    rows = table(part, name)
    assert [(row["边"], row["数据项"], row["数值"], row["单元格"]) for row in rows] == [
        ("左边", "商品煤合格批次", "44 批次", "F11"),
        ("左边", "商品煤不合格批次", "7 批次", "F12"),
        ("右边", "商品煤已检测批次", "54 批次", "F10"),
    ]
    assert {(row["文件"], row["工作表"]) for row in rows} == {("2023-11_质量监管科月报表.xlsx", "质量监管科月报表")}
    addresses = links(part)
    assert addresses["2023-11_质量监管科月报表.xlsx"] == "/submissions?period=2023-11&office=product_quality&row=426"
    assert addresses["商品煤已检测批次"] == "/quality?period=2023-11&figure=coal_samples_tested"
    assert any(text.endswith("：演示数据：与公开的 2023 年工作总结一致，原文如此，差额未作更正") for text in texts(part, "p"))


def test_what_holds_is_folded_and_counted(looking):
    """It asks for nothing: no way to check stands beside it."""
    page = body_of("quality")
    counts = {result: sum(one.result is result for one in session.relations_of(Month(2023, 11))) for result in Result}
    assert f"{counts[Result.HOLDS]} 条成立" in texts(page, ".k-fold > summary")
    assert len(table(page, "成立")) == counts[Result.HOLDS]
    assert "怎样核对" not in words(page.css_first(".k-fold"))


def test_the_table_that_is_given_away_has_every_relation_with_its_numbers(looking):
    [whole] = relations.tables(view_of("quality"))
    assert len(whole.rows) == len(session.relations_of(Month(2023, 11)))
    [row] = [row for row in whole.rows if row.cells["编号"].text == "R051"]
    assert [row.cells[head].value for head in ("左边", "右边", "相差")] == [51, 54, -3]


def test_a_month_in_which_all_hold_is_not_told_what_to_do_with_what_does_not(bare_shell, empty):
    """Nothing is stored but one sheet: nothing can be checked, and nothing is said to be kept as it is."""
    accept(empty, [one(empty, coal(empty))], "王统计")
    page = body_of("quality")
    assert not page.css(".k-violation")
    assert not any("不成立的数按原样保留" in sentence for sentence in texts(page, "p"))


def test_a_bureau_without_relations_says_so(bare_shell, empty, monkeypatch):
    """It printed the month, a colon and a full stop."""
    monkeypatch.setattr(session, "relations_of", lambda *_: ())
    assert answer(body_of("quality", period="2023-11")) == f"{view_of('quality').period.chinese}没有要核对的勾稽关系。"


def test_a_side_is_said_with_the_names_of_its_measures(looking):
    catalog = looking.catalog
    assert formulas.side("coal_samples_passed + 2 * coal_samples_failed@ly", catalog) == "商品煤合格批次 + 2 × 上年同期商品煤不合格批次"
