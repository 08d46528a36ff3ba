"""
The health of a running bureau (健康状况): a word for whoever watches over it from outside, and why it is not the best one.

``ok``: everything works.  ``degraded``: it can be looked at, but something has to be done.  ``down``: there are no figures.
"""

from dataclasses import dataclass
from enum import StrEnum

from kpi.bureau import LiveBureau
from kpi.store.notice import gaps


class HealthGrade(StrEnum):
    """How a bureau is, as the answer for watchers has it."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Health:
    """How a bureau is; ``reasons`` are Chinese sentences for the one who runs it, none where all is well."""

    grade: HealthGrade
    reasons: tuple[str, ...] = ()


def health(bureau: LiveBureau | None) -> Health:
    """
    How a bureau is, found out in some milliseconds.

    Args:
        bureau: The bureau; None where it could not be opened.

    """
    if bureau is None:
        return Health(HealthGrade.DOWN, ("数据没有打开；原因写在启动时的提示里。",))
    condition = bureau.store.condition()
    if condition.unread:
        return Health(HealthGrade.DOWN, (condition.unread,))
    reasons = [condition.refusing] if condition.refusing else []
    if left_out := bureau.store.left_out:
        reasons.append(f"有 {left_out} 条记录缺失或不能计入，看到的数不全；是哪几条、怎么补，见「报表导入」。")
    elif unmended := gaps(bureau.store.notices):
        reasons.append(f"数据目录有 {len(unmended)} 处需要处理；是哪几处、怎么办，见「报表导入」。")
    return Health(HealthGrade.DEGRADED if reasons else HealthGrade.OK, tuple(reasons))
