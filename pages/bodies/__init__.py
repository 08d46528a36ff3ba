"""What the pages show, as HTML: each a function of the view alone, drawn alike in a visit, in a first screen and on paper."""

from collections.abc import Callable

from kpi.present.html.table import Table
from pages.bodies import compare, offices, overview, targets, trends
from pages.view import View

TABLES: dict[str, Callable[[View], list[Table]]] = {
    "": overview.tables,
    "targets": targets.tables,
    "trends": trends.tables,
    "compare": compare.tables,
    "offices": offices.tables,
}
BODIES: dict[str, Callable[[View], str]] = {
    "": overview.body,
    "targets": targets.body,
    "trends": trends.body,
    "compare": compare.body,
    "offices": offices.body,
}
