"""建不成目录时哪里要改，各指向那条建议；生效以后去哪里。"""

from collections.abc import Sequence

from kpi.present.html.engine import render
from kpi.setup.setup_catalog import SetupFault
from pages.view import View


def listed(view: View, faults: Sequence[SetupFault]) -> str:
    """Every fault, with the way to its proposal."""
    return render("setup_faults.html", faults=[(fault.words, view.link(row=fault.key) if fault.key else "") for fault in faults])


def ways(view: View, *, waits: bool) -> str:
    """Where to go once the catalogue is in force."""
    return render("setup_ways.html", board=view.link(""), imports=view.link("imports") if waits else "", indicators=view.link("indicators"))
