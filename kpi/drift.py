"""
What has become of a board as it stood once: which of its figures differ now, by how much, and why.

Of an edition these are the changes since the meeting (较会议版变动); `kpi.known` asks the same of any day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpi.board import board
from kpi.bureau import Bureau
from kpi.compute.frozen import Frozen
from kpi.compute.growth import difference_in
from kpi.compute.row import BoardRow
from kpi.edition import definition, shown
from kpi.errors import RequestError
from kpi.outlook import signalled
from kpi.present import growths, numbers
from kpi.present.notes import lacking
from kpi.present.words import Spoken
from kpi.reasons import Cause, Comparison, Reason, Then
from kpi.store.edition import Edition

_FIGURES = ("state", "value", "qualifier", "numerator", "denominator", "low", "high", "reported_value", "prior_value")
_HELD_TO = ("target", "target_upper", "target_kind")
_COMPARED = (*_FIGURES, *_HELD_TO, "status")


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

    @property
    def words(self) -> str:
        """The whole of it in one sentence."""
        return f"{self.name}：{'，'.join(self.differences)}；原因：{'；'.join(reason.words for reason in self.reasons)}。"

    @property
    def differences(self) -> tuple[str, ...]:
        """What differs, each in a few words: ``会上 97.8%``, ``现在 97.5%``, ``由滞后变为未达标``."""
        return tuple(_differences(self.was, self.now, self.then, f"（{self.difference_words}）" if self.difference else ""))

    @property
    def difference_words(self) -> str:
        """The difference with its sign and unit, never a bare zero; a dash where the values are alike or cannot be subtracted."""
        if not self.difference or self.was is None or self.now is None:
            return numbers.NOTHING
        how = growths.qualifier_of_change(self.now.row.qualifier, self.was.row.qualifier)
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
        raise RequestError(f"机构树里已经没有「{edition.org}」，会议版 {edition.code} 没有可以比较的看板；定稿的数仍可以查看。")
    then = Then(bureau.as_logged(edition.known), edition.catalog, edition.period, edition.span, edition.org, "会上", "会后")
    return compared(bureau, then, shown(bureau, edition))


def compared(bureau: Bureau, then: Then, rows: Iterable[Frozen]) -> list[Drift]:
    """What of the rows of a board as it stood once is something else now, in the order of the board."""
    was = {one.row.indicator: one for one in rows}
    now = {row.indicator: row for row in board(bureau, then.period, then.span, org=then.org)}
    differing = [code for code in dict.fromkeys([*was, *now]) if _fields(was.get(code), now.get(code))]
    if not differing:
        return []
    comparison = Comparison(bureau, then, differing)
    now |= {row.indicator: row for row in signalled(bureau, [now[code] for code in differing if code in now])}
    return [_drift(bureau, comparison, code, was.get(code), now.get(code)) for code in differing]


def _fields(was: Frozen | None, now: BoardRow | None) -> set[str]:
    """The names of what differs between a row then and now."""
    if was is None or now is None:
        return set(_COMPARED)
    others = {"lacking"} if _missing(was.row) != _missing(now) else set()
    return {name for name in _COMPARED if getattr(was.row, name) != getattr(now, name)} | others


def _missing(row: BoardRow) -> list[tuple[str, int]]:
    """Who of those below is missing from the value, and how many of each."""
    return [(one.org, one.lacking) for one in row.lacking]


def _drift(bureau: Bureau, comparison: Comparison, code: str, was: Frozen | None, now: BoardRow | None) -> Drift:
    entry = bureau.catalog.indicators.get(code)
    row = now or (was.row if was else None)
    assert row is not None  # noqa: S101 - the code is of one or the other
    same_unit = was is not None and now is not None and was.row.unit == now.unit
    difference = now.value - was.row.value if was and now and same_unit and now.value is not None and was.row.value is not None else None
    return Drift(
        indicator=code,
        name=row.name,
        office=row.office,
        unit=row.unit,
        was=Spoken(was.row, was.decimals) if was else None,
        now=Spoken(now, entry.decimals) if now and entry else None,
        difference=difference,
        difference_unit=difference_in(row.unit),
        reasons=tuple(_reasons(bureau, comparison, code, was, now)),
        then=comparison.then.word,
    )


def _reasons(bureau: Bureau, comparison: Comparison, code: str, was: Frozen | None, now: BoardRow | None) -> Iterator[Reason]:
    if code not in bureau.catalog.indicators:
        yield Reason(Cause.CATALOG, "指标目录里已经没有这一项")
        return
    differing = _fields(was, now)
    found = list(comparison.reasons(code, "prior_value" in differing))
    if was and now and differing.intersection(_HELD_TO):
        found.append(_target_moved(Spoken(was.row, was.decimals), Spoken(now, was.decimals)))
    if was and was.definition != definition(bureau, code):
        found.append(Reason(Cause.DEFINITION, f"口径由「{was.definition}」改为「{definition(bureau, code)}」"))
    if not found:
        changed = comparison.then.catalog != bureau.catalog.digest
        words = f"{comparison.then.since}改过指标目录" if changed else "计算程序已经更新"
        found.append(Reason(Cause.CATALOG if changed else Cause.PROGRAM, words))
    yield from found


def _target_moved(was: Spoken, now: Spoken) -> Reason:
    document = f"，依据「{now.row.target_document}」" if now.row.target is not None and now.row.target_document else ""
    return Reason(Cause.TARGET, f"目标由「{was.target}」改为「{now.target}」{document}")


def _differences(was: Spoken | None, now: Spoken | None, word: str, by: str) -> Iterator[str]:
    """What differs between a figure then and now, the figure itself first."""
    if was is None or now is None:
        yield f"{word}{numbers.spaced(was.printed) if was else '没有这一项'}"
        yield f"现在{numbers.spaced(now.printed) if now else '没有这一项'}"
        return
    then, here = was.row, now.row
    if was.printed != now.printed or then.value != here.value:
        digits = was.decimals if then.value is None or here.value is None else numbers.apart(then.value, here.value, was.decimals)
        yield f"{word}{numbers.spaced(_printed(was, digits))}"
        yield f"现在{numbers.spaced(_printed(now, digits))}{by}"
    elif None not in (then.denominator, here.denominator) and (then.numerator, then.denominator) != (here.numerator, here.denominator):
        yield f"分子分母由 {_parts(then)} 变为 {_parts(here)}"
    elif was.bounds != now.bounds:
        yield f"全部出结果后由{numbers.spaced(was.bounds or '没有区间')}变为{numbers.spaced(now.bounds or '没有区间')}"
    if (then.counted, then.leaves) != (here.counted, here.leaves) and (then.lacking or here.lacking):
        yield f"已报由 {then.counted}/{then.leaves} 家变为 {here.counted}/{here.leaves} 家"
    elif _missing(then) != _missing(here):
        yield f"由{lacking(then.lacking)}变为{lacking(here.lacking)}"
    if then.reported_value != here.reported_value and then.value is not None and here.value is not None:
        yield f"填报值由{_typed(then)}变为{_typed(here)}"
    if then.prior_value != here.prior_value:
        yield f"上年同期由{_last_year(was)}变为{_last_year(now)}"
    if any(getattr(then, name) != getattr(here, name) for name in _HELD_TO):
        yield f"目标由{numbers.spaced(was.target)}变为{numbers.spaced(now.target)}"
    if then.status is not here.status:
        yield f"由{then.status}变为{here.status}"


def _printed(spoken: Spoken, digits: int) -> str:
    row = spoken.row
    return spoken.printed if row.value is None else numbers.qualified(numbers.amount(row.value, row.unit, digits), row.qualifier)


def _parts(row: BoardRow) -> str:
    return " ÷ ".join("未报" if part is None else numbers.figure(part, numbers.precision(part)) for part in (row.numerator, row.denominator))


def _typed(row: BoardRow) -> str:
    return "未报" if row.reported_value is None else f" {numbers.typed_amount(row.reported_value, row.unit, row.reported_decimals)}"


def _last_year(spoken: Spoken) -> str:
    return "未报" if spoken.row.prior_value is None else f" {spoken.last_year}"
