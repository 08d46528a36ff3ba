"""What every page says of organisations: that there is none in the month, or that the two sides of a comparison are of others."""

from collections.abc import Iterable

from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import organisation_words
from pages.widgets import session


def of_board(org: str, month: Month, rows: Iterable[BoardRow] = ()) -> list[str]:
    """The sentences, where there is anything to say."""
    return [words for words in (organisation_words.not_there(session.bureau().catalog, org, month), organisation_words.of_board(rows)) if words]
