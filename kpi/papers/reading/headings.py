"""Headings by their form: the four levels of numbers that official papers use (GB/T 9704—2012, 7.3.3)."""

import re

_LONGEST = 40  # letters; a longer paragraph that begins with a number is text
_FORMS = (
    re.compile(r"第[一二三四五六七八九十百]+[章部分]|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
)


def heading_by_form(text: str) -> int:
    """The level of the heading that a paragraph is by its number, 0 of text; a heading is short and no sentence."""
    text = text.strip()
    if len(text) > _LONGEST or re.search(r"[。；：;:]", text):
        return 0
    return next((level for level, form in enumerate(_FORMS, 1) if form.match(text)), 0)
