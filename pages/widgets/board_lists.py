"""Tables that several pages draw, and the coloured count of a status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from kpi.compute.row import BoardRow, Status
from kpi.present import day_words, numbers, statuses, undecided, verdicts
from kpi.review.source import Source
from kpi.value import State
from kpi.workbook.report import Column
from pages.widgets import cards, filings, session, widths
from pages.widgets.plain import Markdown, bold, bullets, coloured, joined, plain

_COLOURS = {
    Status.MISSED: "red",
    Status.BEHIND: "orange",
    Status.UNDECIDED: "violet",
    Status.UNREPORTED: "gray",
    Status.NO_TARGET: "gray",
    Status.MET: "green",
}
_STATUSES = {statuses.badge(status): colour for status, colour in _COLOURS.items()}
_MOST_PLACES = 6  # cells that a remark names
_CHECKBOX = 34  # pixels before a row that can be chosen


def counts(tally: Mapping[Status, int]) -> None:
    """How many stand where: shape, word and number, in the colour of the status."""
    with st.container(horizontal=True, gap="small"):
        for status, count in tally.items():
            if count:
                st.badge(plain(f"{statuses.badge(status)} {count} 项"), color=_COLOURS[status])  # type: ignore[arg-type]  # a literal of the library


def wrapped(lines: Sequence[Mapping[str, object]], name: str) -> None:
    """A short table to be read in full and from afar; cells wrap, and those that are lists hold badges."""
    wide, narrow = cards.places(name)
    with wide:
        st.table({plain(header): [_marked(line[header]) for line in lines] for header in lines[0]}, hide_index=True, border="horizontal", alt=name)
    with narrow:
        cards.listed(lines, _STATUSES)


def _marked(cell: object) -> Markdown:
    return joined((coloured(bold(badge), _STATUSES[badge]) for badge in cell), " ") if isinstance(cell, list) else plain(cell)


def in_colour(status: Status) -> Markdown:
    """Shape, word and colour, within a text."""
    return coloured(bold(statuses.badge(status)), _COLOURS[status])


def records(lines: Sequence[Mapping[str, object]], name: str, colours: Mapping[str, str] = _STATUSES) -> None:
    """
    A table of printed figures, as high as its rows; a column of badges shows shape, word and colour.

    Args:
        lines: One mapping per row, all with the same headers; a cell that is a list holds badges.
        name: What the table is, for those who have it read aloud.
        colours: Of the badges, by their words.

    """
    wide, narrow = cards.places(name)
    with wide:
        _drawn(lines, name, colours)
    with narrow:
        cards.listed(lines, colours)


def chosen(lines: Sequence[Mapping[str, object]], name: str, key: str, colours: Mapping[str, str] = _STATUSES) -> int | None:
    """The same, of which one row can be chosen; its place, or None."""
    wide, narrow = cards.places(name)
    with wide:
        rows = _drawn(lines, name, colours, key)
    with narrow:
        cards.listed(lines, colours)
        choice = st.selectbox(
            "看哪一行的详情", range(len(lines)), index=None, format_func=lambda place: cards.title(lines[place]), placeholder="请选择", key=f"phone-{key}"
        )
    place = rows[0] if rows else choice
    return place if place is not None and place < len(lines) else None


def _drawn(lines: Sequence[Mapping[str, object]], name: str, colours: Mapping[str, str], key: str | None = None) -> list[int]:
    """The table itself, its columns as wide as they need; the rows that are chosen where some can be."""
    columns = {header: [line[header] for line in lines] for header in (lines[0] if lines else ())}
    needs = {header: widths.needed(header, cells) for header, cells in columns.items()}
    wide = widths.fitted(needs, widths.SCREEN - (_CHECKBOX if key else 0))
    config = {header: _column(header, wide[header], cells, colours) for header, cells in columns.items()}
    high, rows = widths.row_height(needs, wide), list(lines)
    if key is None:
        st.dataframe(rows, hide_index=True, alt=name, column_config=config, height="content", row_height=high)
        return []
    state = st.dataframe(
        rows,
        hide_index=True,
        alt=name,
        column_config=config,
        height="content",
        row_height=high,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    return list(state["selection"]["rows"])


def _column(header: str, width: int, cells: Sequence[object], colours: Mapping[str, str]) -> ColumnConfig:
    if any(isinstance(cell, list) for cell in cells):
        return st.column_config.MultiselectColumn(header, options=list(colours), color=list(colours.values()), width=width)
    return st.column_config.TextColumn(header, width=width)


def without_empty(lines: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The lines without the columns that no line fills; what else is empty reads as a dash."""
    filled = [header for header in lines[0] if any(line[header] for line in lines)] if lines else []
    return [{header: line[header] or numbers.NOTHING for header in filled} for line in lines]


