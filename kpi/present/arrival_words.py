"""What is said of a month whose sheets are still arriving."""

from kpi.period import Month
from kpi.present import day_words


def arriving(month: Month, received: int, owed: int, shown: Month) -> str:
    """How many sheets of a later month are here, and where to look: ``12 月已报 2/19，看 12 月``; the year where it is another than the shown one's."""
    return f"{arrived(month, received, owed, shown)}，{look(month)}"


def arrived(month: Month, received: int, owed: int, shown: Month) -> str:
    """The first half of the sentence: ``12 月已报 2/19``."""
    return f"{day_words.month(month, shown.year)}已报 {received}/{owed}"


def look(month: Month) -> str:
    """The words of the link: ``看 12 月``."""
    return f"看 {day_words.month(month)}"
