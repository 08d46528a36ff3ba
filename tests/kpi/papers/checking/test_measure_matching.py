"""Which measure a figure of a text is: of the shipped catalogue and of two small ones, in other bureaus' words; better none than a wrong one."""

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.papers.checking.measure_matching import MeasureNames, match_measures
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.reading.plain_text import text_document

OFFICES = """
[[office]]
code = "trade"
name = "商务科"
parent = "bureau"
order = 1
template = "商务科月报表"
"""
HARBOUR = """
[[measure]]
code = "ships"
name = "进港船舶"
topic = "本行"
unit = "艘次"
kind = "flow"

[[measure]]
code = "ships_foreign"
name = "其中：外籍船舶"
topic = "本行"
unit = "艘次"
kind = "flow"

[[measure]]
code = "freight"
name = "货物吞吐量"
topic = "本行"
unit = "万吨"
kind = "flow"
decimals = 1
"""
SCHOOLS = """
[[measure]]
code = "schools_checked"
name = "检查学校"
aliases = ["检查学校食堂"]
topic = "本行"
unit = "所"
kind = "flow"

[[measure]]
code = "pupils_new"
name = "新招学生数"
topic = "本行"
unit = "人"
kind = "flow"

[[measure]]
code = "pupils_gone"
name = "退学学生数"
topic = "本行"
unit = "人"
kind = "flow"
"""


def matched(catalog, text: str) -> dict[str, str]:
    """What stands in a text, and what it is: 1,176批次 → food_samples_passed; a face other than that of the year so far behind it."""
    document = text_document(text, "文")
    figures = read_figures(document)
    names = {"SO_FAR": ""}
    return {
        f"{figures[match.figure].token}{figures[match.figure].unit}": match.measure + names.get(match.face.name, f" {match.face}")
        for match in match_measures(document, figures, MeasureNames(catalog))
    }


@pytest.fixture(scope="module")
def shipped():
    return load(DEFAULT)


def small(tmp_path, text: str):
    (tmp_path / "bureau.toml").write_text('name = "某局"\n', encoding="utf-8")
    (tmp_path / "offices.toml").write_text(OFFICES, encoding="utf-8")
    (tmp_path / "trade.toml").write_text(text, encoding="utf-8")
    return load(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全市食品安全监督抽检1200批次，合格1176批次，不合格24批次，合格率98%。",
            {
                "1200批次": "food_samples_taken",
                "1176批次": "food_samples_passed",
                "24批次": "food_samples_failed",
                "98%": "food_sampling_pass_rate",
            },
        ),
        ("全市拥有有效发明专利1203件，每万人发明专利拥有量2.31件。", {"1203件": "invention_patents_held"}),
        ("经营主体总量：31000", {"31000": "x_market_entities_stock"}),
        ("受理消费者各类诉求2134件。", {"2134件": "consumer_requests_total"}),
        ("持证餐饮单位中，分母不变，“已评定风险等级餐饮单位”还差24家。", {}),
        ("抽查检验电动自行车30批次，不合格4批次，不合格发现率13.3%。", {}),
        ("民用三表检定12万台，合格率99.6%。", {}),
        ("全市新增经营主体3.2万户，其中企业8120户、个体工商户23440户。", {}),
        ("办理各类行政处罚案件412件，罚没金额963.27万元，移送公安机关7件。", {}),
    ],
)
def test_the_shipped_catalogue_and_the_words_of_other_bureaus(shipped, text, expected):
    """A name whose own word is nowhere said (食品, 快检, 转企) is none, nor is one of a mean."""
    assert matched(shipped, text) == expected


def test_growths_last_year_and_single_months_follow_the_figure_they_are_said_of(shipped):
    """And a growth behind a figure that nobody knows is of no measure."""
    assert matched(shipped, "全年为消费者挽回经济损失236.8万元，上年同期198.4万元，同比增长19.4%。") == {
        "236.8万元": "consumer_losses_recovered",
        "198.4万元": "consumer_losses_recovered 上年同期",
        "19.4%": "consumer_losses_recovered 同比",
    }
    assert matched(shipped, "11月份当月食品安全监督抽检120批次，比上年同期增长20%。") == {
        "120批次": "food_samples_taken 当月",
        "20%": "food_samples_taken 当月同比",
    }
    assert matched(shipped, "罚没金额963.27万元，同比增长5.1%。") == {}


def test_plans_are_no_results(shipped):
    """What is meant to be reached is a figure of a plan alone, and of what comes next of nothing; without a unit the whole name is asked for."""
    assert matched(shipped, "力争食品安全监督抽检合格率达到99%，计划抽检食品2000批次。") == {"2000批次": "x_food_sampling_plan"}
    assert matched(shipped, "下一步，计划抽检食品2000批次，新登记经营主体500户。") == {}
    assert matched(shipped, "全区新登记经营主体4909。全区登记4909。") == {"4909": "market_entities_new"}


def test_a_measure_that_is_stated_twice_is_one_twice(shipped):
    text = "食品安全监督抽检1200批次。综上，全市食品安全监督抽检1210批次。"
    assert matched(shipped, text) == {"1200批次": "food_samples_taken", "1210批次": "food_samples_taken"}


def test_a_small_catalogue_of_a_harbour(tmp_path):
    """Units of another size are the same, other units are not; 其中 stands under its total."""
    text = "1—10月，进港船舶1,203艘次，其中外籍船舶87艘次；货物吞吐量5230.5万吨，同比下降3.1%。进港人员12人。"
    assert matched(small(tmp_path, HARBOUR), text) == {
        "1,203艘次": "ships",
        "87艘次": "ships_foreign",
        "5230.5万吨": "freight",
        "3.1%": "freight 同比",
    }
    assert matched(small(tmp_path, HARBOUR), "货物吞吐量52305000吨。") == {"52305000吨": "freight"}


def test_a_small_catalogue_of_schools(tmp_path):
    """Words that turn a name decide, whatever else is alike."""
    text = "检查学校食堂45所，新招学生1,020人，退学学生3人，在校学生8,400人。"
    assert matched(small(tmp_path, SCHOOLS), text) == {"45所": "schools_checked", "1,020人": "pupils_new", "3人": "pupils_gone"}
