"""
What has become of a board as it stood once: which of its figures differ now, by how much, and why.

Of an edition these are the changes since the meeting (较会议版变动); `kpi.meeting.as_known` asks the same of any day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.bureau import Bureau
from kpi.compute.flat_row import field_of
from kpi.compute.growth import difference_in
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.meeting.definition_changes import redefined
from kpi.meeting.editions import changed, offices_then, printed, reporters, rounding_of, shown
from kpi.meeting.frozen_rows import FrozenRow, differing
from kpi.meeting.reasons import Cause, Comparison, Reason, Then
from kpi.present import growths, numbers
from kpi.present.figure_notes import lacking
from kpi.present.row_fields import DERIVED, IDENTITY
from kpi.present.row_fields import changed as changed_field
from kpi.present.row_words import Spoken
from kpi.present.statuses import assessed
from kpi.review.board import board
from kpi.review.prospects import signalled
from kpi.store.edition import Edition

_FIGURES = {"state", "value", "qualifier", "numerator", "denominator", "low", "high", "reported_value", "prior_value"}
_HELD_TO = {"target", "target_upper", "target_kind"}
_TASK = {"tolerance", "target_document", "target_since", "pace_basis"}
_BELOW = {"leaves", "counted", "compared", "lacking", "gapped", "prior_gapped", "marks_below", "moves"}  # they speak of those that report below
_EVERYTHING = {*_FIGURES, *_HELD_TO, "status"}
_NOT_TOLD = "数没有变，旁边的说明变了"  # what another version of the program wrote beside it, say
_MOST_TOLD = 4  # of what only follows from a figure


@dataclass(frozen=True, slots=True)
class Drift:
    """A figure that differs now from what it was then; None for a row that was, or is, not there."""

    indicator: str
    name: str
    office: str
    unit: str
    was: Spoken | None
    now: Spoken | None
    difference: Decimal | None  # of the values, in ``difference_unit``
    difference_unit: str
    reasons: tuple[Reason, ...]
    then: str  # the word for the moment of ``was``: 会上
    others: tuple[str, ...] = ()  # what differs beside the figure
    later: str = "现在"  # the word for the moment of ``now``

    @property
    def words(self) -> str:
        """The whole of it in one sentence."""
        return f"{self.name}：{'，'.join(self.differences)}；原因：{'；'.join(reason.words for reason in self.reasons)}。"

    @property
    def differences(self) -> tuple[str, ...]:
        """What differs, each in a few words: ``会上 97.8%``, ``现在 97.5%``, ``由滞后变为未达标``."""
        differences = tuple(_differences(self.was, self.now, (self.then, self.later), f"（{self.difference_words}）" if self.difference else "")) + self.others
        return differences or (_NOT_TOLD,)

    @property
    def difference_words(self) -> str:
        """The difference with its sign and unit, never a bare zero; a dash where the values are alike or cannot be subtracted."""
        if not self.difference or self.was is None or self.now is None:
            return numbers.NOTHING
        how = growths.qualifier_of_change(self.now.row.figure.qualifier, self.was.row.figure.qualifier)
        digits = numbers.apart(self.difference, Decimal(0), max(self.was.decimals, self.now.decimals))
        return growths.printed(self.difference, self.difference_unit, "", how, digits)


def drift(bureau: Bureau, edition: Edition) -> list[Drift]:
    """
    The figures of an edition that are no longer what was shown, in the order of the board.

    Raises:
        RequestError: The tree has lost the organisation it is of.
        StoreError: The frozen rows are missing or damaged.

    """
    if edition.org not in bureau.catalog.orgs:
        raise RequestError(f"机构树里已经没有「{edition.name or edition.org}」，会议版 {edition.code} 没有可以比较的看板；定稿的数仍可以查看。")
    known, below, offices = bureau.as_logged(edition.known), reporters(bureau, edition), offices_then(bureau, edition)
    then = Then(known, edition.catalog, edition.period, edition.span, edition.org, "会上", "会后", True, below, offices)
    return compared(bureau, then, shown(bureau, edition))


def compared(bureau: Bureau, then: Then, rows: Iterable[FrozenRow]) -> list[Drift]:
    """What of the rows of a board as it stood once is something else now, in the order of the board."""
    was = {row.row.indicator: row for row in rows}
    rows_now = board(bureau, then.period, then.span, org=then.org)
    now = {row.row.indicator: row for row in printed(bureau, signalled(bureau, rows_now) if then.signalled else rows_now)}
    codes = changed(list(was.values()), list(now.values()))
    if not codes:
        return []
    comparison = Comparison(bureau, then, codes)
    if not then.signalled:
        shown_now = signalled(bureau, [now[code].row for code in codes if code in now])
        now |= {row.indicator: replace(now[row.indicator], row=row) for row in shown_now}
    pairs = [(code, was.get(code), now.get(code)) for code in codes]
    return [_drift(bureau, code, old, new, _reasons(bureau, comparison, code, old, new), then.word, signalled=then.signalled) for code, old, new in pairs]


def differing_boards(bureau: Bureau, was: Iterable[FrozenRow], now: Iterable[FrozenRow], words: tuple[str, str]) -> list[Drift]:
    """
    What differs between two boards of one month, in their order; the reasons are what the catalogue says otherwise.

    Args:
        bureau: The bureau with the catalogue of the second board.
        was: The rows of the first one.
        now: The rows of the second one.
        words: How one speaks of the first and of the second: 现行, 改后.

    """
    before, after = ({row.row.indicator: row for row in rows} for rows in (was, now))
    pairs = [(code, before.get(code), after.get(code)) for code in changed([*before.values()], [*after.values()])]
    drifts = [_drift(bureau, code, then, here, _of_catalogues(bureau, code, then, here), words[0], signalled=False) for code, then, here in pairs]
    return [replace(drift, later=words[1]) for drift in drifts]


def _of_catalogues(bureau: Bureau, code: str, was: FrozenRow | None, now: FrozenRow | None) -> list[Reason]:
    """What the catalogue of a second board says otherwise of an indicator."""
    if was is None or now is None:
        return [Reason(Cause.CATALOG, "现行目录里没有这一项" if was is None else "改后的目录里没有这一项")]
    reasons = list(_of_the_catalogue(was, now, _fields(was, now, signalled=False), _offices(bureau, was)))
    return reasons or [Reason(Cause.CATALOG, "口径没有变，是它所依据的数读出来不同，或者上年的数不同")]


def _fields(was: FrozenRow | None, now: FrozenRow | None, *, signalled: bool) -> set[str]:
    """The names of what differs between a row then and now."""
    if was is None or now is None:
        return set(_EVERYTHING)
    return differing(was, now) - (set() if signalled else {"signal"})


def _drift(bureau: Bureau, code: str, was: FrozenRow | None, now: FrozenRow | None, reasons: Iterable[Reason], word: str, *, signalled: bool) -> Drift:
    row = now.row if now else was.row if was else None
    assert row is not None  # noqa: S101 - the code is of one or the other
    same_unit = was is not None and now is not None and was.row.unit == now.row.unit
    difference = (
        now.row.figure.value - was.row.figure.value
        if was and now and same_unit and now.row.figure.value is not None and was.row.figure.value is not None
        else None
    )
    return Drift(
        indicator=code,
        name=row.name,
        office=row.office,
        unit=row.unit,
        was=_spoken(was) if was else None,
        now=_spoken(now) if now else None,
        difference=difference,
        difference_unit=difference_in(row.unit),
        reasons=tuple(reasons),
        then=word,
        others=tuple(_others(was, now, _fields(was, now, signalled=signalled), _offices(bureau, was))) if was and now else (),
    )


def _others(was: FrozenRow, now: FrozenRow, names: set[str], offices: Mapping[str, str]) -> Iterator[str]:
    """What differs beside the figure: what it is called and held to, and where the figure is what it was, what follows from it."""
    yield from (changed_field(name, _spoken(was), _spoken(now), offices) for name in IDENTITY if name in names)
    if "decimals" in names:
        yield f"小数由 {was.decimals} 位改为 {now.decimals} 位"
    if names.isdisjoint(_FIGURES | _HELD_TO | {"status", "lacking", "counted"}):
        changes = list(dict.fromkeys(changed_field(name, _spoken(was), _spoken(now), offices) for name in DERIVED if name in names))
        yield from changes[:_MOST_TOLD]
        if changes[_MOST_TOLD:]:
            yield f"等 {len(changes)} 处"
        if not changes and names <= {"definition", "facts"} and _spoken(was).printed == _spoken(now).printed:
            yield "数没有变，口径变了"


def _reasons(bureau: Bureau, comparison: Comparison, code: str, was: FrozenRow | None, now: FrozenRow | None) -> Iterator[Reason]:
    names = _fields(was, now, signalled=comparison.then.signalled)
    if now is None and code not in bureau.catalog.indicators:
        yield Reason(Cause.CATALOG, "指标目录里已经没有这一项")
        return
    reasons = list(comparison.reasons(code, "prior_value" in names))
    if was and now:
        reasons += _of_the_catalogue(was, now, names, _offices(bureau, was))
    both = (was.row.caveats.moves, now.row.caveats.moves) if was and now and "moves" in names else ()
    if (was is None or now is None or names & (_FIGURES | _BELOW)) and (moved := comparison.moved_below(*both)):
        reasons.append(Reason(Cause.TREE, moved))
    yield from reasons or comparison.reasons_of_a_neighbour(code)


def _of_the_catalogue(was: FrozenRow, now: FrozenRow, names: set[str], offices: Mapping[str, str]) -> Iterator[Reason]:
    """What the catalogue says otherwise of a figure, word for word."""
    if names & _HELD_TO:
        yield _target_moved(Spoken(was.row, was.decimals), Spoken(now.row, was.decimals))
    fields = _TASK - ({"target_document"} if names & _HELD_TO else set())
    yield from (Reason(Cause.TARGET, changed_field(name, _spoken(was), _spoken(now), offices)) for name in IDENTITY if name in names & fields)
    yield from (Reason(Cause.DEFINITION, words) for words in redefined(was, now.definition, now.facts))
    yield from (Reason(Cause.CATALOG, changed_field(name, _spoken(was), _spoken(now), offices)) for name in IDENTITY if name in names - _TASK)
    if "decimals" in names:
        yield Reason(Cause.CATALOG, f"小数由 {was.decimals} 位改为 {now.decimals} 位")


def _offices(bureau: Bureau, was: FrozenRow) -> dict[str, str]:
    """What the offices are called, by code; that of a row as it was then."""
    return {code: office.name for code, office in bureau.catalog.offices.items()} | ({was.row.office: was.office_name} if was.office_name else {})


def _spoken(frozen: FrozenRow) -> Spoken:
    return Spoken(frozen.row, frozen.decimals, rounding=rounding_of([frozen]))


def _target_moved(was: Spoken, now: Spoken) -> Reason:
    document = f"，依据「{now.row.target.document}」" if now.row.target.value is not None and now.row.target.document else ""
    return Reason(Cause.TARGET, f"目标由「{was.target}」改为「{now.target}」{document}")


def _differences(was: Spoken | None, now: Spoken | None, words: tuple[str, str], by: str) -> Iterator[str]:
    """What differs between a figure then and now, the figure itself first; ``words`` name the two moments."""
    word, later = words
    if was is None or now is None:
        yield f"{word}{numbers.spaced(was.printed) if was else '没有这一项'}"
        yield f"{later}{numbers.spaced(now.printed) if now else '没有这一项'}"
        return
    then, here = was.row, now.row
    same = (then.figure.value, then.figure.qualifier, then.unit, then.figure.reported_value, then.figure.state) == (
        here.figure.value,
        here.figure.qualifier,
        here.unit,
        here.figure.reported_value,
        here.figure.state,
    )
    if then.figure.value != here.figure.value or (was.printed != now.printed and not (same and was.decimals != now.decimals)):
        digits = was.decimals if then.figure.value is None or here.figure.value is None else numbers.apart(then.figure.value, here.figure.value, was.decimals)
        yield f"{word}{numbers.spaced(_printed(was, digits))}"
        yield f"{later}{numbers.spaced(_printed(now, digits))}{by}"
    elif None not in (then.figure.denominator, here.figure.denominator) and (then.figure.numerator, then.figure.denominator) != (
        here.figure.numerator,
        here.figure.denominator,
    ):
        yield f"分子分母由 {_parts(then)} 变为 {_parts(here)}"
    elif was.bounds != now.bounds:
        yield f"全部出结果后由{numbers.spaced(was.bounds or '没有区间')}变为{numbers.spaced(now.bounds or '没有区间')}"
    if (then.below.counted, then.below.leaves) != (here.below.counted, here.below.leaves) and (then.below.lacking or here.below.lacking):
        yield f"已报由 {then.below.counted}/{then.below.leaves} 家变为 {here.below.counted}/{here.below.leaves} 家"
    elif then.below.lacking != here.below.lacking:
        yield f"由{lacking(then.below.lacking)}变为{lacking(here.below.lacking)}"
    if then.figure.reported_value != here.figure.reported_value and then.figure.value is not None and here.figure.value is not None:
        yield f"填报值由{_typed(then)}变为{_typed(here)}"
    if then.last_year.value != here.last_year.value:
        yield f"上年同期由{_last_year(was)}变为{_last_year(now)}"
    if any(field_of(then, name) != field_of(here, name) for name in _HELD_TO):
        yield f"目标由{numbers.spaced(was.target)}变为{numbers.spaced(now.target)}"
    if assessed(then) is not assessed(here):
        yield f"由{assessed(then)}变为{assessed(here)}"


def _printed(spoken: Spoken, digits: int) -> str:
    row = spoken.row
    with numbers.ruled(spoken.rounding):
        return spoken.printed if row.figure.value is None else numbers.qualified(numbers.amount(row.figure.value, row.unit, digits), row.figure.qualifier)


def _parts(row: BoardRow) -> str:
    return " ÷ ".join("未报" if part is None else numbers.figure(part, numbers.precision(part)) for part in (row.figure.numerator, row.figure.denominator))


def _typed(row: BoardRow) -> str:
    return "未报" if row.figure.reported_value is None else f" {numbers.typed_amount(row.figure.reported_value, row.unit, row.figure.reported_decimals)}"


def _last_year(spoken: Spoken) -> str:
    return "未报" if spoken.row.last_year.value is None else f" {spoken.last_year}"
