"""The figures that somebody chose for 大屏: of each one screen with its picture, this year over last year."""

from collections.abc import Iterator

from kpi.meeting.editions import Issue
from kpi.present.html.engine import render
from kpi.present.html.trend_frame import PictureSheet
from kpi.present.html.trend_picture import picture
from pages import view as addresses
from pages.bodies import trend_plots, trend_words, trends
from pages.bodies.wall_screen import WallScreen
from pages.site import BY_PATH
from pages.view import View
from pages.widgets import session

SHEET = PictureSheet(1440, 640, 26, 23, 420, 4, wide=True)  # drawn a quarter larger on a screen of 1920
MOST = 12  # figures that a meeting has time for


def chosen(view: View, issue: Issue | None = None) -> Iterator[WallScreen]:
    """
    The screens of the codes in ``with``, in that order; codes that are none are left out.

    Args:
        view: What is shown.
        issue: The edition that is presented: its month is shown, and that an edition keeps no course is said.

    """
    period, kept = (issue.edition.period, "（现在的数，不是定稿的）") if issue else (view.period, "")
    catalog = session.bureau().catalog
    codes = [code for code in view.get("with").split(",") if code in catalog.indicators or code in catalog.measures]
    for code in list(dict.fromkeys(codes))[:MOST]:
        trend = addresses.read(BY_PATH["trends"], {"period": str(period), "org": view.org, "code": code})
        series = trends.shown(trend)
        drawn = picture(trend_plots.plot(trend, series, trends.last_years(trend, code)), SHEET)
        answer = trend_words.answer(series, trend.span, trend.org)
        yield WallScreen("所选指标", f"{series.name}{kept}", render("wall_chosen.html", answer=answer, drawn=drawn))
