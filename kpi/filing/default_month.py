"""
The month that is shown until somebody chooses: the latest one that is complete enough, not the one that has just begun to arrive.

A month is complete enough when the share of its sheets that were received reaches ``KPI_COMPLETE_ENOUGH`` (0.8 unless told), or
when it is closed: locked for everybody below the organisation, or frozen in an edition of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from kpi.bureau import Bureau
from kpi.errors import RequestError
from kpi.period import Month
from kpi.setting import setting
from kpi.store.decision import Act, Decision, lock_in_force

SETTING, DEFAULT = "KPI_COMPLETE_ENOUGH", "0.8"
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)(%?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class MonthArriving:
    """How many of the sheets that an organisation owes for a month were received."""

    month: Month
    received: int
    owed: int
    closed: bool = False  # locked for everybody, or frozen in an edition

    def reaches(self, share: Fraction) -> bool:
        """Whether so large a share of its sheets is here, or nobody waits for more."""
        return self.closed or (self.owed > 0 and Fraction(self.received, self.owed) >= share)


@dataclass(frozen=True, slots=True)
class DefaultMonth:
    """The month to show, and the later ones of which something is here, ascending."""

    shown: MonthArriving
    enough: bool  # whether it is complete enough; where no month is, the one with most sheets is shown
    later: tuple[MonthArriving, ...]


def default_month(bureau: Bureau, org: str | None = None) -> DefaultMonth | None:
    """
    The month that an organisation is shown until somebody chooses.

    Args:
        bureau: The bureau.
        org: The organisation, the root of the tree unless told.  One of which nothing came is shown the month of the root.

    Returns:
        None as long as nothing came from anybody.

    Raises:
        RequestError: The setting is no share.

    """
    catalog, share = bureau.catalog, enough()
    node = org or catalog.root
    arrived = _arrived(bureau, node)
    if not arrived:
        return default_month(bureau) if node != catalog.root else None
    complete = [month for month in arrived if month.reaches(share)]
    shown = complete[-1] if complete else max(arrived, key=lambda month: (month.received, month.month))
    return DefaultMonth(shown, bool(complete), tuple(month for month in arrived if month.month > shown.month))


def enough() -> Fraction:
    """
    The share of the sheets with which a month is complete enough, as the environment says it: ``0.8`` or ``80%``.

    Raises:
        RequestError: It is none above 0 and up to 1.

    """
    written = setting(SETTING) or DEFAULT
    match = _SHARE.fullmatch(written)
    share = Fraction(match[1]) / (100 if match[2] else 1) if match else Fraction(0)
    if not 0 < share <= 1:
        raise RequestError(f"环境变量 {SETTING} 的值「{written}」不是份额；请写大于 0、不超过 1 的小数，如 {DEFAULT}（报齐八成就算报得够了），或不写。")
    return share


def _arrived(bureau: Bureau, org: str) -> list[MonthArriving]:
    """The months of which anything of an organisation is here, be it a ledger alone, ascending."""
    catalog = bureau.catalog
    arrived: dict[Month, list[tuple[str, str, str]]] = defaultdict(list)
    for leaf, office, month, template, _ in bureau.store.counting(catalog.leaves(org), list(catalog.offices)):
        arrived[month].append((leaf, office, template))
    locks = _by_month(bureau.store.decisions())
    frozen = {edition.period for edition in bureau.store.editions() if catalog.meant(edition.org) == org}
    every = []
    for month in sorted(arrived):
        leaves = catalog.leaves(org, month, month)
        here = [(office, template) for leaf, office, template in arrived[month] if leaf in leaves]
        received = sum(template == catalog.offices[office].template for office, template in here)  # a ledger alone makes a month, and is no sheet
        offices = [office.code for office in catalog.offices_in(month)]
        closed = month in frozen or _locked(locks.get(month, ()), month, product(leaves, offices))
        every += [MonthArriving(month, received, len(leaves) * len(offices), closed)] if here else []
    return every


def _by_month(decisions: Iterable[Decision]) -> dict[Month, list[Decision]]:
    by_month: dict[Month, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_month[decision.period].append(decision)
    return by_month


def _locked(decisions: Iterable[Decision], month: Month, owed: Iterable[tuple[str, str]]) -> bool:
    """Whether nobody can send anything more for a month."""
    words = list(decisions)
    if not any(decision.act is Act.LOCK for decision in words):
        return False
    return all(lock_in_force(words, office, month, leaf) for leaf, office in owed)
