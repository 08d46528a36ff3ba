"""What the pages show, as HTML: each a function of the view alone, drawn alike in a visit, in a first screen and on paper."""

from pages.bodies import overview, targets
from pages.view import View
from collections.abc import Callable

BODIES: dict[str, Callable[[View], str]] = {"": overview.body, "targets": targets.body}
