"""What an office reports (数据项)."""

from enum import StrEnum

from kpi.catalog.organisation import Lifetime

CROSS = "×"  # in an alias: between the name of a row and the heading of a column that together name a measure


class Better(StrEnum):
    """Which way is improvement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"

    @property
    def chinese(self) -> str:
        return {"higher": "越高越好", "lower": "越低越好", "neutral": "不论高低"}[self.value]


class MeasureKind(StrEnum):
    """How the figures of a measure go together over time."""

    FLOW = "flow"  # 时期数: months add up to the cumulative figure
    STOCK = "stock"  # 时点数: the last one stands
    STANDARD = "standard"  # 服务标准: a promised limit in force; behaves as a stock
    RATE = "rate"  # 填报率: a rate typed by the office; shown beside the computed one, never used to compute


class UnstatedFigure(StrEnum):
    """Which figure of a measure a cell holds where its sheet says neither 本月 nor 累计."""

    ASKED = "asked"
    MONTH = "month"
    YTD = "ytd"


def two_sides(alias: str) -> tuple[str, str] | None:
    """The row and the column that an alias such as 采矿业 × 营业收入 names, in either order; None for a plain name."""
    sides = [side.strip() for side in alias.split(CROSS)]
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


class Measure(Lifetime):
    """A quantity an office reports (数据项); its months are those in which it stands on the sheet."""

    aliases: tuple[str, ...] = ()
    office: str  # filled in by the loader from the file it stands in
    topic: str  # heading in the sheet: 监督抽检
    unit: str
    kind: MeasureKind
    decimals: int = 0
    better: Better = Better.NEUTRAL
    signed: bool = False  # may be negative, and a rate may leave 0 to 100: net increases, growth rates
    scope: str = "本局"  # 本局 or 全区: whose work the figure counts
    seq: tuple[int, ...] = ()  # rows of the seed document it was read from; empty when the document lacks it
    report_year_offset: int = 0  # -1: the figure filed in 2023 is about 2022 (年报)
    ledger_only: bool = False  # counted from a ledger; no row of the office's sheet
    unstated: UnstatedFigure = UnstatedFigure.ASKED  # how its figures are read where no word says which they are
    blank_is_zero: bool = False  # a blank, or a row that is not there, on a sheet in force is 0; never where no sheet came
    note: str = ""  # how to count, in one sentence; also the prompt in the sheet

    @property
    def of_months(self) -> bool:
        """Whether a figure of the month alone is kept of it: of what adds up over time, and of a rate that its sheets state for the month."""
        return self.kind is MeasureKind.FLOW or (self.kind is MeasureKind.RATE and self.unstated is UnstatedFigure.MONTH)
