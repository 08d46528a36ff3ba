"""
A work summary put together from the board: by chapter and office what was done, then what stands out, what lacks, and what is to be done.

Each sentence is a pattern, see `summary_sentences`; nothing of it is typed, so that every number is one of the store.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.compute.row import BoardRow, Status
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.meeting.follow_ups import follow_ups
from kpi.papers.chinese_numerals import in_chinese
from kpi.papers.writing import summary_figures
from kpi.papers.writing.public_version import public_rows
from kpi.papers.writing.publishing import compared_rows, papers_before, papers_of_last_year
from kpi.papers.writing.summary_sentences import office_paragraphs
from kpi.papers.writing.summary_text import Piece, Summary, SummaryParagraph, official_quotes
from kpi.period import Month, Span
from kpi.present import numbers, row_words, verdicts
from kpi.present.statuses import PACED
from kpi.review.board import late, only_from_ledgers
from kpi.review.known_nouns import known_code, known_office
from kpi.review.prospects import outlooks
from kpi.store.clock import today
from kpi.value import Qualifier, State

_MOST_GOOD, _MOST_LATE = 12, 20
_NO_AREA = "其他工作"


def write_summary(
    bureau: Bureau,
    month: Month,
    span: Span = Span.YTD,
    *,
    office: str | None = None,
    area: str | None = None,
    org: str | None = None,
    public: bool = False,
    hide: Sequence[str] = (),
) -> Summary:
    """
    The summary of a period.

    Args:
        bureau: Whose figures it states.
        month: Its last month.
        span: How many months it is of.
        office: Only this office, by code, name or alias.
        area: Only this chapter, by the code or name of the area.
        org: The organisation, the root of the tree unless told.
        public: Whether it is to be published: what may not be is hidden, see `public_version`, and what is for the bureau alone left out.
        hide: The codes that a public one hides in any case.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: There is no such office or area, or none that has a figure.

    """
    bureau.require(Right.READ, org)
    catalog = bureau.catalog.at(month)
    node = org or catalog.root
    chapters = _chapters(catalog, month, known_office(catalog, office) if office else None, _known_area(catalog, area) if area else None)
    codes = _codes(catalog, month, {code for _, offices in chapters for code in offices}, _known_area(catalog, area) if area else None)
    every = _codes(catalog, month, {each.code for each in catalog.offices_in(month)}, None) if public else codes
    rows = {row.indicator: row for row in indicators(bureau.store, bureau.catalog, [month], every, span, org)}
    rows = {code: row for code, row in rows.items() if row.figure.state is not State.UNREPORTED or not _optional(catalog, code)}
    if not any(rows[code].figure.value is not None for code in codes if code in rows):
        raise RequestError(f"{month.chinese}没有可以写进总结的数；请先导入报表，或换一个期间。")
    version = None
    if public:
        named = [known_code(catalog, code) for code in hide]
        period = (bureau, month, span, node, every)
        version = public_rows(catalog, rows, compared_rows(*period), codes, named, papers_before(*period), papers_of_last_year(*period))
        rows = version.rows
        if not version.printed:
            raise RequestError(f"{month.chinese}的数都不公开，写不出公开版；请换一个科室、板块或期间。")
    common = _common_day(rows.values(), month)
    paragraphs = [*_opening(catalog, month, span, common, rows, public=public)]
    number = 0
    for name, offices in chapters:
        sections = [(code, list(office_paragraphs(catalog, code, rows, month, common))) for code in offices]
        sections = [(code, texts) for code, texts in sections if texts]
        if not sections:
            continue
        number += 1
        paragraphs.append(SummaryParagraph((name,), 1, f"{in_chinese(number)}、"))
        for place, (code, texts) in enumerate(sections, 1):
            paragraphs.append(SummaryParagraph((catalog.offices[code].name,), 2, f"（{in_chinese(place)}）"))
            paragraphs += texts
    assessed = [rows[code] for code in rows if code in catalog.indicators]
    for title, texts in (
        ("工作亮点", list(_good(catalog, assessed))),
        ("存在的主要问题", [*_late(catalog, assessed, public=public), *(() if public else _of_the_bureau_alone(bureau, assessed, node))]),
        ("下步打算", list(_next(bureau, assessed) if span.cumulative and not public else ())),
    ):
        if texts:
            number += 1
            paragraphs.append(SummaryParagraph((title,), 1, f"{in_chinese(number)}、"))
            paragraphs += texts
    whose = catalog.orgs[node].name if node != BUREAU and node in catalog.orgs else catalog.bureau
    part = catalog.offices[known_office(catalog, office)].name if office else (catalog.areas[_known_area(catalog, area)].name if area else "")
    months = _period(catalog, month, span)
    subject = f"{whose}{part}{months}" if office else f"{whose}{months}{part}"
    return Summary(f"{subject}工作总结", month, span, node, common, tuple(paragraphs), version)


def _chapters(catalog: Catalog, month: Month, office: str | None, area: str | None) -> list[tuple[str, list[str]]]:
    """The chapters with the offices of each, in the order of the areas and of the offices."""
    offices = [each.code for each in sorted(catalog.offices_in(month), key=lambda each: each.order) if office in (None, each.code)]
    if not catalog.areas:
        return [("主要工作", offices)]
    by_area: dict[str, list[str]] = {code: [] for code in catalog.areas}
    for code in offices:
        by_area.setdefault(catalog.offices[code].area, []).append(code)
    if area:
        others = [
            code for code in offices if any(catalog.area_of(own) == catalog.areas[area] for own in catalog.indicators if catalog.indicators[own].office == code)
        ]
        by_area = {area: list(dict.fromkeys([*by_area[area], *others]))}
    return [(catalog.areas[code].name if code in catalog.areas else _NO_AREA, each) for code, each in by_area.items() if each]


def _codes(catalog: Catalog, month: Month, offices: set[str], area: str | None) -> list[str]:
    """What is asked for: the indicators of some offices, and the measures that stand on their sheets."""
    listed = [code for code in catalog.listed_in(month) if catalog.indicators[code].office in offices]
    owed = [measure.code for code in offices for measure in catalog.office_measures(code, month)]
    every = dict.fromkeys([*listed, *owed])
    return [code for code in every if area is None or catalog.area_of(code) == catalog.areas[area]]


def _optional(catalog: Catalog, code: str) -> bool:
    """Whether nobody need have reported a figure: only a ledger has it."""
    return code in catalog.indicators and only_from_ledgers(catalog, code)


def _known_area(catalog: Catalog, text: str) -> str:
    for code, area in catalog.areas.items():
        if text in (code, area.name):
            return code
    known = "、".join(area.name for area in catalog.areas.values())
    raise RequestError(f"没有板块「{text}」；{f'现有板块：{known}' if known else '本局的指标目录没有分板块'}。")


def _common_day(rows: Iterable[BoardRow], month: Month) -> date | None:
    """The day to which most figures run."""
    days = Counter(row.figure.as_of for row in rows if row.figure.value is not None and row.figure.as_of)
    return max(days, key=lambda day: (days[day], day == month.last_day, day)) if days else None


def _period(catalog: Catalog, month: Month, span: Span) -> str:
    """The months of the summary as its title names them: 2023年1—11月."""
    if span is Span.YEAR or (span is Span.YTD and catalog.year.number(month) == 12):
        return catalog.year.chinese(catalog.year.of(month)).replace(" ", "")
    first = catalog.year.opening(month) if span.cumulative else catalog.year.start(span, month)
    if first == month:
        return f"{month.year}年{month.month}月"
    if span is Span.HALF and month.month in (6, 12) and first.year == month.year and catalog.year.begins == 1:
        return f"{month.year}年{'上' if month.month == 6 else '下'}半年"
    return f"{first.year}年{first.month}—{month.month}月" if first.year == month.year else f"{first.year}年{first.month}月—{month.year}年{month.month}月"


def _opening(catalog: Catalog, month: Month, span: Span, common: date | None, rows: dict[str, BoardRow], *, public: bool) -> Iterator[SummaryParagraph]:
    missing = "标有【未公开】的数不公开" if public else "【】处为未报、未公开等没有数的，请补齐或删去"
    runs = "数据" if span.cumulative else f"数据为{_period(catalog, month, span).removesuffix('半年')}{span.chinese}数，时点数"
    notes = [f"{runs}截至{common.year}年{common.month}月{common.day}日，另有写明的从其写明"] if common else []
    notes += [missing] if any(row.figure.value is None and row.figure.reported_value is None for row in rows.values()) else []
    bracket = f"（{'；'.join(notes)}）" if notes else ""
    yield SummaryParagraph((f"现将{_period(catalog, month, span)}工作情况总结如下{bracket}。",))


def _good(catalog: Catalog, rows: Sequence[BoardRow]) -> Iterator[SummaryParagraph]:
    """The targets that are met, those that leaders follow first, then by how much better than last year."""
    met = [row for row in rows if row.status is Status.MET and row.may_assess and row.figure.value is not None and row.whole]
    ordered = sorted(
        met, key=lambda row: (not catalog.indicators[row.indicator].headline, not summary_figures.growth(row), catalog.indicators[row.indicator].order)
    )
    for place, row in enumerate(ordered[:_MOST_GOOD], 1):
        grown = summary_figures.growth(row)
        yield _numbered(
            place,
            (
                summary_figures.name(row),
                *summary_figures.value(catalog, row),
                *_joined(grown),
                "，",
                *summary_figures.target(row),
                _met_words(row),
            ),
        )


def _met_words(row: BoardRow) -> str:
    """How far a met target is met: one of the whole year is either reached already or on its way."""
    if row.target.kind not in PACED:
        return "，已达标。"
    whole = row.figure.value is not None and row.target.value is not None and row.figure.value >= row.target.value
    return "，已完成全年任务。" if whole and row.figure.qualifier in (Qualifier.EXACT, Qualifier.AT_LEAST) else "，达到序时进度。"


def _of_the_bureau_alone(bureau: Bureau, rows: Sequence[BoardRow], org: str) -> Iterator[SummaryParagraph]:
    """What is no matter of the public: who owes figures, and what is followed up."""
    yield from _lacking(bureau.catalog, rows)
    yield from _open_follow_ups(bureau, rows, org)


def _late(catalog: Catalog, rows: Sequence[BoardRow], *, public: bool) -> Iterator[SummaryParagraph]:
    """The targets that are missed, worst first; a public one without more digits than the figure is printed with."""
    for place, row in enumerate(late(rows)[:_MOST_LATE], 1):
        far = summary_figures.lacking(catalog, row)
        value = (*summary_figures.value(catalog, row), *(() if public else summary_figures.unrounded(catalog, row)))
        yield _numbered(place, (summary_figures.name(row), *value, "，", *summary_figures.target(row), *_joined(far), f"，{row.status.value}。"))


def _lacking(catalog: Catalog, rows: Sequence[BoardRow]) -> Iterator[SummaryParagraph]:
    """Who owes figures of indicators that have a target."""
    owing: dict[str, list[str]] = {}
    for row in rows:
        if row.status is Status.UNREPORTED:
            owing.setdefault(row.office, []).append(official_quotes(f"「{row.name}」"))
    if owing:
        names = "；".join(f"{catalog.offices[office].name}{'、'.join(names)}" for office, names in owing.items())
        yield SummaryParagraph((f"有数未报，不能判定：{names}。",))


def _open_follow_ups(bureau: Bureau, rows: Sequence[BoardRow], org: str) -> Iterator[SummaryParagraph]:
    """The follow-ups that are still open."""
    offices = {row.office for row in rows}
    for slip in follow_ups(bureau, today(), org):
        if not slip.status.closed and slip.follow_up.office in offices:
            yield SummaryParagraph((official_quotes(f"督办事项「{slip.follow_up.title}」尚未办结，由{slip.office}负责。"),))


def _next(bureau: Bureau, rows: Sequence[BoardRow]) -> Iterator[SummaryParagraph]:
    """What each miss needs, by the same reckoning as the board."""
    misses = late(rows)[:_MOST_LATE]
    expected = outlooks(bureau, misses)
    for place, row in enumerate(misses, 1):
        need = verdicts.need(row_words.spoken(row, bureau.catalog), expected[row.indicator])
        office = bureau.catalog.offices[row.office].name
        words = "逐项查明原因" if need == numbers.NOTHING else official_quotes(need.replace(" ", "").replace(",", ""))
        yield _numbered(place, (f"{row.name}（{office}）：{words}。",))
    if misses:
        yield SummaryParagraph(("以上各项由责任科室列出措施和完成时限，纳入督办，按月对账。",))


def _numbered(place: int, pieces: tuple[Piece, ...]) -> SummaryParagraph:
    return SummaryParagraph((f"{place}．", *pieces))


def _joined(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return ("，", *pieces) if pieces else ()
