"""Who reports (科室/所), and the platforms that figures come from (平台)."""

from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.organisation import Lifetime


class Office(Lifetime):
    """A reporting office (科室/所); its months are those for which it owes a sheet."""

    aliases: tuple[str, ...] = ()
    parent: str
    order: int
    template: str  # title of its sheet, 食品安全协调科月报表
    due_day: int = 5  # day of the following month by which the sheet is owed
    month_in_name: bool = False  # its sheets do not name their month: the name of the file or folder does
    area: str = ""  # code of the area of its indicators, unless one of them names another; empty: none


class System(FrozenModel):
    """A platform, register, campaign or mechanism of the bureau (平台、台账、专项行动), and what it feeds."""

    id: str
    name: str
    office: str
    kind: str  # platform, register, campaign, mechanism, monitoring, committee, policy_document, event, project
    data: str  # what it holds, in our own words
    feeds: tuple[str, ...] = ()  # codes of measures and indicators
    note: str = ""
