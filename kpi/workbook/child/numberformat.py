"""What a number format, written as Excel writes it, shows in the place of a number: 0.978 as 97.8%."""

import re
from decimal import Decimal
from functools import lru_cache

PERCENT = "0%"
_LITERAL = re.compile(r'"[^"]*"?|[\\!].|_.|\*.|\[[^\]]*\]', re.DOTALL)


@lru_cache(maxsize=1_024)
def is_telling(code: str) -> bool:
    """Whether numbers under a format look like others than they are; a per cent sign that is only a text (0"%") is none."""
    return "%" in _LITERAL.sub("", code)


def in_format(number: str, code: str) -> str:
    """Kind and text of a number under a format that is telling."""
    return f"n{Decimal(number).scaleb(2).normalize():f}%" if is_telling(code) else f"n{number}"
