"""指标目录：科室、数据项、指标、勾稽、目标、台账、机构各有哪些，谁在什么时候改过什么。"""

from collections.abc import Iterable, Sequence

from kpi.catalog.noun_entries import NounEntry, entries_of
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.office import Office
from kpi.catalog.plain_tables import documents_of
from kpi.defining.change_list import ChangeRecord, change_records
from kpi.defining.entry_differences import ADDED, CHANGED, REMOVED, EntryDifference, EntryNames, FieldDifference, called, entry_names, value_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.choices import NOUNS
from pages.view import View
from pages.widgets import session

NEW = "+"  # in the address, in the place of the key of an entry: one that is not there yet
COUNTED = {"office": "个", "measure": "个", "indicator": "个", "relation": "条", "target": "个", "ledger": "种", "org": "个"}
_LISTED = {
    "office": ("name", "code", "aliases", "parent", "template", "due_day"),
    "measure": ("name", "code", "office", "topic", "unit", "kind"),
    "indicator": ("name", "code", "office", "unit", "numerator", "denominator", "target_kind"),
    "relation": ("name", "id", "office", "left", "op", "right", "raises"),
    "target": ("indicator", "year", "office", "org", "kind", "value", "from", "document"),
    "ledger": ("name", "code", "office", "date", "source"),
    "org": ("name", "code", "parent", "level", "from", "until"),
}
_LONG = ("aliases", "numerator", "denominator", "left", "right", "document", "source")
_NUMBERS = ("due_day", "year", "value")
CHANGES = (
    HtmlColumn("时间"),
    HtmlColumn("谁"),
    HtmlColumn("哪一条", title=True, most="16em"),
    HtmlColumn("改了什么", most="34em"),
    HtmlColumn("从哪个月起"),
    HtmlColumn("理由", most="22em"),
    HtmlColumn("第几次"),
)
_MOST = 40  # entries of one change that the list names each; of more, a whole catalogue may be one change, it says how many
_FIRST = 5  # of so many those that are named
_UNWRITTEN = {"due_day": Office.model_fields["due_day"].default}  # what holds where nothing is written


