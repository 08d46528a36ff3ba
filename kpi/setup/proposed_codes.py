"""Codes of proposed offices, measures and sums: how their names are read aloud, in letters, each once."""

import re
import unicodedata

from kpi.review.pinyin_spelling import spellings

_SIGNS = re.compile(r"[^a-z0-9]+")
_LONGEST = 40  # characters


class ProposedCodes:
    """The codes that are given so far: the same names in the same order have the same codes."""

    def __init__(self) -> None:
        self._taken: set[str] = {"bureau"}

    def code(self, name: str, *, letter: str = "m") -> str:
        """
        The code of a name.

        Args:
            name: What it is called.
            letter: What a code begins with whose name begins with a digit.

        """
        spelled = "".join(spelling.pinyin for spelling in spellings([name])[:1])
        plain = _SIGNS.sub("", unicodedata.normalize("NFKD", spelled).casefold())[:_LONGEST] or letter
        plain = plain if plain[0].isalpha() else f"{letter}{plain}"
        code, number = plain, 1
        while code in self._taken:
            number += 1
            code = f"{plain}_{number}"
        self._taken.add(code)
        return code
