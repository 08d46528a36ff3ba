"""What the pages show, as HTML: each a function of the view alone, drawn alike in a visit, in a first screen and on paper."""

from collections.abc import Callable

from pages.bodies import import_opening, offices, overview, submission_opening, targets
from pages.view import View

BODIES: dict[str, Callable[[View], str]] = {"": overview.body, "targets": targets.body, "offices": offices.body}
OPENINGS: dict[str, Callable[[View], str]] = {  # the answer of a page with forms, and what is read above them
    "imports": import_opening.opening,
    "submissions": submission_opening.opening,
}
