"""Which lines of a table whose measures stand over the columns are the office's own figures."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from kpi.catalog.model import Catalog
from kpi.workbook.answer_mapping import OWN, SKIP, AnswerMapping, answer_key
from kpi.workbook.forms.column_answers import spelled
from kpi.workbook.forms.figure_columns import Columns, Open
from kpi.workbook.forms.identity import Identity
from kpi.workbook.forms.table_subject import is_other_place
from kpi.workbook.forms.whose_office import find_office
from kpi.workbook.forms.whose_organisation import org_in
from kpi.workbook.layout.heading import Heading, Part, read_heading
from kpi.workbook.layout.period_sums import is_subtotal
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside, Column, QuestionKind

_OWN = ("全局", "本局", "本科室", "本区", "全区", "本单位", "全院", "全市", "全县", "全校", "全所", "全公司", "全系统", "数量", "数值", "数据")


class LineRole(Enum):
    """What a line is for the report of the office."""

    OWN = "own"
    TOTAL = "total"  # a sum, or a detail of the own line
    OTHER_PLACE = "other-place"  # of another place, as the group over it says
    COMPARED = "compared"  # last year's figures, growth or targets beside a line that is not read either
    UNKNOWN = "unknown"


class OwnLines:
    """The lines with figures of one table, each with its role."""

    def __init__(
        self,
        table: Table,
        catalog: Catalog,
        identity: Identity,
        mapping: AnswerMapping,
        rows: Sequence[Row],
        spans: Mapping[int, Heading],
        columns: Columns,
    ) -> None:
        self._table, self._catalog, self._identity, self._mapping = table, catalog, identity, mapping
        self._spans, self._columns = spans, columns
        self._rows = [row for row in rows if row.filled]
        self._names = {row.index: "" if read_heading(row.name).understood and not row.total else row.name for row in self._rows}
        self._compared = [row for row in self._rows if (row.total or not self._names[row.index]) and self._is_compared(spans[row.index])]
        self._months = [row.index for row in self._rows if columns.parts and spans[row.index] in columns.parts]
        self._sums = [row.index for row in self._rows if columns.parts and columns.parts.is_sum(spans[row.index])]
        self._totals: list[Row] = []
        self._chosen: list[Row] = []

    def roles(self, own_names: Sequence[str]) -> Iterator[tuple[Row, LineRole]]:
        """
        Each line with its role, from top to bottom.

        Args:
            own_names: The names of the bureau, the organisation and the office.

        """
        timed = [row for row in self._rows if self._spans[row.index].understood and not self._names[row.index] and not self._spans[row.index].total]
        if any(row not in self._compared for row in timed):
            ours = [row for row in timed if not any(is_other_place(text, own_names) for text in row.groups)] or timed
            yield from ((row, self._role_by_time(row, timed, ours)) for row in self._rows)
        else:
            self._chosen = chosen = self._choose()
            apart = len({self._spans[row.index].text for row in chosen}) == len(chosen)  # each of them of another month or year
            alone = all(row in self._compared for row in self._rows)  # a sheet with last year's figures and no others
            yield from ((row, self._role_by_name(row, chosen if apart else chosen[:1], alone=alone)) for row in self._rows)

    def summed(self) -> tuple[Row, list[Row]] | None:
        """The line 合计 that `roles` took for the own one, and the lines it should be the sum of."""
        if not self._chosen or self._chosen != self._totals[-1:]:
            return None
        return self._chosen[0], [row for row in self._rows if row not in self._totals and row not in self._compared]

    def key(self, row: Row) -> str:
        """What an answer about a line is kept under: its name, or its place where it has none."""
        name = row.name or f"第{spelled(row.index - self._table.bottom - 1)}行"
        return answer_key(QuestionKind.LINE, self._identity.office or "", name)

    def _role_by_time(self, row: Row, timed: Sequence[Row], ours: Sequence[Row]) -> LineRole:
        """The role of a line where the lines are told apart by their months or years."""
        if row.index in self._sums and is_subtotal(row.index, self._months, self._sums):
            return LineRole.TOTAL
        if row in timed and row not in ours:
            return LineRole.OTHER_PLACE
        if row in timed or self._columns.stops_short(self._spans[row.index]):
            return LineRole.OWN
        return LineRole.TOTAL if self._is_total(row) else LineRole.UNKNOWN

    def _choose(self) -> list[Row]:
        """The own lines by their names, else the last 合计, else those that somebody has said are the office's; one for each month or year."""
        own = [row for row in self._rows if self._is_own(row) and row not in self._compared]
        totals = [row for row in self._rows if self._is_total(row) and row not in self._compared]
        self._totals = [] if totals and self._has_others() else totals
        chosen = own or self._totals[-1:]
        nameless = len(own) > 1 and not any(row.name or self._office_words(row) for row in own)  # nothing tells which of them is meant
        if nameless or not chosen:
            chosen = [row for row in self._rows if self._answer(row) == OWN]
        return [row for row in chosen if self._names[row.index] == self._names[chosen[0].index]]

    def _role_by_name(self, row: Row, own: Sequence[Row], *, alone: bool) -> LineRole:
        """The role of a line where the lines are told apart by their names; ``alone`` says that all lines are compared ones."""
        certain = row in self._compared and not isinstance(self._columns.slot(Heading(""), self._spans[row.index]), Open)
        if row in own or (certain and (own or alone)):
            return LineRole.OWN
        if own or self._answer(row) == SKIP:
            return LineRole.TOTAL
        return LineRole.COMPARED if row in self._compared else LineRole.UNKNOWN

    def _is_total(self, row: Row) -> bool:
        return row.total or self._spans[row.index].total

    def _is_compared(self, heading: Heading) -> bool:
        """Whether a line is beside that of the figures: 上年同期合计, 同比, 目标."""
        earlier = heading.prior or heading.figure is Column.PRIOR or self._columns.years_back(heading) != 0
        return heading.understood and (earlier or isinstance(heading.figure, Beside))

    def _has_others(self) -> bool:
        """Whether lines name other offices that report themselves: their sum is not the figure of ours."""
        named = (find_office(self._catalog, row.name) for row in self._rows if row.name)
        others = {office.code for office in named if office is not None and self._identity.office not in (office.code, office.parent)}
        own = {name_key(measure.name) for measure in self._catalog.office_measures(self._identity.office)} if self._identity.office else set()
        shown = {name_key(words) for column in self._table.columns for words in column.levels[-1:]}
        if others and any(self._may_be_own(row.name) for row in self._rows if not self._is_total(row)):
            return True
        return any(not own & shown or any(name_key(measure.name) in own & shown for measure in self._catalog.office_measures(other)) for other in others)

    def _may_be_own(self, name: str) -> bool:
        """Whether a name that is no office's is like that of ours: 质量处 beside 质量监管科."""
        office = self._catalog.offices.get(self._identity.office or "")
        if office is None or not name or find_office(self._catalog, name) is not None:
            return False
        own, like = "|".join(map(name_key, (office.name, *office.aliases))), name_key(name)
        return any(like[start : start + 2] in own for start in range(len(like) - 1))

    def _is_own(self, row: Row) -> bool:
        """Whether every name before a line is that of the office, of its organisation or bureau, or says 全局."""
        for text in {row.name, self._office_words(row)} - {""}:
            office, org = find_office(self._catalog, text), org_in(self._catalog, text)
            own = (office and office.code == self._identity.office) or (org and org.code == self._identity.org)
            if not (own or name_key(text) in (*_OWN, name_key(self._catalog.bureau))):
                return False
        return True

    def _office_words(self, row: Row) -> str:
        return self._table.part(row.index, Part.OFFICE).text

    def _answer(self, row: Row) -> str | None:
        return self._mapping.answer(self._table.layout, self.key(row))
