"""One office's sheet: read in a worker that may be lost, and written for the office to fill in."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import python_calamine
import xlsxwriter

from bench import references
from bench.material import MONTH, Material
from bench.measure import Stopwatch, race
from bench.results import Comparison
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.process.parser import Parser
from kpi.workbook.writing.template import write_template

ROUNDS = 50


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """The longest of the nineteen sheets, read and written."""
    rows = len(material.catalog.office_measures(material.largest))
    yield from _reading(material, rounds, rows)
    yield from _writing(material, rounds, rows)


def _reading(material: Material, rounds: int, rows: int) -> Iterator[Comparison]:
    path = material.file(material.largest)
    data = path.read_bytes()
    with Parser() as parser:
        parser.warm()

        def ours(clock: Stopwatch) -> None:
            with clock:
                parser.parse(data, path.name)

        def labelled(clock: Stopwatch) -> None:
            with clock:
                read_reports(parser.parse(data, path.name), material.catalog)

        def calamine(clock: Stopwatch) -> None:
            with clock:
                references.calamine(data)

        def openpyxl(clock: Stopwatch) -> None:
            with clock:
                references.openpyxl_full(data)

        timings = race({"ours": ours, "labelled": labelled, "calamine": calamine, "openpyxl": openpyxl}, rounds, warm_ups=3)
    case = f"parse, {rows} rows"
    yield Comparison(case, timings["ours"], "calamine in process", timings["calamine"])
    yield Comparison(case, timings["ours"], "openpyxl full", timings["openpyxl"])
    yield Comparison("parse → labelled report", timings["labelled"], "calamine in process", timings["calamine"])


def _writing(material: Material, rounds: int, rows: int) -> Iterator[Comparison]:
    written = write_template(material.catalog, material.largest, MONTH)
    values = _values(written)

    def template(clock: Stopwatch) -> None:
        with clock:
            write_template(material.catalog, material.largest, MONTH)

    def bare(clock: Stopwatch) -> None:
        with clock:
            _write(values)

    timings = race({"ours": template, "bare": bare}, rounds, warm_ups=3)
    yield Comparison(f"write_template, {rows} rows", timings["ours"], "XlsxWriter, the texts alone", timings["bare"])


def _values(data: bytes) -> dict[str, Sequence[Sequence[object]]]:
    book = python_calamine.load_workbook(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _write(values: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """The same cells without a style, a rule, a width or a lock."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in values.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value != "":
                        sheet.write(number, column, value)
    return buffer.getvalue()
