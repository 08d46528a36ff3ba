"""Which row of a table is which measure: by its code, by an answer given before, by its name, by name and group."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.answer_mapping import SKIP, AnswerMapping, answer_key
from kpi.workbook.forms.measure_names import Names, label_key
from kpi.workbook.forms.opposite_words import OVERTURNING, turns
from kpi.workbook.forms.question_excerpt import row_figures
from kpi.workbook.forms.table_notes import is_of_time
from kpi.workbook.forms.table_subject import is_place
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import MOST_ROWS, Row, read_rows, row_times
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.report import Question, QuestionKind

_MOST_QUESTIONS = 60  # a table that would ask more is not one of ours
_NAMED = 4  # topics that one sentence names
_SHORT = 5  # characters; a longer name does not need its group to be understood


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the measure it reports."""

    row: Row
    measure: Measure


@dataclass(frozen=True, slots=True)
class MatchedRows:
    """The rows of a table that belong to the office, and what is wrong or open with the others."""

    matches: tuple[Match, ...]
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    wrong_office: bool = False


def match_rows(table: Table, names: Names, catalog: Catalog, office: str, mapping: AnswerMapping, captions: Sequence[str] = ()) -> MatchedRows:
    """
    Find the measure of each row.

    Args:
        table: The table.
        names: The names of all measures.
        catalog: Its offices.
        office: Whose rows are wanted.
        mapping: What has been answered before.
        captions: Words over the table that may belong to each name: 商品煤抽检.

    Returns:
        The matches and findings; when most rows belong to another office, a single finding that names it.

    """
    matcher = _Matcher(table, names, office, mapping, captions)
    own: dict[tuple[str, str], Match] = {}
    foreign: list[Match] = []
    unknown: list[Row] = []
    times = row_times(table)
    for row in read_rows(table, names):
        measure = matcher.measure(row)
        if measure is None:
            unknown.append(row)
        elif measure.office != office:
            foreign.append(Match(row, measure))
        elif first := own.get((measure.code, times.get(row.index, ""))):
            seen = f"「{measure.name}」在第 {first.row.index + 1} 行和第 {row.index + 1} 行各有一行"
            matcher.findings.append(Finding("duplicate-row", Severity.BLOCK, place_of(table, row), seen, "请只保留一行", measures=(measure.code,)))
        else:
            own[measure.code, times.get(row.index, "")] = Match(row, measure)
    if len(foreign) > len(own):
        return MatchedRows((), (_wrong_office(table, catalog, office, foreign, len(own)),), wrong_office=True)
    findings = [*matcher.findings, *(finding for row in unknown for finding in matcher.unknown(row))]
    findings += (_foreign(table, match, catalog) for match in foreign)
    if sum(1 for _ in table.rows()) > MOST_ROWS:
        seen = f"这张表超过 {MOST_ROWS} 行，像是台账或明细表，只看了前 {MOST_ROWS} 行"
        findings.append(Finding("unknown-rows", Severity.CHECK, Place(table.sheet.name), seen, "请上传汇总后的报表"))
    if len(matcher.questions) > _MOST_QUESTIONS:
        return MatchedRows(tuple(own.values()), (_ledger(table, len(matcher.questions)),))
    return MatchedRows(tuple(own.values()), tuple(findings), tuple(matcher.questions))


def measures_down(table: Table, names: Names, mapping: AnswerMapping) -> tuple[Measure, ...]:
    """The measures that the rows of a table are about, of whatever office, each once in each month."""
    matcher, times = _Matcher(table, names, None, mapping, ()), row_times(table)
    named = ((matcher.measure(row), times.get(row.index, "")) for row in read_rows(table, names))
    return tuple({(measure.code, month): measure for measure, month in named if measure is not None}.values())


def place_of(table: Table, row: Row) -> Place:
    """The cell of a row's name."""
    shown = [column for column in table.labels if table.spread.cell(row.index, column).text.strip() == row.name.strip()]
    column = shown[-1] if shown else table.labels[-1] if table.labels else table.parts.get(Part.CODE, table.columns[0].index)
    return Place(table.sheet.name, cell_name(row.index, column))


def outdated(place: Place, words: str, answer: str, names: Names) -> Finding:
    """An answer that was kept and can no longer be followed."""
    measure = names.codes.get(answer)
    why = f"「{measure.name}」，它不由本科室填报" if measure else f"「{answer}」，指标目录里已没有这一项"
    return Finding("answer-outdated", Severity.HINT, place, f"「{words}」以前说明是{why}，没有采用", "请在报表导入页重新说明，或撤销记住的这一条")


