"""勾稽核对：各表之间该相等的数是否相等，不成立的排在最前。"""

from collections import Counter

import streamlit as st

from kpi.catalog.relation import Raises
from kpi.finding import Severity
from kpi.present import numbers
from kpi.validation.relation_figures import Evaluated, Result
from pages.widgets import board_lists, page_head, pickers, session
from pages.widgets.plain import plain

SHAPES = {Result.VIOLATED: "✕", Result.MISSING: "□", Result.MASKED: "◇", Result.HOLDS: "✓", Result.DERIVED: "○"}
RESULTS = {
    Result.VIOLATED: "勾稽关系不成立",
    Result.HOLDS: "成立",
    Result.MISSING: "缺数、不能核对",
    Result.MASKED: "含未公开的数、不能核对",
}
RAISES = {raises: Severity(raises.value).chinese for raises in Raises if raises is not Raises.NOTHING} | {Raises.NOTHING: "参考"}


def side(value: object) -> str:
    return numbers.NOTHING if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")


def line(result: Evaluated) -> dict[str, object]:
    relation, broken = result.relation, result.result is Result.VIOLATED
    return {
        "结果": f"{SHAPES[result.result]} {result.result.chinese}",
        "编号": relation.id,
        "勾稽关系": relation.name,
        "科室": session.office_name(relation.office),
        "左边": side(result.left),
        "右边": side(result.right),
        "相差": side(result.difference) if result.difference else numbers.NOTHING,
        "性质": RAISES[relation.raises] if broken else "",
        "怎样核对": relation.remedy or relation.note if broken else "",
    }


with page_head.head("勾稽核对"):
    org = pickers.reporting()
    month = pickers.period()
results = session.relations_of(month, org)
counts = Counter(result.result for result in results)
counted = [f"{counts[result]} 条{verdict}" for result, verdict in RESULTS.items() if counts[result]]
st.subheader(plain(f"{month.chinese}：{'，'.join(counted)}。"), anchor=False)
if counts[Result.VIOLATED]:
    st.caption("不成立的数按原样保留，不自动修改；科室核对后重新报送，或在导入时写明情况。")
elif counts[Result.MISSING] or counts[Result.MASKED]:
    st.caption("没有不成立的；缺数和未公开的，等科室报送以后再核对。")
board_lists.records(board_lists.without_empty([line(result) for result in results]), "勾稽关系核对结果")
