"""
月报 in the form of the superior: any workbook of theirs with names of measures or indicators in it, filled from the store.

What was written is read back by the intake's own reader: a cell that would read as another figure is left as it was.  What is hidden
stays ``*``; what could not be filled is listed with its cell and the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.catalog.measure import Measure
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.errors import WorkbookError
from kpi.figures.indicators import indicators
from kpi.papers.writing.superior_cells import AMOUNTS, AskedCell, asked_form, of_one_office, read_again
from kpi.period import Month
from kpi.place import Place, column_index
from kpi.present import numbers
from kpi.value import Qualifier, State, plain
from kpi.workbook.grid import Sheet
from kpi.workbook.process.sniffing import Kind, sniff
from kpi.workbook.report import Beside, Column

_MASK = "*"
_CHANGE_DIGITS = 2
_SHOWN_LARGER = (Decimal(100), Decimal(1000), Decimal(10000))  # by the format of a cell: per cents, and numbers that it shows in a smaller unit


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell that was filled: with what, and which figure that is."""

    place: Place
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class UnfilledCell:
    """A cell that was left as it was, and why."""

    place: Place
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FormAmount:
    """What is written into a cell, in the unit of the form, and what the intake has to read there; None of what is no exact number."""

    written: Decimal | str
    meant: Decimal | None = None

    @property
    def shown(self) -> str:
        """What is written, as a text."""
        return self.written if isinstance(self.written, str) else plain(self.written)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with the figures of a month in it; its bytes, what was filled, and what was not."""

    data: bytes
    filled: tuple[FilledCell, ...]
    unfilled: tuple[UnfilledCell, ...]

    @property
    def words(self) -> str:
        """How much was filled, in a sentence."""
        return f"填了 {len(self.filled)} 格" + (f"，{len(self.unfilled)} 处没有填。" if self.unfilled else "。")


def filled_form(bureau: LiveBureau, name: str, data: bytes, month: Month, org: str | None = None, *, replace: bool = False) -> FilledForm:
    """
    Fill a superior's form.

    Args:
        bureau: The bureau.
        name: The name of the file, for messages.
        data: The file, .xlsx.
        month: The month.
        org: The organisation whose figures they are, the root of the tree unless told.
        replace: Whether cells that hold something already are written over; a formula never is.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        WorkbookError: The file cannot be read or is no .xlsx, or it names nothing that the catalogue knows.

    """
    from kpi.papers.writing import superior_writing  # who fills no form needs no library for it

    bureau.require(Right.READ, org)
    sheets = _sheets(bureau, name, data)
    parts = superior_writing.sheet_parts(data)
    if len(parts) != len(sheets):
        raise WorkbookError(f"「{name}」里有读不出的工作表；请用 Excel 或 WPS 打开，另存为 .xlsx 再试。")
    part_of = {sheet.name: part for sheet, part in zip(sheets, parts, strict=True)}
    formulas = {sheet: superior_writing.formula_cells(data, part) for sheet, part in part_of.items()}
    whole = of_one_office(bureau.catalog.at(month), org)
    node = org or bureau.catalog.root
    below = [each for code, each in bureau.catalog.orgs.items() if code != node and bureau.catalog.is_below(code, node) and bureau.may(Right.READ, code)]
    asked = asked_form(sheets, whole, month, below)
    months, codes = sorted({cell.month for cell in asked.cells}), sorted({cell.code for cell in asked.cells} & set(bureau.catalog.codes))
    rows = {
        (row.indicator, row.period, of): row
        for of in sorted({cell.org for cell in asked.cells})
        for row in indicators(bureau.store, bureau.catalog, months, codes, org=of or org)
    }
    form = _FormFilling(whole, month, rows, formulas, replace)
    amounts = form.amounts(asked.cells)

    def attempt(amounts: Mapping[Place, FormAmount]) -> bytes:
        by_part: dict[str, dict[str, Decimal | str]] = {}
        for place, amount in amounts.items():
            by_part.setdefault(part_of[place.sheet], {})[place.cell] = amount.written
        return superior_writing.written(data, by_part) if amounts else data

    made, proved = attempt(amounts), False
    for last in (False, True):
        if not proved:
            kept = form.proved(asked.cells, amounts, bureau.parser.parse(made, name), last=last)
            proved, amounts = kept == amounts, kept
            made = made if proved else attempt(amounts)
    unclear = [UnfilledCell(place, "", words) for place, words in asked.unclear]
    filled = tuple(FilledCell(place, form.name(cell), amounts[place].shown) for cell in asked.cells if (place := cell.place) in amounts)
    return FilledForm(made, filled, (*form.unfilled, *unclear))


class _FormFilling:
    """What goes into which cell of a form, and why something does not."""

    def __init__(
        self, whole: Catalog, month: Month, rows: Mapping[tuple[str, Month, str], BoardRow], formulas: Mapping[str, frozenset[str]], replace: bool
    ) -> None:
        self._catalog, self._month, self._rows, self._formulas, self._replace = whole, month, rows, formulas, replace
        self.unfilled: list[UnfilledCell] = []

    def name(self, cell: AskedCell) -> str:
        """What a cell asks for: ``新登记市场主体 上年同期累计``."""
        what = cell.beside.chinese if cell.beside else "" if self._single(cell) and cell.column is Column.YTD else cell.column.chinese
        of = cell.month.chinese if cell.month != self._month else ""
        return " ".join(text for text in (of, self._measure(cell).name, what) if text)

    def amounts(self, cells: Sequence[AskedCell]) -> dict[Place, FormAmount]:
        """What is to be written by cell; what is not is noted with its reason."""
        amounts: dict[Place, FormAmount] = {}
        for cell in cells:
            if cell.place.cell in self._formulas[cell.place.sheet]:
                continue  # it counts from the cells that are filled
            amount, reason = self._amount(cell)
            if amount is None:
                self._leave(cell, reason)
            elif cell.text and not self._replace:
                if cell.text != amount.shown and _number(cell.text) != amount.written:
                    self._leave(cell, f"已写有「{cell.text}」，没有改动；库中是 {amount.shown}")
            else:
                amounts[cell.place] = amount
        return amounts

    def proved(self, cells: Sequence[AskedCell], amounts: Mapping[Place, FormAmount], sheets: Sequence[Sheet], *, last: bool) -> dict[Place, FormAmount]:
        """
        The amounts that the intake reads as the figures of the store.

        One that reads a power of ten too large stands in a cell that shows per cents or a smaller unit, and is scaled to be tried again,
        unless this is the ``last`` time.
        """
        read = read_again(sheets, self._catalog, self._month)
        shown = {sheet.name: sheet for sheet in sheets}
        proved: dict[Place, FormAmount] = {}
        for cell in cells:
            amount = amounts.get(cell.place)
            if amount is None:
                continue
            text = _text(shown[cell.place.sheet], cell.place)
            number = read.get(cell.place)
            if number is None and (shown_number := _number(text)) is not None:
                number = shown_number * (cell.scale or 1)
            if isinstance(amount.written, str) or number == amount.meant:
                proved[cell.place] = amount
            elif not last and number and amount.meant and number / amount.meant in _SHOWN_LARGER:
                proved[cell.place] = FormAmount(amount.written * amount.meant / number, amount.meant)
            else:
                self._leave(cell, f"写进去会读成「{text}」，没有填；请核对这一格的格式和单位")
        return proved

    def _measure(self, cell: AskedCell) -> Measure:
        return self._catalog.measures[cell.code]

    def _single(self, cell: AskedCell) -> bool:
        return not self._measure(cell).of_months

    def _leave(self, cell: AskedCell, reason: str) -> None:
        self.unfilled.append(UnfilledCell(cell.place, self.name(cell), reason))

    def _amount(self, cell: AskedCell) -> tuple[FormAmount | None, str]:
        """What goes into a cell, in the unit of the form; or why nothing does."""
        row = self._rows.get((cell.code, cell.month, cell.org))
        if row is None:
            return None, "库里没有这一项"
        if cell.scale is None:
            return None, "这一行没有空着的数，认不准表上的单位"
        if cell.beside is not None:
            return self._beside(row, cell.beside, cell.scale)
        amount, qualifier, why = {
            Column.YTD: (row.figure.value if row.figure.value is not None else row.figure.reported_value, row.figure.qualifier, row.figure.state.value),
            Column.MONTH: (row.month.value, row.month.qualifier, f"{cell.month.chinese}没有本月数"),
            Column.PRIOR: (row.last_year.value, row.last_year.qualifier, row.last_year.yoy_words or "没有上年同期数"),
        }[cell.column]
        if amount is None:
            hidden = cell.column is Column.YTD and row.figure.state is State.WITHHELD
            return (FormAmount(_MASK), "") if hidden else (None, why)
        if not row.whole and cell.column is Column.YTD:
            return None, "本期的数不全，没有填"
        fewer = row.below.leaves > 1 and row.below.compared < row.below.leaves
        if cell.column is Column.PRIOR and (row.caveats.prior_missing or row.below.prior_gapped or fewer):
            return None, "上年同期的数不全，没有填"
        rounded = amount if row.figure.denominator is None else numbers.rounded(amount, self._catalog.indicator_or_measure(cell.code).decimals)
        scaled = rounded / cell.scale
        return (FormAmount(scaled, rounded) if qualifier == Qualifier.EXACT else FormAmount(f"{qualifier}{scaled:f}")), ""

    def _beside(self, row: BoardRow, beside: Beside, scale: Decimal) -> tuple[FormAmount | None, str]:
        """What stands beside a figure, where the figures themselves are exact."""
        now, then = row.figure.value, row.last_year.value
        if row.figure.qualifier != Qualifier.EXACT or (beside in (Beside.YOY, Beside.CHANGE) and row.last_year.qualifier != Qualifier.EXACT):
            return None, "不是确数，算不出"
        amount = {
            Beside.YOY: row.last_year.yoy,
            Beside.CHANGE: now - then if now is not None and then is not None and row.last_year.like_value is None else None,
            Beside.MOM: row.month.mom,
            Beside.TARGET: row.target.value,
            Beside.PROGRESS: row.target.progress,
            Beside.YEAR_END: row.last_year.year_end_value,
        }.get(beside)
        if amount is None:
            return None, row.last_year.yoy_words if beside is Beside.YOY and row.last_year.yoy_words else f"库里没有{beside.chinese}"
        exact = beside in (Beside.TARGET, Beside.YEAR_END) or (beside is Beside.CHANGE and row.figure.denominator is None)
        written = (amount if exact else numbers.rounded(amount, _CHANGE_DIGITS)) / (scale if beside in AMOUNTS else 1)
        return FormAmount(written, written), ""


def _sheets(bureau: LiveBureau, name: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a form; whatever is wrong with it is said with its name."""
    try:
        kind = sniff(data)
        if kind is Kind.LOCKED:
            raise WorkbookError("打开要密码，填不了；请用 Excel 或 WPS 打开，去掉打开密码，另存为 .xlsx 再试。")
        if kind is not Kind.XLSX:
            raise WorkbookError("不是 .xlsx 文件，填了会改动版式；请用 Excel 或 WPS 打开，另存为 .xlsx 再试。")
    except WorkbookError as refused:
        raise WorkbookError(f"「{name}」：{refused}") from None
    return bureau.parser.parse(data, name)


def _text(sheet: Sheet, place: Place) -> str:
    """What stands in a cell, as the screen shows it."""
    letters = place.cell.rstrip("0123456789")
    return sheet.cell(int(place.cell[len(letters) :]) - 1, column_index(letters)).text


def _number(text: str) -> Decimal | None:
    """The number of a text; None where it is none."""
    try:
        return Decimal(text.replace(",", "").removesuffix("%"))
    except ArithmeticError:
        return None