class _Matcher:
    """Decides row by row, and remembers what is wrong or open."""

    def __init__(self, table: Table, names: Names, office: str | None, mapping: AnswerMapping, captions: Sequence[str]) -> None:
        self._table, self._names, self._office, self._mapping, self._captions = table, names, office, mapping, captions
        self.findings: list[Finding] = []
        self.questions: list[Question] = []
        self._skipped: set[int] = set()

    def measure(self, row: Row) -> Measure | None:
        """The measure of a row; None when it is not certain."""
        named = self._names.named(row.name)
        coded = self._names.coded(row.code)
        if coded is not None:
            return self._coded(row, coded, named)
        answer = self._mapping.answer(self._table.layout, self._key(row))
        if answer == SKIP:
            self._skipped.add(row.index)
            return None
        if answer in self._names.codes and self._office in (None, self._names.codes[answer].office):
            return self._names.codes[answer]
        if answer is not None:
            self.findings.append(outdated(place_of(self._table, row), row.name, answer, self._names))
        for group in reversed(row.groups):
            if composed := self._pick(self._names.under(group, row.name), row):
                return None if self._turned(row, composed, group) else composed
        if crossed := self._pick([measure for caption in self._captions for measure in self._names.crossed(caption, row.name)], row):
            return crossed
        return self._named(row, named)

    def _named(self, row: Row, named: list[Measure]) -> Measure | None:
        """The measure that a row names itself, else together with what the title says."""
        if row.total and not named:
            return self._pick([measure for caption in self._captions for measure in self._names.under(caption, row.name)], row)
        measure = self._pick(named, row)
        if measure is not None:
            return None if self._doubtful(row, measure) or self._turned(row, measure) else measure
        for caption in self._captions:
            if composed := self._pick(self._names.under(caption, row.name), row):
                return composed
        return None

    def _coded(self, row: Row, coded: Measure, named: list[Measure]) -> Measure:
        if named and coded not in named:
            seen = f"这一行的名称是「{row.name}」，隐藏的代码却是「{coded.name}」的"
            self._find("row-code-differs", Severity.BLOCK, row, seen, "行可能被移动或粘贴过；请重新下载填报表填写", coded)
        elif not named and row.name.strip() and (other := self._other_meaning(row, coded)):
            seen = f"这一行的名称改成了「{row.name}」，{other}，隐藏的代码是「{coded.name}」的，数按「{coded.name}」读取"
            remedy = f"请核对这一行填的是不是「{coded.name}」：是的，请恢复原名，或写明说明；不是的，请把数填到它自己的一行"
            self._find("renamed-row", Severity.CHECK, row, seen, remedy, coded)
        elif not named and row.name.strip():
            self._find("renamed-row", Severity.HINT, row, f"「{row.name}」是改过的名称，按「{coded.name}」读取", f"请恢复为「{coded.name}」", coded)
        return coded

    def _other_meaning(self, row: Row, coded: Measure) -> str:
        """Why a label cannot be a mere rewording of the measure whose code stands beside it; empty when it can."""
        difference = self._names.reworded(row.name, coded)
        if not difference:
            return ""
        if self._names.contradicts(row.name, coded):
            return f"意思与原名不同（{difference}）"
        likely = dict(self._names.like([row.name], coded.office))
        nearest = max(likely, key=lambda code: (likely[code], code == coded.code), default=coded.code)
        return f"与原名相比{difference}" if nearest == coded.code else f"更像「{self._names.codes[nearest].name}」"

    def _pick(self, named: list[Measure], row: Row) -> Measure | None:
        """The one of several measures with the same name: the office's own, then the one whose name it is, then that of the row's unit."""
        name, unit = name_key(row.name), unit_key(row.unit)
        for keeps in (lambda m: m.office == self._office, lambda m: name_key(m.name) == name, lambda m: unit_key(m.unit) == unit):
            named = [measure for measure in named if keeps(measure)] or named
        return named[0] if len({measure.code for measure in named}) == 1 else None

    def _doubtful(self, row: Row, measure: Measure) -> bool:
        """Whether a short name stands in a group that has nothing to do with the measure."""
        if not row.groups or len(row.key) > _SHORT:
            return False
        group = label_key(row.groups[-1])
        if is_of_time(group) or is_place(group):  # whose and which time is asked about the group
            return False
        others = [m for m in self._names.codes.values() if label_key(m.topic) == group and m.code != measure.code and row.key in label_key(m.name)]
        if others and label_key(measure.topic) != group:
            return True
        if group in self._names.topics or self._names.named(row.groups[-1]):
            return False
        words = "\n".join((measure.topic, measure.name, *measure.aliases, "其中工作情况指标数据合计总体综合基本重点本局全区主要"))
        plain = name_key(words)
        return not any(group[i : i + 2] in plain for i in range(len(group) - 1))

    def _turned(self, row: Row, measure: Measure, composed: str = "") -> bool:
        """Whether a row stands under words that turn the meaning of its name, as 合格批次 under 不合格情况."""
        above = [label_key(group) for group in row.groups if group != composed and label_key(group) not in self._names.topics]
        overturning = OVERTURNING | ({"new"} if measure.kind is MeasureKind.STOCK else set())  # 总量 under 本月新增 is no total
        words = frozenset(turn for key in above for turn in turns(key) if turn[0] in overturning)
        return bool(words - turns(row.key) - self._names.turns(measure))

    def unknown(self, row: Row) -> Iterable[Finding]:
        """A row that is no measure: asked about when it holds figures, no word about headings."""
        if row.index in self._skipped or self._quiet(row):
            return []
        place = place_of(self._table, row)
        unsure = self._unsure(row)
        if not row.filled:
            seen = f"{unsure}，这一行没有数字，未读取"
            return [Finding("unknown-row", Severity.HINT, place, seen, "如果不是数据项，可以忽略")]
        figure = self._figure(row)
        if not row.name.strip():
            return [Finding("unknown-row", Severity.CHECK, place, f"这一行有数字「{figure}」，但没有写数据项", "请写明数据项")]
        if row.total:
            seen = f"「{row.name}」一行不是数据项，这一行的「{figure}」没有读取"
            return [Finding("total-row", Severity.HINT, place, seen, "合计不需要报送；需要报送的请写明数据项名称")]
        texts = [row.name, *(group + row.name for group in row.groups[-2:])]
        candidates = self._names.like(texts, self._office, row.unit)
        seen = "/".join((*row.groups[-1:], row.name))
        self.questions.append(Question(QuestionKind.ROW, place, seen, candidates, self._table.layout, self._key(row), row_figures(self._table, row.index)))
        remedy = "请在报表导入页说明它是哪个数据项（以后不再问），或改成填报表里的写法再上传；新增的数据项请先报统计岗加入指标目录"
        return [Finding("unknown-row", Severity.CHECK, place, f"{unsure}，这一行的「{figure}」没有读取", remedy)]

    def _unsure(self, row: Row) -> str:
        """Why a row is not read, in words."""
        named = [measure for measure in self._names.named(row.name) if self._office in (None, measure.office)]
        if len(named) > 1:
            return f"叫「{row.name}」的数据项有 {len(named)} 个（{'、'.join(measure.topic for measure in named[:_NAMED])}），分不清是哪一个"
        if named and row.groups:
            return f"「{row.name}」写在「{row.groups[-1].strip()}」下面，分不清是不是数据项「{named[0].name}」"
        return f"不认识数据项「{row.name}」"

    def _quiet(self, row: Row) -> bool:
        return not row.filled and (not row.name.strip() or row.key in self._names.topics)

    def _figure(self, row: Row) -> str:
        cells = (self._table.spread.cell(row.index, column.index) for column in self._table.figures)
        return next((cell.text for cell in cells if cell.text.strip()), "")

    def _key(self, row: Row) -> str:
        return answer_key(QuestionKind.ROW, self._office or "", *row.groups[-1:], row.name)

    def _find(self, code: str, severity: Severity, row: Row, seen: str, remedy: str, measure: Measure) -> None:
        self.findings.append(Finding(code, severity, place_of(self._table, row), seen, remedy, measures=(measure.code,)))


def _ledger(table: Table, count: int) -> Finding:
    seen = f"这张表有 {count} 行以上不是指标目录中的数据项，像是台账或明细表，没有读取这些行"
    return Finding("unknown-rows", Severity.CHECK, Place(table.sheet.name), seen, "请上传汇总后的报表")


def _foreign(table: Table, match: Match, catalog: Catalog) -> Finding:
    owner = catalog.offices[match.measure.office].name
    seen = f"「{match.measure.name}」由{owner}填报，这一行没有读取"
    severity = Severity.CHECK if match.row.filled else Severity.HINT
    return Finding("unknown-row", severity, place_of(table, match.row), seen, f"请删除这一行，由{owner}报送", measures=(match.measure.code,))


def _wrong_office(table: Table, catalog: Catalog, office: str, foreign: list[Match], own: int) -> Finding:
    owner, count = Counter(match.measure.office for match in foreign).most_common(1)[0]
    name, wanted = catalog.offices[owner].name, catalog.offices[office].name
    seen = f"表中 {own + len(foreign)} 个数据项里有 {count} 个属于{name}，{wanted}的只有 {own} 个"
    return Finding("wrong-office", Severity.BLOCK, Place(table.sheet.name), seen, f"请改选{name}，或上传{wanted}的报表")
