"""督办: what was promised and how it stands, on its page, where it concerns, and on 大屏."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.requests import Request

from kpi.bureau import LiveBureau
from kpi.meeting import editions
from kpi.meeting.follow_up_acts import add_progress, mark_step, promise_anew, sign
from kpi.meeting.follow_up_opening import open_on_decision, open_on_finding, open_on_miss, open_on_problem, open_on_relation
from kpi.meeting.meeting_notes import keep_note
from kpi.period import Span
from kpi.store.follow_up import Step
from kpi.store.meeting_note import NoteKind
from pages import served
from pages.bodies import OPENINGS, exports, figure_panel, follow_up_list, follow_up_wanted, meeting_note_list, targets, wall, wall_promises
from pages.site import WALL
from pages.view import read
from pages.widgets import frame
from tests.kpi.meeting.following import DECEMBER, FAULT, NOVEMBER, RATE, bureau_of, by, given, moment, send
from tests.kpi.province import report
from tests.pages.following_pages import Today, looking_at
from tests.pages.fragments import answer, body_of, links, table, texts, view_of, words


@dataclass(frozen=True)
class Followed:
    """The bureau of a test and its day."""

    bureau: LiveBureau
    today: Today


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Followed]:
    """880 of 1000 in November 2023, 88.0 % against 90 %, 滞后; 880 and 110 are not 1000; looked at on 6 December."""
    with bureau_of(tmp_path) as bureau:
        send(bureau, "2023-11", "2023-12-04", "880", "1000", FAULT, failed="110")
        today = Today(monkeypatch, "2023-12-06")
        looking_at(bureau, monkeypatch)
        yield Followed(bureau, today)


def opening(**query: str) -> LexborHTMLParser:
    """督办 at an address."""
    return LexborHTMLParser(OPENINGS["follow-ups"](view_of("follow-ups", **query)))


def wall_screens(**query: str) -> list[tuple[str, str]]:
    """Names and texts of the screens of 大屏."""
    shown = read(WALL, query)
    return [(screen.name, words(LexborHTMLParser(screen.html).body)) for screen in wall.screens(shown, wall.board_of(shown))]


def test_before_the_first_one_the_page_says_how_one_is_opened(followed: Followed) -> None:
    page = opening()
    assert answer(page) == "还没有督办事项。"
    assert texts(page, "h2") == ["怎样登记"]
    assert page.css("table") == []
    assert links(page) == {"未达标": "/targets?office=all", "勾稽核对": "/quality?office=all", "会议版": "/meeting?office=all"}


def test_what_is_opened_has_the_paper_to_itself(followed: Followed) -> None:
    """The list stands below it on the screen, and is left out when it is printed."""
    open_on_miss(followed.bureau, RATE, NOVEMBER, given(), by("2023-12-06"))
    below = LexborHTMLParser(follow_up_list.everything(view_of("follow-ups"), aside=True))
    alone = LexborHTMLParser(follow_up_list.everything(view_of("follow-ups")))
    assert [len(page.css(".k-aside")) for page in (below, alone)] == [1, 0]


def test_the_list_has_the_most_urgent_first_in_shape_word_and_colour(followed: Followed) -> None:
    """One is overdue, one due soon, one runs and one is signed, which is folded away; an office sees its own."""
    bureau = followed.bureau
    late = open_on_problem(bureau, "整改 2 项完成 1 项", NOVEMBER, given(due=date(2023, 12, 10)), by("2023-12-06"), count=(2, 1)).seq
    soon = open_on_problem(bureau, "食品", NOVEMBER, given(office="food", due=date(2023, 12, 18)), by("2023-12-06")).seq
    miss = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    closed = open_on_problem(bureau, "办完的", NOVEMBER, given(), by("2023-12-06")).seq
    sign(bureau, closed, "已经销号", by("2023-12-07"))
    followed.today.turn("2023-12-12")

    page = opening()
    assert answer(page) == "督办 4 件：1 件逾期，1 件滞后或即将到期，1 件进行中，1 件已办结。"
    assert texts(page, ".k-lamps li") == ["1 ■ 逾期（红）", "1 ◆ 即将到期（黄）", "1 ○ 进行中（绿）", "1 ✓ 已办结（绿）"]
    assert [node.attributes["class"] for node in page.css(".k-lamps li")] == ["k-missed", "k-behind", "k-met", "k-met"]
    rows = table(page, "在办的督办")
    assert [row["状态"] for row in rows] == ["■ 逾期（红）", "◆ 即将到期（黄）", "○ 进行中（绿）"]
    assert rows[0] == {
        "状态": "■ 逾期（红）",
        "事项": f"整改 2 项完成 1 项 第 {late} 号 · 总结中的问题",
        "科室": "质量科",
        "责任人": "张三",
        "期限": "2023-12-10",
        "答应什么": "答应 2023 年 12 月 10 日前办好",
        "现在怎样": "逾期 2 天，2 项中已完成 1 项",
    }
    assert [row["状态"] for row in table(page, "已办结的督办")] == ["✓ 已办结（绿）"]
    assert "open" not in page.css_first("details").attributes
    assert answer(opening(office="food")) == "食品科：督办 1 件：1 件滞后或即将到期。"
    assert f"row={soon}" in links(opening(office="食品科"))["食品"]
    assert miss == 4


def test_a_chosen_one_has_its_figure_its_steps_and_everything_that_happened(followed: Followed) -> None:
    """The figure as it was and as it is, what is late in red words, each entry with who and when."""
    steps = (Step("通报", date(2023, 12, 8)), Step("补检"))
    number = open_on_miss(followed.bureau, RATE, NOVEMBER, given(promise="12 月补检", steps=steps), by("2023-12-06")).seq
    add_progress(followed.bureau, number, "已经联系检验机构", by("2023-12-07", "张三"))
    promise_anew(followed.bureau, number, date(2024, 1, 31), "检验机构排期", by("2023-12-08", "张三"))
    mark_step(followed.bureau, number, 2, by("2023-12-09", "张三"))
    followed.today.turn("2023-12-10")

    page = opening(row=str(number), period="2023-11")
    assert texts(page, "h2") == [f"第 {number} 号督办：2023 年 11 月合格率（不计在检）滞后"]
    facts = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))
    assert facts["责任人"] == "质量科 张三，2024 年 1 月 31 日前"
    assert facts["答应什么"] == "答应 2024 年 1 月 31 日前达标（12 月补检）"
    assert facts["登记时"].startswith("指标未达标，2023 年 11 月：合格率（不计在检） 88.0%，目标 ≥90%，滞后")
    assert facts["现在"].startswith("▲ 滞后 2023 年 11 月：合格率（不计在检） 88.0%，目标 ≥90%，滞后")
    assert facts["步骤"] == "■ 通报（2023 年 12 月 8 日前）：过了日期，没有完成 ✓ 补检：张三 2023-12-09 登记完成"
    assert [line.partition("：")[0] for line in texts(page, ".k-history li")] == [
        "2023-12-06 12:00 李主任",
        "2023-12-07 12:00 张三",
        "2023-12-08 12:00 张三",
        "2023-12-09 12:00 张三",
    ]
    assert f"figure={RATE}" in links(page)["这个数的来历"]
    assert links(page)["趋势"].startswith("/trends?")
    assert page.css("table") == []  # the list follows below the forms
    [chosen] = LexborHTMLParser(follow_up_list.everything(view_of("follow-ups", row=str(number)))).css('tr[aria-current="true"]')
    assert "张三" in words(chosen)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"row": "99"}, "地址里要看的编号是「99」，这里没有。"),
        ({"open": "plain_rat"}, "没有代码为「plain_rat」的指标或数据项；相近的有：plain_rate"),
        ({"open": "shops"}, ""),
        ({"open": "taken"}, "「taken」是数据项，没有目标，不能督办；请从「未达标」中的一行登记。"),
        ({"relation": "R9"}, "没有编号为「R9」的勾稽关系；请从「勾稽核对」登记。"),
        ({"finding": "x"}, "没有编号为「x」的核对意见；请从一个数的来历登记。"),
        ({"finding": "1.7"}, "没有编号为「1.7」的核对意见；请从一个数的来历登记。"),
        ({"note": "x"}, "没有编号为「x」的会议决定；请从「会议版」下面的会议决定登记。"),
        ({"note": "1"}, "没有第 1 号会议决定"),
        ({"note": "<b>"}, "没有编号为「<b>」的会议决定"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(followed: Followed, query: dict[str, str], sentence: str) -> None:
    page = opening(period="2023-11", **query)
    assert " ".join(texts(page, ".k-note")).startswith(sentence)
    assert page.css("b") == page.css(".k-lamps b")


def test_each_matter_fills_in_the_form(followed: Followed) -> None:
    """Title, office and unit are there; what may be promised too; what is followed up already is not opened again."""
    bureau = followed.bureau
    decision = keep_note(bureau, NoteKind.DECISION, "合格率年底前达标", NOVEMBER, by("2023-12-06", "王记录"))
    asked = {"open": RATE, "relation": "R001", "finding": "1.0", "note": str(decision.seq)}
    matters = {name: follow_up_wanted.wanted(view_of("follow-ups", period="2023-11", **{name: value})) for name, value in asked.items()}

    assert {name: (matter.title, matter.office, matter.unit) for name, matter in matters.items()} == {
        "open": ("2023 年 11 月合格率（不计在检）滞后", "quality", "%"),
        "relation": ("2023 年 11 月勾稽关系 R001 不成立", "quality", ""),
        "finding": ("质量科 2023 年 11 月报表 月报表!D3 的核对意见", "quality", ""),
        "note": ("合格率年底前达标", "", ""),
    }
    assert matters["note"].recovering[0] == ("tested", "检验批次")
    for matter in matters.values():
        matter.open(bureau, given(), by("2023-12-06"), None)
    again = [follow_up_wanted.wanted(view_of("follow-ups", period="2023-11", **{name: value})).concern for name, value in asked.items()]
    assert [(len(concern.lines), concern.opening) for concern in again] == [(1, "")] * 4
    page = opening(period="2023-11", open=RATE)
    assert "已经有督办，不重复登记" in words(page.css_first("section"))
    assert follow_up_wanted.wanted(view_of("follow-ups")) is None
    met = opening(period="2023-11", open="shops")
    assert "现在不是未达标或滞后，不必督办。" in words(met.css_first("section"))


def test_it_is_shown_where_it_concerns(followed: Followed) -> None:
    """At the row that was missed, its figure, the relation, the finding, the office, and as a count on 总览; until then each offers to open one."""
    where = {"period": "2023-11"}
    before = links(body_of("targets", **where))
    assert f"open={RATE}" in before["登记督办"] or "open=" in before["登记督办"]
    assert "督办" not in words(body_of("", **where).css_first(".k-large-link"))
    assert not any("督办" in exports.book_table(listed).heads for listed in targets.tables(view_of("targets", **where)))
    offered = links(LexborHTMLParser(figure_panel.panel(view_of("targets", figure=RATE, **where))))["登记督办"]
    assert "finding=1.0" in offered or f"open={RATE}" in offered

    bureau = followed.bureau
    miss = open_on_miss(bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    open_on_relation(bureau, "R001", NOVEMBER, given(person="王五"), by("2023-12-06"))
    open_on_finding(bureau, 1, 0, given(person="赵六"), by("2023-12-06"))

    row = next(node for node in body_of("targets", **where).css("tr") if "不计在检" in words(node))
    assert words(row.css_first(".k-tail")) == "○ 进行中（绿） 督办：张三，2023-12-31 前"
    assert f"row={miss}" in row.css_first(".k-tail a").attributes["href"]
    [late] = [exports.book_table(listed) for listed in targets.tables(view_of("targets", **where)) if listed.name == "未达标和滞后"]
    assert [line[late.heads.index("督办")].text for line in late.rows] == ["", "○ 进行中（绿） 张三，2023-12-31 前"]
    panel = LexborHTMLParser(figure_panel.panel(view_of("targets", figure=RATE, **where)))
    assert texts(panel, ".k-followed") == ["○ 进行中（绿） 督办：张三，2023-12-31 前", "○ 进行中（绿） 督办：赵六，2023-12-31 前"]
    assert texts(body_of("quality", **where), ".k-followed") == ["○ 进行中（绿） 督办：王五，2023-12-31 前"]
    office = table(body_of("offices", office="quality", **where), "督办")
    assert [line["责任人"] for line in office] == ["张三", "王五", "赵六"]
    assert texts(body_of("", **where), ".k-large-link") == ["督办 3 件在办"]
    followed.today.turn("2024-01-06")
    assert texts(body_of("", **where), ".k-large-link") == ["督办 3 件在办，其中 3 件逾期"]


def test_what_a_leader_signed_may_be_followed_up_again(followed: Followed) -> None:
    """It is shown with its signature, and another can be opened."""
    number = open_on_miss(followed.bureau, RATE, NOVEMBER, given(), by("2023-12-06")).seq
    sign(followed.bureau, number, "另案处理", by("2023-12-06"))
    panel = LexborHTMLParser(figure_panel.panel(view_of("targets", figure=RATE, period="2023-11")))
    assert texts(panel, ".k-followed")[:2] == ["✓ 已办结（绿） 督办：张三，2023-12-31 前", "登记督办"]


def test_notes_of_a_meeting_say_what_a_decision_has_become(followed: Followed) -> None:
    shown = {"period": "2023-11"}
    assert "还没有写" in words(LexborHTMLParser(meeting_note_list.section(view_of("meeting", **shown))).body)
    code = editions.freeze(followed.bureau, NOVEMBER, "王统计").edition.code
    decision = keep_note(followed.bureau, NoteKind.DECISION, "合格率<年底>前达标", NOVEMBER, by("2023-12-06", "王记录", code)).seq
    keep_note(followed.bureau, NoteKind.MINUTE, "与会 12 人", NOVEMBER, by("2023-12-06", "王记录"))

    page = LexborHTMLParser(meeting_note_list.section(view_of("meeting", edition=code, **shown)))
    assert texts(page, ".k-notes li") == [
        f"决定 合格率<年底>前达标 第 {decision} 号，王记录 2023-12-06 12:00，会议版 {code} 登记督办",
        f"记录 与会 12 人 第 {decision + 1} 号，王记录 2023-12-06 12:00",
    ]
    assert f"note={decision}" in links(page)["登记督办"]
    assert dict(parse_qsl(links(page)["投到大屏"].removeprefix("/wall?"))) == {"period": "2023-11", "edition": code}
    open_on_decision(followed.bureau, decision, given(), by("2023-12-06"))
    after = LexborHTMLParser(meeting_note_list.section(view_of("meeting", edition=code, **shown)))
    assert texts(after, ".k-followed") == ["○ 进行中（绿） 督办：张三，2023-12-31 前"]


def test_the_wall_begins_with_what_was_promised_and_ends_with_what_is_open(followed: Followed) -> None:
    """Without follow-ups there is no such screen; the meeting that runs has promised nothing yet; the next one begins with it."""
    assert {"上次会议", "督办"}.isdisjoint(name for name, _ in wall_screens(period="2023-11"))
    bureau = followed.bureau
    first = editions.freeze(bureau, NOVEMBER, "王统计", "十二月会").edition.code
    open_on_miss(bureau, RATE, NOVEMBER, given(promise="补检"), by("2023-12-06", edition=first))
    names = [name for name, _ in wall_screens(period="2023-11", edition=first)]
    assert (names[0], names[-1]) == ("上次会议", "督办")
    assert "上次会议没有交办督办事项。" in wall_screens(period="2023-11", edition=first)[0][1]

    send(bureau, "2023-12", "2024-01-04", "1001", "1100")
    followed.today.turn("2024-01-05")
    second = editions.freeze(bureau, DECEMBER, "王统计", "一月会").edition.code
    screens = wall_screens(period="2023-12", edition=second)
    name, text = screens[0]
    assert name == "上次会议"
    assert text == (
        "上次会议答应 1 件，办结 1 件，逾期 0 件。 ● 已恢复（绿） 2023 年 11 月合格率（不计在检）滞后 "
        "质量科 张三：答应 2023 年 12 月 31 日前达标（补检） 已恢复：2023 年 12 月达标，现在 91.0%"
    )
    assert screens[-1][0] != "督办"  # nothing is open


def test_an_edition_of_single_months_is_not_compared_with_last_month(followed: Followed) -> None:
    """Its verdicts are of the month alone, those of last month are of the year so far."""
    issue = editions.freeze(followed.bureau, NOVEMBER, "王统计")
    view = read(WALL, {"period": "2023-11", "edition": issue.edition.code})
    board = wall.board_of(view)
    of_month = replace(board, issue=replace(issue, edition=replace(issue.edition, span=Span.MONTH)))
    assert "比上月" in [screen.name for screen in wall.screens(view, board)]
    assert "比上月" not in [screen.name for screen in wall.screens(view, of_month)]


def test_many_promises_take_several_screens(followed: Followed) -> None:
    """Five on each, numbered."""
    for number in range(wall_promises.EACH + 1):
        open_on_problem(followed.bureau, f"第 {number} 件事", NOVEMBER, given(), by("2023-12-06"))
    assert [screen.title for screen in wall_promises.open_ones("bureau")] == ["还要办的事（1/2）", "还要办的事（2/2）"]


def test_the_next_day_is_another_answer(followed: Followed) -> None:
    """Nothing has come in, and what was due yesterday is overdue."""
    open_on_problem(followed.bureau, "整改", NOVEMBER, given(due=date(2023, 12, 10)), by("2023-12-06"))
    followed.today.turn("2023-12-10")
    assert answer(opening()) == "督办 1 件：1 件滞后或即将到期。"
    followed.today.turn("2023-12-11")
    assert answer(opening()) == "督办 1 件：1 件逾期。"
    assert [row["状态"] for row in table(body_of("offices", office="quality", period="2023-11"), "督办")] == ["■ 逾期（红）"]


def test_a_page_that_stands_open_notices_the_next_day(followed: Followed) -> None:
    """大屏 and the pages ask every few seconds, and are drawn anew when they are told something else."""

    def told() -> set[str | None]:
        document = LexborHTMLParser(wall.document(read(WALL, {}), style="", script=""))
        page = LexborHTMLParser(frame.drawn(view_of("targets")))
        shown = {document.css_first("body").attributes["data-version"], page.css_first("[data-page]").attributes["data-version"]}
        return shown | {bytes(served.version(Request({"type": "http"})).body).decode()}

    [today] = told()
    followed.today.turn("2023-12-07")
    [tomorrow] = told()
    assert today != tomorrow


def test_in_a_province_each_organisation_has_its_own(province: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of 东湖 has its follow-up, that of the province none; the list of the province names whose it is, and leads to 东湖."""
    reports = [report(org, "food", "2023-11", food_tested="40 400", food_passed="30 300") for org in ("donghu", "nanhu", "beishan")]
    province.store.commit(reports, at=moment("2023-12-04"))
    Today(monkeypatch, "2023-12-06")
    looking_at(province, monkeypatch)
    number = open_on_miss(province, "food_pass_rate", NOVEMBER, given(office="food"), by("2023-12-06"), "donghu").seq

    [row] = table(LexborHTMLParser(OPENINGS["follow-ups"](view_of("follow-ups"))), "在办的督办")
    whose = province.catalog.orgs["donghu"].name
    assert row["科室"] == f"{province.catalog.offices['food'].name} {whose}"
    tails = {org: texts(body_of("targets", period="2023-11", org=org), ".k-tail") for org in ("donghu", province.catalog.root)}
    assert "○ 进行中（绿） 督办：张三，2023-12-31 前" in tails["donghu"]
    assert tails[province.catalog.root] == []  # the others have not reported: it is 未定 there
    assert "org=donghu" in links(opening(row=str(number)))["趋势"]
