"""补录上年: an old text offers its figures, a person confirms them, and the first month compares with last year; each number worked by hand."""

import json
from datetime import date
from decimal import Decimal as D

import pytest

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import open_bureau
from kpi.cli.app import main
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.filing.intake import accept, prepare
from kpi.papers.past.past_sheets import past_sheets, take_in
from kpi.papers.past.proposed_figures import ProposalStanding, proposed_figures
from kpi.papers.reading.plain_text import text_document
from kpi.period import Month, Span
from kpi.value import Qualifier, State
from kpi.workbook.report import Column
from tests.kpi.filing.test_intake import NOVEMBER, coal, workbook

LAST_YEAR = Month(2022, 11)
COAL = "截至2022年11月20日，商品煤抽检60批次，已检测50批次，其中合格45批次，不合格5批次，10批次正在检验，合格率90%。"
PAPER = "2022年总结.txt"


def proposed(bureau, text: str):
    """What a text offers."""
    return proposed_figures(bureau, text_document(text, PAPER))


def taken_in(bureau, figures, note: str = ""):
    """Figures that a person has confirmed, taken in."""
    return take_in(bureau, PAPER, past_sheets(bureau, PAPER, figures), "王统计", note)


def stated(figures) -> dict[str, tuple[Month, date, Column, State, D | None, Qualifier]]:
    return {each.measure.code: (each.month, each.as_of, each.column, each.value.state, each.value.number, each.value.qualifier) for each in figures}


def test_the_first_month_compares_with_a_year_of_which_only_a_text_is_left(empty):
    """78 against 60 is +30 %; 44 of 51 against 45 of 50 is 86.27… − 90 = −3.72… 个百分点; last year's day is that of the text."""
    taken_in(empty, proposed(empty, COAL))
    accept(empty, prepare(empty, [coal(empty)]), "王统计", "首次报送")
    taken, rate = indicators(empty.store, empty.catalog, [NOVEMBER], ["coal_samples_taken", "coal_sampling_pass_rate"], Span.YTD, None)
    assert (taken.figure.value, taken.last_year.value, taken.last_year.yoy, taken.last_year.as_of) == (78, 60, 30, date(2022, 11, 20))
    assert (rate.last_year.value, round(rate.last_year.yoy, 4), rate.last_year.yoy_unit) == (90, D("-3.7255"), "个百分点")


def test_measures_are_offered_with_their_day_as_they_are_meant_and_rates_never(empty):
    """约 and 余 stay, what is masked is 未公开 and no 0, 万元 becomes the unit of the measure, a day of another month is another month."""
    text = f"{COAL.replace('抽检60', '抽检约60').replace('不合格5', '不合格*')}\n截至2022年10月31日，食品安全监督抽检检验检测1500余批次。"
    own = (LAST_YEAR, date(2022, 11, 20), Column.YTD)
    assert stated(proposed(empty, text)) == {
        "coal_samples_taken": (*own, State.NUMBER, D(60), Qualifier.ABOUT),
        "coal_samples_tested": (*own, State.NUMBER, D(50), Qualifier.EXACT),
        "coal_samples_passed": (*own, State.NUMBER, D(45), Qualifier.EXACT),
        "coal_samples_failed": (*own, State.WITHHELD, None, Qualifier.EXACT),
        "coal_samples_pending": (*own, State.NUMBER, D(10), Qualifier.EXACT),
        "food_samples_tested": (Month(2022, 10), date(2022, 10, 31), Column.YTD, State.NUMBER, D(1500), Qualifier.AT_LEAST),
    }


def test_a_summary_of_this_year_offers_last_years_figures_too(empty):
    """上年同期 is of the same day a year before; the growth is none of anybody."""
    text = "截至2023年11月20日，商品煤抽检78批次，上年同期60批次，同比增长30%。"
    assert [(each.measure.code, each.as_of, each.value.number) for each in proposed(empty, text)] == [
        ("coal_samples_taken", date(2023, 11, 20), 78),
        ("coal_samples_taken", date(2022, 11, 20), 60),
    ]


def test_what_is_taken_in_says_where_it_comes_from(empty):
    """The name of the file, the 备注 of the row and the 说明 of the submission; the day is that of the text."""
    first, *_ = proposed(empty, COAL)
    [submission] = taken_in(empty, [first])
    assert (submission.office, submission.period, submission.by) == ("product_quality", LAST_YEAR, "王统计")
    assert (submission.file, submission.note) == ("自材料录入_2022-11_质量监管科月报表.xlsx", "自材料录入：「2022年总结.txt」")
    assert empty.store.remarks(submission.seq) == {"coal_samples_taken": f"自材料录入：「2022年总结.txt」正文第1段：{COAL.rstrip('。')}"}
    [(value, day)] = [cell for key, cell in empty.store.written(submission.seq).items() if key == ("coal_samples_taken", Column.YTD)]
    assert (value.number, day) == (60, date(2022, 11, 20))


def test_no_telephone_number_of_the_text_is_kept(empty):
    [submission] = taken_in(empty, proposed(empty, "截至2022年11月20日，商品煤抽检60批次，电话13812345678。"))
    assert empty.store.remarks(submission.seq)["coal_samples_taken"].endswith("电话〔电话〕")


