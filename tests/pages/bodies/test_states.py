"""Every state that a bureau can be in: each page is drawn without a fault, and says what is true there, in whole sentences."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.requests import Request

from kpi.catalog.formula import CODE
from pages import served, view
from pages.bodies import BODIES, TABLES, arrivals, exports
from pages.site import PAGES, SitePage
from pages.widgets import frame, session
from tests import blank
from tests.bureaus import Small, opened
from tests.kpi.province import BUREAUS, report, write_catalog
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, table, texts, view_of, words
from tests.soundness.catalog import indicator, measure, target

QUALITY = "\n".join(
    [
        measure("tested", "检验批次"),
        measure("passed", "合格批次"),
        measure("shops", "在册户数", "户", "stock"),
        indicator("pass_rate", "合格率", "passed", "tested", target_kind="floor", decimals=1, headline=True),
        indicator("tested", "检验批次", "tested", unit="批次", target_kind="annual", headline=True),
        indicator("shops", "在册户数", "shops", unit="户"),
        indicator("watched_rate", "监测合格率", "passed", "tested", may_assess=False, may_assess_note="条例第 32 条"),
    ]
)
FOOD = measure("food_tested", "食品检验批次") + indicator("food_tested", "食品检验批次", "food_tested", unit="批次", target_kind="annual")
OFFICES = "".join(
    f'[[office]]\ncode = "{code}"\nname = "{name}"\nparent = "bureau"\norder = {order}\ntemplate = "{name}月报表"\n'
    for order, (code, name) in enumerate({"quality": "质量科", "food": "食品科"}.items(), start=1)
)
RELATION = """
[[relation]]
id = "R001"
name = "合格批次不大于检验批次"
kind = "bound"
strength = "hard"
raises = "check"
left = "passed"
op = "<="
right = "tested"
seq = [1]
"""
TARGETS = target("pass_rate", "floor", "90", 2) + target("tested", "annual", "1200", 5) + target("food_tested", "annual", "600", 5, office="food")
SEPTEMBER = {"tested": "100 900", "passed": "80 720", "shops": "– 500"}
NOVEMBER = {"tested": "100 1100", "passed": "95 990", "shops": "– 510"}
BROKEN = re.compile(r"[：，；、（「][：，；、。）」]|。。|；$|：$|None|nan|\{|\}|[A-Za-z_]{3,}")
KNOWN_WORDS = re.compile(r"Excel|Alt|KPI_CATALOG|--catalog|[a-z-]+\d{4}-\d{2}\.xlsx")  # of the button, a key, settings, and files of offices


def files(*, targets: str = TARGETS, relations: str = RELATION, quality: str = QUALITY) -> dict[str, str]:
    return {
        "bureau.toml": 'name = "某区市场监管局"\n',
        "offices.toml": OFFICES,
        "quality.toml": quality,
        "food.toml": FOOD,
        "bureau_relations.toml": relations,
        **({"targets/2023.toml": targets} if targets else {}),
    }


@contextmanager
def province(folder: Path) -> Iterator[Small]:
    """Five bureaus below two cities, of which one has sent nothing."""
    with blank.opened(folder / "data", write_catalog(folder / "catalog")) as bureau:
        for org in BUREAUS[:-1]:
            food = report(org, "food", "2023-11", food_tested="40 400", food_passed="39 390", food_shops="– 500")
            bureau.store.commit([food, report(org, "credit", "2023-11", visits="90 990", entities="– 9000")])
        yield Small(bureau)


def fill(small: Small, state: str) -> None:
    """Report what a state has, of those with one bureau."""
    if state in ("nothing", "province"):
        return
    small.report("2023-11", **NOVEMBER)
    if state == "one office":
        return
    small.report("2023-11", "food", food_tested="50 550")
    if state.startswith("gap"):
        small.report("2023-09", **SEPTEMBER)
        small.report("2023-09", "food", food_tested="50 450")
    if state == "gap of some":
        small.report("2023-10", "food", food_tested="50 500")


CATALOGUES = {"no targets": files(targets=""), "no relations": files(relations="")}
STATES = ("nothing", "one office", "one month", "gap", "gap of some", "no targets", "no relations", "province")


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Small]]:
    """``look("gap")``: the pages look at a bureau in that state."""
    with ExitStack() as stack:

        def at(state: str) -> Small:
            small = stack.enter_context(province(tmp_path) if state == "province" else opened(tmp_path, CATALOGUES.get(state, files())))
            fill(small, state)
            _over(small.bureau, monkeypatch)
            return small

        yield at


def addresses(page: SitePage) -> Iterator[dict[str, str]]:
    """What of a page is looked at in each month: as it opens, and each of its parts."""
    yield {}
    yield from ({"office": office} for office in session.bureau().catalog.offices if "office" in page.choices)
    yield from ({"status": status} for status in ("all", "behind") if "status" in page.choices)
    yield from ({"span": span} for span in ("month",) if "span" in page.choices)
    yield from ({"years": "24", "code": code} for code in list(session.bureau().catalog.measures)[:2] if "years" in page.choices)
    if page.path == "targets":
        yield from ({"figure": code} for code in session.bureau().catalog.indicators)


def drawn(page: SitePage, query: dict[str, str]) -> str:
    """All of a page that is not a form."""
    shown = view.read(page, query)
    if page.path in BODIES:
        return frame.head(shown) + BODIES[page.path](shown)
    return frame.opened(shown) + (arrivals.sheets(shown) if page.path == "completeness" else "")


def wall(query: str = "") -> str:
    """大屏 at an address."""
    return bytes(served.show_wall(Request({"type": "http", "query_string": query.encode(), "headers": []})).body).decode()


def broken(html: str, *, codes: bool = False) -> list[str]:
    """The texts of a page that are no sentence of a reader's language; ``codes``: those of entries stand in cells of their own."""
    page = LexborHTMLParser(html)
    for node in page.css("style, script, option"):
        node.decompose()
    every = [words(node) for node in page.css("p, li, h1, h2, h3, summary, td, th, dd, figcaption, text, title")]
    every = [text for text in every if not (codes and CODE.fullmatch(text))]
    return [text for text in every if BROKEN.search(KNOWN_WORDS.sub("表", re.sub(r" (?=[：，；、。）])", "", text)))]


