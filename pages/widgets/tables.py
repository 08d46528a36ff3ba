"""Tables that several pages draw, and the coloured count of a status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from kpi.compute.row import BoardRow, Status
from kpi.present import numbers, statuses, verdicts
from kpi.provenance import Source
from kpi.value import State
from kpi.workbook.report import Column
from pages.widgets import session

_COLOURS = {
    Status.MISSED: "red",
    Status.BEHIND: "orange",
    Status.UNDECIDED: "violet",
    Status.UNREPORTED: "gray",
    Status.NO_TARGET: "gray",
    Status.MET: "green",
}
_BADGES = {
    header: st.column_config.MultiselectColumn(header, options=[statuses.badge(s) for s in Status], color=[_COLOURS[s] for s in Status], width=90)
    for header in ("状态", "当时状态", "现在状态")
}
_WIDTHS = {
    "指标": 200,
    "数据项": 210,
    "名称": 300,
    "科室": 125,
    "差距": 175,
    "原因": 620,
    "会议": 220,
    "编号": 150,
    "单位": 190,
    "缺谁": 540,
    "没有名次的原因": 420,
    "怎样补上": 330,
    "注意": 330,
    "公式": 420,
    "供出的数": 700,
}
_COLUMNS = _BADGES | {header: st.column_config.TextColumn(header, width=width) for header, width in _WIDTHS.items()}
_NO_WIDTHS: Mapping[str, int] = MappingProxyType({})


def counts(tally: Mapping[Status, int]) -> None:
    """How many stand where: shape, word and number, in the colour of the status."""
    with st.container(horizontal=True, gap="small"):
        for status, count in tally.items():
            if count:
                st.badge(f"{statuses.badge(status)} {count} 项", color=_COLOURS[status])  # type: ignore[arg-type]  # a literal of the library


def wrapped(lines: Sequence[Mapping[str, object]], name: str) -> None:
    """A short table to be read in full and from afar; cells wrap and may hold Markdown."""
    st.table({header: [str(line[header]) for line in lines] for header in lines[0]}, hide_index=True, border="horizontal", alt=name)


def coloured(status: Status) -> str:
    """Shape, word and colour, for a cell of `wrapped`."""
    return f":{_COLOURS[status]}[**{statuses.badge(status)}**]"


def records(lines: Sequence[Mapping[str, object]], name: str, widths: Mapping[str, int] = _NO_WIDTHS) -> None:
    """
    A table of printed figures, as high as its rows; a column of a status shows shape, word and colour.

    Args:
        lines: One mapping per row, all with the same headers.
        name: What the table is, for those who have it read aloud.
        widths: What its columns need, by header, where that is not what they need everywhere.

    """
    columns = _COLUMNS | {header: st.column_config.TextColumn(header, width=width) for header, width in widths.items()}
    st.dataframe(list(lines), hide_index=True, alt=name, column_config=columns, height="content")


def chosen(lines: Sequence[Mapping[str, object]], name: str, key: str) -> int | None:
    """The same, of which one row can be chosen; its place, or None."""
    state = st.dataframe(
        list(lines), hide_index=True, alt=name, column_config=_COLUMNS, height="content", key=key, on_select="rerun", selection_mode="single-row"
    )
    rows = state["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(lines) else None


def without_empty(lines: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The lines without the columns that no line fills; what else is empty reads as a dash."""
    filled = [header for header in lines[0] if any(line[header] for line in lines)] if lines else []
    return [{header: line[header] or numbers.NOTHING for header in filled} for line in lines]


def outlook(row: BoardRow) -> None:
    """What is said beyond the status: what is needed, where the year will end, signal or noise, and by which target."""
    for line in verdicts.lines(session.spoken(row), session.outlook_of(row)):
        st.markdown(f"- {line}")


def sources(found: Iterable[Source]) -> None:
    """Where figures were read: file, sheet and cell, who sent it and when."""
    lines = [
        {
            "数据项": source.name,
            "作用": source.part,
            "月份": str(source.period),
            "列": source.column.chinese,
            "数值": numbers.stated(source.value, source.unit),
            "原文": source.raw,
            "文件": source.file,
            "工作表": source.sheet,
            "单元格": source.cell,
            "科室": session.called(source.office, source.org),
            "报送人": source.by,
            "报送时间": source.at.strftime("%Y-%m-%d %H:%M"),
            "数据截止日": source.as_of.isoformat(),
            "说明": "；".join(text for text in (*_booked(source), source.note, source.remark) if text),
        }
        for source in found
        if source.column is not Column.PRIOR or source.value.state is not State.UNREPORTED  # most forms leave 上年同期 empty
    ]
    if lines:
        records(lines, "数据来源")
    else:
        st.caption("这个月没有入库的单元格：科室还没有报送。")


def _booked(source: Source) -> Iterator[str]:
    """What the cell holds beyond the months, and what it restates."""
    if source.adjustment is not None:
        yield f"含调整数 {numbers.change(source.adjustment, source.unit, numbers.precision(source.adjustment))}"
    if source.recorded is not None:
        yield f"上年报送为 {numbers.stated_amount(source.recorded, source.unit)}"


def data_date(rows: Iterable[BoardRow]) -> str:
    """One line on how far the figures run; different dates are named, since sums over them would mislead."""
    days = sorted({day for row in rows for day in (row.as_of, row.as_of_latest) if day})
    if not days:
        return "没有可用的数据截止日。"
    if len(days) == 1:
        return f"数据截止日 {days[0].isoformat()}。"
    return f"数据截止日不一致，从 {days[0].isoformat()} 到 {days[-1].isoformat()}；每行以自己的截止日为准。"
