"""会议材料: the slides of a month for a meeting, as a .pptx file with native charts."""

from kpi.bureau import Bureau
from kpi.papers.writing.paper_figures import paper_figures
from kpi.papers.writing.slide_planning import plan_slides
from kpi.period import Month
from kpi.present import numbers

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def slides(bureau: Bureau, month: Month, org: str | None = None, office: str | None = None, edition: str | None = None) -> bytes:
    """
    The slides of a month: what was missed first, then what is open, the change over the year, every indicator as a table.

    Args:
        bureau: The bureau.
        month: The month; figures are year to date.
        org: The organisation, the root of the tree unless told.
        office: Only the indicators of this office, by code, name or alias.
        edition: The code of an edition, whose frozen figures are shown and whose code stands on every slide.

    Raises:
        DeniedError, RequestError, StoreError: As `paper_figures`.

    """
    from kpi.papers.writing.slide_drawing import draw_slides  # who takes no slides away needs no library for them

    figures = paper_figures(bureau, month, org, office, edition)
    with numbers.ruled(figures.rounding):
        return draw_slides(plan_slides(figures))
