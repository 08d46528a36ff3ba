"""Earlier definitions of indicators: each held up to a month of its own, and each differs from the one that came after it."""

from collections.abc import Iterator
from itertools import pairwise

from kpi.catalog.draft import Draft, DraftEntry
from kpi.catalog.earlier_definition import DEFINING
from kpi.catalog.fault_line import PlaceWithin, nearest
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind


def definitions(draft: Draft) -> Iterator[DraftEntry[Indicator]]:
    """Every definition of every indicator, the one in force first; what is wrong with an earlier one says which."""
    for entry in draft.of(Indicator):
        yield entry
        for number, earlier in enumerate(entry.noun.earlier, 1):
            yield DraftEntry(entry.noun.as_defined(earlier), PlaceWithin(entry.where.file, entry.where.entry, entry.where, f"earlier 的第 {number} 项的"))


def earlier_definitions(draft: Draft) -> Iterator[str]:
    """Months ascend, neighbours differ, and the rate beside a definition is a rate."""
    rates = {measure.code for measure in draft.entries(Measure) if measure.kind is MeasureKind.RATE}
    for entry in draft.of(Indicator):
        indicator, place = entry.noun, entry.where
        for number, (before, after) in enumerate(pairwise(indicator.earlier), 1):
            if after.until <= before.until:
                yield place.says(f"earlier 的第 {number + 1} 项的 until 是 {after.until}，应晚于前一项的 {before.until}；请由早到晚写")
        defined = [*(indicator.as_defined(earlier) for earlier in indicator.earlier), indicator]
        for number, (then, later) in enumerate(pairwise(defined), 1):
            if all(getattr(then, name) == getattr(later, name) for name in DEFINING):
                yield place.says(f"earlier 的第 {number} 项与后来的口径完全相同，没有改动；请删去这一项，或写明当时的口径")
        for number, earlier in enumerate(indicator.earlier, 1):
            if earlier.reported is not None and earlier.reported not in rates and draft.complete:
                yield place.says(f"earlier 的第 {number} 项的 reported 写的填报率「{earlier.reported}」不存在{nearest(earlier.reported, rates)}")
