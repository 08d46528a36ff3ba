"""
What the pages show, as HTML: each a function of the view alone, drawn alike in a visit, in a first screen and on paper.

A page that is read alone has a body.  One with forms and buttons has an opening: its answer, and what is read above them.
"""

from collections.abc import Callable

from kpi.present.html.table import HtmlTable
from pages.bodies import (
    account_list,
    arrivals,
    audit_list,
    check_opening,
    compare,
    definition_list,
    edition_opening,
    entry_list,
    follow_up_list,
    form_opening,
    import_opening,
    knowledge,
    offices,
    overview,
    referral_opening,
    relations,
    reminder_list,
    setup_opening,
    status,
    submission_opening,
    summary_opening,
    targets,
    trends,
)
from pages.view import View

TABLES: dict[str, Callable[[View], list[HtmlTable]]] = {
    "": overview.tables,
    "targets": targets.tables,
    "trends": trends.tables,
    "compare": compare.tables,
    "offices": offices.tables,
    "submissions": lambda view: [submission_opening.table(view)],
    "completeness": lambda view: [arrivals.table(view)],
    "quality": relations.tables,
    "meeting": edition_opening.tables,
    "known": knowledge.tables,
    "indicators": definition_list.tables,
    "follow-ups": follow_up_list.tables,
    "notices": reminder_list.tables,
    "accounts": account_list.tables,
    "audit": audit_list.tables,
    "catalog": entry_list.tables,
}
BODIES: dict[str, Callable[[View], str]] = {
    "": overview.body,
    "targets": targets.body,
    "trends": trends.body,
    "compare": compare.body,
    "offices": offices.body,
    "quality": relations.body,
    "known": knowledge.body,
    "indicators": definition_list.body,
}
OPENINGS: dict[str, Callable[[View], str]] = {
    "imports": import_opening.opening,
    "fill": form_opening.opening,
    "referrals": referral_opening.opening,
    "submissions": submission_opening.opening,
    "completeness": arrivals.opening,
    "follow-ups": follow_up_list.opening,
    "meeting": edition_opening.opening,
    "notices": reminder_list.opening,
    "check": check_opening.opening,
    "summary": summary_opening.opening,
    "setup": setup_opening.opening,
    "status": status.opening,
    "accounts": account_list.opening,
    "audit": audit_list.opening,
    "catalog": entry_list.opening,
}
