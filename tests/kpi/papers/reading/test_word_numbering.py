"""Automatic numbers as Word shows them, which stand in no text."""

import pytest

from kpi.papers.chinese_numerals import in_chinese
from kpi.papers.reading.word_document import WordReader
from kpi.papers.reading.word_number_signs import NUMBER_FORMATS
from tests.kpi.papers.word_files import paragraph, word_file


def level(deep: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{deep}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def shared(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, share: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{share}"/>{override}</w:num>'


def item(number: int, deep: int = 0) -> str:
    return paragraph("文", looks=f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{number}"/></w:numPr>')


OFFICIAL = shared(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"))


@pytest.mark.parametrize(
    ("numbering", "items", "numbers"),
    [
        (OFFICIAL + listed(1, 0), [item(1), item(1, 1), item(1, 1), item(1), item(1, 1)], ["一、", "（一）", "（二）", "二、", "（一）"]),
        (OFFICIAL + listed(1, 0), [item(1), item(1, 1), item(1, 2), item(1, 2)], ["一、", "（一）", "1.1.1", "1.1.2"]),
        (OFFICIAL + listed(1, 0) + listed(2, 0), [item(1), item(2)], ["一、", "二、"]),
        (
            OFFICIAL + listed(1, 0) + listed(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            [item(1), item(2), item(2)],
            ["一、", "一、", "二、"],
        ),
        (OFFICIAL + listed(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1.")}</w:lvlOverride>'), [item(1), item(1)], ["1.", "2."]),
        (
            shared(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')) + listed(1, 0),
            [item(1), item(1, 1), item(1), item(1, 1)],
            ["1.", "1)", "2.", "2)"],
        ),
        (shared(0, level(0, "bullet", "●")) + listed(1, 0), [item(1)], [""]),
        (OFFICIAL + listed(1, 0), [item(7), item(0)], ["", ""]),
    ],
    ids=["levels", "all levels", "two lists share", "begins again", "own level", "never again", "bullet", "no list"],
)
def test_numbers_count_as_word_counts(numbering: str, items: list[str], numbers: list[str]):
    document = WordReader(word_file("".join(items), numbering=numbering), "x").document()
    assert [passage.number for passage in document.passages] == numbers


def test_a_style_says_the_list_and_the_list_the_level():
    """Headings of a numbered template: the paragraph names its style only."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="h{deep}"><w:name w:val="heading {deep}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for deep in (1, 2)
    )
    numbering = shared(
        0, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'), level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>')
    ) + listed(1, 0)
    body = "".join(paragraph("文", looks=f'<w:pStyle w:val="h{deep}"/>') for deep in (1, 2, 2, 1))
    document = WordReader(word_file(body, numbering=numbering, styles=styles), "x").document()
    assert [(passage.number, passage.heading) for passage in document.passages] == [("一、", 1), ("（一）", 2), ("（二）", 2), ("二、", 1)]


def test_a_number_in_a_cell_stands_before_its_text():
    body = f"<w:tbl><w:tr><w:tc>{item(1)}{item(1)}</w:tc></w:tr></w:tbl>"
    document = WordReader(word_file(body, numbering=OFFICIAL + listed(1, 0)), "x").document()
    assert [passage.text for passage in document.passages] == ["一、文\n二、文"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1000, "一千"), (1010, "一千零一十"), (10_000, "10000")],
)
def test_a_list_counts_in_chinese(number: int, words: str):
    assert in_chinese(number) == words


def test_the_other_signs():
    shown = {
        form: NUMBER_FORMATS[form](4) for form in ("upperRoman", "lowerLetter", "decimalEnclosedCircle", "decimalZero", "ideographDigital", "decimalFullWidth")
    }
    assert shown == {
        "upperRoman": "IV",
        "lowerLetter": "d",
        "decimalEnclosedCircle": "④",
        "decimalZero": "04",
        "ideographDigital": "四",
        "decimalFullWidth": "４",
    }
    assert NUMBER_FORMATS["upperRoman"](999_999_999) == "999999999"
