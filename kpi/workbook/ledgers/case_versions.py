"""
The newer versions of cases on file, where they may be no later change: an older export over a newer one, a case that
moves to another month, or another case with the same number because every station numbers its own from 1.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from kpi.catalog.ledger import Ledger, Role
from kpi.finding import Finding, Severity, few
from kpi.period import Month
from kpi.workbook.ledgers.case_columns import BLANK, NO_DAY, Cells, Flags, Ints, day_of, ordinal_of
from kpi.workbook.ledgers.case_faults import WRITTEN_OUT
from kpi.workbook.ledgers.cases import Cases, month_of
from kpi.workbook.ledgers.cases_on_file import FiledRow, Together
from kpi.workbook.ledgers.coverage import Coverage

_SERIAL = 4  # digits of a number that a station may have given by itself, from 1 on
_OTHER = -3  # a word that the ledger does not have
_Pair = tuple[int, FiledRow]  # a row of the ledger, and the row on file with its key


def about_versions(cases: Cases, coverage: Coverage, together: Together) -> Iterator[tuple[Month, Finding]]:
    """The findings of each month."""
    if together.newer:
        versions = _Versions(cases, together.newer)
        yield from _went_back(cases, coverage, versions)
        yield from _reclassified(cases, coverage, versions)
        yield from _went_on(cases, coverage, versions)
        yield from _moved(cases, coverage, versions)
        yield from _unlike(cases, coverage, versions)
    yield from _counted_twice(cases, coverage, together.twice)


class _Versions:
    """Own rows beside the rows on file whose place they take: what they say in each column, as numbers that compare."""

    def __init__(self, cases: Cases, pairs: Sequence[_Pair]) -> None:
        self.pairs = pairs
        self._cases = cases
        self._own = np.array([at for at, _ in pairs], dtype=np.int64)
        self._filed_days = np.array([ordinal_of(row.month.cases.days[row.at]) for _, row in pairs], dtype=np.int64)

    def at(self, flags: Flags) -> list[_Pair]:
        """Some of the pairs."""
        return [self.pairs[position] for position in np.flatnonzero(flags).tolist()]

    def redated(self) -> Flags:
        """Those dated otherwise on file."""
        flags: Flags = self._cases.day[self._own] != self._filed_days
        return flags

    def months_differ(self) -> Flags:
        """Those that stand in another month on file."""
        here, there = (days.astype("datetime64[D]").astype("datetime64[M]") for days in (self._cases.day[self._own], self._filed_days))
        flags: Flags = here != there
        return flags

    def serial(self) -> Flags:
        """Those with a number that a station may have given by itself."""
        return np.array([len(number := row.key.partition("|")[0]) <= _SERIAL and number.isdecimal() for _, row in self.pairs], dtype=np.bool_)

    def blanked(self, cells: Cells) -> Flags:
        """Those that say nothing where the case on file says something; an amount of 0 is as good as none."""
        empty = ~cells.filled[self._own] & ~self._cases.without([cells.column.name])[self._own]
        if not empty.any():
            return empty
        return empty & np.array([bool(row.word(cells.column.name)) for _, row in self.pairs], dtype=np.bool_)

    def written(self, cells: Cells, word: str) -> Flags:
        """Those that say a word where the case on file says nothing."""
        name = cells.column.name
        nothing = np.array([row.word(name) is None and name in row.month.cases.columns for _, row in self.pairs], dtype=np.bool_)
        flags: Flags = nothing & (cells.codes[self._own] == cells.words.index(word))
        return flags

    def words(self, cells: Cells) -> tuple[Ints, Ints, Flags]:
        """What both sides say in a column of words, and where both say something else."""
        nothing = BLANK if cells.column.role is Role.CATEGORY else 0
        numbered = {word: number for number, word in enumerate(cells.words)}
        filed = [row.word(cells.column.name) for _, row in self.pairs]
        there = np.array([nothing if word is None else numbered.get(str(word), _OTHER) for word in filed], dtype=np.int64)
        here = cells.codes[self._own]
        return here, there, cells.filled[self._own] & (there != nothing) & (here != there)


def _went_back(cases: Cases, coverage: Coverage, versions: _Versions) -> Iterator[tuple[Month, Finding]]:
    """Cases that were closed on file and are open in the ledger: an older export over a newer one."""
    remedy = "请核对是不是较早导出的台账；确实改回的，写明说明后可以入库"
    for name, cells in cases.cells.items():
        if cells.column.role in (Role.DATE, Role.CATEGORY, Role.NUMBER):
            blanked = versions.at(versions.blanked(cells))
            yield from _by_month(cases, coverage, blanked, "case-went-back", name, f"在库的写了「{name}」，这一份是空白", remedy)
    for name, was, now, pairs in _reworded(cases, versions, before=True, now=False):
        yield from _by_month(cases, coverage, pairs, "case-went-back", name, f"的「{name}」在库的是「{was}」，这一份退回到「{now}」", remedy)


def _reclassified(cases: Cases, coverage: Coverage, versions: _Versions) -> Iterator[tuple[Month, Finding]]:
    """Cases that count under another word than on file: the figures of both words change."""
    remedy = "请核对这几件；确实改正了的，写明说明后可以入库；不是同一件而编号相同的，请改正编号"
    for name, was, now, pairs in _reworded(cases, versions, before=True, now=True):
        seen = f"的「{name}」在库的是「{was}」，这一份改成「{now}」，按它们计的数随之变动"
        yield from _by_month(cases, coverage, pairs, "case-reclassified", name, seen, remedy)


def _went_on(cases: Cases, coverage: Coverage, versions: _Versions) -> Iterator[tuple[Month, Finding]]:
    """Cases that no figure counted by their word, or that had none, and that one counts now: a result comes in, yet figures change."""
    remedy = "结果出来了的不必处理；不是的，请核对这几件"
    by_column = _counted(cases.ledger)
    for name, cells in cases.cells.items():
        for word in sorted(by_column.get(name, ())):
            pairs = versions.at(versions.written(cells, word)) if word in cells.words else []
            seen = f"在库的没有写「{name}」，这一份是「{word}」，从这一份起按「{word}」计"
            yield from _by_month(cases, coverage, pairs, "case-went-on", name, seen, remedy, Severity.HINT)
    for name, was, now, pairs in _reworded(cases, versions, before=False, now=True):
        seen = f"的「{name}」在库的是「{was}」，这一份是「{now}」，从这一份起按「{now}」计"
        yield from _by_month(cases, coverage, pairs, "case-went-on", name, seen, remedy, Severity.HINT)


def _reworded(cases: Cases, versions: _Versions, *, before: bool, now: bool) -> Iterator[tuple[str, str, str, list[_Pair]]]:
    """The cases whose word is another one than on file, where a figure counts by the word ``before`` or ``now``: the column, both words, the cases."""
    by_column = _counted(cases.ledger)
    for name, cells in cases.cells.items():
        if name not in by_column:
            continue
        here, there, differs = versions.words(cells)
        known = np.array([word in by_column[name] for word in cells.words], dtype=np.bool_)
        changed = differs & (there >= 0) & (known[np.maximum(there, 0)] == before) & (known[np.maximum(here, 0)] == now)
        for was, new in sorted(set(zip(there[changed].tolist(), here[changed].tolist(), strict=True))):
            yield name, cells.words[was], cells.words[new], versions.at(changed & (there == was) & (here == new))


def _counted(ledger: Ledger) -> Mapping[str, Collection[str]]:
    """By column of categories the words by which any figure counts a case; with another one it is not settled yet."""
    counted: defaultdict[str, set[str]] = defaultdict(set)
    for figure in ledger.figures:
        for condition in (*figure.where, *(condition for group in figure.either for condition in group), *figure.less):
            counted[condition.column].update(condition.one_of)
    return {name: words for name, words in counted.items() if words}


def _moved(cases: Cases, coverage: Coverage, versions: _Versions) -> Iterator[tuple[Month, Finding]]:
    """Cases whose date was corrected into another month: both months get a finding, since the figures of both change."""
    ways: defaultdict[tuple[Month, Month], list[_Pair]] = defaultdict(list)
    for at, row in versions.at(versions.months_differ()):
        ways[row.month.month, month_of(int(coverage.month[at]))].append((at, row))
    name = cases.ledger.date
    for (was, now), pairs in sorted(ways.items()):
        named = [_redated(cases, at, row) for at, row in pairs]
        seen = f"有 {len(pairs)} 件的{name}改了月份，入库后从 {was.chinese}移到 {now.chinese}，两个月的数都随之变动：{few(named)}"
        remedy = f"请核对这几件的{name}；确实改正了的，写明说明后可以入库；不是同一件而编号相同的，请改正编号"
        finding = Finding("case-moved", Severity.CHECK, cases.place(pairs[0][0], name), seen, remedy, cases=tuple(named))
        yield from ((month, finding) for month in (was, now))


def _unlike(cases: Cases, coverage: Coverage, versions: _Versions) -> Iterator[tuple[Month, Finding]]:
    """Cases that have a number on file in common and hardly more: two stations that each number their own."""
    redated, moved, serial = versions.redated(), versions.months_differ(), versions.serial()
    differing = {cases.ledger.date: redated & ~moved}
    counted = _counted(cases.ledger)
    for name, cells in cases.cells.items():
        column = cells.column
        if not column.key and (column.role in (Role.CODE, Role.TEXT) or name in counted):
            _, there, differs = versions.words(cells)
            if name in counted:  # from a word that no figure counts to one that does is how a case goes on
                differs &= (there >= 0) & np.array([word in counted[name] for word in cells.words], dtype=np.bool_)[np.maximum(there, 0)]
            differing[name] = differs & ~moved & (serial | (column.role is Role.CODE))
    doubtful = np.logical_or.reduce(list(differing.values()))
    names = "、".join(f"「{name}」" for name, flags in differing.items() if flags.any())
    remedy = "是更正的，写明说明后可以入库；各所、各张表自己从 1 编号的，请在编号前加上所名，在库的那些也这样重报，才两边都计"
    seen = f"的编号与在库的相同，{names}却不同，按同一件的更正计，在库的不再另计"
    yield from _by_month(cases, coverage, versions.at(doubtful), "number-of-other-case", cases.ledger.keys[0], seen, remedy)


def _counted_twice(cases: Cases, coverage: Coverage, twice: Sequence[_Pair]) -> Iterator[tuple[Month, Finding]]:
    """Cases on file in another month, which the ledger does not cover or which is locked: they stay there unless a file behind takes them away."""
    name, key = cases.ledger.date, cases.ledger.keys[0]
    by_month: defaultdict[tuple[Month, Month, str], list[_Pair]] = defaultdict(list)
    for at, row in sorted(twice, key=lambda pair: pair[0]):
        file = row.month.taken_by(row.key, row.month.cases.days[row.at])
        by_month[month_of(int(coverage.month[at])), row.month.month, file].append((at, row))
    for (month, other, file), pairs in by_month.items():
        if file:
            both = f"本批「{file}」里 {other.chinese}不再有它，两份都入库后只在 {month.chinese}计一次，只入库这一份的两个月各计一次"
            remedy = f"{name}改正了的，请把两份一起入库；不是同一件的，请改正编号"
        else:
            both = f"这份台账不改 {other.chinese}，入库后 {other.chinese}和 {month.chinese}各计一次"
            moves = f"才算从 {other.chinese}移到 {month.chinese}，两个月的数都变"
            remedy = f"{name}改正了的，请把 {other.chinese}的台账也重报一份、其中不再有它，{moves}；不是同一件的，请改正编号"
        for at, row in pairs[:WRITTEN_OUT]:
            seen = f"与{row.month.where(row.at)}是同一件：{_redated(cases, at, row)}；{both}"
            yield month, Finding("case-filed-before", Severity.CHECK, cases.place(at, key), seen, remedy)
        if rest := pairs[WRITTEN_OUT:]:
            listed = tuple(_redated(cases, at, row) for at, row in rest)
            seen = f"还有 {len(rest)} 件也在 {other.chinese}的台账里：{few(listed)}；{both}"
            yield month, Finding("case-filed-before", Severity.CHECK, cases.place(rest[0][0], key), seen, remedy, cases=listed)


def _by_month(
    cases: Cases, coverage: Coverage, pairs: Sequence[_Pair], code: str, column: str, seen: str, remedy: str, severity: Severity = Severity.CHECK
) -> Iterator[tuple[Month, Finding]]:
    """One finding for each month of some cases, which counts and names them."""
    by_month: defaultdict[Month, list[_Pair]] = defaultdict(list)
    for at, row in pairs:
        by_month[month_of(int(coverage.month[at]))].append((at, row))
    for month, own in by_month.items():
        named = tuple(_redated(cases, at, row) for at, row in own)
        yield month, Finding(code, severity, cases.place(own[0][0], column), f"有 {len(own)} 件{seen}：{few(named)}", remedy, cases=named)


def _redated(cases: Cases, at: int, row: FiledRow) -> str:
    """A case by its key, and the two days where they differ."""
    was, now = row.month.cases.days[row.at], int(cases.day[at])
    return row.called if now in (NO_DAY, ordinal_of(was)) else f"{row.called}（{was} → {day_of(now)}）"
