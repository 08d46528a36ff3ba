"""
Tables for a phone and for paper: each row an entry of a list, its status and name first, all else in words below.

A table of a large screen shows two columns on a phone, and paper cuts it off.  Both are drawn; the width of the screen decides
which is seen, for the server does not know it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from kpi.present import numbers
from pages.widgets.plain import BELOW, Markdown, bold, bullets, coloured, joined, plain

_WIDE, _NARROW, _DRAWN = "wide", "narrow", "tables drawn"
_TITLES = ("指标", "勾稽关系", "数据项", "名称", "科室", "单位", "期间", "编号")
_BETWEEN = "\N{NO-BREAK SPACE}· "  # so that no line begins with the dot
_HIDDEN = 'div:has(> [class*="st-key-{key}-"]), [class*="st-key-{key}-"] {{ display: none }}'
_STYLE = f"""<style>
@media screen and (max-width: 640px) {{ {_HIDDEN.format(key=_WIDE)} }}
@media screen and (min-width: 641px) {{ {_HIDDEN.format(key=_NARROW)} }}
@media print {{ {_HIDDEN.format(key=_WIDE)} }}
</style>"""


def style() -> None:
    """What lets the width of the screen decide; once for a page."""
    st.html(_STYLE)
    st.session_state[_DRAWN] = Counter()


def places(name: str) -> tuple[AbstractContextManager[object], AbstractContextManager[object]]:
    """Two places for a table of this name: one that is seen on a large screen alone, one that is seen on a phone and on paper."""
    drawn: Counter[str] = st.session_state.setdefault(_DRAWN, Counter())
    drawn[name] += 1  # several files each have their 变动
    wide, narrow = (st.container(key=f"{width}-{name}-{drawn[name]}") for width in (_WIDE, _NARROW))
    return wide, narrow


def listed(lines: Sequence[Mapping[str, object]], colours: Mapping[str, str]) -> None:
    """
    The rows as a list.

    Args:
        lines: One mapping per row, all with the same headers; badges are lists.
        colours: Of the badges, by their words.

    """
    st.markdown(bullets(_entry(line, colours) for line in lines))


def title(line: Mapping[str, object]) -> str:
    """The name of a row."""
    return str(line[_title(line)])


def _title(line: Mapping[str, object]) -> str:
    texts = [header for header, cell in line.items() if not isinstance(cell, list)]
    return next((header for header in _TITLES if header in texts), texts[0])


def _entry(line: Mapping[str, object], colours: Mapping[str, str]) -> Markdown:
    head = _title(line)
    several = sum(isinstance(cell, list) for cell in line.values()) > 1
    badges: list[Markdown] = []
    rest: list[Markdown] = []
    for header, cell in line.items():
        if isinstance(cell, list):
            shown = joined((coloured(bold(badge), colours.get(str(badge), "gray")) for badge in cell), " ")
            (rest if several else badges).append(joined([header, "：", shown]) if several else shown)
        elif header != head and str(cell) not in ("", numbers.NOTHING):
            rest.append(plain(f"{header}：{cell}"))
    return joined([joined([*badges, bold(line[head])], " "), *([joined(rest, _BETWEEN)] if rest else [])], BELOW)
