"""What is said of a month whose sheets are still arriving."""

from kpi.period import Month
from kpi.present import day_words


def arrived(month: Month, received: int, owed: int, shown: Month) -> str:
    """How many sheets of a later month are here: ``12 月已报 2/19``; with the year where the shown month is of another one."""
    return f"{day_words.month(month, shown.year)}已报 {received}/{owed}"


def look(month: Month) -> str:
    """The words of the link: ``看 12 月``."""
    return f"看 {day_words.month(month)}"
