"""
Editions (会议版): an organisation's board of a month frozen for a meeting, under a code that can be printed and read out.

What is frozen never changes, whatever is submitted, withdrawn or redefined later; `kpi.meeting.differences` says what has become of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.indicator import Indicator
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.errors import RequestError, StoreError
from kpi.meeting.frozen_rows import ROUNDING, FrozenRow, differing, leaves_of, offices_of, thaw
from kpi.meeting.frozen_rows import freeze as written
from kpi.period import Month, Span
from kpi.present import edition_words, formulas, numbers, row_words
from kpi.present.edition_words import Fate
from kpi.present.numbers import Rounding
from kpi.review.board import board
from kpi.review.known_nouns import known_office
from kpi.review.prospects import signalled
from kpi.store.clock import now
from kpi.store.edition import Edition, spelled
from kpi.value import State
from kpi.workbook.personal.masking import mask


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition and which one of its organisation, month and span it is: 第 2 版."""

    edition: Edition
    number: int
    whose: str  # the name that its organisation had, empty where there was but one
    before: Fate = Fate.WHOLE  # what freezing found of the edition before it
    again: tuple["Issue", ...] = ()  # those after it, the first one first, in which the same figures were frozen once more, under the same code
    untaken: str = ""  # the occasion that was named for figures that were frozen for another one, whose edition keeps its own

    @property
    def once_more(self) -> str:
        """That the same figures were frozen for other meetings too; empty where they were not."""
        return edition_words.once_more(self.number, [(other.number, other.edition.title) for other in self.again])


def freeze(bureau: LiveBureau, period: Month, by: str, title: str = "", span: Span = Span.YTD, org: str | None = None) -> Issue:
    """
    Freeze the board of a month as it stands now.

    Args:
        bureau: The bureau.
        period: The month.
        by: Who freezes it.
        title: The occasion.
        span: How many months the values cover.
        org: Whose board, the root's unless told.

    Returns:
        The edition; the one before it, as ``unchanged``, when that holds the same figures: the same figures are one edition
        with one occasion, the first.

    Raises:
        DeniedError: The caller may not freeze the board of the organisation.
        RequestError: Nobody is named, the month has no figures, or something came in meanwhile.
        StoreError: The store cannot take it.

    """
    node = org or bureau.catalog.root
    bureau.require(Right.MEET, node)
    by = bureau.caller.signature(by)
    if not by.strip():
        raise RequestError("会议版定稿要写明姓名，姓名会一直留在记录里。")
    known = bureau.store.version
    rows = standing(bureau, period, span, node)
    if all(row.row.figure.state is State.UNREPORTED for row in rows):
        name = _whose(bureau.catalog, node)
        raise RequestError(f"{name}{' ' if name else ''}{period.chinese}还没有数据，不能定稿；请先导入报表。")
    data = written(period, span, rows, reporters_of(bureau.catalog, node, period, span), offices_now(bureau.catalog))
    before = next((issue.edition for issue in editions(bureau, period, node) if issue.edition.span is span), None)
    fate = _fate(bureau, before) if before else Fate.WHOLE
    if before and fate is not Fate.LOST and not changed(shown(bureau, before), rows):
        data = bureau.store.frozen(before)  # an earlier version may have written the same figures with fewer words
    edition = Edition(period, span, mask(title.strip()), sha256(data).hexdigest(), known, bureau.catalog.digest, mask(by.strip()), now(), org=node)
    edition = replace(edition, name=_whose(bureau.catalog, node))
    taken = bureau.store.freeze(edition, data)
    bureau.note_done(Audited.MEETING, f"定稿 {taken.code} {bureau.catalog.called(None, node)} {period.chinese}")
    [issue] = [issue for issue in editions(bureau, period) if issue.edition.seq == taken.seq]
    untaken = edition.title if taken.unchanged and edition.title != taken.title else ""
    return replace(issue, edition=replace(issue.edition, unchanged=taken.unchanged), before=fate, untaken=untaken)


def standing(bureau: Bureau, period: Month, span: Span, org: str) -> list[FrozenRow]:
    """The board of an organisation as it would be frozen now."""
    return printed(bureau, signalled(bureau, board(bureau, period, span, org=org)))


def changed(was: Sequence[FrozenRow], now: Sequence[FrozenRow]) -> list[str]:
    """The indicators of which anything differs between two boards; where none does, both have one code."""
    before, after = ({row.row.indicator: row for row in rows} for rows in (was, now))
    return [code for code in {**before, **after} if code not in before or code not in after or differing(before[code], after[code])]


def mend(bureau: LiveBureau, edition: Edition) -> bool:
    """
    Write the lost or damaged file of an edition again from the log, if what the log gives is what its code stands for.

    Returns:
        Whether it did; not where the catalogue or the program has changed since.

    """
    if edition.org not in bureau.catalog.orgs:
        return False
    bureau.require(Right.MEET, edition.org)
    then = bureau.as_logged(edition.known)
    rows = standing(then, edition.period, edition.span, edition.org)
    below = reporters_of(bureau.catalog, edition.org, edition.period, edition.span)
    for offices in (offices_now(bureau.catalog), {}):  # which an earlier version did not write
        data = written(edition.period, edition.span, rows, below, offices)
        if sha256(data).hexdigest() == edition.figures:
            bureau.store.mend(edition, data)
            return True
    return False


def _fate(bureau: LiveBureau, edition: Edition) -> Fate:
    """What is found of the file of an edition, once it was mended where it can be."""
    if not lost(bureau, edition):
        return Fate.WHOLE
    return Fate.MENDED if mend(bureau, edition) else Fate.LOST


