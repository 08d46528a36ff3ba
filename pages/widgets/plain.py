"""
Text as text: the one door through which every word that is not ours reaches the page.

Streamlit takes nearly every text for Markdown, labels and help among them, and then looks once more through the words
for addresses, icons, emoji and arrows: an escaped sign is none to the first reader and still one to the second.  So a
sign is escaped for the first, and an invisible word joiner parts for the second what only means something in one piece.
Once a page is drawn the joiner has done its work: ``kpi/web/chinese.js`` takes it out, and nobody copies it.
"""

import re

from kpi.present.seen_text import seen

JOINER = "\N{WORD JOINER}"  # nothing is seen of it, and nothing breaks at it

_BREAKS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#~$:|&@])")
_LIST = re.compile(r"^(\d*)([-+.)])(?=\s|$)")  # at the beginning they make a list
_WHOLE = re.compile(
    r"(?<=:)(?=//|[\w+/-]+:)"  # http://, :smile:, :material/home:
    r"|(?<=www)(?=\.)"
    r"|(?<=[-.\w+])(?=@)"  # a@b.cn
    r"|(?<=-)(?=[->])|(?<=[<>~])(?==)|(?<=<)(?=-)",  # --, ->, <-, >=, <=, ~= become one sign
    re.IGNORECASE,
)


class Markdown(str):
    """A text whose markup is ours; of what others wrote it holds only what `plain` gave.  Nobody else makes one."""

    __slots__ = ()


def plain(text: object) -> Markdown:
    """
    A text as Streamlit draws it exactly as it stands, in one line.

    Line breaks become spaces; what cannot be seen but steers (control signs, a turned direction of writing) becomes �.
    """
    if isinstance(text, Markdown):
        return text
    line = seen(_BREAKS.sub(" ", str(text)).strip())
    return Markdown(_LIST.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", _WHOLE.sub(JOINER, line))))
