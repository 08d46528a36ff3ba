"""
The same pages in Dash, as most would write them: a dropdown, a DataTable, a Plotly figure for every small line.

``python bench/dash_page.py PORT`` serves 总览, 未达标 and 趋势 of the bureau in ``KPI_DATA`` on this machine only.  Figures and
words are those of our own pages, kept ready as ours are; what differs is who draws them.
"""

import logging
import sys
import warnings
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from dash.dash_table.DataTable import DataTable

from kpi.period import Month, Span
from kpi.present import headlines, statuses
from kpi.present.html.table import HtmlCell, HtmlTable
from kpi.review.series import Point
from pages import view
from pages.bodies import overview, targets
from pages.site import BY_PATH
from pages.view import View
from pages.widgets import session

MONTHS_OF_LINE = 13
CARDS = 12  # as many figures lead in the demonstration
PARTS = (("name", "children"), ("figure", "children"), ("line", "figure"), ("notes", "children"))
COLOURS = {"missed": "#b42318", "behind": "#b25e09", "undecided": "#6a4fa3", "unreported": "#5c6878", "met": "#1d7a46"}
SCALE = [[place / 4, colour] for place, colour in enumerate(COLOURS.values())]
BARE: Any = {"displayModeBar": False}
PLACES = {"/": "总览", "/targets": "未达标", "/trends": "趋势"}

app = Dash(__name__, title="市场监管指标看板", suppress_callback_exceptions=True)
app.layout = html.Div(
    [
        dcc.Location(id="address"),
        html.Nav([dcc.Link(title, href=path, style={"marginRight": 16}) for path, title in PLACES.items()]),
        html.Div(id="page"),
    ],
    style={"fontFamily": "sans-serif", "margin": 24},
)


@app.callback(Output("page", "children"), Input("address", "pathname"))
def page(path: str) -> list[Any]:
    """The parts of a page; what they show comes by the callbacks below."""
    months = [{"label": month.chinese, "value": str(month)} for month in reversed(session.periods())]
    name = (path or "/").strip("/") or "overview"
    head = [html.H1(PLACES.get(path, "总览")), dcc.Dropdown(months, months[0]["value"], id=f"{name}-month", clearable=False, style={"width": 240})]
    return head + {"overview": _overview, "targets": _targets, "trends": _trends}[name]()


def _overview() -> list[Any]:
    cards = [
        html.Div(
            [html.H4(id=f"name-{place}"), html.B(id=f"figure-{place}"), dcc.Graph(id=f"line-{place}", config=BARE), html.P(id=f"notes-{place}")],
            style={"border": "1px solid #d5dce6", "padding": 12},
        )
        for place in range(CARDS)
    ]
    return [
        html.H3(id="overview-answer"),
        html.Ul(id="tiles"),
        html.Ul(id="since"),
        html.Div(id="late"),
        dcc.Graph(id="heat", config=BARE),
        html.Div(cards, style={"display": "grid", "gridTemplateColumns": "repeat(4, 1fr)", "gap": 12}),
        html.Div(id="doubts"),
    ]


def _targets() -> list[Any]:
    return [html.H3(id="targets-answer"), html.Div(id="sections")]


def _trends() -> list[Any]:
    catalog = session.bureau().catalog
    codes = [{"label": indicator.name, "value": code} for code, indicator in catalog.indicators.items()]
    worst = view.read(BY_PATH["trends"], {}).get("code")
    return [
        dcc.Dropdown(codes, worst, id="code", clearable=False, style={"width": 480}),
        html.H3(id="trends-answer"),
        dcc.Graph(id="course"),
        html.Div(id="months"),
    ]


@app.callback(
    Output("overview-answer", "children"),
    Output("tiles", "children"),
    Output("since", "children"),
    Output("late", "children"),
    Output("heat", "figure"),
    *(Output(f"{part}-{place}", prop) for place in range(CARDS) for part, prop in PARTS),
    Output("doubts", "children"),
    Input("overview-month", "value"),
)
def show_overview(month: str) -> tuple[Any, ...]:
    """总览 of a month."""
    shown = view.read(BY_PATH[""], {"period": month})
    rows = session.rows(shown.period)
    cards: list[Any] = []
    for code in _leading():
        row = next(row for row in rows if row.indicator == code)
        card = session.kept(overview.card, shown, row)
        line = session.series(code, max(shown.period.plus(1 - MONTHS_OF_LINE), session.periods()[0]), shown.period, Span.YTD)
        cards += [card.name, f"{card.badge.text} {card.figure} {card.exact}", _line(line.points), "；".join(card.lines)]
    return (
        f"{shown.period.chinese}：{headlines.missed(rows, session.office_name)}",
        [html.Li(f"{count} 项{status.value}") for status, count in statuses.tally(rows).items() if count],
        [html.Li(words) for words in session.changes_of(shown.period, shown.org).lines],
        _table(session.kept(overview.worst, shown, session.missed(shown.period)[: session.WORST])),
        _heat(shown),
        *cards,
        [_doubts(name, doubts) for name, doubts in overview.doubtful(shown)],
    )