def undecided_line(row: BoardRow) -> dict[str, object]:
    """A row that is 未定: what there is, why that decides nothing, and what it waits for."""
    spoken, catalog = session.spoken(row), session.bureau().catalog
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "科室": session.office_name(row.office),
        "现在": spoken.value,
        "目标": spoken.target,
        "为什么未定": undecided.why(row, spoken.decimals, catalog),
        "要等什么": undecided.until(row, spoken.decimals, catalog),
        "截至": day_words.as_of(row),
    }


def standing(row: BoardRow) -> None:
    """The status in its colour, with why a verdict is open; nothing of what has no target."""
    status = statuses.assessed(row)
    if status is Status.NO_TARGET:
        return
    spoken, catalog = session.spoken(row), session.bureau().catalog
    sentences = [spoken.gap] if status.late else []
    if status is Status.UNDECIDED:
        sentences = [undecided.why(row, spoken.decimals, catalog), undecided.until(row, spoken.decimals, catalog)]
    words = "；".join(text for text in sentences if text and text != numbers.NOTHING)
    st.markdown(joined([in_colour(status), "：" if words else "", words]))


def outlook(row: BoardRow) -> None:
    """What is said beyond the status: what is needed, where the year will end, signal or noise, and by which target."""
    for name, text in verdicts.lines(session.spoken(row), session.outlook_of(row)).items():
        st.markdown(bullets([joined([bold(name), f"：{text}"])]))


def sources(cells: Iterable[Source]) -> None:
    """Where figures were read: file, sheet and cell, who sent it and when; below the table what was said of the cells."""
    shown = [source for source in cells if source.column is not Column.PRIOR or source.value.state is not State.UNREPORTED]  # most leave 上年同期 empty
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
        }
        for source in shown
    ]
    if lines:
        records(lines, "数据来源")
        _remarks(shown)
        _put_together(shown)
    else:
        st.caption("这个月没有入库的单元格：科室还没有报送。")


def _remarks(shown: Sequence[Source]) -> None:
    """What was said of the cells, each sentence once with the cells it is about; a column of it would leave the others no room."""
    cells: dict[str, list[str]] = {}
    for source in shown:
        for text in filter(None, (*_booked(source), source.note, source.remark)):
            places = cells.setdefault(text.removesuffix("。"), [])
            places += [place] if (place := f"{source.period} {source.cell}") not in places else []
    if cells:
        st.markdown(
            bullets(
                joined([bold("说明"), f"（{'、'.join(places[:_MOST_PLACES])}{'等' if places[_MOST_PLACES:] else ''}）：{text}。"])
                for text, places in cells.items()
            )
        )


def _put_together(shown: Sequence[Source]) -> None:
    """Whose cases a figure of a ledger counts, where earlier submissions were put together with the one that states it."""
    asked = {(source.office, source.period, source.org): {other.submission for other in shown if other.period == source.period} for source in shown}
    for (office, period, org), numbered in asked.items():
        records = filings.history(office, period, org)
        files = {record.submission.seq: record.submission.file for record in records}
        for record in records:
            if record.submission.seq in numbered and record.brought:
                each = "、".join(f"第 {seq} 号「{files.get(seq, '')}」{cases} 件" for seq, cases in record.origins.items())
                last = f"第 {record.submission.seq} 号"
                st.caption(plain(f"{period.chinese}{last}的数由几份台账的件合成：{each}。上面的文件和单元格只是其中{last}自己的行。"))


def _booked(source: Source) -> Iterator[str]:
    """What the cell holds beyond the months, and what it restates."""
    if source.adjustment is not None:
        yield f"含调整数 {numbers.change(source.adjustment, source.unit, numbers.precision(source.adjustment))}"
    if source.recorded is not None:
        yield f"上年报送为 {numbers.stated_amount(source.recorded, source.unit)}"
