"""What is asked about the columns of a table, and what was answered about them before."""

from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.answer_mapping import SKIP, AnswerMapping
from kpi.workbook.forms.column_answers import ColumnAnswers
from kpi.workbook.forms.identity import Identity
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.question_excerpt import column_figures
from kpi.workbook.forms.row_matching import outdated
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.report import Beside, Column, Question, QuestionKind

_TELL_FIGURE = "请在报表导入页说明这一列是本月数还是本年累计（以后不再问），或在表头写明后再上传"
_TELL_COLUMN = "请在报表导入页说明这一列是什么（以后不再问），或改正表头后再上传"

Candidates = tuple[tuple[str, float], ...]  # what a column may be, and how likely it is that, the likeliest first


class ColumnQuestions:
    """Asks about the columns of one table, about each once, and follows the answers given before."""

    def __init__(self, table: Table, names: Names, identity: Identity, mapping: AnswerMapping, findings: list[Finding], questions: list[Question]) -> None:
        self._table, self._names, self._office = table, names, identity.office
        self._findings, self._questions = findings, questions  # those of the whole table, which these are added to
        self.answers = ColumnAnswers(table, mapping, identity)
        self.asked: set[int] = set()

    def answer(self, column: ColumnHead, kind: QuestionKind = QuestionKind.COLUMN) -> str | None:
        """What somebody has answered about a column; None when nobody has, or when it can no longer be followed."""
        answer = self.answers.answer(column, kind)
        if answer is None or answer == SKIP or self._can_follow(answer, kind):
            return answer
        finding = outdated(head_place(self._table, column), "/".join(column.levels), answer, self._names)
        if finding not in self._findings:
            self._findings.append(finding)
        return None

    def _can_follow(self, answer: str, kind: QuestionKind) -> bool:
        if kind is QuestionKind.COLUMN:
            return answer in (*Column, *Beside)
        return answer in self._names.codes and self._names.codes[answer].office == self._office

    def ask(self, column: ColumnHead, candidates: Candidates, kind: QuestionKind = QuestionKind.COLUMN, *, blocks: bool, seen: str = "") -> None:
        """
        Ask what a column is, or is about, and say that it was not read.

        Args:
            column: The column.
            candidates: What it may be.
            kind: What is asked about it.
            blocks: Whether nothing can be stored before it is answered.
            seen: Why it was not read; else that its heading does not say which figure it is.

        """
        if column.index in self.asked:
            return
        words, place = "/".join(column.levels), head_place(self._table, column)
        if column.doubtful:
            blocks, seen = True, f"表头「{words}」上面的字没有写在各组的第一列，也没有合并，分不清这一列属于哪一组，没有读取"
        if blocks:
            seen = seen or f"表头「{words}」没有说明是本月数还是本年累计，这一列没有读取"
            finding = Finding("unsure-column", Severity.BLOCK, place, seen, _TELL_FIGURE)
        else:
            seen = f"不认识表头「{words}」，这一列没有读取" if words else "这一列有数字，但没有表头，没有读取"
            finding = Finding("unknown-column", Severity.CHECK, place, seen, _TELL_COLUMN)
        self._findings.append(finding)
        self.add(column, candidates, kind)

    def add(self, column: ColumnHead, candidates: Candidates, kind: QuestionKind = QuestionKind.COLUMN) -> None:
        """Add the question alone; the caller adds what is wrong with the column."""
        self.asked.add(column.index)
        key, figures = self.answers.key(column, kind), column_figures(self._table, column.index)
        question = Question(kind, head_place(self._table, column), "/".join(column.levels), candidates, self._table.layout, key, figures)
        self._questions.append(question)


def head_place(table: Table, column: ColumnHead) -> Place:
    """The lowest heading of a column; of a column without any, its first figure."""
    row = table.bottom
    if not column.levels:
        row = next((row for row in table.rows() if table.spread.cell(row, column.index).text.strip()), max(row, 0))
    return Place(table.sheet.name, cell_name(row, column.index))
