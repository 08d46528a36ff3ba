"""What small sheets of many layouts propose, worked by hand."""

from kpi.catalog.measure import MeasureKind as Kind
from kpi.setup.proposal import Certainty, ProposedCatalog
from kpi.setup.proposing import propose
from kpi.setup.table_survey import surveyed
from kpi.workbook.report import Beside, Column
from tests.kpi.setup import layouts


def measures(proposed: ProposedCatalog) -> dict[str, tuple[str, Kind]]:
    return {measure.name: (measure.unit, measure.kind) for measure in proposed.measures}


def rates(proposed: ProposedCatalog) -> dict[str, tuple[str, str] | None]:
    """The parts of each rate in the names of the measures."""
    names = {measure.code: measure.name for measure in proposed.measures}

    def in_words(formula: str) -> str:
        return " ".join(names.get(word, word) for word in formula.split(" "))

    return {rate.name: (in_words(rate.parts.numerator), in_words(rate.parts.denominator)) if rate.parts else None for rate in proposed.rates}


def test_months_across_with_their_sum() -> None:
    """What adds up to 合计 is a flow; what has no sum and is called 期末 or hardly moves is a stock."""
    proposed = propose(layouts.hospital_months_across())

    assert proposed.bureau == "区卫健局"
    assert [office.name for office in proposed.offices] == ["医政科"]
    assert measures(proposed) == {
        "门诊人次": ("人次", Kind.FLOW),
        "急诊人次": ("人次", Kind.FLOW),
        "期末在院人数": ("人", Kind.STOCK),
        "开放床位": ("张", Kind.STOCK),
        "期末占用床位": ("张", Kind.STOCK),
        "床位占用率": ("%", Kind.RATE),
    }
    assert rates(proposed) == {"床位占用率": ("期末占用床位", "开放床位")}


def test_the_cells_of_months_across() -> None:
    """Each month is a figure of its own, and 合计 the year's up to the last month that has any."""
    figures = [figure for figure in surveyed(layouts.hospital_months_across()) if figure.name == "急诊人次"]

    assert [(str(figure.month), figure.column, str(figure.value.number), str(figure.place)) for figure in figures] == [
        ("2023-01", None, "100", "门诊!B5"),
        ("2023-02", None, "120", "门诊!C5"),
        ("2023-03", None, "150", "门诊!D5"),
        ("2023-04", None, "90", "门诊!E5"),
        ("2023-04", Column.YTD, "460", "门诊!F5"),
    ]
    assert {(figure.path, figure.among) for figure in figures} == {(("门诊人次", "急诊人次"), True)}


def test_months_as_sheets_and_stations_down_the_rows() -> None:
    """The stations are bodies and no measures; a unit that no cell says is asked."""
    proposed = propose(layouts.stations_month_by_sheet())

    assert measures(proposed) == {
        "检查户数": ("户", Kind.FLOW),
        "抽检批次": ("批次", Kind.FLOW),
        "合格批次": ("批次", Kind.FLOW),
        "合格率": ("%", Kind.RATE),
    }
    assert all(measure.question for measure in proposed.measures[:3])
    assert rates(proposed) == {"合格率": ("合格批次", "抽检批次")}


def test_two_rows_of_headings() -> None:
    """上年同期 is a group over 本月 and 累计; the stock leaves 本月 empty."""
    files = layouts.school_two_header_rows()

    assert measures(propose(files)) == {"招生人数": ("人", Kind.FLOW), "新建校舍": ("平方米", Kind.FLOW), "在校学生": ("人", Kind.STOCK)}
    first = [figure for figure in surveyed(files[:1]) if figure.name == "招生人数"]
    assert [(figure.column, str(figure.value.number)) for figure in first] == [
        (Column.MONTH, "10"),
        (Column.YTD, "10"),
        (Beside.PRIOR_MONTH, "5"),
        (Column.PRIOR, "6"),
    ]


def test_a_flow_is_proved_by_its_months() -> None:
    """上月累计 + 本月数 = 本年累计 holds in each of three months."""
    proposed = propose(layouts.school_two_header_rows())
    enrolled = next(measure for measure in proposed.measures if measure.name == "招生人数")

    assert enrolled.certainty is Certainty.PROVED
    assert (enrolled.evidence[0].holds, enrolled.evidence[0].of) == (3, 3)


def test_a_unit_over_the_table_and_a_total() -> None:
    """The total is the sum of both taxes, and 其中 is none of them."""
    proposed = propose(layouts.tax_unit_over_table())

    assert measures(proposed) == dict.fromkeys(("税收收入合计", "增值税", "制造业增值税", "企业所得税"), ("万元", Kind.FLOW))
    assert [(relation.name, relation.certainty) for relation in proposed.sums] == [("税收收入合计 = 增值税 + 企业所得税", Certainty.PROVED)]


