"""What a table of targets (目标任务分解表) proposes, each with its cells; and what of it is asked or cannot be read."""

from dataclasses import dataclass

from kpi.catalog.target import Target
from kpi.setup.proposal import CellOfFile


@dataclass(frozen=True, slots=True)
class TargetProposal:
    """A target as the table states it."""

    target: Target
    name: str  # of the indicator, as the catalogue has it
    cells: tuple[CellOfFile, ...]  # that its numbers stand in
    question: str = ""  # why it is not taken as it is; empty where nothing is asked
    sets_kind: bool = False  # the indicator has no kind of target yet: it takes that of this one
    replaced: Target | None = None  # the target of the catalogue that it would stand in for


@dataclass(frozen=True, slots=True)
class AskedTarget:
    """A cell that is no number a target can have: 完成上级下达任务."""

    name: str  # of the indicator
    cell: CellOfFile
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class UnmatchedTargetName:
    """A row or column with numbers that no indicator, office or organisation is called like, and the nearest names."""

    name: str
    cell: CellOfFile
    noun: str  # 指标, 科室或单位, or 列: numbers under words that say nothing of a target
    nearest: tuple[str, ...]

    @property
    def words(self) -> str:
        """Why nothing was read of it."""
        if self.noun == "列":
            return "看不出这一列是谁的、到什么时候的"
        near = f"，最接近的是{'、'.join(f'「{name}」' for name in self.nearest)}" if self.nearest else ""
        return f"指标目录里没有这个{self.noun}{near}"


@dataclass(frozen=True, slots=True)
class UnequalTargetSum:
    """A sum that does not hold: the parts of a row, its months, or what it says twice."""

    name: str
    cell: CellOfFile  # of the sum
    words: str


@dataclass(frozen=True, slots=True)
class TargetProposals:
    """All that a workbook of targets says."""

    file: str
    year: int | None  # None where nothing says it; then nothing can be proposed
    document: str  # by which the targets are set; empty where nothing says it
    proposals: tuple[TargetProposal, ...]
    asked: tuple[AskedTarget, ...] = ()
    unmatched: tuple[UnmatchedTargetName, ...] = ()
    sums: tuple[UnequalTargetSum, ...] = ()

    @property
    def ready(self) -> tuple[TargetProposal, ...]:
        """Those that nothing is asked about."""
        return tuple(proposal for proposal in self.proposals if not proposal.question)

    @property
    def about(self) -> str:
        """What is changed in the catalogue, for the audit."""
        return f"{self.year} 年目标按「{self.file}」"