def test_what_is_on_file_of_the_month_stays(empty):
    """61 批次 were reported: the text's 60 cannot take their place, and the others are added beside them."""
    accept(empty, prepare(empty, [workbook(empty, "product_quality", LAST_YEAR, coal_samples_taken=61)]), "李统计", "上年的表")
    offered = proposed(empty, COAL)
    standings = {each.measure.code: each.standing for each in offered}
    assert standings.pop("coal_samples_taken") is ProposalStanding.ON_FILE
    assert set(standings.values()) == {ProposalStanding.OPEN}
    with pytest.raises(RequestError, match="「商品煤抽检批次」那个月已有报送"):
        past_sheets(empty, PAPER, offered)
    [submission] = taken_in(empty, [each for each in offered if each.standing is ProposalStanding.OPEN], "上年口径")
    numbers = {code: value.number for (code, column), (value, _) in empty.store.written(submission.seq).items() if value.number is not None}
    assert numbers == {f"coal_samples_{row}": number for row, number in (("taken", 61), ("tested", 50), ("passed", 45), ("failed", 5), ("pending", 10))}
    assert {each.standing for each in proposed(empty, COAL)} == {ProposalStanding.ON_FILE}


def test_two_values_of_one_cell_are_not_chosen_between(empty):
    """44 and 45 合格: neither is offered, a person may take one of them, not both."""
    text = f"{COAL}\n截至2022年11月20日，商品煤抽检合格44批次。"
    both = [each for each in proposed(empty, text) if each.measure.code == "coal_samples_passed"]
    assert [(each.value.number, each.standing) for each in both] == [(45, ProposalStanding.CONTESTED), (44, ProposalStanding.CONTESTED)]
    with pytest.raises(RequestError, match="「商品煤合格批次」2022 年 11 月在文中有几个不同的数"):
        past_sheets(empty, PAPER, both)
    assert taken_in(empty, both[1:])[0].period == LAST_YEAR


def test_what_the_checks_ask_about_is_answered_for_in_writing(empty):
    """45 + 4 is not 50: nothing is stored without a 说明; with one it stays flagged."""
    offered = proposed(empty, COAL.replace("不合格5", "不合格4"))
    with pytest.raises(RequestError, match="有请核对的问题，没有补录；请写明说明。质量监管科 2022 年 11 月："):
        taken_in(empty, offered)
    assert empty.store.submissions() == []
    [submission] = taken_in(empty, offered, "总结原文如此")
    assert submission.note == "自材料录入：「2022年总结.txt」；总结原文如此"
    assert submission.findings


def test_no_part_is_larger_than_its_whole(empty):
    with pytest.raises(RequestError, match="质量监管科 2022 年 11 月没有补录"):
        taken_in(empty, proposed(empty, COAL.replace("合格45", "合格450")))
    assert empty.store.submissions() == []


def test_a_text_without_a_day_asks_for_the_month(empty):
    paper = text_document("商品煤抽检60批次。", "简报.txt")
    with pytest.raises(RequestError, match="没有写明截止日期，看不出是哪个月的数"):
        proposed_figures(empty, paper)
    assert [(each.month, each.as_of) for each in proposed_figures(empty, paper, LAST_YEAR)] == [(LAST_YEAR, date(2022, 11, 30))]


def test_an_office_takes_in_its_own_figures(empty):
    """A 填报员 is offered those of their office, and cannot take in another's."""
    filer = empty.of(Caller("li", "李统计", AccountRole.FILER, office="ip"))
    assert proposed(filer, COAL) == ()
    with pytest.raises(DeniedError):
        past_sheets(filer, PAPER, proposed(empty, COAL))
    with pytest.raises(RequestError, match="没有可以补录的数"):
        past_sheets(filer, PAPER, ())


def test_the_command_lists_and_takes_in_what_is_chosen(tmp_path, capsys):
    """Numbers of the list, ranges, all; a number that is not there is refused, and nothing is taken in."""
    data, paper = str(tmp_path / "data"), tmp_path / PAPER
    open_bureau(tmp_path / "data").close()
    paper.write_text(COAL, encoding="utf-8")
    typed = ["paper", "past", str(paper), "--data", data]
    assert main([*typed, "--take", "1,9"]) == 2
    assert "--take「9」不是清单里的编号；清单有 5 个数" in capsys.readouterr().err
    assert main([*typed, "--office", "质量监管科"]) == 0
    assert "5 个数对应到数据项，5 个可补录" in capsys.readouterr().out
    assert main([*typed, "--take", "1,2-3"]) == 0
    assert capsys.readouterr().out == "质量监管科 2022 年 11 月：已补录，记为第 1 号报送。\n"
    assert main([*typed, "--take", "all", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [(each["number"], each["measure"], each["standing"]) for each in document["proposed"]][2:4] == [
        (3, "coal_samples_passed", "on-file"),
        (4, "coal_samples_failed", "open"),
    ]
    assert document["submissions"] == [{"submission": 2, "referral": None, "org": "bureau", "office": "product_quality", "period": "2022-11"}]
