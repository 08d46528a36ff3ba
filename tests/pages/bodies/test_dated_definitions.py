"""口径 that holds from a month on: its history, and what the pages of an old month say of it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from pages.bodies import figure_panel
from tests.bureaus import Small, opened
from tests.pages.conftest import _opened
from tests.pages.fragments import body_of, table, texts, view_of, words
from tests.soundness.catalog import QUALITY, earlier, files, indicator

OLD, NEW = "合格批次 ÷ 检验批次 × 100%", "合格批次 ÷ 抽检批次 × 100%"
WHY = {"reason": "抽检办法修订", "document": "某监发〔2026〕8 号", "changed_by": "王统计"}


@pytest.fixture
def dated(tmp_path, monkeypatch):
    """A rate over what was tested up to March 2026, over all that was taken since; a share that became one in a thousand."""
    rate = indicator("rate", "检出率", "passed", "taken", decimals=1, headline=True) + earlier("2026-03", "passed", "tested", decimals=1, **WHY)
    permille = indicator("permille", "不合格率", "failed", "taken", unit="‰", scale=1000, decimals=1) + earlier("2026-03", "failed", "tested", decimals=2)
    with opened(tmp_path, files(quality="\n".join([QUALITY, rate, permille]))) as small:
        for year, counts in ((2025, (10, 8, 6, 1)), (2026, (20, 16, 15, 1))):
            columns = zip(("taken", "tested", "passed", "failed"), counts, strict=True)
            small.months(year, **{code: "|".join([str(count)] * 5) for code, count in columns})
        _opened(small.bureau, monkeypatch)
        yield small


def panel_of(period: str) -> str:
    """What the panel of the rate says in a month."""
    return words(LexborHTMLParser(figure_panel.panel(view_of("trends", period=period, figure="rate"))).body)


def test_the_history_of_a_definition_is_told_newest_first(dated: Small):
    """From which month to which, what was changed, who did it, why, by which document."""
    page = body_of("indicators", period="2026-05", row="rate")
    [now, before] = table(page, "口径沿革")

    assert (now["从哪个月"], now["到哪个月"], before["从哪个月"], before["到哪个月"]) == ("2026 年 4 月", "现行", "最早", "2026 年 3 月")
    assert now["口径"].startswith(NEW)
    assert before["口径"].startswith(OLD)
    assert (now["改了什么"], now["谁改的，为什么"], now["依据"]) == (f"由「{OLD}」改为「{NEW}」", "王统计；抽检办法修订", "某监发〔2026〕8 号")
    assert "目标和口径的变动" not in texts(page, "h3")
    assert "口径沿革" not in texts(body_of("indicators", period="2026-05", row="tested"), "h3")
    [share, _] = table(body_of("indicators", period="2026-05", row="permille"), "口径沿革")
    assert share["改了什么"].endswith("；单位由「%」改为「‰」；小数位数由「2 位」改为「1 位」")


def test_an_old_month_says_by_which_definition_it_is(dated: Small):
    """The panel of a figure with the formula of its month, its notes, and the board itself; the month after it says nothing."""
    march, april = (panel_of(period) for period in ("2026-03", "2026-04"))

    assert f"按到 2026 年 3 月为止的口径计算：{OLD}；现行口径自 2026 年 4 月起。" in march
    assert "检出率 93.8%" in march
    assert "检验批次" in march
    assert "口径计算" not in april
    assert NEW in april


def test_a_trend_marks_where_the_definition_changed(dated: Small):
    """A sentence above and below the picture and in the table; what is in another unit is not on the line."""
    page = body_of("trends", period="2026-05", code="rate")
    said = f"口径自 2026 年 4 月起由「{OLD}」改为「{NEW}」，原因：抽检办法修订，依据「某监发〔2026〕8 号」"
    assert f"{said}；各月按当时的口径计算" in words(page)
    months = {row["期间"]: row["本年"] for row in table(page, "检出率逐月数值")}
    assert [figure for _, figure in sorted(months.items())] == ["93.8%", "93.8%", "93.8%", "75.0%", "75.0%"]
    assert [month for month in months if "改为" in month] == [f"2026 年 4 月 {said}，以前各月按当时的口径"]

    page = body_of("trends", period="2026-05", code="permille")
    drawn = [words(title) for title in page.css_first("svg.k-wide").css(".k-point-now title")]
    assert [text.partition("，")[0] for text in drawn] == ["2026 年 4 月：50.0 ‰", "2026 年 5 月：50.0 ‰"]
    months = {row["期间"].split("月")[0]: row["本年"] for row in table(page, "不合格率逐月数值")}
    assert (months["2026 年 3 "], months["2026 年 4 "]) == ("6.25%", "50.0 ‰")
    old = body_of("trends", period="2026-03", code="permille")
    assert [words(title).partition("，")[0] for title in old.css_first("svg.k-wide").css(".k-point-now title")][-1] == "2026 年 3 月：6.25%"