@pytest.mark.parametrize("state", STATES)
def test_every_page_is_drawn_in_whole_sentences(look, state):
    look(state)
    there = session.periods()
    for page in PAGES:
        if page.needs_data and not there:
            continue
        for month in there[-2:] or ["2023-11"]:
            for chosen in addresses(page):
                query = {"period": str(month), **chosen}
                assert broken(drawn(page, query), codes=page.path == "catalog") == [], (page.path, query)
            if there and page.path in TABLES:
                assert exports.workbook(view.read(page, {"period": str(month)}))
    for month in there[-2:]:
        assert broken(wall(f"period={month}")) == []


def test_before_the_first_sheet_every_page_says_that_there_is_nothing(look):
    look("nothing")
    assert answer(body_of("imports")) == "还没有任何数据，导入第一批报表即可。"
    assert answer(body_of("submissions")) == "全局还没有任何报送。"
    assert answer(body_of("follow-ups")) == "还没有督办事项。"
    assert answer(body_of("indicators")) == "5 项指标。"
    assert words(body_of("completeness").css_first(".k-soft")).endswith("还没有收到过任何报表。")
    for page in PAGES:
        head = LexborHTMLParser(frame.head(view.read(page, {})))
        assert not (page.needs_data and head.css(".k-switches, .k-pickers select, .k-pickers input")), page.path
    assert served.screen("", "") == ""
    assert "还没有任何数据；请先导入报表。" in wall()


@pytest.mark.parametrize("state", ["one month", "one office"])
def test_a_single_month_is_not_compared_with_the_one_before(look, state):
    look(state)
    assert words(body_of("").css_first(".k-since")) == "比上月 2023 年 10 月没有数，不能比上月。"
    screen = LexborHTMLParser(wall()).css_first('[aria-label="比上月变了什么"]')
    assert words(screen) == "比上月变了什么 2023 年 10 月没有数，不能比上月。"
    assert not body_of("").css("svg.k-spark")
    assert texts(body_of(""), "h2")[1] == "各科室的状态"
    assert "近 1 个月" not in words(LexborHTMLParser(arrivals.sheets(view_of("completeness"))).body)
    assert "单位：批次 · 本年累计 · 2023 年 11 月" in texts(body_of("trends", code="tested", years="24"), "svg text")


