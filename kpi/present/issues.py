"""An edition (会议版) in sentences: what it is called, what became of the wish to freeze it, what has changed since."""

from kpi.period import Span
from kpi.present import numbers
from kpi.store.edition import Edition
from kpi.store.signature import signature


def named(edition: Edition, number: int, whose: str = "") -> str:
    """
    An edition in a sentence: ``2023 年 11 月会议版第 1 版``, the span named where it is not the cumulative one.

    Args:
        edition: The edition.
        number: Which one it is of its organisation, month and span.
        whose: The name of its organisation, where there are several.

    """
    span = "" if edition.span is Span.YTD else f"（{edition.span.chinese}）"
    return f"{whose}{' ' if whose else ''}{edition.period.chinese}会议版{span}第 {number} 版"


def frozen(edition: Edition, number: int, whose: str = "") -> str:
    """What became of a wish to freeze."""
    name = named(edition, number, whose)
    if edition.unchanged:
        return f"与{numbers.spaced(name)}完全相同，没有另存；编号仍是 {edition.code}。"
    return f"{name}已定稿，编号 {edition.code}，记为日志第 {edition.seq} 号。"


def recorded(edition: Edition, number: int, whose: str = "") -> str:
    """An edition on record: its code, of what, for what occasion, by whom and when."""
    occasion = f"，{edition.title}" if edition.title else ""
    return f"{edition.code}：{named(edition, number, whose)}{occasion}，{signature(edition.by, edition.at)} 定稿"


def drifted(edition: Edition, number: int, count: int, whose: str = "") -> str:
    """How much of an edition has changed."""
    return f"{named(edition, number, whose)}（{edition.code}）定稿以来{f'有 {count} 项变动。' if count else '没有变动，现在的数与会上看到的相同。'}"
