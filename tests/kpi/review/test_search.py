"""查找: by name, part, alias, code, pinyin and initials; what is most like it comes first."""

import pytest
from pypinyin import lazy_pinyin

from kpi.review.pinyin_spelling import SoundMatch, folded, spellings
from kpi.review.search import MatchKind, PageName, SearchHit, SearchIndex, SearchKind, search_index

PAGES = (PageName("总览", ""), PageName("未达标", "targets"), PageName("报表导入", "imports", ("上传",)))


@pytest.fixture(scope="module")
def index(demo) -> SearchIndex:
    return search_index(demo.catalog, PAGES)


def first(index: SearchIndex, query: str) -> SearchHit:
    return index.find(query)[0]


def sound(name: str, query: str) -> SoundMatch | None:
    [spelling] = spellings([name])
    return spelling.match(folded(query))


@pytest.mark.parametrize(
    ("query", "kind", "code", "match"),
    [
        ("食品抽检合格率", SearchKind.INDICATOR, "food_sampling_pass_rate", MatchKind.EXACT),
        (" 食品抽检 合格率 ", SearchKind.INDICATOR, "food_sampling_pass_rate", MatchKind.EXACT),
        ("food_sampling_pass_rate", SearchKind.INDICATOR, "food_sampling_pass_rate", MatchKind.EXACT),
        ("food_sampling_pass", SearchKind.INDICATOR, "food_sampling_pass_rate", MatchKind.SOUND),
        ("明厨亮灶", SearchKind.INDICATOR, "open_kitchen_coverage", MatchKind.PREFIX),
        ("亮灶覆盖", SearchKind.INDICATOR, "open_kitchen_coverage", MatchKind.INSIDE),
        ("信用科", SearchKind.OFFICE, "credit", MatchKind.EXACT),
        ("xyjgk", SearchKind.OFFICE, "credit", MatchKind.SOUND),
        ("xinyongjianguanke", SearchKind.OFFICE, "credit", MatchKind.SOUND),
        ("民生安全", SearchKind.AREA, "livelihood_safety", MatchKind.EXACT),
        ("msaq", SearchKind.AREA, "livelihood_safety", MatchKind.SOUND),
        ("未达标", SearchKind.PAGE, "targets", MatchKind.EXACT),
        ("wdb", SearchKind.PAGE, "targets", MatchKind.SOUND),
        ("上传", SearchKind.PAGE, "imports", MatchKind.EXACT),
        ("12315平台", SearchKind.SYSTEM, "S026", MatchKind.EXACT),
        ("展ODR", SearchKind.INDICATOR, "odr_enterprises_developed", MatchKind.INSIDE),
        ("odrqy", SearchKind.INDICATOR, "odr_enterprises_developed", MatchKind.SOUND),
    ],
)
def test_each_thing_is_found_in_each_way(demo, index, query, kind, code, match):
    if kind is SearchKind.SYSTEM:
        [code] = [system.id for system in demo.catalog.systems.values() if system.name == "12315平台"]

    hit = first(index, query)

    assert (hit.kind, hit.code, hit.match) == (kind, code, match)


@pytest.mark.parametrize("query", ["spcj", "SPCJ", "shipinchoujian", "shipincj", "spinchouj", "食品cj", "shipinchouj", "shi pin chou jian"])
def test_initials_pinyin_and_mixtures_find_the_sampling_of_food(index, query):
    """All of them are 食品抽检, and the last syllable need not be whole."""
    hits = index.find(query)

    assert first(index, query).code == "food_sampling_pass_rate"
    assert all("食品抽检" in hit.matched for hit in hits)
    assert {hit.match for hit in hits} == {MatchKind.SOUND}


def test_a_hit_knows_its_office_and_which_name_was_like_it(index):
    hit = first(index, "食安办")

    assert hit == SearchHit(SearchKind.OFFICE, "食品安全协调科", "food_coordination", "food_coordination", MatchKind.EXACT, "食安办")
    assert first(index, "食品抽检合格率").office == "food_coordination"
    assert (first(index, "民生安全").office, first(index, "未达标").office) == ("", "")


def test_what_is_one_thing_is_found_once_by_all_its_names(demo, index):
    """理论学习中心组集中学习 is an indicator and the measure that the office reports, under three names."""
    for query in ("理论学习中心组集中学习", "党组理论学习中心组集中学习", "理论学习中心组学习"):
        assert [hit.kind for hit in index.find(query) if hit.code == "party_group_study_sessions"] == [SearchKind.INDICATOR]


def test_the_better_match_comes_first_and_then_the_kind(index):
    """The office begins with 广告; so do measures; indicators have it inside."""
    hits = index.find("广告", 50)

    assert [hit.match for hit in hits] == sorted(hit.match for hit in hits)
    assert hits[0].code == "advertising"
    assert {MatchKind.PREFIX, MatchKind.INSIDE} <= {hit.match for hit in hits}


def test_a_whole_name_by_its_initials_comes_before_the_beginning_of_one(index):
    """总览 is zl; 质量监管科 begins so."""
    assert [hit.name for hit in index.find("zl")[:2]] == ["总览", "质量监管科"]