def test_what_was_not_reported_is_named_beside_what_was(look):
    """质量科 met what was asked of it; of 食品科 nothing is known."""
    look("one office")
    assert answer(body_of("")) == "没有未达标的指标，1 项未报"
    page = body_of("targets")
    assert (answer(page), page.css(".k-good")) == ("没有未达标的指标，1 项未报", [])
    assert answer(body_of("offices")) == "2 个科室中 1 个一项都没有报；已报的指标里没有未达标的。"


def test_a_month_without_data_between_two_others_is_named(look):
    look("gap")
    assert [str(month) for month in session.periods()] == ["2023-09", "2023-10", "2023-11"]
    assert words(body_of("", period="2023-11").css_first(".k-since")) == "比上月 2023 年 10 月没有数，不能比上月。"
    assert answer(body_of("submissions", period="2023-10")) == "全局 2023 年 10 月还没有任何报送。"
    assert view_of("submissions", period="2023-10").notes == ()
    months = {row["期间"]: row["本年"] for row in table(body_of("trends", code="tested"), "检验批次逐月数值")}
    assert months == {"2023 年 11 月": "1,100 批次", "2023 年 10 月": "900 批次 本月未报，沿用", "2023 年 9 月": "900 批次"}


def test_in_the_month_without_data_nothing_is_met_and_nothing_compared(look):
    look("gap")
    assert answer(body_of("", period="2023-10")) == "这个月还没有一项指标有数"
    assert words(body_of("", period="2023-10").css_first(".k-since")) == "比上月 2023 年 10 月没有数，不能比上月。"
    page = body_of("targets", period="2023-10")
    assert (page.css(".k-good"), page.css(".k-soft"), page.css(".k-legend")) == ([], [], [])
    compared = body_of("compare", period="2023-10")
    assert answer(compared) == "2023 年 1—10 月与上年同期相比：没有可以相比的指标；无法相比 5 项。"
    assert (compared.css(".k-soft"), compared.css(".k-note")) == ([], [])
    assert texts(body_of("quality", period="2023-10"), ".k-soft") == ["还没有一条能核对；缺数和未公开的，等科室报送以后再核对。"]
    assert (
        answer(body_of("trends", code="tested", period="2023-10"))
        == "检验批次：截至 2023 年 10 月 900 批次（本月未报，沿用上次的累计），目标 全年 1,200 批次，序时目标 898 批次。"
    )
    assert answer(body_of("trends", code="shops", period="2023-10")) == "在册户数：截至 2023 年 10 月 500 户（本月未报，沿用上次的累计）。"
    screens = LexborHTMLParser(wall("period=2023-10"))
    assert words(screens.css_first('[aria-label="比上月变了什么"]')) == "比上月变了什么 2023 年 10 月没有数，不能比上月。"
    assert not screens.css(".w-moves section")
    assert "5 项都无法相比" in texts(screens, ".w-lead")


def test_indicators_that_lack_one_of_two_months_are_counted_beside_the_comparison(look):
    look("gap of some")
    assert words(body_of("", period="2023-11").css_first(".k-since h2")) == "比上月 与 10 月比；4 项 10 月未报，不能比。"
    assert words(body_of("", period="2023-10").css_first(".k-since h2")) == "比上月 与 9 月比；4 项 10 月未报，不能比。"


def test_a_year_without_targets_says_so_and_praises_nobody(look):
    look("no targets")
    assert answer(body_of("")) == "5 项有数，都没有目标，不能判断是否达标"
    assert not body_of("").css(".k-tiles")
    page = body_of("targets", status="all")
    assert (answer(page), page.css(".k-good"), page.css(".k-legend")) == ("5 项有数，都没有目标，不能判断是否达标", [], [])
    assert [(row["指标"], row["目标"]) for row in table(page, "无目标")] == [
        ("合格率 质量科", "未下达目标"),
        ("检验批次 质量科", "未下达目标"),
        ("在册户数 质量科", "不设目标"),
        ("食品检验批次 食品科", "未下达目标"),
    ]
    assert answer(body_of("offices")) == "2 个科室的指标都没有目标，不能判断是否达标。"
    assert answer(body_of("offices", office="food")) == "食品科：1 项有数，没有目标，不能判断是否达标"
    assert "5 项有数，都没有目标，不能判断是否达标" in wall()


