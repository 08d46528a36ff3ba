"""Reports that came together, by what is accepted or returned together."""

from collections import defaultdict
from collections.abc import Sequence

from kpi.filing.prepared import Prepared


def referral_groups(prepared: Sequence[Prepared]) -> list[list[Prepared]]:
    """
    The reports of each referral that is to be made.

    Together are the months of one file, and the files that say something of the same office and month or the same ledger.
    """
    together: dict[int, int] = {}  # of each report the first that it is with
    keys: defaultdict[object, list[int]] = defaultdict(list)
    for place, file in enumerate(prepared):
        together[place] = place
        ledger = file.report.template if file.report is not None and file.report.cases is not None else ""
        for key in ((file.at, file.file), (file.org, file.office, file.period), *(((file.org, file.office, ledger),) if ledger else ())):
            keys[key].append(place)
    for places in keys.values():
        firsts = {together[place] for place in places}
        together |= {place: min(firsts) for place, first in together.items() if first in firsts}
    return [[prepared[place] for place, first in together.items() if first == leader] for leader in sorted(set(together.values()))]
