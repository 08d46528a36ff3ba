"""报表导入：已经有哪些月份的数据，本科室有什么事要办。"""

from kpi.present.html.engine import render
from pages.bodies import reminder_list
from pages.view import View
from pages.widgets import session


def opening(view: View) -> str:
    """From which month to which there are data, and what its visitor has to do."""
    known = session.periods()
    there = known[0].chinese + (f"到 {known[-1].chinese}" if known[1:] else "") if known else ""
    tasks, listed = reminder_list.brief(view)
    return render(
        "import_opening.html", view=view, answer=f"已有 {there}的数据。" if there else "还没有任何数据，导入第一批报表即可。", tasks=tasks, listed=listed
    )