def lost(bureau: Bureau, edition: Edition) -> bool:
    """Whether the file of an edition is missing or damaged."""
    try:
        bureau.store.frozen(edition)
    except StoreError:
        return True
    return False


def editions(bureau: Bureau, period: Month | None = None, org: str | None = None) -> list[Issue]:
    """Every edition that the caller may read, or those of a month or of an organisation, the latest first; each with the organisation that is meant today."""
    counted: Counter[tuple[Month, Span, str]] = Counter()
    every: list[Issue] = []
    for edition in bureau.store.editions(period):
        node = bureau.catalog.meant(edition.org)
        counted[edition.period, edition.span, node] += 1
        every.append(Issue(replace(edition, org=node), counted[edition.period, edition.span, node], edition.name or _whose(bureau.catalog, node)))
    alike: dict[str, tuple[Issue, ...]] = {}  # by what was frozen, from the last one backwards
    for at, issue in reversed([*enumerate(every)]):
        every[at] = replace(issue, again=alike.get(issue.edition.figures, ()))
        alike[issue.edition.figures] = (issue, *every[at].again)
    return [issue for issue in every[::-1] if org in (None, issue.edition.org) and bureau.sees(issue.edition.org)]


def find(bureau: Bureau, code: str, org: str | None = None) -> Issue:
    """
    The edition with a code, as it was printed or read out; where the same figures were frozen more than once, the first, which names the others.

    Args:
        bureau: The bureau.
        code: The code, in any case and with any hyphens.
        org: Whose it has to be; anybody's unless told.

    Raises:
        RequestError: There is none, or it is of another organisation.

    """
    same_code = [issue for issue in editions(bureau) if spelled(issue.edition.code) == spelled(code)]
    if not same_code:
        raise RequestError(f"没有编号为「{code}」的会议版；请核对编号（里面没有数字 0、1 和字母 I、O），或列出全部会议版查找。")
    of = [issue for issue in same_code if org in (None, issue.edition.org)]
    if not of:
        asked = _whose(bureau.catalog, org or "")
        raise RequestError(f"会议版 {same_code[0].edition.code} 是{same_code[0].whose}的，不是{asked}的；编号已经说明是哪个单位，不必再写单位。")
    return of[-1]


def reporters(bureau: Bureau, edition: Edition) -> dict[str, str] | None:
    """
    The organisations that reported at or below that of an edition when it was frozen; None where an earlier version kept no list.

    Raises:
        StoreError: The file is missing or damaged.

    """
    return leaves_of(bureau.store.frozen(edition))


def offices_now(catalog: Catalog) -> dict[str, dict[str, str]]:
    """What the offices of a catalogue and their templates are called, by code."""
    return {code: {"name": office.name, "template": office.template} for code, office in catalog.offices.items()}


def known_office_of(bureau: Bureau, rows: Sequence[FrozenRow], office: str) -> str:
    """
    The code of an office that an edition has rows of, given by code or by the name it had; else as the catalogue knows it.

    Raises:
        RequestError: No such office.

    """
    return next((row.row.office for row in rows if office in (row.row.office, row.office_name)), None) or known_office(bureau.catalog, office)


def rounding_of(rows: Iterable[FrozenRow]) -> Rounding | None:
    """The rule by which the rows of an edition were printed; None where any would do, or an earlier version did not write it."""
    return next((how for row in rows for how in Rounding if row.facts.get(ROUNDING) == how.chinese), None)


def offices_then(bureau: Bureau, edition: Edition) -> dict[str, dict[str, str]]:
    """
    What the offices and their templates were called when an edition was frozen; none where an earlier version did not write it.

    Raises:
        StoreError: The file is missing or damaged.

    """
    return offices_of(bureau.store.frozen(edition))


def shown(bureau: Bureau, edition: Edition) -> list[FrozenRow]:
    """
    The rows of an edition, exactly as they were shown.

    Raises:
        StoreError: Their file is missing or damaged.

    """
    return thaw(bureau.store.frozen(edition))


def printed(bureau: Bureau, rows: Iterable[BoardRow]) -> list[FrozenRow]:
    """Rows of a board with what they are printed with."""
    return [_printed(catalog, row, catalog.indicators[row.indicator]) for row in rows for catalog in [bureau.catalog.at(row.period)]]


def reporters_of(catalog: Catalog, org: str, period: Month, span: Span) -> dict[str, str]:
    """The organisations that report at or below one in the months of a span, their names by code; none where there is but one."""
    return {leaf: catalog.orgs[leaf].name for leaf in catalog.leaves(org, catalog.year.start(span, period), period)} if catalog.branched else {}


def _printed(catalog: Catalog, row: BoardRow, entry: Indicator) -> FrozenRow:
    sentence, facts = row_words.row_sentence(row, entry.decimals), formulas.facts(entry, catalog.measures)
    if len({_print(row, entry.decimals, how) for how in Rounding}) > 1:
        facts[ROUNDING] = numbers.rule().chinese
    return FrozenRow(row, entry.decimals, formulas.indicator(entry, catalog.measures), sentence, facts)


def _print(row: BoardRow, decimals: int, how: Rounding) -> tuple[str, ...]:
    """What of a row a page prints by a rule of rounding."""
    with numbers.ruled(how):
        spoken = row_words.Spoken(row, decimals)
        beside = spoken.beside_change
        return (spoken.sentence, spoken.value, spoken.target, spoken.progress, spoken.gap, spoken.need, beside.value, beside.last_year, beside.yoy)


def _whose(catalog: Catalog, org: str) -> str:
    """The name of an organisation, the code of one that the tree has lost; nothing for the bureau that stands alone."""
    return catalog.called(None, org) or ("" if org == catalog.root else org)
