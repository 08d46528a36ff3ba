"""What the pages show, as HTML: each a function of the view alone, drawn alike in a visit, in a first screen and on paper."""

from collections.abc import Callable

from pages.bodies import compare, overview, targets, trends
from pages.view import View

BODIES: dict[str, Callable[[View], str]] = {"": overview.body, "targets": targets.body, "trends": trends.body, "compare": compare.body}