@pytest.mark.parametrize(
    ("name", "typed", "in_word"),
    [
        ("重点指标", "zhongdian", True),
        ("重点指标", "chongdian", False),
        ("重点指标", "cdzb", False),
        ("重新登记", "cxdj", True),
        ("重新登记", "zxdj", False),
        ("银行开户", "yinhang", True),
        ("银行开户", "yinxing", False),
        ("行政处罚", "xzcf", True),
        ("行政处罚", "hangzheng", False),
        ("合格率", "hegelv", True),
        ("合格率", "hegelu", True),
        ("合格率", "hgl", True),
        ("合格率", "hegeshuai", False),
        ("率先垂范", "shuaixian", True),
        ("数量", "shuliang", True),
        ("侵略", "qinlve", True),
        ("侵略", "qinlue", True),
        ("抽检", "chj", True),
        ("抽检", "cj", True),
    ],
)
def test_a_character_is_typed_by_any_of_its_readings_and_that_of_its_word_is_known(name, typed, in_word):
    match = sound(name, typed)

    assert match is not None
    assert (match.start, match.in_word) == (0, in_word)


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("食品抽检合格率", "hgl", SoundMatch(4, True, False)),
        ("食品抽检", "spcj", SoundMatch(0, True, True)),
        ("食品抽检", "spc", SoundMatch(0, True, False)),
        ("食品抽检", "spcjx", None),
        ("食品抽检", "p", None),  # one letter stands for the first character only
        ("食品抽检", "s", SoundMatch(0, True, False)),
        ("食品抽检", "jc", None),
        ("12315 平台", "12315pt", SoundMatch(0, True, True)),
        ("12315 平台", "315pt", SoundMatch(2, True, False)),
        ("发展 ODR 企业", "fzodr", SoundMatch(0, True, False)),
        ("Ⅱ类器械α检查", "iilqx", SoundMatch(0, True, False)),
    ],
)
def test_a_query_stands_for_characters_one_after_the_other(name, typed, expected):
    assert sound(name, typed) == expected


def test_every_name_is_typed_by_its_pinyin_its_initials_and_a_mixture(demo):
    """Of all indicators and measures: sound by sound, letter by letter, and the one and the other in turn."""
    for noun in (*demo.catalog.indicators.values(), *demo.catalog.measures.values()):
        [spelling, *_] = spellings([noun.name])
        sounds = [folded(sound) for sound in lazy_pinyin(spelling.text, errors=list)]
        initials = [sound[0] for sound in sounds]
        mixed = [whole if place % 2 else first for place, (whole, first) in enumerate(zip(sounds, initials, strict=True))]
        for typed in (sounds, initials, mixed):
            assert spelling.match("".join(typed)) == SoundMatch(0, True, True), noun.name


def test_digits_keep_their_point(index):
    """3.15 is the day of consumers; 12315 is a platform."""
    assert folded("“3.15”晚会（第1期）") == "3.15晚会第1期"
    assert folded("第 3. 条") == "第3条"
    assert all("3.15" in hit.name for hit in index.find("3.15"))
    assert index.find("3.15")
    found = [hit.name for hit in index.find("315")]
    assert any("3.15" in name for name in found)
    assert any("12315" in name for name in found)


def test_width_and_case_do_not_matter(index):
    assert index.find("ＯＤＲ") == index.find("odr")
    assert index.find("１２３１５") == index.find("12315")


@pytest.mark.parametrize(("query", "name"), [("商标住册", "新增商标注册"), ("食品抽捡合格率", "食品抽检合格率"), ("shipinchojian", "食品抽检合格率")])
def test_what_is_nearly_spelled_so_is_found_where_nothing_else_is(index, query, name):
    hits = index.find(query)

    assert name in [hit.name for hit in hits]
    assert {hit.match for hit in hits} == {MatchKind.NEAR}


@pytest.mark.parametrize("query", ["", "  ", "。", "《》", "zzzz", "龘龘", "qwertyuiop"])
def test_nothing_is_found_of_what_is_like_nothing(index, query):
    assert index.find(query) == ()


def test_so_many_are_found_at_most(index):
    assert len(index.find("率", 7)) == 7
    assert len(index.find("率")) == 20
    assert len(index.find("率", 1000)) > 20


def test_everything_finds_itself_first_by_its_own_name(demo, index):
    """Every indicator, measure, office, area, platform and page; of several with one name all of them."""
    catalog = demo.catalog
    named = [*catalog.indicators.values(), *(m for m in catalog.measures.values() if m.code not in catalog.indicators), *catalog.offices.values()]
    named += [*catalog.areas.values(), *catalog.systems.values(), *PAGES]
    for noun in named:
        hits = index.find(noun.name)
        assert hits[0].match is MatchKind.EXACT, noun.name
        same = {hit.code for hit in hits if hit.match is MatchKind.EXACT}
        assert (getattr(noun, "code", None) or getattr(noun, "id", None) or getattr(noun, "path", "")) in same, noun.name


def test_organisations_are_found_where_there_are_several(demo, province):
    tree = search_index(province.catalog)

    hit = first(tree, "donghu")
    assert (hit.kind, hit.name, hit.code, hit.match) == (SearchKind.ORG, "东湖区市场监管局", "donghu", MatchKind.EXACT)
    assert first(tree, "dhq").code == "donghu"
    assert SearchKind.ORG not in {hit.kind for hit in search_index(demo.catalog).find("市场监管局", 100)}


def test_the_index_of_a_catalogue_is_made_once(demo):
    assert search_index(demo.catalog, PAGES) is search_index(demo.catalog, PAGES)
    assert search_index(demo.catalog) is not search_index(demo.catalog, PAGES)