def test_two_months_without_targets_have_nothing_met_or_missed_to_compare(look):
    small = look("no targets")
    small.report("2023-10", tested="100 1000", passed="90 900", shops="– 505")
    small.report("2023-10", "food", food_tested="50 500")
    assert small.bureau.store.version
    since = words(body_of("", period="2023-11").css_first(".k-since"))
    assert since == "比上月 与 10 月比。 两个月的指标都没有目标，没有达标与否可比。"


def test_a_catalogue_without_relations_says_so(look):
    look("no relations")
    page = body_of("quality")
    assert answer(page) == "2023 年 11 月没有要核对的勾稽关系。"
    assert texts(page, ".k-soft") == ["指标目录里没有写勾稽关系，各表之间的数没有可以互相核对的。"]


def test_a_province_in_which_one_bureau_is_silent_has_nothing_for_certain(look):
    look("province")
    assert answer(body_of("")) == "没有未达标的指标，2 项未定"
    assert body_of("targets").css(".k-good") == []
    assert answer(body_of("quality")) == "东湖区市场监管局 2023 年 11 月没有要核对的勾稽关系。"
    assert texts(body_of("trends", code="visits"), ".k-note") == ["这些月份没有可画的数：只报了 4/5 家"]


def test_a_wall_shows_the_worst_of_many_and_parts_its_offices(tmp_path, monkeypatch):
    """32 indicators miss 97 per cent and 25 offices have one each: five screens of six rows, the heat map on two."""
    rates = [indicator(f"rate_{number}", f"合格率 {number}", "passed", "tested", target_kind="floor", decimals=1) for number in range(32)]
    asked = "".join(target(f"rate_{number}", "floor", "97") for number in range(32))
    more = {f"o{number}.toml": indicator(f"own_{number}", f"户数 {number}", "shops", unit="户") for number in range(23)}
    offices = "".join(f'[[office]]\ncode = "o{n}"\nname = "{n} 科"\nparent = "bureau"\norder = {n + 3}\ntemplate = "{n} 科月报表"\n' for n in range(23))
    with opened(tmp_path, {**files(quality=QUALITY + "\n".join(rates), targets=TARGETS + asked), **more, "offices.toml": OFFICES + offices}) as small:
        fill(small, "one month")
        _over(small.bureau, monkeypatch)
        heads = texts(LexborHTMLParser(wall()), ".w-screen h1")
        tiles = body_of("offices").css_first(".k-tile-rows dd")
        compared = texts(body_of("compare"), ".k-outlook li")
    assert [head for head in heads if head.startswith("哪些")] == [f"哪些没有达标（{number}/5）：差距最大的 30 项，共 32 项" for number in range(1, 6)]
    assert [head for head in heads if head.startswith("哪个")] == ["哪个科室（1/2）", "哪个科室（2/2）"]
    assert (len(tiles.css("a")), texts(tiles, ".k-soft")) == (32, ["另有 2 项无目标，2 项达标"])
    [unlike] = [line for line in compared if "质量科月报表" in line]
    assert unlike.startswith("缺上年同期数（2022 年 11 月质量科月报表没有这项数），59 项：")
    assert unlike.endswith("等，其余见下表")


def test_a_status_that_nothing_has_says_so(look):
    look("one month")
    page = body_of("targets", status="undecided")
    assert texts(page, ".k-note") == ["没有这样的指标。"]
    assert not page.css("table")


def test_the_first_screen_computes_the_small_lines_of_its_own_rows_and_no_series_of_an_office(look, monkeypatch):
    """With 3,000 indicators the series of the offices took six times as long as all the rest of the page."""
    look("gap")

    def nothing(*_: object) -> None:
        raise AssertionError("the series of a whole office")

    monkeypatch.setattr(session, "series", nothing)
    assert len(body_of("", period="2023-11").css("svg.k-spark")) == 2
    monkeypatch.setattr(session, "line", nothing)
    assert exports.workbook(view_of("", period="2023-11"))
