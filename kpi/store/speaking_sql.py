"""
The statements that rest on which submission speaks for a figure, should several that count state it.

The rule is said once, in ``sql/speaking.sql``; each of these puts it over the figures that it asks about.
"""

from kpi.store.statements import statement, with_views


def figures_of_year() -> str:
    """The statement that makes the figures of the organisations, offices and months in scope."""
    return _over("figure", "figures_in_scope", contribution=statement("contributions_of_year"), running_sum=statement("running_sums"))


def source_cells() -> str:
    """The statement that gives the cells that figures came from, and who brought them."""
    return _over("sources", "cells_in_force")


def cells_on_file() -> str:
    """The statement that gives the cells that a new report is checked against."""
    return _over("filed", "cells_in_force")


def stated_figures() -> str:
    """The statement that gives what an office states for a month."""
    return _over("stated", "office_figures")


def _over(name: str, in_question: str, **views: str) -> str:
    return with_views(name, speaking=with_views("speaking", in_question=statement(in_question)), **views)