def test_groups_over_the_same_columns() -> None:
    """合格率 of either group is made of the figures of that group."""
    assert rates(propose(layouts.water_groups_over_columns())) == {
        "出厂水合格率": ("出厂水合格样品数", "出厂水检测样品数"),
        "管网水合格率": ("管网水合格样品数", "管网水检测样品数"),
    }


def test_a_denominator_that_is_a_sum() -> None:
    """结案率 is 结案 of 旧存 and 新收 together, which no single figure is."""
    proposed = propose(layouts.court_divisions_down_rows())

    assert rates(proposed) == {"结案率": ("结案", "旧存 + 新收")}
    assert {name: kind for name, (_, kind) in measures(proposed).items()} == {
        "旧存": Kind.STOCK,
        "新收": Kind.FLOW,
        "结案": Kind.FLOW,
        "未结": Kind.STOCK,
        "结案率": Kind.RATE,
    }


def test_a_column_that_runs_from_january() -> None:
    """1-3月 in the title makes the only column cumulative."""
    proposed = propose(layouts.school_inspection_running())

    assert [office.name for office in proposed.offices] == ["教育督导室"]
    assert measures(proposed) == {
        "开展督导检查": ("次", Kind.FLOW),
        "督导学校数": ("所", Kind.FLOW),
        "发现问题": ("个", Kind.FLOW),
        "已整改": ("个", Kind.FLOW),
        "问题整改率": ("%", Kind.RATE),
    }
    assert rates(proposed) == {"问题整改率": ("已整改", "发现问题")}


def test_a_rate_of_what_is_left() -> None:
    """产销差率 is what was not sold of what was produced; a rate that no two figures make is asked about."""
    proposed = propose(layouts.water_production())

    assert (proposed.bureau, [office.name for office in proposed.offices]) == ("自来水公司", ["生产技术部"])
    assert measures(proposed) == {
        "供水量": ("万立方米", Kind.FLOW),
        "售水量": ("万立方米", Kind.FLOW),
        "产销差率": ("%", Kind.RATE),
        "用户总数": ("户", Kind.STOCK),
        "水质综合合格率": ("%", Kind.RATE),
    }
    assert rates(proposed) == {"产销差率": ("供水量 - 售水量", "供水量"), "水质综合合格率": None}


def test_row_and_column_name_a_measure_together() -> None:
    """应种人数 stands once over the columns and is a measure for each vaccine, known by both words."""
    proposed = propose(layouts.vaccinations_crossed())

    assert proposed.bureau == "某市卫生健康委员会"
    assert {measure.name: measure.aliases for measure in proposed.measures if "乙肝" in measure.name} == {
        "乙肝疫苗应种人数": ("乙肝疫苗 × 应种人数",),
        "乙肝疫苗实种人数": ("乙肝疫苗 × 实种人数",),
        "乙肝疫苗接种率": ("乙肝疫苗 × 接种率",),
    }
    assert rates(proposed) == {
        "乙肝疫苗接种率": ("乙肝疫苗实种人数", "乙肝疫苗应种人数"),
        "卡介苗接种率": ("卡介苗实种人数", "卡介苗应种人数"),
    }


def test_a_line_over_the_headings_is_no_heading() -> None:
    """Whose the form is stands without a label over 指标: each row keeps a measure of its own, and 总量 is the sum of what is 其中."""
    proposed = propose(layouts.registry_with_a_bare_line())

    assert measures(proposed) == {
        "经营主体总量期末实有户数": ("户", Kind.STOCK),
        "经营主体总量新设": ("户", Kind.FLOW),
        "企业期末实有户数": ("户", Kind.STOCK),
        "企业新设": ("户", Kind.FLOW),
        "个体工商户期末实有户数": ("户", Kind.STOCK),
        "个体工商户新设": ("户", Kind.FLOW),
    }
    assert [relation.name for relation in proposed.sums if relation.certainty is Certainty.PROVED] == [
        "经营主体总量期末实有户数 = 企业期末实有户数 + 个体工商户期末实有户数",
        "经营主体总量新设 = 企业新设 + 个体工商户新设",
    ]


def test_a_month_behind_the_office_is_no_part_of_its_name() -> None:
    """填报股室：基层建设股 2024年1月 names one office, in three months."""
    proposed = propose(layouts.office_line_with_its_month())

    assert [(office.name, office.certainty) for office in proposed.offices] == [("基层建设股", Certainty.STATED)]
    assert {len(measure.evidence[0].cells) for measure in proposed.measures} == {3}
