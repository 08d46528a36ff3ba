"""An edition (会议版) in sentences: what it is called, what became of the wish to freeze it, what has changed since."""

from collections.abc import Sequence
from enum import StrEnum

from kpi.period import Span
from kpi.present import numbers
from kpi.store.edition import Edition
from kpi.store.signature import signature


class Fate(StrEnum):
    """What was found of the file of an edition when the next one was frozen."""

    WHOLE = "whole"
    MENDED = "mended"  # lost or damaged, and written again from the log
    LOST = "lost"  # lost or damaged, and what the log gives now is something else


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


def frozen(edition: Edition, number: int, whose: str = "", before: Fate = Fate.WHOLE, untaken: str = "") -> str:
    """
    What became of a wish to freeze.

    Args:
        edition: The edition that came of it, or the one before it where that holds the same figures.
        number: Which one it is of its organisation, month and span.
        whose: The name of its organisation, where there are several.
        before: What was found of the edition before it.
        untaken: The occasion that was named this time, where the edition keeps another one.

    """
    name, same = named(edition, number, whose), edition.unchanged
    earlier = "它" if same else "上一版"
    recovery = {
        Fate.WHOLE: "",
        Fate.MENDED: f"{earlier}的定稿文件丢失或损坏了，已按日志重算，与编号相符，文件已写回。",
        Fate.LOST: "上一版的定稿文件丢失或损坏，按现在的数算不出原样，没有可比的；请从备份恢复 editions 文件夹。",
    }[before]
    if same:
        kept = f"会议仍是「{edition.title}」" if edition.title else "仍不写会议"
        occasion = f"，{kept}，这次写的「{untaken}」没有记下" if untaken else ""
        return f"与{numbers.spaced(name)}完全相同，没有另存；编号仍是 {edition.code}{occasion}。{recovery}"
    return f"{name}已定稿，编号 {edition.code}，记为日志第 {edition.seq} 号。{recovery}"


def recorded(edition: Edition, number: int, whose: str = "") -> str:
    """An edition on record: its code, of what, for what occasion, by whom and when."""
    occasion = f"，{edition.title}" if edition.title else ""
    return f"{edition.code}：{named(edition, number, whose)}{occasion}，{signature(edition.by, edition.at)} 定稿"


def once_more(number: int, titles: Sequence[tuple[int, str]]) -> str:
    """
    That the same figures were frozen for other meetings too; empty where they were not.

    Args:
        number: Which edition is shown.
        titles: The number and the occasion of each of the others.

    """
    others = "、".join(f"第 {other} 版{f'（{title}）' if title else ''}" for other, title in titles)
    return f"这里是第 {number} 版；{others}定稿的是同样的数，编号相同。" if others else ""


def drifted(edition: Edition, number: int, count: int, whose: str = "") -> str:
    """How much of an edition has changed."""
    return f"{named(edition, number, whose)}（{edition.code}）定稿以来{f'有 {count} 项变动。' if count else '没有变动，现在的数与会上看到的相同。'}"