def opening(view: View) -> str:
    """How many there are, and the list; of one that is chosen the way back."""
    entries, entry = listed(view), chosen(view)
    noun, title = noun_of(view), NOUNS[noun_of(view)]
    count = f"{len(entries)} {COUNTED[noun]}{title}"
    asked = view.get("row")
    return render(
        "entries.html",
        answer=f"{'找到' if view.get('q') else '现有'} {count}。" if entries else f"没有{'找到' if view.get('q') else ''}{title}。",
        meaning=NOUN_SHEETS[noun].meaning,
        elsewhere=session.bureau().kept is None,
        entry=called(entry, names()) if entry else "",
        fresh=asked == NEW,
        absent=asked[:20] if asked not in ("", NEW) and entry is None else "",
        title=title,
        table=table(view, entries),
        add=view.link(row=NEW),
        back=view.link(row=None),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away."""
    return [table(view, listed(view)), change_table()]


def noun_of(view: View) -> str:
    """The noun whose entries are shown."""
    return view.get("noun") or next(iter(NOUNS))


def every_entry() -> list[NounEntry]:
    """The entries of the catalogue in force."""
    return session.kept(_entries)


def names() -> EntryNames:
    """The names of all entries."""
    return entry_names(every_entry())


def chosen(view: View) -> NounEntry | None:
    """The entry that the address names; None where there is none."""
    wanted = noun_of(view), view.get("row")
    return next((entry for entry in every_entry() if (entry.noun, entry.key) == wanted), None)


def listed(view: View) -> list[NounEntry]:
    """The entries of the noun in which every word that is looked for stands."""
    words, known = view.get("q").lower().split(), names()
    entries = [entry for entry in every_entry() if entry.noun == noun_of(view)]
    return [entry for entry in entries if all(any(word in text for text in _texts(entry, known)) for word in words)]


def table(view: View, entries: Sequence[NounEntry]) -> HtmlTable:
    """Entries, each leading to its form."""
    sheet, known = NOUN_SHEETS[noun_of(view)], names()
    fields = [sheet.field(key) for key in _LISTED[sheet.noun]]
    widest = dict.fromkeys(_LONG, "26em")
    columns = [HtmlColumn(each.heading, title=each is fields[0], numeric=each.key in _NUMBERS, most=widest.get(each.key, "")) for each in fields]
    rows = []
    for entry in entries:
        cells = {}
        for field in fields:
            value = entry.own.get(field.key, _UNWRITTEN.get(field.key))
            cells[field.heading] = HtmlCell(value_words(field, value, known), value if field.key in _NUMBERS else None)
        rows.append(HtmlRow(cells, view.link(row=entry.key), chosen=view.get("row") == entry.key))
    return HtmlTable(NOUNS[sheet.noun], columns, rows)


def records() -> tuple[ChangeRecord, ...]:
    """The changes of the catalogue, the latest first."""
    return session.kept(_records)


def change_table() -> HtmlTable:
    """Every change of the catalogue, the latest first, a line for each entry."""
    return HtmlTable("变动记录", CHANGES, [row for record in records() for row in change_rows(record)])


def records_fragment() -> str:
    """The record of changes at the foot of the page."""
    return render("entry_changes.html", table=change_table(), empty="指标目录还没有在网页上改过。")


def difference_words(difference: EntryDifference) -> tuple[str, ...]:
    """What became of an entry, a line for each of its fields."""
    return tuple(map(_field_words, difference.fields))


def _field_words(field: FieldDifference) -> str:
    if not field.before or not field.after:
        return f"{field.heading}：{f'删去「{field.before}」' if field.before else f'写上「{field.after}」'}"
    return f"{field.heading}：由「{field.before}」改为「{field.after}」"


def change_rows(record: ChangeRecord) -> Iterable[HtmlRow]:
    """The lines of one change."""
    common = {
        "时间": HtmlCell(f"{record.at:%Y-%m-%d %H:%M}", record.at),
        "谁": HtmlCell(record.by),
        "从哪个月起": HtmlCell(record.first.chinese if record.first else "所有月份"),
        "理由": HtmlCell(record.why),
        "第几次": HtmlCell(str(record.number), record.number),
    }
    lines = _counted(record.entries) if len(record.entries) > _MOST else _named(record.entries)
    if not record.entries:
        lines = [("指标目录", ("当时的指标目录，此后的变动都从它算起",))]
    for what, (first, *others) in lines:
        yield HtmlRow(common | {"哪一条": HtmlCell(what), "改了什么": HtmlCell(first, notes=tuple(others))})


def _named(entries: Sequence[EntryDifference]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each entry, and what became of it."""
    return ((f"{entry.title}「{entry.name}」", difference_words(entry) or (entry.act,)) for entry in entries)


def _counted(entries: Sequence[EntryDifference]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each noun, how many of its entries came, went and were changed, and the first of each by name."""
    for title in dict.fromkeys(entry.title for entry in entries):
        acts = {act: [entry.name for entry in entries if (entry.title, entry.act) == (title, act)] for act in (ADDED, CHANGED, REMOVED)}
        count = "，".join(f"{act} {len(names)} 条" for act, names in acts.items() if names)
        yield title, (count, *(f"{act}：{'、'.join(names[:_FIRST])}{' 等' if names[_FIRST:] else ''}" for act, names in acts.items() if names))


def _texts(entry: NounEntry, known: EntryNames) -> list[str]:
    """What an entry is found by: its names, its code, its office."""
    office = known.get(("office", entry.own.get("office", "")), "")
    aliases = entry.own.get("aliases", [])
    return [text.lower() for text in (called(entry, known), entry.key, office, *aliases)]


def _entries() -> list[NounEntry]:
    return entries_of(documents_of(session.bureau().catalog))


def _records() -> tuple[ChangeRecord, ...]:
    return change_records(session.bureau())
