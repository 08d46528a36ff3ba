"""Which words of a sheet may name measures where no catalogue says so: words over figures, and what bodies and sums are called."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from kpi.catalog.measure import Measure
from kpi.workbook.forms.measure_names import label_key
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.layout.labelled_lines import is_line
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.table_rows import is_total
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.number import is_bare_number, is_number, read_value
from kpi.workbook.signs import clean

_BODY = re.compile(
    r".{1,18}(?:科|室|所|局|分局|股|大队|中队|支队|中心|办|办公室|处|站|庭|法院|法庭|检察院|医院|卫生院|门诊部|小学|中学|一中|二中|三中|学校|幼儿园|高中|职中"
    r"|街道|镇|乡|县|区|市|旗|村|社区|片区|水厂|营业厅|分公司|公司|集团|管理区|开发区|保健院|疗养院|敬老院|福利院|学院|大学|校区|分校|教学点|服务站|卫生室|急救站"
    r"|泵站|水司|营业所|支行|网点|厂区|院区|监狱|戒毒所|队|团队|专班)"
)
_OVER_BODIES = re.compile(
    r"(?:(?:机构|单位|学校|医院|部门|科室|庭室|团队|营业[厅所]|乡镇|街道|镇街|社区|地区|区域|片区|辖区|县区|区县|县市区?|市县|地市|税务所|分局|站点|网点|所队?|院校|校|院|厂站?|园区?|村居?|企业|景[区点]|商场|市场)"
    r"(?:名称|别)?|名称\((?:单位|机构)\))"
)
_OVER_KINDS = re.compile(r"(?:类[别型]|种类|分类|性质|品种|等级|级别|方式|渠道|行业|领域)(?:名称)?$")
_NO_BODY = re.compile(r"(?:企业|单位|机构|数量|面积|小区|住宅区|中心数|城区|农村|乡村|市区|县城|商品住宅区|个体工商户)$")
_WHOLES = frozenset(
    {
        "全院",
        "全区",
        "全市",
        "全县",
        "全旗",
        "全州",
        "全省",
        "全局",
        "全校",
        "全所",
        "全司",
        "全公司",
        "全系统",
        "全辖区",
        "全部",
        "汇总",
        "全厂",
        "全镇",
        "全街道",
    }
)
_NEAR = 3  # rows below a heading in which its figures begin
_LONGEST_SUM = 4  # characters
_LONGEST = 40  # characters of the name of a measure


class UnknownRowNames:
    """The names of rows where no catalogue is known."""

    topics: Collection[str] = ()

    def coded(self, text: str) -> Measure | None:
        """No measure: no code is known."""

    def named(self, text: str) -> Sequence[Measure]:
        """No measures: no name is known."""
        return ()

    def is_measure(self, text: str) -> bool:
        """Never."""
        return False


NO_NAMES = UnknownRowNames()


class SheetWords:
    """The words of one sheet that stand over figures, in rows that hold no figure themselves."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def is_measure(self, text: str) -> bool:
        """Whether a text may name a measure: it stands over figures."""
        return text.strip() in self._over_figures

    @cached_property
    def _over_figures(self) -> frozenset[str]:
        spread = Spread(self._sheet)
        words: set[str] = set()
        for row, cells in self._sheet.rows.items():
            if any(is_number(cell) for cell in cells.values()) or len(cells) < 2:
                continue
            words |= {cell.text.strip() for column, cell in cells.items() if _may_name(cell) and _figures_below(spread, row, column)}
        return frozenset(words)


def is_body(text: str) -> bool:
    """Whether words are called like a body that reports or is reported of: 东湖所, 第一小学, 城关镇."""
    key = name_key(text)
    return bool(_BODY.fullmatch(key)) and not _NO_BODY.search(key)


def heads_bodies(text: str) -> bool:
    """Whether a heading says that bodies stand below it: 学校名称, 乡镇, 营业厅."""
    return bool(_OVER_BODIES.fullmatch(name_key(text)))


def heads_kinds(text: str) -> bool:
    """Whether a heading says that kinds stand below it, though one may be called like a body: 机构类别 over 医院."""
    return bool(_OVER_KINDS.search(label_key(text)))


def is_sum(text: str) -> bool:
    """Whether words say that a row or column is the sum of others and nothing else: 合计, 全区合计; 处理诉求合计 is a name."""
    key = label_key(text)
    return (is_total(key) and len(key) <= _LONGEST_SUM) or key in _WHOLES


def _may_name(cell: Cell) -> bool:
    text = clean(cell.text)
    if cell.kind is not CellKind.TEXT or not 1 < len(text) <= _LONGEST or is_line(text) or is_bare_number(text) or is_unit(text.strip("()")):
        return False
    heading = read_heading(text)
    return heading.part is None and not heading.understood and not is_sum(text) and not _states_figure(text)


def _states_figure(text: str) -> bool:
    """Whether a text is a figure in words: 不超过1, 未开展."""
    try:
        read_value(text, "")
    except ValueError:
        return False
    return True


def _figures_below(spread: Spread, row: int, column: int) -> bool:
    last = spread.end(row, column)[1]
    return any(is_number(spread.cell(below, index)) for below in range(row + 1, row + 1 + _NEAR) for index in range(column, last + 1))
