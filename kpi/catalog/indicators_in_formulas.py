"""
Indicators within the formulas of others: the parts of the inner one stand in its place, from the files as they are written.

A rate keeps its meaning: its numerator and denominator are put in, never its value.  Where no formula of parts means the same, the
fault says so and what can be written instead.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from kpi.catalog.derivation import Derivation, DerivationRule
from kpi.catalog.formula import CODE, FormulaNames, Linear, linear, parse_quotient
from kpi.catalog.formula_sums import FormulaError, Quotient
from kpi.catalog.organisation import BUREAU

PARTS = ("numerator", "denominator", "failed", "total")
_DEEPEST = 20  # indicators within one another
_Table = Mapping[str, object]


class CatalogNames:
    """The codes of a catalogue that is being loaded, from the tables of its files, faulty ones among them."""

    def __init__(self, documents: Mapping[str, Mapping[str, object]]) -> None:
        self._indicators: dict[str, _Table] = {}
        self._measures: dict[str, str] = {}  # with their kind
        self._sheets: dict[str, tuple[str, str]] = {}  # of an office its name, and the first measure of its sheet
        self._known: dict[str, Quotient] = {}
        for document in documents.values():
            for table in _tables(document, "measure"):
                code = str(table.get("code"))
                self._measures.setdefault(code, str(table.get("kind")))
            self._indicators |= {str(table.get("code")): table for table in _tables(document, "indicator")}
        for office in _tables(documents.get("offices.toml", {}), "office"):
            code = str(office.get("code"))
            owed = (own for own in _tables(documents.get(f"{code}.toml", {}), "measure") if not own.get("ledger_only"))
            if (first := next(owed, None)) is not None:
                self._sheets[code] = str(office.get("name")), str(first.get("code"))

    def of_indicator(self, code: str, path: tuple[str, ...]) -> Quotient | None:
        """
        What an indicator comes to; None of any other code, of a measure, and within itself of an indicator that is a measure or has a typed rate.

        Raises:
            FormulaError: It stands within its own formula, its own formula is faulty, or it is put on a whole year.

        """
        table = self._indicators.get(code)
        its_own = path[-1:] == (code,) and (code in self._measures or (table is not None and table.get("numerator") == code))
        if table is None or self._measures.get(code, "rate") != "rate" or its_own:
            return None
        if code in path:
            loop = (*path[path.index(code) :], code)
            raise FormulaError(f"公式绕成了圈：{' → '.join(loop)}")
        if (until := self._latest(code)) > self._until(path[0] if path else ""):
            raise FormulaError(f"指标「{code}」的口径改过（到 {until} 为止是另一种）；请写它的分子和分母，或把这个指标以前的口径也写在 earlier 里")
        if len(path) > _DEEPEST:
            raise FormulaError(f"公式里的指标套了 {_DEEPEST} 层以上：{' → '.join(path[:3])} …")
        if code not in self._known:
            self._known[code] = self._quotient(code, table, path)
        return self._known[code]

    def _until(self, code: str) -> str:
        """The last month in which an indicator was defined otherwise, as it is written; empty where it never was."""
        earlier = self._indicators.get(code, {}).get("earlier")
        return max((str(table.get("until")) for table in earlier if isinstance(table, dict)), default="") if isinstance(earlier, list) else ""

    def _latest(self, code: str, within: tuple[str, ...] = ()) -> str:
        """The same of it and of all indicators in its formulas."""
        sides = " ".join(str(self._indicators[code].get(key, "")) for key in PARTS[:2])
        inner = {name for name in CODE.findall(sides) if name in self._indicators and self._measures.get(name, "rate") == "rate"} - {code, *within}
        return max([self._until(code), *(self._latest(name, (*within, code)) for name in inner)])

    def _quotient(self, code: str, table: _Table, path: tuple[str, ...]) -> Quotient:
        if table.get("annualised"):
            raise FormulaError(f"指标「{code}」折合成全年，不能写进别的公式；请写它的分子和分母，另写 annualised = true")
        scale, above, below = (table.get(key, missing) for key, missing in (("scale", 1), ("numerator", None), ("denominator", "")))
        if not (isinstance(above, str) and isinstance(below, str) and isinstance(scale, int) and scale > 0):
            raise FormulaError(f"用到的指标「{code}」有误，先改那一项")
        inner = (*path, code)
        whole = over(parse_quotient(above, self, inner), parse_quotient(below, self, inner) if below else None, above, code)
        return whole if whole.below is None else Quotient(whole.above, whole.below, whole.scale * scale, code)

    def of_sheets(self, office: str, rule: str) -> Derivation | None:
        """The sheets of an office, of the bureau those of all its offices; None where there is no such office, or it owes no sheet."""
        offices = list(self._sheets) if office == BUREAU else [office]
        if not self._sheets or not set(offices) <= self._sheets.keys():
            return None
        name = "各科室" if office == BUREAU else self._sheets[office][0]
        return Derivation(f"{office}@{rule}", DerivationRule(rule), tuple(self._sheets[code][1] for code in offices), subject=name)


class SheetsOnly:
    """What the codes of an earlier definition mean: it says all of itself, so that no indicator stands in it."""

    def __init__(self, names: FormulaNames) -> None:
        self._names = names

    def of_indicator(self, code: str, path: tuple[str, ...]) -> Quotient | None:
        return None

    def of_sheets(self, office: str, rule: str) -> Derivation | None:
        """As the catalogue has them."""
        return self._names.of_sheets(office, rule)


def read_earlier(table: _Table, names: FormulaNames) -> dict[str, object]:
    """An earlier definition with its formulas read; one that is faulty stays as it is written, and is named where it is checked."""
    read = dict(table)
    for key in PARTS:
        if isinstance(text := table.get(key), str):
            with suppress(FormulaError):
                read[key] = linear(parse_quotient(text, SheetsOnly(names)).above, text, names)
    return read


def over(above: Quotient, below: Quotient | None, text: str, code: str) -> Quotient:
    """
    One part over the other.

    Raises:
        FormulaError: Either is a rate, and no formula of sums means the same as its quotient.

    """
    if below is None:
        return above
    if above.below is None and below.below is None:
        return Quotient(above.above, below.above)
    if above.below is not None and above.below == below.below:  # what both are counted of is no part of what they are to one another
        return Quotient({factors: value * above.scale / below.scale for factors, value in above.above.items()}, below.above)
    rate = above.name or below.name
    raise FormulaError(
        f"公式「{text}」里的「{rate}」是率，{'再除以别的数' if above.below is not None else '作了分母'}，就没有自己的分子分母，累计、各科室合计都算不出；"
        f"请把它的分子、分母分别写进「{code}」的 numerator 和 denominator"
    )


def read_parts(table: _Table, names: FormulaNames, faults: list[str]) -> tuple[dict[str, Linear], int | None]:
    """
    The formulas of an indicator with the parts of those within them.

    Args:
        table: The indicator as its file has it; its formulas are texts.
        names: What the codes of its formulas mean.
        faults: Where what is wrong is added, in Chinese, with the key it stands under.

    Returns:
        By key the formulas that hold no fault, and the number that a quotient is multiplied by where a rate in the numerator says it.

    """
    code, texts = str(table.get("code")), {key: table[key] for key in PARTS if key in table}
    quotients: dict[str, Quotient] = {}
    formulas: dict[str, Linear] = {}
    scale: int | None = None
    for key, text in texts.items():
        if not isinstance(text, str):
            faults.append(f"{key} 是公式，应写在引号里")
            continue
        try:
            quotients[key] = parse_quotient(text, names, (code,))
            if key in ("failed", "total") and quotients[key].below is not None:
                raise FormulaError(f"公式「{text}」里的「{quotients[key].name}」是率；{key} 只能是件数、户数等")
        except FormulaError as error:
            faults.append(f"{key} 的{error}")
            quotients.pop(key, None)
    for key in quotients:
        text = str(texts[key])
        try:
            if key != "numerator" and quotients[key].below is None:
                formulas[key] = linear(quotients[key].above, text, names)
            elif key == "numerator" and ("denominator" not in texts or "denominator" in quotients):
                above = over(quotients[key], quotients.get("denominator"), text, code)
                formulas[key] = linear(above.above, text, names)
                if above.below is not None:
                    inherited = "denominator" not in texts
                    formulas["denominator"] = linear(above.below, text if inherited else str(texts["denominator"]), names, inherited=inherited)
                    scale = _scale(table, above, text) if inherited else None
        except FormulaError as error:
            faults.append(f"{key} 的{error}")
    return formulas, scale


def _scale(table: _Table, rate: Quotient, text: str) -> int:
    if table.get("scale", 1) != 1:
        raise FormulaError(f"公式「{text}」里的率「{rate.name}」已经乘过 {rate.scale}，这里不要再写 scale")
    return int(rate.scale)


def _tables(document: Mapping[str, object], noun: str) -> Iterator[_Table]:
    tables = document.get(noun)
    yield from (table for table in tables if isinstance(table, dict)) if isinstance(tables, list) else ()
