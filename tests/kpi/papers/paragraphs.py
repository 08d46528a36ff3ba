"""The paragraphs of other bureaus' papers with their figures, and the slips made in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace

_HERE = Path(__file__).parent
_MARK = re.compile(r"\{([^{}]*)\}")
_CELL = re.compile(r"\s\|\s")
_QUALIFIERS = "≥≤约"


@dataclass(frozen=True)
class TrueFigure:
    """A figure as who wrote the paragraph meant it, and where in which passage it stands."""

    passage: int
    start: int
    end: int
    value: Decimal | None
    unit: str
    qualifier: str
    as_of: date


@dataclass(frozen=True)
class Paragraph:
    """A text of one or several paragraphs or rows, with its day and its figures."""

    name: str
    as_of: date
    document: Paper
    truth: tuple[TrueFigure, ...]


@dataclass(frozen=True)
class Slip:
    """One thing changed in a paragraph, and the code of a finding that it must raise; of what arithmetic cannot see, why."""

    paragraph: str
    old: str
    new: str
    code: str
    why_not: str


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    """All paragraphs of paragraphs.txt."""
    texts: list[tuple[str, date, list[str]]] = []
    for line in _lines("paragraphs.txt"):
        if line.startswith("= "):
            name, _, day = line[2:].partition(" | ")
            texts.append((name, date.fromisoformat(day), []))
        else:
            texts[-1][2].append(line)
    return tuple(_paragraph(name, day, lines) for name, day, lines in texts)


def slips() -> tuple[Slip, ...]:
    """All slips of slips.txt."""
    return tuple(_slip(*map(str.strip, line.split(" | "))) for line in _lines("slips.txt"))


def with_slip(paragraph: Paragraph, slip: Slip) -> Paper:
    """The document of a paragraph with a slip in it."""
    [first, *_] = [passage.index for passage in paragraph.document.passages if slip.old in passage.text]
    changed = (
        replace(passage, text=passage.text.replace(slip.old, slip.new, 1)) if passage.index == first else passage for passage in paragraph.document.passages
    )
    return replace(paragraph.document, passages=tuple(changed))


def misread(paragraph: Paragraph) -> tuple[int, list[str], list[str]]:
    """How many figures of a paragraph are read right in value, unit, qualifier and day, and in words which are not, and which were invented."""
    figures = read_figures(paragraph.document, paragraph.as_of)
    wrong, used = [], set()
    for true in paragraph.truth:
        figure = next((each for each in figures if each.passage == true.passage and true.start <= each.start and each.end <= true.end), None)
        used.add(figure)
        if figure is None or (figure.value, figure.unit, figure.qualifier.value, figure.as_of) != (true.value, true.unit, true.qualifier, true.as_of):
            text = paragraph.document.passages[true.passage].text
            read = f"{figure.value}{figure.unit} {figure.qualifier.value} {figure.as_of}" if figure else "没有读出"
            wrong.append(f"{paragraph.name}：{text[true.start : true.end]}：{read}")
    invented = [f"{paragraph.name}：{figure.token}{figure.unit}" for figure in figures if figure not in used]
    return len(paragraph.truth) - len(wrong), wrong, invented


def figure_of(figures: tuple[TextFigure, ...], token: str) -> TextFigure:
    """The one figure that is written so."""
    [figure] = [each for each in figures if each.token == token]
    return figure


def _lines(name: str) -> Iterator[str]:
    return (line for line in (_HERE / name).read_text("utf-8").splitlines() if line.strip() and not line.startswith("#"))


def _slip(paragraph: str, old: str, new: str, expected: str) -> Slip:
    why = expected.removeprefix("-").strip() if expected.startswith("-") else ""
    return Slip(paragraph, old, new, "" if why else expected, why)


def _paragraph(name: str, day: date, lines: list[str]) -> Paragraph:
    passages: list[Passage] = []
    truth: list[TrueFigure] = []
    row = 0
    for line in lines:
        row = row + 1 if line.startswith("|") else 0
        cells = _CELL.split(line[1:].rstrip().removesuffix("|")) if row else [line]
        for column, marked in enumerate(cells, 1):
            index, text, end = len(passages), "", 0
            for mark in _MARK.finditer(marked.strip()):
                text += marked.strip()[end : mark.start()]
                figure, written = _true_figure(mark[1], index, len(text), day)
                truth.append(figure)
                text, end = text + written, mark.end()
            text += marked.strip()[end:]
            place = TablePlace(1, row, column) if row else None
            passages.append(Passage(text, PaperPart.TABLE if place else PaperPart.BODY, f"第{index + 1}段", index, cell=place))
    return Paragraph(name, day, Paper(name, tuple(passages)), tuple(truth))


def _true_figure(mark: str, passage: int, start: int, day: date) -> tuple[TrueFigure, str]:
    meant, _, written = mark.partition("|")
    value, *words = meant.split(" ")
    unit = next((word for word in words if word not in _QUALIFIERS and word[0] not in "@="), "")
    written = written or value + unit
    value = next((word[1:] for word in words if word.startswith("=")), value)
    as_of = next((word[1:] for word in words if word.startswith("@")), "")
    stated = date.fromisoformat(as_of if len(as_of) > len("11-23") else f"{day.year}-{as_of}") if as_of else day
    number = None if value == "*" else Decimal(value.replace(",", ""))
    qualifier = next((word for word in words if word in _QUALIFIERS), "=")
    return TrueFigure(passage, start, start + len(written), number, unit, qualifier, stated), written