@app.callback(Output("targets-answer", "children"), Output("sections", "children"), Input("targets-month", "value"))
def show_targets(month: str) -> tuple[str, list[Any]]:
    """未达标 of a month."""
    shown = view.read(BY_PATH["targets"], {"period": month})
    parts: list[Any] = []
    for section in session.kept(_sections, shown):
        parts += [html.H4(section.title), html.P(section.note), _table(section.table)]
    return f"{shown.period.chinese}：{headlines.missed(session.rows(shown.period), session.office_name)}", parts


@app.callback(
    Output("trends-answer", "children"), Output("course", "figure"), Output("months", "children"), Input("trends-month", "value"), Input("code", "value")
)
def show_trends(month: str, code: str) -> tuple[str, go.Figure, Any]:
    """趋势 of an indicator up to a month."""
    last = Month.parse(month)
    first = max(last.plus(1 - 2 * 12), session.periods()[0])
    series = session.series(code, first, last, Span.YTD)
    heads = ("期间", "本年", "上年同期", "目标", "序时目标", "截至")
    lines = [
        dict(zip(heads, map(_text, (point.period, point.value, point.prior_value, point.target, point.pace_target, point.as_of)), strict=True))
        for point in series.points[::-1]
    ]
    answer = f"{series.name}：截至 {last.chinese} {_text(series.points[-1].value)} {series.unit}"
    return answer, _course(series.points), _data_table(heads, lines)


def _leading() -> list[str]:
    return [code for code, indicator in session.bureau().catalog.indicators.items() if indicator.headline]


def _sections(shown: View) -> list[targets.Section]:
    return targets.sections(shown, targets.rows(shown))


def _doubts(name: str, doubts: Sequence[tuple[str, str, str]]) -> html.Details:
    return html.Details([html.Summary(f"{name} {len(doubts)}"), *(html.P(f"{figure}：{words}") for figure, _, words in doubts)])


def _line(points: Sequence[Point]) -> go.Figure:
    """A small line of the last months, with its target."""
    months = [point.period.first_day for point in points]
    figure = go.Figure([go.Scatter(x=months, y=_floats(point.value for point in points)), go.Scatter(x=months, y=_floats(point.target for point in points))])
    return figure.update_layout(height=90, margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=False, xaxis={"visible": False}, yaxis={"visible": False})


def _course(points: Sequence[Point]) -> go.Figure:
    """The months of this year and of the last, with the target and the pace."""
    months = [point.period.first_day for point in points]
    drawn = {
        "本年": [point.value for point in points],
        "上年同期": [point.prior_value for point in points],
        "目标": [point.target for point in points],
        "序时目标": [point.pace_target for point in points],
    }
    return go.Figure([go.Scatter(x=months, y=_floats(values), name=name) for name, values in drawn.items()])


def _heat(shown: View) -> go.Figure:
    """Offices by months, the gravest status of each."""
    lines, kinds = session.kept(overview.heat, shown), list(COLOURS)
    figure = go.Figure(
        go.Heatmap(
            x=[month.chinese for month in overview.heat_months(shown.period)],
            y=[line.name for line in lines],
            z=[[kinds.index(cell.kind) if cell.kind in kinds else None for cell in line.cells] for line in lines],
            text=[[cell.text for cell in line.cells] for line in lines],
            hovertext=[[cell.words for cell in line.cells] for line in lines],
            texttemplate="%{text}",
            colorscale=SCALE,
            zmin=0,
            zmax=len(COLOURS) - 1,
            showscale=False,
        )
    )
    return figure.update_layout(height=640, margin={"l": 160, "r": 0, "t": 0, "b": 60}, yaxis={"autorange": "reversed"})


def _table(table: HtmlTable) -> DataTable:
    """A table without the pictures in its cells, which a DataTable cannot draw."""
    heads = [column.head for column in table.filled if not any(row.cells.get(column.head, HtmlCell()).spark for row in table.rows)]
    return _data_table(heads, [{head: _cell(row.cells.get(head, HtmlCell())) for head in heads} for row in table.rows])


def _cell(cell: HtmlCell) -> str:
    return " · ".join(words for words in ("".join(badge.text for badge in cell.badges), cell.text, cell.note, *cell.notes) if words)


def _data_table(heads: Sequence[str], lines: list[dict[Any, Any]]) -> DataTable:
    return DataTable(lines, [{"name": head, "id": head} for head in heads], sort_action="native", style_cell={"textAlign": "left", "whiteSpace": "normal"})


def _floats(values: Any) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _text(value: Any) -> str:
    return "" if value is None else str(round(value, 2) if isinstance(value, Decimal) else value)


def main(port: int) -> None:
    """Compute every month as ours does before its first visits, then serve."""
    for month in reversed(session.periods()):
        session.ready(month)
    for office in session.bureau().catalog.offices:
        session.series_ready(office, Span.YTD)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(host="127.0.0.1", port=port)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")  # of the page library, whose cache is used here without its server
    logging.disable(logging.WARNING)
    main(int(sys.argv[1]))
