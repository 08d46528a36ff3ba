"""
A bureau's own table of targets (目标任务分解表), in whatever layout, as proposals of targets.

The table says who, how much and until when; the catalogue says what the indicator is and what kind of target it takes.  What
does not fit, or is no number, is asked; a sum that does not hold is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.catalog.indicator import Indicator
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.catalog.target import Target, TargetKind
from kpi.setup.proposal import CellOfFile
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.setup.target_amount import TargetAmount, portion, read_amount
from kpi.setup.target_grid import TargetCell, TargetRow
from kpi.setup.target_kind import kind_of_target
from kpi.setup.target_names import WHOLE_BUREAU, HolderNames, IndicatorNames, TargetHolder
from kpi.setup.target_origin import TargetOrigin, origin_of
from kpi.setup.target_proposal import AskedTarget, TargetProposal, TargetProposals, UnequalTargetSum, UnmatchedTargetName
from kpi.setup.target_schedule import MonthSpan, UnequalScheduleError, scheduled
from kpi.setup.target_table import target_rows
from kpi.workbook.layout.table_finder import META_SHEET

_TOLERANCE = {TargetKind.ANNUAL: Decimal(5), TargetKind.PROGRESS: Decimal(5)}  # points of progress, unless an earlier target says another


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """What who reads a table says besides; the table decides where it says nothing."""

    year: int | None = None
    document: str = ""
    since: date | None = None  # the day from which they hold, where the year's targets are changed


@dataclass(slots=True)
class _Share:
    """What a row says of one holder."""

    whole: dict[str, tuple[TargetAmount, TargetCell]] = field(default_factory=dict)  # by place
    spans: dict[MonthSpan, tuple[TargetAmount, TargetCell]] = field(default_factory=dict)
    portions: dict[MonthSpan, tuple[Decimal, TargetCell]] = field(default_factory=dict)  # in per cent of the whole

    @property
    def amounts(self) -> list[TargetAmount]:
        return [amount for amount, _ in (*self.whole.values(), *self.spans.values())]

    @property
    def cells(self) -> list[TargetCell]:
        return [cell for _, cell in (*self.whole.values(), *self.spans.values(), *self.portions.values())]

    def parts(self, whole: Decimal | None) -> dict[MonthSpan, Decimal]:
        """The numbers of months and nodes; those in per cent of a whole that is known."""
        portions = {span: whole * share / 100 for span, (share, _) in self.portions.items()} if whole is not None else {}
        return {span: amount.value for span, (amount, _) in self.spans.items()} | portions


def read_targets(file: SurveyedFile, catalog: Catalog, options: TargetOptions | None = None) -> TargetProposals:
    """
    The targets that a workbook states.

    Args:
        file: The workbook, as `Parser.parse` read its sheets.
        catalog: The catalogue whose indicators, offices and organisations it names.
        options: What it does not say itself.

    Returns:
        The proposals in the order of the table, with all that is asked, unmatched or does not add up.

    """
    options = options or TargetOptions()
    reader = _TargetReader(file, catalog, options)
    for sheet in file.sheets:
        if not sheet.hidden and sheet.name.casefold() != META_SHEET:
            origin = origin_of(sheet, file.name)
            reader.note(origin)
            year = options.year or origin.year
            for row in target_rows(sheet, reader.names, reader.holders, year, origin.lines):
                reader.read(row, origin)
    return reader.proposals()


class _TargetReader:
    """The reading of one workbook."""

    def __init__(self, file: SurveyedFile, catalog: Catalog, options: TargetOptions) -> None:
        self.names, self.holders = IndicatorNames(catalog), HolderNames(catalog)
        self._file, self._catalog, self._options = file, catalog, options
        self._year, self._document = options.year, options.document
        self._proposals: list[TargetProposal] = []
        self._asked: list[AskedTarget] = []
        self._unmatched: list[UnmatchedTargetName] = []
        self._sums: list[UnequalTargetSum] = []

    def proposals(self) -> TargetProposals:
        """All that was read; of a target that stands there twice the first, unless they differ: then nobody knows which one counts."""
        unmatched = {(entry.noun, entry.name): entry for entry in reversed(self._unmatched)}  # each once, at its first cell
        asked, names, sums = tuple(self._asked), tuple(reversed(unmatched.values())), tuple(self._sums)
        return TargetProposals(self._file.name, self._year, self._document, tuple(self._once()), asked, names, sums)

    def note(self, origin: TargetOrigin) -> None:
        """The year and the document of the first sheet that says them."""
        self._year = self._year or origin.year
        self._document = self._document or origin.document

    def read(self, row: TargetRow, origin: TargetOrigin) -> None:
        """One row."""
        self._unmatched += [UnmatchedTargetName(cell.column.words or "没有表头的列", self._at(cell), "列", ()) for cell in row.unknown]
        code = self._code(row)
        if not row.cells:
            return
        if not code:
            self._unmatched.append(UnmatchedTargetName(row.name, CellOfFile(self._file.name, str(row.place)), "指标", self.names.nearest(row.name)))
            return
        indicator = self._catalog.indicators[code]
        if not indicator.may_assess:
            self._ask(indicator, row.cells[0], f"「{indicator.name}」只监测不考核，不能设目标（{indicator.may_assess_note}）")
            return
        shares, strangers = self._shares(row, indicator, origin)
        own = [self._proposal(row, indicator, holder, share, origin) for holder, share in shares.items() if share.amounts]
        proposals = [proposal for proposal in own if proposal]
        words = self._unequal(indicator, proposals, shares, strangers)
        question = f"合计对不上：{words}" if words else ""
        self._proposals += [_asking(proposal, question) for proposal in proposals]

    def _code(self, row: TargetRow) -> str:
        """The indicator of a row, by its name alone or with the words before it."""
        if row.titled:
            return self.names.within(row.name)
        names = (row.name, *(f"{group}{row.name}" for group in row.groups))
        return next((code for name in names if (code := self.names.find(name, row.owner.office))), "")

    def _shares(self, row: TargetRow, indicator: Indicator, origin: TargetOrigin) -> tuple[dict[TargetHolder, _Share], list[Decimal]]:
        """What a row says of each holder, and the numbers of bodies that the catalogue does not know."""
        shares: dict[TargetHolder, _Share] = {}
        strangers: list[Decimal] = []
        for cell in row.cells:
            column = cell.column
            if column.span and (asked := portion(cell.cell, indicator.unit)) is not None:
                shares.setdefault(column.holder, _Share()).portions[column.span] = asked, cell
                continue
            try:
                amount = read_amount(cell.cell, indicator.unit, row.unit or column.unit or origin.unit)
            except ValueError as error:
                self._ask(indicator, cell, str(error))
                continue
            if column.stranger:
                self._unmatched.append(UnmatchedTargetName(column.stranger, self._at(cell), "科室或单位", self.holders.nearest(column.stranger)))
                strangers += [amount.value] if column.span is None else []
                continue
            share = shares.setdefault(column.holder, _Share())
            if column.span is None:
                share.whole[str(cell.place)] = amount, cell
            else:
                share.spans[column.span] = amount, cell
        return shares, strangers

    def _proposal(self, row: TargetRow, indicator: Indicator, holder: TargetHolder, share: _Share, origin: TargetOrigin) -> TargetProposal | None:
        """The target of one holder; None where it is asked about or its months do not add up."""
        first = share.cells[0]
        try:
            kind = kind_of_target(indicator, self._catalog, share.amounts)
            year = self._options.year or origin.year or self._year
            if year is None:
                raise ValueError("表上没有写是哪一年的目标，请写明年份")
            whole = self._whole(share)
            schedule = scheduled(kind, year, whole, share.parts(whole), self._catalog.year)
        except UnequalScheduleError as error:
            self._sums.append(UnequalTargetSum(indicator.name, self._at(next((cell for _, cell in share.whole.values()), first)), str(error)))
            return None
        except ValueError as error:
            self._ask(indicator, first, str(error))
            return None
        document = row.document or self._options.document or origin.document
        target = Target.model_validate(
            {
                "indicator": indicator.code,
                "year": year,
                "office": self._office(row, indicator, holder),
                "org": holder.org or row.owner.org or self._catalog.root,
                "kind": kind,
                "value": schedule.value,
                "upper": next((amount.upper for amount in share.amounts if amount.upper is not None), None),
                "from": self._options.since,
                "monthly": schedule.monthly,
                "pace": schedule.pace,
                "milestones": schedule.milestones,
                "tolerance": self._tolerance(indicator, kind),
                "document": document,
                "note": schedule.note,
            }
        )
        question = "" if document else "表上没有写依据的文件，请写明"
        cells = tuple(self._at(cell) for cell in share.cells)
        return TargetProposal(target, indicator.name, cells, question, indicator.target_kind is TargetKind.NONE, self._replaced(target))

    def _whole(self, share: _Share) -> Decimal | None:
        """The number of the whole year; where it stands there twice, once."""
        numbers = list(dict.fromkeys(amount.value for amount, _ in share.whole.values()))
        if len(numbers) > 1:
            raise UnequalScheduleError(f"全年的数写了 {'、'.join(map(str, numbers))}，不一致")
        return numbers[0] if numbers else None

    def _office(self, row: TargetRow, indicator: Indicator, holder: TargetHolder) -> str:
        """The office of a target: of the whole that of the row or the indicator; the bureau where that office has a part of it."""
        if holder.office or holder.org:
            return holder.office or indicator.office
        own = row.owner.office or indicator.office
        return BUREAU if any(cell.column.holder.office == own for cell in row.cells) else own

    def _unequal(self, indicator: Indicator, proposals: Sequence[TargetProposal], shares: Mapping[TargetHolder, _Share], strangers: Sequence[Decimal]) -> str:
        """How the parts of a row differ from its sum, for the year and each of its months; empty where they do not, or nothing is a sum of them."""
        whole = shares.get(WHOLE_BUREAU)
        others = [share for holder, share in shares.items() if holder != WHOLE_BUREAU]
        if {proposal.target.kind for proposal in proposals} != {TargetKind.ANNUAL} or whole is None or not others:
            return ""
        parts = [amount.value for share in others for amount, _ in share.whole.values()] + list(strangers)
        sums = [(parts, *stated) for stated in list(whole.whole.values())[:1] if parts]
        if not strangers:
            sums += [
                ([share.spans[span][0].value for share in others], *stated)
                for span, stated in whole.spans.items()
                if all(span in share.spans for share in others)
            ]
        every = [words for own, amount, cell in sums if (words := self._difference(indicator, own, amount, cell))]
        return "；".join(every)

    def _difference(self, indicator: Indicator, parts: Sequence[Decimal], amount: TargetAmount, cell: TargetCell) -> str:
        """By how much parts differ from what is stated as their sum; empty where they do not."""
        total = sum(parts, Decimal(0))
        if total == amount.value:
            return ""
        words = f"各部分合计 {total}，{cell.column.words or '合计'}是 {amount.value}，相差 {abs(total - amount.value)}"
        self._sums.append(UnequalTargetSum(indicator.name, self._at(cell), words))
        return words

    def _tolerance(self, indicator: Indicator, kind: TargetKind) -> Decimal:
        """That of the latest target of the indicator that has the same kind, else what is usual."""
        earlier = [
            target for (code, _), targets in sorted(self._catalog.targets.items()) if code == indicator.code for target in targets if target.kind is kind
        ]
        return earlier[-1].tolerance if earlier else _TOLERANCE.get(kind, Decimal(0))

    def _replaced(self, target: Target) -> Target | None:
        """The target of the catalogue that one stands in for."""
        existing = self._catalog.targets.get((target.indicator, target.year), ())
        return next((other for other in existing if (other.office, other.org, other.since) == (target.office, target.org, target.since)), None)

    def _once(self) -> Iterator[TargetProposal]:
        by_holder: dict[tuple[object, ...], list[TargetProposal]] = {}
        for proposal in self._proposals:
            by_holder.setdefault(_whose(proposal.target), []).append(proposal)
        for proposal in self._proposals:
            same = by_holder[_whose(proposal.target)]
            open_which = proposal is not same[0] or len({_numbers(other.target) for other in same}) > 1
            yield _asking(proposal, "这个目标在表里写了不止一处，以哪一处为准？") if open_which else proposal

    def _ask(self, indicator: Indicator, cell: TargetCell, question: str) -> None:
        self._asked.append(AskedTarget(indicator.name, self._at(cell), cell.cell.text.strip(), question))

    def _at(self, cell: TargetCell) -> CellOfFile:
        return CellOfFile(self._file.name, str(cell.place))


def _whose(target: Target) -> tuple[object, ...]:
    """Of which indicator, year, office and organisation a target is."""
    return target.indicator, target.year, target.office, target.org


def _numbers(target: Target) -> tuple[object, ...]:
    """How much a target asks for, and until when."""
    return target.kind, target.value, target.upper, target.monthly, target.milestones


def _asking(proposal: TargetProposal, question: str) -> TargetProposal:
    """A proposal with a question, unless it has one already."""
    if not question or proposal.question:
        return proposal
    return TargetProposal(proposal.target, proposal.name, proposal.cells, question, proposal.sets_kind, proposal.replaced)
