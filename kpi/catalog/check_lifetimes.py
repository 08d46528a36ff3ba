"""Offices and measures that begin or end: months in order, and a successor that is there when they are gone."""

from collections.abc import Iterator, Mapping, Sequence

from kpi.catalog.draft import Draft, DraftEntry
from kpi.catalog.fault_line import nearest
from kpi.catalog.measure import Measure
from kpi.catalog.office import Office
from kpi.catalog.organisation import Lifetime


def lifetimes(draft: Draft) -> Iterator[str]:
    """Faults of the months of offices and measures; those of organisations stand in `check_orgs`."""
    offices, measures = draft.of(Office), draft.of(Measure)
    yield from _of(offices, {entry.noun.code: entry.noun for entry in offices}, draft, "office", "科室")
    yield from _of(measures, {entry.noun.code: entry.noun for entry in measures}, draft, "measure", "数据项")
    lives = {entry.noun.code: entry.noun for entry in offices}
    for entry in measures:
        measure, office = entry.noun, lives.get(entry.noun.office)
        if office and office.last and measure.last and office.last < measure.last:
            yield entry.where.says(f"until（{measure.last}）晚于科室 {office.code} 的 until（{office.last}）")
        if office and office.first and measure.first and measure.first < office.first:
            yield entry.where.says(f"from（{measure.first}）早于科室 {office.code} 的 from（{office.first}）")


def _of(
    entries: Sequence[DraftEntry[Office]] | Sequence[DraftEntry[Measure]], known: Mapping[str, Lifetime], draft: Draft, noun: str, chinese: str
) -> Iterator[str]:
    for entry in entries:
        life, place = entry.noun, entry.where
        if life.first and life.last and life.last < life.first:
            yield place.says(f"until（{life.last}）早于 from（{life.first}）")
        if not life.successor:
            continue
        heir = known.get(life.successor)
        if life.last is None:
            yield place.says("写了 successor 的要写 until，即最后一个月")
        elif life.successor not in draft.named[noun]:
            if draft.complete:
                yield place.says(f"successor 写的承接{chinese}「{life.successor}」不存在{nearest(life.successor, draft.named[noun])}")
        elif heir is not None and (life.successor == life.code or not heir.holds(life.last.plus(1))):
            yield place.says(f"successor 写的承接{chinese}「{life.successor}」在 {life.last.plus(1)} 还没有，或已经没有")
