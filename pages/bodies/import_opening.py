"""报表导入：已经有哪些月份的数据。"""

from kpi.present.html.engine import render
from pages.view import View
from pages.widgets import session


def opening(_: View) -> str:
    """From which month to which there are data."""
    known = session.periods()
    there = known[0].chinese + (f"到 {known[-1].chinese}" if known[1:] else "") if known else ""
    return render("answer.html", answer=f"已有 {there}的数据。" if there else "还没有任何数据，导入第一批报表即可。")
